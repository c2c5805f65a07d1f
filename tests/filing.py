"""Filing returns in tests: a moment, a period with its obligations, a sound payload."""

import datetime
import json
from typing import Any

from core.models import Institution, Period
from returns.models import Obligation
from tests.engine.figures import line, payload, total
from tests.factories import PeriodFactory

NOW = datetime.datetime(2012, 7, 5, 9, 0, tzinfo=datetime.UTC)


def month(year: int, number: int, *banks: Institution) -> Period:
    period = PeriodFactory(year=year, number=number)
    for bank in banks:
        Obligation.objects.get_or_create(
            institution=bank, period=period, defaults={"due_on": period.due_on}
        )
    return period


def body(
    institution: Institution, period: Period, *, balance: str = "1000.00", **more: Any
) -> bytes:
    """A sound payload of one line and its total in the bank's own prefecture."""
    place = institution.prefecture.code
    whole = dict.fromkeys(("balance", "unsecured", "short_term", "normal"), balance)
    none = ("guaranteed", "mortgaged", "pledged", "long_term", "special_mention", "npl")
    classes = ("substandard", "doubtful", "loss")
    figures = whole | dict.fromkeys((*none, *classes), "0") | more
    rows = [line(place, **figures)], [total(place, enterprise=balance)]
    found = payload(*rows, institution=institution.code, period=period.code)
    return json.dumps(found).encode()
