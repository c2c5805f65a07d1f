"""Filters of enterprises and their way to a listing, on page and API alike."""

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import AnyYesNo, AsOfFilterSet, StrictFilterSet, as_of_day, search_lookups
from core.models import Prefecture
from core.models.territory import Region
from core.naming import label
from listings.models import (
    Board,
    Enterprise,
    EnterpriseChange,
    EnterpriseStatus,
    EnterpriseYear,
    EventKind,
    EvidenceRequirement,
    ListingMilestone,
    Milestone,
    SpanState,
    Stage,
    StageEvent,
    StageEvidence,
    StageSpan,
    StageTerm,
    StrategicIndustry,
)
from listings.queries.evidence import lacks_evidence
from listings.rules.sizes import SIZE_WORDS
from listings.rules.timeline import ENTRIES

SIZES = [(code, label(words)) for code, words in SIZE_WORDS.items()]


def of_region(path: str = "enterprise__prefecture") -> Any:
    return django_filters.ChoiceFilter(
        field_name=f"{path}__region", choices=Region.choices, label=_("区域")
    )


def of_prefecture(path: str = "enterprise__prefecture") -> Any:
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )


def of_enterprise(path: str = "enterprise") -> Any:
    return django_filters.CharFilter(field_name=f"{path}__code", label=_("企业编号"))


class EnterpriseFilter(AsOfFilterSet):
    """Filters of enterprises."""

    search_fields = search_lookups(
        "short_name__icontains",
        "former_names__icontains",
        "credit_code__istartswith",
        "organisation_code__istartswith",
        "registration_number__istartswith",
    )
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    county = django_filters.CharFilter(field_name="county__code", label=_("县（市、区）代码"))
    industry = django_filters.CharFilter(lookup_expr="istartswith", label=_("行业代码"))
    technology = django_filters.BooleanFilter(label=_("高新技术企业"), widget=AnyYesNo)
    strategic_industry = django_filters.ChoiceFilter(
        choices=StrategicIndustry.choices, label=_("战略性新兴产业")
    )
    intended_board = django_filters.ChoiceFilter(choices=Board.choices, label=_("拟上市板块"))
    status = django_filters.ChoiceFilter(choices=EnterpriseStatus.choices, label=_("企业状态"))
    stage = django_filters.ModelChoiceFilter(
        queryset=Stage.objects.standing().filter(prefecture=None),
        to_field_name="code",
        null_label=_("不在库"),
        null_value="none",
        method="in_stage",
        label=_("所在批次"),
    )
    state = django_filters.ChoiceFilter(
        method="in_state", choices=SpanState.choices, label=_("批次状态")
    )

    class Meta:
        model = Enterprise
        fields: list[str] = []

    def in_stage(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Those that stood in a batch on the day; ``none`` are those in no batch."""
        spans = StageSpan.objects.on(self._day())
        if value == "none":
            return queryset.exclude(pk__in=spans.values("enterprise"))
        return queryset.filter(pk__in=spans.filter(stage=value).values("enterprise"))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        spans = StageSpan.objects.on(self._day()).filter(state=value)
        return queryset.filter(pk__in=spans.values("enterprise"))

    def _day(self) -> datetime.date:
        return as_of_day(self.data, timezone.localdate())


def of_stage(path: str = "stage", words: Any = None) -> Any:
    return django_filters.CharFilter(field_name=f"{path}__code", label=words or _("批次代码"))


class StageFilter(AsOfFilterSet):
    """Filters of batches; rows carry their name and order on the day (registers)."""

    search_fields = ("code__istartswith", "name__icontains", "name_en__icontains")
    prefecture = of_prefecture("prefecture")
    scheme = django_filters.ChoiceFilter(
        method="of_scheme",
        label=_("体系"),
        choices=[("province", _("全省")), ("prefecture", _("地市自设"))],
    )

    class Meta:
        model = Stage
        fields: list[str] = []

    def of_scheme(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(prefecture__isnull=value == "province")


class StageTermFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "name__icontains")
    stage = of_stage()
    prefecture = of_prefecture("stage__prefecture")
    valid_from = django_filters.DateFromToRangeFilter(label=_("起始日期"))

    class Meta:
        model = StageTerm
        fields: list[str] = []


class EvidenceRequirementFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "name__icontains")
    stage = of_stage()

    class Meta:
        model = EvidenceRequirement
        fields: list[str] = []


class StageEventFilter(StrictFilterSet):
    search_fields = (
        "code__istartswith",
        "reason__icontains",
        *search_lookups(prefix="enterprise__"),
    )
    enterprise = of_enterprise()
    kind = django_filters.ChoiceFilter(
        choices=EventKind.choices, label=pgettext_lazy("event", "事项")
    )
    stage = of_stage()
    province_stage = of_stage("province_stage", _("全省批次代码"))
    region = of_region()
    prefecture = of_prefecture()
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))
    evidence = django_filters.ChoiceFilter(
        method="by_evidence",
        label=_("证明材料"),
        choices=[("missing", _("缺少")), ("complete", _("齐全"))],
    )

    class Meta:
        model = StageEvent
        fields: list[str] = []

    def by_evidence(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Of entries that stand: those that lack a paper, or those that have them all."""
        entries = queryset.filter(kind__in=ENTRIES, voided_at=None)
        lacks = lacks_evidence()
        return entries.filter(lacks if value == "missing" else ~lacks)


class StageEvidenceFilter(StrictFilterSet):
    search_fields = (
        "document__icontains",
        "code__istartswith",
        *search_lookups(prefix="event__enterprise__"),
    )
    event = django_filters.CharFilter(field_name="event__code", label=_("批次事项编号"))
    enterprise = of_enterprise("event__enterprise")
    prefecture = of_prefecture("event__enterprise__prefecture")

    class Meta:
        model = StageEvidence
        fields: list[str] = []


class EnterpriseChangeFilter(StrictFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="enterprise__"))
    enterprise = of_enterprise()
    prefecture = of_prefecture()
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = EnterpriseChange
        fields: list[str] = []


class EnterpriseYearFilter(AsOfFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="enterprise__"))
    enterprise = of_enterprise()
    year = django_filters.NumberFilter(label=_("年度"))
    region = of_region()
    prefecture = of_prefecture()
    size = django_filters.ChoiceFilter(choices=SIZES, label=_("规模"))
    audited = django_filters.BooleanFilter(label=_("已审计"), widget=AnyYesNo)
    revenue = django_filters.RangeFilter(label=_("营业收入（万元）"))
    net_profit = django_filters.RangeFilter(label=_("净利润（万元）"))

    class Meta:
        model = EnterpriseYear
        fields: list[str] = []


class ListingMilestoneFilter(StrictFilterSet):
    search_fields = (
        "code__istartswith",
        "security_code__istartswith",
        "security_name__icontains",
        "document_number__icontains",
        *search_lookups(prefix="enterprise__"),
    )
    enterprise = of_enterprise()
    board = django_filters.ChoiceFilter(choices=Board.choices, label=_("板块"))
    milestone = django_filters.ChoiceFilter(choices=Milestone.choices, label=_("里程碑"))
    region = of_region()
    prefecture = of_prefecture()
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = ListingMilestone
        fields: list[str] = []
