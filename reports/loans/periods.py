"""Which period a leader reads: the latest whole one, so that nothing missing looks like a fall."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core.models import Period
from finance.queries.loans import FORM
from returns.models import Obligation, Return, ReturnState


def with_figures(on: datetime.date) -> QuerySet[Period]:
    """Periods ended by ``on`` that have accepted figures, the latest first, with ``lacking``."""
    accepted = Return.objects.filter(state=ReturnState.ACCEPTED)
    filed = accepted.filter(institution=OuterRef("institution"), period=OuterRef("period"))
    lacking = Obligation.objects.filter(period=OuterRef("pk"), waived_at=None).exclude(
        Exists(filed)
    )
    return (
        Period.objects.filter(form=FORM, ends_on__lte=on)
        .filter(Exists(accepted.filter(period=OuterRef("pk"))))
        .annotate(lacking=Exists(lacking))
        .order_by("-ends_on")
    )


def latest_whole(on: datetime.date) -> Period | None:
    """The latest period that is closed or complete; failing that, the latest with figures."""
    periods = list(with_figures(on)[:60])
    whole = (each for each in periods if each.closed_at is not None or not each.lacking)
    return next(whole, periods[0] if periods else None)


def being_filed(on: datetime.date) -> Period | None:
    """The latest period with figures, if it is not yet the one that ``latest_whole`` gives."""
    latest = with_figures(on).first()
    return latest if latest and latest.closed_at is None and latest.lacking else None
