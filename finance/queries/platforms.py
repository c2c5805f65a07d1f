"""Service points, cooperation platforms and financing events on a day, with what they brought."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from core.queries.validity import validity
from core.ratio import Ratio
from core.text import Text
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.platforms import Span

HALF_YEAR = 6  # months
SPANS = (Span.FIRST_HALF, Span.SECOND_HALF, Span.YEAR)  # as they end, a whole year last
POINT_STATES = {
    "current": Text("营业", "Open"),
    "coming": Text("未开业", "Not yet open"),
    "past": Text("已撤销", "Closed"),
}
PLATFORM_STATES = {
    "current": Text("运行", "Running"),
    "coming": Text("未成立", "Not yet"),
    "past": Text("已终止", "Ended"),
}
EVENT_STATES = {"held": Text("已举办", "Held"), "planned": Text("计划", "Planned")}


def service_point_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[ServicePoint]:
    """Service points that ``user`` sees, each with its ``state`` on the day. One query."""
    day = as_of or timezone.localdate()
    rows = ServicePoint.objects.visible_to(user).select_related(
        "institution", "prefecture", "county", "file"
    )
    return rows.annotate(state=validity(day, first="opened_on", gone="closed_on"))


def platform_rows(
    *, user: Any, as_of: datetime.date | None = None
) -> QuerySet[CooperationPlatform]:
    """Platforms that ``user`` sees. One query.

    Each has ``state`` on the day, and ``last_year``, ``last_span`` and ``last_amount`` (万元) of
    its last result whose time had ended by the day; null where there is none.
    """
    day = as_of or timezone.localdate()
    results = results_by(day).filter(platform=OuterRef("pk")).order_by("-year", "-ends", "-pk")
    return (
        CooperationPlatform.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            state=validity(day, first="established_on", gone="ended_on"),
            last_year=Subquery(results.values("year")[:1]),
            last_span=Subquery(results.values("span")[:1]),
            last_amount=Subquery(results.values("amount")[:1]),
        )
    )


def results_by(day: datetime.date) -> QuerySet[PlatformResult]:
    """Results whose half-year or year had ended by the day; ``ends`` orders those of a year."""
    rows = PlatformResult.objects.standing().annotate(
        ends=Case(
            *(When(span=span, then=Value(place)) for place, span in enumerate(SPANS)),
            output_field=IntegerField(),
        )
    )
    ended = day + datetime.timedelta(days=1)  # 31 December is the last day of its year
    over = Q(year__lt=ended.year)
    if ended.month > HALF_YEAR:
        over |= Q(year=ended.year, span=Span.FIRST_HALF)
    return rows.filter(over)


def result_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[PlatformResult]:
    """Results of platforms that ``user`` sees. One query."""
    return PlatformResult.objects.visible_to(user).select_related("platform__prefecture", "file")


def event_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[FinancingEvent]:
    """Events that ``user`` sees. One query.

    Each has ``state`` (held, planned) and ``drawn`` (万元), ``drawn_enterprises`` and
    ``drawn_as_of`` of the last drawing by the day; null where none is recorded.
    """
    day = as_of or timezone.localdate()
    drawings = (
        EventDrawing.objects.standing()
        .filter(event=OuterRef("pk"), as_of__lte=day)
        .order_by("-as_of", "-pk")
    )
    return (
        FinancingEvent.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            state=Case(When(held_on__lte=day, then=Value("held")), default=Value("planned")),
            drawn=Subquery(drawings.values("amount")[:1]),
            drawn_enterprises=Subquery(drawings.values("enterprises")[:1]),
            drawn_as_of=Subquery(drawings.values("as_of")[:1]),
        )
    )


def drawing_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[EventDrawing]:
    """Drawings of events that ``user`` sees. One query."""
    return EventDrawing.objects.visible_to(user).select_related("event__prefecture", "file")


def drawings_of(event: FinancingEvent, *, as_of: datetime.date) -> Sequence[EventDrawing]:
    """What was drawn of one event by the day, oldest first. One query."""
    return list(EventDrawing.objects.standing().filter(event=event, as_of__lte=as_of))


def drawn_ratio(event: FinancingEvent, drawing: EventDrawing) -> Ratio:
    """资金到位率 = drawn by a day / signed at the event."""
    return Ratio(drawing.amount, event.amount_signed)
