"""Filters of the guarantee registers, on page and API alike."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import AsOfFilterSet, StrictFilterSet, search_lookups
from core.models import Prefecture
from core.models.territory import Region
from core.naming import label
from core.queries.institutions import STATES
from guarantees.models import (
    CaseMovement,
    CompensationCase,
    CooperationAgreement,
    CreditRating,
    GuaranteeAgency,
    LossShareScheme,
    SupervisoryGrade,
)
from guarantees.models.agencies import AgencyType
from guarantees.models.loss_sharing import MovementKind, SharingOrder
from guarantees.rules.ratings import MOVEMENTS, RATING_STATES

CASE_STATES = [
    ("defaulted", _("已逾期未代偿")),
    ("compensated", _("已代偿")),
    ("recovering", _("追偿中")),
    ("closed", _("已结清")),
]


def of_region(path: str = "institution__prefecture") -> Any:
    return django_filters.ChoiceFilter(
        field_name=f"{path}__region", choices=Region.choices, label=_("区域")
    )


def of_prefecture(path: str = "institution__prefecture") -> Any:
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )


def of_institution(path: str = "institution", words: Any = None) -> Any:
    return django_filters.CharFilter(field_name=f"{path}__code", label=words or _("机构编码"))


class AgencyFilter(AsOfFilterSet):
    """Filters of agencies; rows carry state and rating (queries)."""

    search_fields = search_lookups(prefix="institution__")
    region = of_region()
    prefecture = of_prefecture()
    state = django_filters.ChoiceFilter(choices=list(STATES.items()), label=_("状态"))
    agency_type = django_filters.ChoiceFilter(choices=AgencyType.choices, label=_("性质"))
    rating_state = django_filters.ChoiceFilter(
        choices=[(key.value, label(text)) for key, text in RATING_STATES.items()],
        label=_("评级状态"),
    )
    rating_moved = django_filters.ChoiceFilter(
        choices=[(key.value, label(text)) for key, text in MOVEMENTS.items()], label=_("评级变动")
    )
    rating = django_filters.CharFilter(label=_("信用等级"))

    class Meta:
        model = GuaranteeAgency
        fields: list[str] = []


class CreditRatingFilter(StrictFilterSet):
    search_fields = ("report_number__icontains", *search_lookups(prefix="institution__"))
    institution = of_institution()
    prefecture = of_prefecture()
    grade = django_filters.CharFilter(field_name="grade__code", label=_("等级"))
    rated_on = django_filters.DateFromToRangeFilter(label=_("评级日期"))
    valid_until = django_filters.DateFromToRangeFilter(label=_("有效期至"))

    class Meta:
        model = CreditRating
        fields: list[str] = []


class SupervisoryGradeFilter(StrictFilterSet):
    search_fields = search_lookups(prefix="institution__")
    institution = of_institution()
    prefecture = of_prefecture()
    year = django_filters.NumberFilter(label=_("年度"))

    class Meta:
        model = SupervisoryGrade
        fields: list[str] = []


class AgreementFilter(StrictFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="institution__"))
    institution = of_institution()
    bank = of_institution("bank", _("银行编码"))
    scheme = django_filters.CharFilter(field_name="scheme__code", label=_("损失分担方案"))
    prefecture = of_prefecture()

    class Meta:
        model = CooperationAgreement
        fields: list[str] = []


class SchemeFilter(StrictFilterSet):
    search_fields = ("name__icontains", "code__istartswith", "document_number__icontains")
    prefecture = of_prefecture("prefecture")
    order = django_filters.ChoiceFilter(choices=SharingOrder.choices, label=_("分担方式"))

    class Meta:
        model = LossShareScheme
        fields: list[str] = []


class CaseFilter(AsOfFilterSet):
    """Filters of cases; rows carry their state and sums (queries)."""

    search_fields = (
        "borrower__icontains",
        "code__istartswith",
        "contract_number__icontains",
        *search_lookups(prefix="institution__"),
    )
    institution = of_institution()
    bank = of_institution("bank", _("银行编码"))
    scheme = django_filters.CharFilter(field_name="scheme__code", label=_("损失分担方案"))
    agreement = django_filters.CharFilter(field_name="agreement__code", label=_("合作协议"))
    prefecture = of_prefecture()
    state = django_filters.ChoiceFilter(choices=CASE_STATES, label=_("状态"))
    defaulted_on = django_filters.DateFromToRangeFilter(label=_("逾期日期"))

    class Meta:
        model = CompensationCase
        fields: list[str] = []


class MovementFilter(StrictFilterSet):
    search_fields = ("case__borrower__icontains", "case__code__istartswith")
    case = django_filters.CharFilter(field_name="case__code", label=_("案件编号"))
    kind = django_filters.ChoiceFilter(choices=MovementKind.choices, label=_("类型"))
    institution = of_institution()
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = CaseMovement
        fields: list[str] = []
