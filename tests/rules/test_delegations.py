"""What a prefecture decides rests on a delegation in force, and is filed in time."""

import datetime
from decimal import Decimal

import pytest

from core.models.delegations import Matter
from core.rules.delegations import MATTERS, Decision, Power, delegation_remarks

DAY = datetime.date(2012, 5, 4)  # a Friday
PILOT = Power(
    id=1,
    number="粤金函〔2012〕1号",
    prefecture="440200",
    matters=("establishment", "capital"),
    valid_from=datetime.date(2012, 5, 1),
    valid_to=datetime.date(2013, 4, 30),
    capital_ceiling=Decimal("10000.00"),
    filing_days=5,
)


def decision(**changes) -> Decision:
    values = {
        "kind": "opening_approved",
        "on": DAY,
        "level": "prefecture",
        "prefecture": "440200",
        "capital": Decimal("5000.00"),
        "delegation": 1,
        "filed_on": datetime.date(2012, 5, 11),
    }
    return Decision(**{**values, **changes})


def codes(found: Decision, powers=(PILOT,), as_of=datetime.date(2012, 12, 31)) -> list[str]:
    return [each.code for each in delegation_remarks(found, powers, as_of=as_of, calendar={})]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"delegation": None}, []),
        ({"level": "province", "delegation": None}, []),
        ({"kind": "renamed"}, []),
        ({"prefecture": "440300"}, ["delegation.other-prefecture"]),
        ({"prefecture": "440300", "delegation": None}, ["delegation.none"]),
        ({"kind": "relocated"}, ["delegation.other-matter"]),
        ({"kind": "relocated", "delegation": None}, ["delegation.none"]),
        ({"on": datetime.date(2012, 4, 27)}, ["delegation.not-in-force", "delegation.filed-late"]),
        ({"capital": Decimal("10000.01")}, ["delegation.over-ceiling"]),
        ({"capital": Decimal("10000.00")}, []),
        ({"filed_on": datetime.date(2012, 5, 12)}, ["delegation.filed-late"]),
        ({"filed_on": None}, ["delegation.not-filed"]),
    ],
)
def test_a_decision_is_judged_by_its_delegation(changes, found) -> None:
    assert codes(decision(**changes)) == found


def test_filing_is_not_late_before_its_day() -> None:
    assert codes(decision(filed_on=None), as_of=datetime.date(2012, 5, 11)) == []
    late = codes(decision(filed_on=None), as_of=datetime.date(2012, 5, 12))
    assert late == ["delegation.not-filed"]


def test_a_day_before_is_asked_about_knows_no_later_decision() -> None:
    assert codes(decision(prefecture="440300"), as_of=datetime.date(2012, 5, 3)) == []


def test_a_delegation_without_filing_asks_for_none() -> None:
    free = Power(1, "x", "440200", ("establishment",), DAY, needs_filing=False)
    assert codes(decision(filed_on=None), powers=(free,)) == []


def test_every_matter_has_its_words() -> None:
    assert set(MATTERS) == set(Matter.values)
