"""Filters of microloan companies and who holds them, on page, API and export alike."""

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import AnyYesNo, AsOfFilterSet, as_of_day, search_lookups
from core.models import Prefecture
from core.models.territory import Region
from core.naming import label
from finance.models import MicroloanCompany, Shareholder
from finance.models.microloan_companies import HolderKind, HolderRole, LegalForm
from finance.queries import holders
from finance.queries.microloan_companies import STATES
from finance.queries.microloan_remarks import remarks_on


def of_region(path: str) -> Any:
    return django_filters.ChoiceFilter(
        field_name=f"{path}__region", choices=Region.choices, label=_("区域")
    )


def of_prefecture(path: str) -> Any:
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )


def of_county(path: str) -> Any:
    return django_filters.CharFilter(field_name=f"{path}__code", label=_("县（市、区）代码"))


def of_states(words: Any) -> Any:
    """The state that the rows carry (queries), by its words."""
    return django_filters.ChoiceFilter(
        choices=[(key, label(text)) for key, text in words.items()], label=_("状态")
    )


def yes_or_no(words: Any, **more: Any) -> Any:
    return django_filters.BooleanFilter(label=words, widget=AnyYesNo, **more)


class MicroloanCompanyFilter(AsOfFilterSet):
    """Filters of companies; rows carry state, sponsors and the seat's flag (queries)."""

    search_fields = (*search_lookups(prefix="institution__"), "sponsors__icontains")
    region = of_region("institution__prefecture")
    prefecture = of_prefecture("institution__prefecture")
    county = of_county("institution__county")
    state = of_states(STATES)
    legal_form = django_filters.ChoiceFilter(choices=LegalForm.choices, label=_("组织形式"))
    underdeveloped = yes_or_no(_("设于欠发达地区"))
    in_pilot = yes_or_no(_("设立时属下放审批权限试点"))
    is_featured = yes_or_no(_("特色小额贷款公司"))
    remarks = yes_or_no(_("有核查提示"), method="with_remarks")

    class Meta:
        model = MicroloanCompany
        fields: list[str] = []

    def with_remarks(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        day: datetime.date = as_of_day(self.data, timezone.localdate())
        odd = [key for key, found in remarks_on(queryset, day).items() if found]
        return queryset.filter(pk__in=odd) if value else queryset.exclude(pk__in=odd)


class ShareholderFilter(AsOfFilterSet):
    """Filters of holdings; rows carry whether they are held on the day (queries)."""

    search_fields = (
        "name__icontains",
        "code__istartswith",
        "organisation_code__istartswith",
        *search_lookups(prefix="institution__"),
    )
    institution = django_filters.CharFilter(field_name="institution__code", label=_("机构编码"))
    region = of_region("institution__prefecture")
    prefecture = of_prefecture("institution__prefecture")
    state = of_states(holders.STATES)
    kind = django_filters.ChoiceFilter(choices=HolderKind.choices, label=_("股东类型"))
    role = django_filters.ChoiceFilter(choices=HolderRole.choices, label=_("角色"))
    home_prefecture = django_filters.ModelChoiceFilter(
        queryset=Prefecture.objects.all(), to_field_name="code", label=_("来自地市")
    )
    is_quality_enterprise = yes_or_no(_("优质企业"))
    stake = django_filters.RangeFilter(label=_("持股比例（%）"))

    class Meta:
        model = Shareholder
        fields: list[str] = []
