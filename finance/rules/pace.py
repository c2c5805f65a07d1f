"""The three-year goal and its straight line 参考进度 (domain facts 2.6, points 5 and 6)."""

import calendar
import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HUNDREDTH = Decimal("0.01")


class Reading(StrEnum):
    """How 未来三年内 is read: to the day, or to the end of a calendar year."""

    ANNIVERSARY = "anniversary"  # 2015-04-28
    YEARS_COUNTED = "years_counted"  # 2014-12-31: 2012, 2013 and 2014
    YEARS_AFTER = "years_after"  # 2015-12-31: the end of the third year after


@dataclass(frozen=True, slots=True)
class Goal:
    """Full coverage ``years`` after ``start``; ``baseline`` None: taken from the registry."""

    start: datetime.date
    years: int
    reading: Reading = Reading.ANNIVERSARY
    baseline: int | None = None
    source: str = ""

    @property
    def deadline(self) -> datetime.date:
        """The last day of the goal."""
        year = self.start.year + self.years
        if self.reading == Reading.YEARS_COUNTED:
            return datetime.date(year - 1, 12, 31)
        if self.reading == Reading.YEARS_AFTER:
            return datetime.date(year, 12, 31)
        last = calendar.monthrange(year, self.start.month)[1]
        return self.start.replace(year=year, day=min(self.start.day, last))


@dataclass(frozen=True, slots=True)
class PacePoint:
    """Covered prefectures on a day beside the straight line; None where not yet known."""

    day: datetime.date
    actual: int | None
    line: Decimal


@dataclass(frozen=True, slots=True)
class Pace:
    """The goal's straight line and the way actually gone."""

    start: datetime.date
    deadline: datetime.date
    baseline: int
    baseline_entered: bool
    target: int
    expected: Decimal
    ahead: Decimal  # covered less expected; negative when behind
    days_left: int
    points: tuple[PacePoint, ...]
    source: str


def pace_of(
    *,
    goal: Goal,
    as_of: datetime.date,
    target: Decimal,
    covered_on: Callable[[datetime.date], int],
    event_days: Collection[datetime.date],
) -> Pace | None:
    """Return the pace on ``as_of``; None before the goal begins.

    ``covered_on`` is asked only for month ends after which something happened.
    """
    if as_of < goal.start:
        return None
    baseline = goal.baseline if goal.baseline is not None else covered_on(goal.start)

    def line(day: datetime.date) -> Decimal:
        done = min((day - goal.start).days, (goal.deadline - goal.start).days)
        share = Decimal(done) / Decimal((goal.deadline - goal.start).days)
        return (baseline + (target - baseline) * share).quantize(HUNDREDTH, ROUND_HALF_UP)

    points: list[PacePoint] = []
    actual, counted = covered_on(goal.start), goal.start
    for day in _days(goal.start, as_of, goal.deadline):
        if day > as_of:
            points.append(PacePoint(day, None, line(day)))
            continue
        if any(counted < event <= day for event in event_days):
            actual = covered_on(day)
        counted = day
        points.append(PacePoint(day, actual, line(day)))
    return Pace(
        start=goal.start,
        deadline=goal.deadline,
        baseline=baseline,
        baseline_entered=goal.baseline is not None,
        target=int(target),
        expected=line(as_of),
        ahead=covered_on(as_of) - line(as_of),
        days_left=max((goal.deadline - as_of).days, 0),
        points=tuple(points),
        source=goal.source,
    )


def _days(
    start: datetime.date, as_of: datetime.date, deadline: datetime.date
) -> list[datetime.date]:
    """The start, every month's end, the date asked for and the deadline, in order."""
    days = {start, as_of, deadline}
    year, month = start.year, start.month
    while (end := _month_end(year, month)) <= max(as_of, deadline):
        days.add(end)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return sorted(days)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
