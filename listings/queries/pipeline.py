"""Counting the batches between two days: a fixed number of queries, whatever the history."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from core.models import Prefecture
from listings.models import StageSpan
from listings.rules.pipeline import Cohort, Dims, Entered, Gone, Stayed, Stock, Told

DIMS = ("prefecture", "industry", "board")


@dataclass(frozen=True, slots=True)
class Where:
    """Which enterprises are meant, by what they were at the time; empty means all."""

    prefecture: str = ""
    region: str = ""
    industry: str = ""
    board: str = ""
    include_shenzhen: bool = True

    def condition(self, prefectures: Iterable[Prefecture]) -> Q:
        """The condition on stretches."""
        found = Q()
        meant = [
            each.pk
            for each in prefectures
            if self.prefecture in ("", each.code)
            and self.region in ("", each.region)
            and (self.include_shenzhen or each.code != Prefecture.SHENZHEN)
        ]
        if self.prefecture or self.region or not self.include_shenzhen:
            found &= Q(prefecture__in=meant)
        if self.industry:
            found &= Q(industry=self.industry)
        if self.board:
            found &= Q(board=self.board)
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """The days counted: after ``since`` up to ``as_of``, as known at a moment."""

    since: datetime.date
    as_of: datetime.date
    known_at: datetime.datetime | None = None


def told_of(window: Window, where: Where) -> Told:
    """Count stock and flow. Seven queries."""
    prefectures = list(Prefecture.objects.all())
    codes = {each.pk: each.code for each in prefectures}
    condition = where.condition(prefectures)
    return Told(
        opening=stock_on(window.since, condition, codes, known_at=window.known_at),
        closing=stock_on(window.as_of, condition, codes, known_at=window.known_at),
        entered=[
            Entered(came, stage, Dims(codes[place], *rest), number)
            for came, stage, place, *rest, number in entries_in(window, condition)
            .values_list("came_from", "stage", *DIMS)
            .annotate(number=Count("pk"))
            .order_by()
        ],
        gone=[
            Gone(stage, leaving, Dims(codes[place], *rest), number)
            for stage, leaving, place, *rest, number in exits_in(window, condition)
            .filter(went_to=None)
            .values_list("stage", "leaving", *DIMS)
            .annotate(number=Count("pk"))
            .order_by()
        ],
        stayed=[
            Stayed(*row)
            for row in exits_in(window, condition)
            .exclude(went_to=None)
            .values_list("stage", "went_to", "days")
            .annotate(number=Count("pk"))
            .order_by()
        ],
        cohorts=_cohorts(window, condition),
    )


def stock_on(
    day: datetime.date,
    condition: Q,
    codes: Mapping[int, str],
    *,
    known_at: datetime.datetime | None,
) -> list[Stock]:
    """How many stood where at the end of a day. One query."""
    rows = StageSpan.objects.on(day, known_at).filter(condition).order_by()
    counted = rows.values_list("stage", "state", *DIMS).annotate(number=Count("pk"))
    return [
        Stock(stage, state, Dims(codes[place], *rest), number)
        for stage, state, place, *rest, number in counted
    ]


def entries_in(window: Window, condition: Q) -> QuerySet:
    """The first stretches of stays that began in the window."""
    return StageSpan.objects.known(window.known_at).filter(
        condition, first=True, entered_on__gt=window.since, entered_on__lte=window.as_of
    )


def exits_in(window: Window, condition: Q) -> QuerySet:
    """The last stretches of stays that ended in the window."""
    return StageSpan.objects.known(window.known_at).filter(
        condition, last=True, left_on__gt=window.since, left_on__lte=window.as_of
    )


def _cohorts(window: Window, condition: Q) -> list[Cohort]:
    """What had become of those who entered, by the end of the window. One query."""
    over = Q(left_on__lte=window.as_of)
    rows = (
        entries_in(window, condition)
        .annotate(
            then=Case(When(over, then=F("went_to")), default=None),
            how=Case(When(over, then=F("leaving")), default=Value(""), output_field=CharField()),
        )
        .values_list("stage", "then", "how")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [Cohort(*row) for row in rows]


def enterprises_behind(spans: QuerySet) -> Any:
    """Stretches with what names their enterprise, for lineage, in the official order."""
    return spans.select_related(
        "enterprise", "stage", "prefecture", "came_from", "went_to"
    ).order_by("prefecture__display_order", "enterprise__code")
