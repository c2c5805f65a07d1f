"""Checks within one line: one spoiled cell, one finding, at that cell."""

import pytest

from returns.forms.sme_loans_sums import BREAKDOWNS
from tests.engine.around import context, examined, told
from tests.engine.figures import line, total

# changes of the line, the check expected, the column marked, what is expected there
CASES = [
    ({"balance": "101.00"}, "SL-201", "balance", "100.00"),
    ({"unsecured": "41.00"}, "SL-202", "unsecured", ""),
    ({"pledged": "9.00"}, "SL-202", "unsecured", ""),
    ({"long_term": "41.00"}, "SL-203", "short_term", ""),
    ({"normal": "96.00"}, "SL-204", "normal", ""),
    ({"doubtful": "2.00"}, "SL-204", "substandard", ""),
    ({"npl": "3.50"}, "SL-205", "npl", "3.00"),
    ({"npl": "100.01"}, "SL-206", "npl", "100.00"),
    ({"borrowers": 0}, "SL-207", "borrowers", ""),
    ({"granted_year": "19.00"}, "SL-209", "granted_year", "20.00"),
    ({"interest": "0.5000"}, "SL-212", "interest", ""),
    ({"interest": "6.0000"}, "SL-212", "interest", ""),
    ({"approved": 10}, "SL-213", "approved", "9"),
]
NOTHING = dict.fromkeys(("balance", "npl", *sum(BREAKDOWNS.values(), ())), "0")
OTHER_LINES = [
    ({**NOTHING, "borrowers": 3}, "SL-208", "borrowers", ""),
    ({"granted_period": "0"}, "SL-211", "interest", ""),
]


@pytest.mark.parametrize(("changes", "code", "column", "expected"), CASES + OTHER_LINES)
def test_one_slip_is_one_finding(changes: dict, code: str, column: str, expected: str) -> None:
    sums = "200.00" if changes.get("balance") != "0" else "100.00"
    found = examined([line(size="L"), line(**changes)], [total(enterprise=sums)])
    assert told(found) == [(code, 2, column)]
    assert found.findings[0].expected == expected
    assert found.findings[0].key == "440100/S/C"


@pytest.mark.parametrize("month", [1, 6])
def test_in_january_the_year_is_the_period(month: int) -> None:
    found = examined(around=context(month=month))
    assert told(found) == ([("SL-210", 1, "granted_year")] if month == 1 else [])


@pytest.mark.parametrize(("value", "is_told"), [("40.04", False), ("40.05", True)])
def test_rounding_is_tolerated_by_addend(value: str, is_told: bool) -> None:
    assert bool(told(examined([line(unsecured=value)]))) is is_told


def test_limits_are_inclusive() -> None:
    assert told(examined([line(interest="0.6000")])) == []  # 3 % of 20.00
    assert told(examined([line(interest="0.5999")])) == [("SL-212", 1, "interest")]


def test_without_a_rule_in_force_the_rate_is_not_judged() -> None:
    assert told(examined([line(interest="0.0100")], around=context(rules={}))) == []
