"""Which period a leader reads: the latest whole one, so that nothing missing looks like a fall."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core.models import Period
from finance.queries.loans import FORM
from reports.loans.completeness import accepted_then
from returns.models import Obligation, Return

TREND_MONTHS = 25  # two years and the month itself: last year's and December are among them
OPEN_MONTHS = 6  # more than are ever open at once


def with_figures(
    on: datetime.date, form: str = FORM, *, known_at: datetime.datetime | None = None
) -> QuerySet[Period]:
    """Periods ended by ``on`` that have accepted figures, the latest first, with ``lacking``.

    With ``known_at`` those that had accepted figures then.
    """
    accepted = Return.objects.filter(accepted_then(known_at))
    filed = accepted.filter(institution=OuterRef("institution"), period=OuterRef("period"))
    lacking = Obligation.objects.filter(period=OuterRef("pk"), waived_at=None).exclude(
        Exists(filed)
    )
    return (
        Period.objects.filter(form=form, ends_on__lte=on)
        .filter(Exists(accepted.filter(period=OuterRef("pk"))))
        .annotate(lacking=Exists(lacking))
        .order_by("-ends_on")
    )


def history(
    on: datetime.date, form: str = FORM, *, known_at: datetime.datetime | None = None
) -> list[Period]:
    """The months with figures up to ``on``, the latest first: as many as a trend shows."""
    return list(with_figures(on, form, known_at=known_at)[: TREND_MONTHS + OPEN_MONTHS])


def whole(periods: list[Period]) -> Period | None:
    """The latest of ``periods`` that is closed or complete; failing that, the latest."""
    found = (each for each in periods if each.closed_at is not None or not each.lacking)
    return next(found, periods[0] if periods else None)


def latest_whole(on: datetime.date) -> Period | None:
    """The latest period that is closed or complete; failing that, the latest with figures."""
    return whole(history(on))


def months_until(period: Period) -> list[Period]:
    """The months with figures up to ``period``, oldest first, and the period itself."""
    return list(up_to(period, history(period.ends_on)))


def up_to(period: Period, known: list[Period]) -> tuple[Period, ...]:
    """The months of a trend that ends with ``period``, oldest first; it is always among them."""
    found = [each for each in known if each.ends_on <= period.ends_on][:TREND_MONTHS]
    if period not in found:
        found.insert(0, period)
    return tuple(found[::-1])
