"""Reading what serves small firms for a day, as now known or as it was known then."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from core.models import County
from core.queries.expiries import standing
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.platforms import existing
from finance.rules.services import (
    Division,
    Event,
    Platform,
    Point,
    Result,
    Services,
    results_within,
)

PLACE = Coalesce(F("prefecture__code"), Value(""))
COUNTY = Coalesce(F("county__code"), Value(""))


def services_on(
    *,
    as_of: datetime.date,
    since: datetime.date,
    known_at: datetime.datetime | None = None,
) -> Services:
    """What stood on ``as_of``, and what was held and brought from ``since`` on. Six queries."""
    return Services(
        points=_points(as_of, known_at),
        platforms=_platforms(since, as_of, known_at),
        events=_events(since, as_of, known_at),
        counties=_counties(as_of),
    )


def _counties(as_of: datetime.date) -> tuple[Division, ...]:
    rows = County.objects.county_domain().valid_on(as_of)
    return tuple(Division(*row) for row in rows.values_list("code", "name", "prefecture__code"))


def _points(as_of: datetime.date, known_at: datetime.datetime | None) -> tuple[Point, ...]:
    rows = standing(ServicePoint, known_at).filter(existing("opened_on", "closed_on", as_of))
    rows = rows.annotate(place=PLACE, county_place=COUNTY).order_by("code")
    columns = ("code", "name", "kind", "institution__name", "place", "county_place", "staff",
               "opened_on")  # fmt: skip
    return tuple(Point(*row) for row in rows.values_list(*columns))


def _platforms(
    since: datetime.date, as_of: datetime.date, known_at: datetime.datetime | None
) -> tuple[Platform, ...]:
    results: dict[int, list[Result]] = defaultdict(list)
    told = standing(PlatformResult, known_at).filter(year__gte=since.year, year__lte=as_of.year)
    columns = ("platform_id", "code", "year", "span", "served", "financed", "amount")
    for platform, *row in told.values_list(*columns):
        results[platform].append(Result(*row))
    rows = standing(CooperationPlatform, known_at)
    rows = rows.filter(existing("established_on", "ended_on", as_of)).annotate(place=PLACE)
    named = rows.order_by("code").values_list(
        "id", "code", "name", "kind", "place", "established_on"
    )
    return tuple(
        Platform(*row, results=results_within(results[key], since=since, until=as_of))
        for key, *row in named
    )


def _events(
    since: datetime.date, as_of: datetime.date, known_at: datetime.datetime | None
) -> tuple[Event, ...]:
    drawn: dict[int, tuple[Any, Any]] = {}
    told = standing(EventDrawing, known_at).filter(as_of__lte=as_of).order_by("as_of", "id")
    for event, amount, day in told.values_list("event_id", "amount", "as_of"):
        drawn[event] = amount, day
    rows = standing(FinancingEvent, known_at).filter(held_on__gte=since, held_on__lte=as_of)
    columns = ("id", "code", "name", "kind", "place", "held_on", "enterprises", "banks",
               "enterprises_signed", "amount_signed")  # fmt: skip
    named = rows.annotate(place=PLACE).order_by("-held_on", "code").values_list(*columns)
    return tuple(Event(*row, *drawn.get(key, (None, None))) for key, *row in named)
