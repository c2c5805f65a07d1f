"""Moments of the demonstration, in the office's time."""

import datetime

from django.utils import timezone


def moment(
    day: datetime.date, hour: int, minute: int = 0, *, until: datetime.datetime | None = None
) -> datetime.datetime:
    """Return that time of day, but never one that lies after ``until``."""
    naive = datetime.datetime.combine(day, datetime.time(hour, minute))
    found = timezone.make_aware(naive)
    return min(found, until) if until else found


def months_before(today: datetime.date, count: int) -> list[tuple[int, int]]:
    """Return the last ``count`` complete months before ``today`` as (year, month), in order."""
    last = today.year * 12 + today.month - 2
    places = range(last - count + 1, last + 1)
    return [(place // 12, place % 12 + 1) for place in places]
