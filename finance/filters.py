"""Filters of finance's registries, on page and API alike."""

import datetime

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import AnyYesNo, AsOfFilterSet, StrictFilterSet, as_of_day, search_lookups
from core.models import Period, Prefecture
from core.models.facts import BlockingReason
from core.models.institutions import BANK_KINDS, InstitutionKind
from core.models.territory import Region
from core.naming import label
from core.queries.periods import period_condition
from finance.models import LoanLine, VillageBank
from finance.models.loans import EnterpriseSize
from finance.queries.village_banks import remarks_on
from finance.rules.industries import INDUSTRIES
from finance.rules.village_banks import STAGES


class VillageBankFilter(AsOfFilterSet):
    """Filters of village banks; rows carry ``stage`` and more (queries)."""

    search_fields = (
        *search_lookups(prefix="institution__"),
        "main_sponsor_name__icontains",
        "main_sponsor__name__icontains",
    )
    stage = django_filters.ChoiceFilter(
        choices=[(key, label(text)) for key, text in STAGES.items()], label=_("阶段")
    )
    region = django_filters.ChoiceFilter(
        field_name="institution__prefecture__region", choices=Region.choices, label=_("区域")
    )
    prefecture = django_filters.ModelChoiceFilter(
        field_name="institution__prefecture",
        queryset=Prefecture.objects.all(),
        to_field_name="code",
        label=_("地市"),
    )
    county = django_filters.CharFilter(
        field_name="institution__county__code", label=_("县（市、区）代码")
    )
    blocked = django_filters.ChoiceFilter(choices=BlockingReason.choices, label=_("受阻原因"))
    remarks = django_filters.BooleanFilter(
        method="with_remarks", label=_("有核查提示"), widget=AnyYesNo
    )

    class Meta:
        model = VillageBank
        fields: list[str] = []

    def with_remarks(self, queryset: QuerySet, name: str, value: bool) -> QuerySet:
        day: datetime.date = as_of_day(self.data, timezone.localdate())
        odd = [key for key, found in remarks_on(banks=queryset, as_of=day).items() if found]
        return queryset.filter(pk__in=odd) if value else queryset.exclude(pk__in=odd)


class LoanFigureFilter(StrictFilterSet):
    """Filters of loan lines: whose, when, and which part."""

    q = None
    period = django_filters.CharFilter(method="of_period", label=_("报告期"))
    prefecture = django_filters.ModelChoiceFilter(
        queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )
    region = django_filters.ChoiceFilter(
        field_name="prefecture__region", choices=Region.choices, label=_("区域")
    )
    size = django_filters.ChoiceFilter(choices=EnterpriseSize.choices, label=_("企业规模"))
    industry = django_filters.ChoiceFilter(
        choices=[(code, label(text)) for code, text in INDUSTRIES.items()], label=_("行业门类")
    )
    institution = django_filters.CharFilter(field_name="institution__code", label=_("机构编码"))
    kind = django_filters.ChoiceFilter(
        field_name="institution__kind",
        choices=[each for each in InstitutionKind.choices if each[0] in BANK_KINDS],
        label=_("机构类别"),
    )

    class Meta:
        model = LoanLine
        fields: list[str] = []

    def of_period(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """``2012-06``; by the period's key, so that the index on it serves."""
        condition = period_condition(value)
        if condition is None:
            return queryset.none()
        return queryset.filter(period__in=list(Period.objects.filter(condition)))
