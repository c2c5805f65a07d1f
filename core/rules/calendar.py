"""Working days: the ordinary week, but for the holidays and make-up days of the calendar."""

import datetime
from collections.abc import Mapping

DAY = datetime.timedelta(days=1)


def is_working(day: datetime.date, exceptions: Mapping[datetime.date, bool]) -> bool:
    """Whether ``day`` is worked; ``exceptions`` maps days that differ from the week."""
    return exceptions.get(day, day.weekday() < 5)


def next_working_day(day: datetime.date, exceptions: Mapping[datetime.date, bool]) -> datetime.date:
    """Return ``day`` if it is worked, else the next day that is (顺延)."""
    while not is_working(day, exceptions):
        day += DAY
    return day


def month_bounds(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a month."""
    first = datetime.date(year, month, 1)
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return first, following - DAY


def half_year_bounds(year: int, half: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a half-year."""
    first_month = 6 * half - 5
    return datetime.date(year, first_month, 1), month_bounds(year, first_month + 5)[1]


def due_day(
    ends_on: datetime.date, days: int, exceptions: Mapping[datetime.date, bool]
) -> datetime.date:
    """Return the day by which a period is due: ``days`` after its end, on a working day."""
    return next_working_day(ends_on + days * DAY, exceptions)


def working_days_after(
    day: datetime.date, number: int, exceptions: Mapping[datetime.date, bool]
) -> datetime.date:
    """Return the ``number``-th working day after ``day``."""
    while number > 0:
        day += DAY
        number -= is_working(day, exceptions)
    return day


def working_days_between(
    start: datetime.date, end: datetime.date, exceptions: Mapping[datetime.date, bool]
) -> int:
    """Count the working days after ``start`` up to and including ``end``; 0 if it is earlier."""
    days = range(1, (end - start).days + 1)
    return sum(is_working(start + number * DAY, exceptions) for number in days)
