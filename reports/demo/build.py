"""Building the whole demonstration, all of it or nothing."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from core.models import Institution
from reports.demo.clock import moment
from reports.demo.filing import Filings
from reports.demo.people import make_office
from reports.demo.registry import FOUNDED, register
from reports.operations.publishing import publish

Progress = Callable[[int, int, str], None]


def is_empty() -> bool:
    """Whether no institution is registered: the demonstration never mixes with real records."""
    return not Institution.objects.exists()


@transaction.atomic
def build(
    *, seed: int, banks: int, months: int, now: datetime.datetime, progress: Progress
) -> None:
    """Make accounts, institutions, facts and returns that end with last month.

    ``now`` should be the present: the newest period is the month before it, left open.
    """
    today = timezone.localdate(now)
    now = timezone.localtime(now)
    office = make_office(now=moment(FOUNDED, 9))
    pairs = register(office=office, banks=banks, today=today)
    filings = Filings(office=office, pairs=pairs, months=months, seed=seed, now=now)
    filings.run(progress)
    for as_of in (datetime.date(2012, 6, 30), datetime.date(2015, 4, 28)):
        asked = {"as_of": as_of.isoformat()}
        publish(code="coverage", asked=asked, actor=office["province"], now=now)
