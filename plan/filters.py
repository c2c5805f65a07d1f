"""Filters of the plan's registers, the same for page, API and export."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet
from core.models import Prefecture
from plan.models import (
    Comparator,
    ConsolidatedReport,
    ContactReply,
    Measure,
    MeasureItem,
    Milestone,
    Plan,
    PlanEvent,
    PlanEventKind,
    ProgressEntry,
    ProgressReport,
    ReportPeriod,
    ReportState,
    Target,
    Unit,
)


def year(path: str) -> django_filters.NumberFilter:
    return django_filters.NumberFilter(field_name=path, label=_("年度"))


def by_code(path: str, words: object) -> django_filters.CharFilter:
    return django_filters.CharFilter(field_name=f"{path}__code", label=words)


def prefecture(path: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )


class PlanFilter(StrictFilterSet):
    search_fields = ("title__icontains", "document_number__icontains")
    year = year("year")

    class Meta:
        model = Plan
        fields: list[str] = []


class MeasureFilter(StrictFilterSet):
    search_fields = ("title__icontains", "words__icontains")
    plan = by_code("plan", _("计划编号"))
    year = year("plan__year")

    class Meta:
        model = Measure
        fields: list[str] = []


class MeasureItemFilter(StrictFilterSet):
    search_fields = ("key__iexact", "title__icontains", "words__icontains")
    measure = by_code("measure", _("措施编号"))
    year = year("measure__plan__year")

    class Meta:
        model = MeasureItem
        fields: list[str] = []


class UnitFilter(StrictFilterSet):
    search_fields = ("prefecture__name__icontains", "department__name__icontains")
    plan = by_code("plan", _("计划编号"))
    year = year("plan__year")

    class Meta:
        model = Unit
        fields: list[str] = []


class TargetFilter(StrictFilterSet):
    search_fields = ("key__iexact", "title__icontains", "words__icontains")
    measure = by_code("measure", _("措施编号"))
    item = by_code("item", _("分项编号"))
    year = year("measure__plan__year")
    comparator = django_filters.ChoiceFilter(choices=Comparator.choices, label=_("比较"))
    due_on = django_filters.DateFromToRangeFilter(label=_("完成期限"))

    class Meta:
        model = Target
        fields: list[str] = []


class ProgressFilter(StrictFilterSet):
    search_fields = ("target__key__iexact", "target__title__icontains", "document__icontains")
    target = by_code("target", _("目标编号"))
    unit = by_code("unit", _("单位编号"))
    year = year("target__measure__plan__year")
    prefecture = prefecture("unit__prefecture")
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = ProgressEntry
        fields: list[str] = []


class MilestoneFilter(StrictFilterSet):
    search_fields = ("key__iexact", "title__icontains")
    plan = by_code("plan", _("计划编号"))
    measure = by_code("measure", _("措施编号"))
    year = year("plan__year")
    done = django_filters.BooleanFilter(
        field_name="done_on", lookup_expr="isnull", exclude=True, label=_("已完成")
    )
    due_on = django_filters.DateFromToRangeFilter(label=_("到期日"))

    class Meta:
        model = Milestone
        fields: list[str] = []


class PlanEventFilter(StrictFilterSet):
    search_fields = ("name__icontains", "venue__icontains")
    unit = by_code("unit", _("单位编号"))
    kind = django_filters.ChoiceFilter(choices=PlanEventKind.choices, label=_("类型"))
    place = prefecture("place")
    held_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = PlanEvent
        fields: list[str] = []


class ContactReplyFilter(StrictFilterSet):
    search_fields = (
        "unit__prefecture__name__icontains",
        "unit__department__name__icontains",
        "contacts__person__icontains",
    )
    unit = by_code("unit", _("单位编号"))
    year = year("unit__plan__year")
    prefecture = prefecture("unit__prefecture")
    replied_on = django_filters.DateFromToRangeFilter(label=_("报送日期"))

    class Meta:
        model = ContactReply
        fields: list[str] = []


class ProgressReportFilter(StrictFilterSet):
    search_fields = (
        "unit__prefecture__name__icontains",
        "unit__department__name__icontains",
        "summary__icontains",
    )
    unit = by_code("unit", _("单位编号"))
    year = year("unit__plan__year")
    period = django_filters.ChoiceFilter(choices=ReportPeriod.choices, label=_("报告期"))
    state = django_filters.ChoiceFilter(choices=ReportState.choices, label=_("状态"))
    prefecture = prefecture("unit__prefecture")

    class Meta:
        model = ProgressReport
        fields: list[str] = []


class ConsolidatedReportFilter(StrictFilterSet):
    search_fields = ("title__icontains", "text__icontains")
    plan = by_code("plan", _("计划编号"))
    year = year("plan__year")
    period = django_filters.ChoiceFilter(choices=ReportPeriod.choices, label=_("报告期"))

    class Meta:
        model = ConsolidatedReport
        fields: list[str] = []
