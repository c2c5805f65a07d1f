"""A period in which ``bank`` and ``other_bank`` must file, and ways to fill in their returns."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

from core.models import Institution, Period, RuleParameter, User
from core.operations.reference import load_rules
from returns.models import Obligation, Return
from returns.operations import accept_return, receive, sign_return
from tests.engine.figures import line, payload, total
from tests.factories import PeriodFactory

NOW = datetime.datetime(2012, 7, 5, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _rules(db) -> None:
    load_rules()
    assert RuleParameter.objects.exists()


def month(year: int, number: int, *banks: Institution) -> Period:
    period = PeriodFactory(year=year, number=number)
    for bank in banks:
        Obligation.objects.get_or_create(
            institution=bank, period=period, defaults={"due_on": period.due_on}
        )
    return period


@pytest.fixture
def june(bank, other_bank) -> Period:
    return month(2012, 6, bank, other_bank)


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


@pytest.fixture
def filed(preparer) -> Callable[..., Return]:
    """``filed(bank, june)`` prepares a sound draft; more arguments spoil it."""

    def file(institution: Institution, period: Period, **changes: Any) -> Return:
        actor: User = changes.pop("actor", preparer)
        moment = changes.pop("now", NOW)
        record, _ = receive(
            actor=actor,
            institution=institution,
            period=period,
            data=body(institution, period, **changes),
            filename="june.json",
            channel="api",
            now=moment,
        )
        return record

    return file


@pytest.fixture
def accepted(filed, signatory, province_clerk) -> Callable[..., Return]:
    """``accepted(bank, june)`` takes a return the whole way."""

    def accept(institution: Institution, period: Period, **changes: Any) -> Return:
        record = filed(institution, period, **changes)
        signed = sign_return(actor=signatory, record=record, expected_version=None, now=NOW)
        return accept_return(actor=province_clerk, record=signed, expected_version=None, now=NOW)

    return accept
