"""Checks across lines and tables."""

from typing import Any

import pytest

from returns.forms import form
from returns.forms.declaration import Form
from returns.forms.sme_loans_sums import BREAKDOWNS as PARTS
from tests.engine.around import examined, told
from tests.engine.figures import line, total

FORM: Form = form("sme-loans")
CASES: list[tuple[list[Any], list[Any], tuple[str, int | None, str], str]] = [
    ([line(), line()], [total()], ("SL-301", 2, "industry"), ""),
    ([line()], [total(), total()], ("SL-302", 2, "prefecture"), ""),
    ([line(), line("440300")], [total()], ("SL-303", None, "prefecture"), ""),
    ([line()], [total("440100", "101.00")], ("SL-304", 1, "enterprise_loans"), "100.00"),
    ([line(size="O")], [total(enterprise="100.00")], ("SL-304", 1, "enterprise_loans"), "0.00"),
    ([line(), line(size="I")], [total(all_loans="150.00")], ("SL-305", 1, "all_loans"), "200.00"),
    ([line()], [total(all_npl="2.00")], ("SL-306", 1, "all_npl"), "3.00"),
    ([line()], [total(all_year_start="80.00")], ("SL-307", 1, "all_year_start"), "90.00"),
    ([line()], [total(all_npl="5001.00")], ("SL-308", 1, "all_npl"), "5000.00"),
]


@pytest.mark.parametrize(("lines", "totals", "finding", "expected"), CASES)
def test_one_slip_is_one_finding(
    lines: list[Any], totals: list[Any], finding: tuple[str, int | None, str], expected: str
) -> None:
    found = examined(lines, totals)
    assert told(found) == [finding]
    assert found.findings[0].expected == expected


def test_enterprise_loans_above_all_loans_are_told_beside_the_sum() -> None:
    found = examined([line()], [total(enterprise="5000.01")])
    assert [each.check_code for each in found.findings] == ["SL-304", "SL-309"]


def test_a_repeated_line_names_the_first() -> None:
    found = examined([line(size="L"), line(), line()], [total(enterprise="300.00")])
    assert found.findings[0].parameters == {"first": "2"}


def test_an_unknown_code_does_not_rain_findings() -> None:
    found = examined([line(), line("449999")], [total(enterprise="200.00")])
    assert told(found) == [("ST-117", 2, "prefecture")]


def test_sums_leave_out_a_prefecture_in_error_only() -> None:
    lines = [line(balance="many"), line("440300")]
    found = examined(lines, [total(enterprise="7.00"), total("440300", "7.00")])
    assert told(found) == [("ST-111", 1, "balance"), ("SL-304", 2, "enterprise_loans")]


def test_sums_beyond_the_exactness_of_doubles_are_exact() -> None:
    big = dict.fromkeys(("balance", "unsecured", "short_term", "normal"), "9999999999.99")
    rest = dict.fromkeys((*PARTS["guarantee"][1:], "long_term", *PARTS["quality"][1:], "npl"), "0")
    lines = [line(industry=each, **big, **rest) for each in "ABCDEFGHIJ"]
    whole = total(enterprise="0", all_loans="9999999999.99")
    found = examined(lines, [whole])
    told_sum = next(each for each in found.findings if each.check_code == "SL-305")
    assert told_sum.expected == "99999999999.90"
