"""Filters of service points, cooperation platforms and financing events."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import AsOfFilterSet, StrictFilterSet, search_lookups
from finance.filters_microloan import of_county, of_prefecture, of_region, of_states
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.platforms import EventKind, PlatformKind, ServicePointKind, Span
from finance.queries.platforms import EVENT_STATES, PLATFORM_STATES, POINT_STATES

NAMED = ("name__icontains", "code__istartswith")


def by_code(name: str, words: Any) -> Any:
    """Entries of one parent, by its code."""
    return django_filters.CharFilter(field_name=f"{name}__code", label=words)


class ServicePointFilter(AsOfFilterSet):
    """Filters of service points, by where they stand; rows carry their state (queries)."""

    search_fields = (*NAMED, "address__icontains", *search_lookups(prefix="institution__"))
    institution = by_code("institution", _("银行编码"))
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    county = of_county("county")
    kind = django_filters.ChoiceFilter(choices=ServicePointKind.choices, label=_("类别"))
    state = of_states(POINT_STATES)
    opened_on = django_filters.DateFromToRangeFilter(label=_("开业日期"))

    class Meta:
        model = ServicePoint
        fields: list[str] = []


class PlatformFilter(AsOfFilterSet):
    """Filters of platforms; rows carry their state and last result (queries)."""

    search_fields = (*NAMED, "park__icontains", "operator__icontains")
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    kind = django_filters.ChoiceFilter(choices=PlatformKind.choices, label=_("类别"))
    state = of_states(PLATFORM_STATES)
    established_on = django_filters.DateFromToRangeFilter(label=_("成立日期"))

    class Meta:
        model = CooperationPlatform
        fields: list[str] = []


class PlatformResultFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "platform__name__icontains", "platform__park__icontains")
    platform = by_code("platform", _("平台"))
    region = of_region("platform__prefecture")
    prefecture = of_prefecture("platform__prefecture")
    year = django_filters.NumberFilter(label=_("年度"))
    span = django_filters.ChoiceFilter(choices=Span.choices, label=_("期间"))

    class Meta:
        model = PlatformResult
        fields: list[str] = []


class FinancingEventFilter(AsOfFilterSet):
    """Filters of events; rows carry what was drawn by the day (queries)."""

    search_fields = (*NAMED, "venue__icontains", "organiser__icontains")
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    kind = django_filters.ChoiceFilter(choices=EventKind.choices, label=_("类别"))
    state = of_states(EVENT_STATES)
    held_on = django_filters.DateFromToRangeFilter(label=_("举办日期"))

    class Meta:
        model = FinancingEvent
        fields: list[str] = []


class EventDrawingFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "event__name__icontains", "event__code__istartswith")
    event = by_code("event", _("活动"))
    region = of_region("event__prefecture")
    prefecture = of_prefecture("event__prefecture")
    drawn_by = django_filters.DateFromToRangeFilter(field_name="as_of", label=_("截至"))

    class Meta:
        model = EventDrawing
        fields: list[str] = []
