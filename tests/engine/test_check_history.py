"""Checks against what was accepted before."""

from typing import Any

import pytest

from core.text import Text
from returns.checking.context import Prior
from returns.checking.words import describe
from tests.engine.around import FORM, before, context, examined, prior, told
from tests.engine.figures import LINE, line, total

MONEY = [name for name in LINE if name not in ("borrowers", "applicants", "approved")]
YEAR = {"granted_year": "60.00"}


def times(factor: str, **changes: Any) -> dict[str, Any]:
    """A line whose amounts are all in another unit."""
    from decimal import Decimal

    moved = {name: str(Decimal(str(LINE[name])) * Decimal(factor)) for name in MONEY}
    return line(**(moved | changes))


def test_steady_figures_are_silent() -> None:
    assert told(examined(around=before([line(**YEAR)]))) == []


@pytest.mark.parametrize("year_start", ["90.02", "80.00"])
def test_year_start_is_last_december(year_start: str) -> None:
    around = context(prior=Prior(december=prior([line(balance="90.00")])))
    found = examined([line(year_start=year_start)], [total(all_year_start="5000")], around=around)
    assert told(found) == [("SL-402", 1, "year_start")]
    assert found.findings[0].expected == "90.00"


def test_a_key_unknown_in_december_started_from_nothing() -> None:
    around = context(prior=Prior(december=prior([line(balance="90.00")])))
    lines = [line(), line(size="L")]
    found = examined(lines, [total("440100", "200", all_year_start="5000")], around=around)
    assert told(found) == [("SL-402", 2, "year_start")]
    assert found.findings[0].expected == "0.00"


def test_all_loans_at_year_start_are_last_december() -> None:
    around = context(prior=Prior(december=prior([line(balance="90.00")], [total()])))
    found = examined([line()], [total()], around=around)
    assert told(found) == [("SL-403", 1, "all_year_start")]


def test_cumulative_never_falls_within_a_year() -> None:
    fallen = before([line(granted_year="80.02")])
    assert told(examined(around=fallen)) == [("SL-404", 1, "granted_year")]
    new_year = before([line(granted_year="900")], same_year=False)
    assert told(examined(around=new_year)) == []


@pytest.mark.parametrize(
    ("old", "codes"), [("76.93", []), ("76.92", ["SL-406"]), ("142.85", []), ("142.87", ["SL-406"])]
)
def test_a_change_beyond_thirty_percent_wants_a_reason(old: str, codes: list[str]) -> None:
    found = examined(around=before([line(balance=old, **YEAR)]))
    assert [each.check_code for each in found.findings] == codes
    assert found.error_count == 0


def test_a_change_of_all_loans_wants_a_reason() -> None:
    found = examined(around=before([line(**YEAR)], [total(all_loans="9000")]))
    assert told(found) == [("SL-407", 1, "all_loans")]
    words = describe(found.findings[0], FORM)
    assert words.message.zh == (
        "各项贷款余额由上期 9000.00 变为 5000.00，变动 -44.44%，超过 ±30.00%。"
    )


def test_small_balances_may_change() -> None:
    from decimal import Decimal

    around = before([line(balance="50.00", **YEAR)])
    quiet = around.rules | {"sme-loans.change-floor": Decimal("100.01")}
    changed = context(prior=around.prior, rules=quiet)
    assert told(examined(around=changed)) == []


def test_a_line_that_vanished_wants_a_reason() -> None:
    found = examined(around=before([line(**YEAR), line(industry="K")]))
    assert told(found) == [("SL-408", None, "balance")]
    assert found.findings[0].key == "440100/S/K"
    assert found.findings[0].parameters == {"before": "100.00"}


@pytest.mark.parametrize("factor", ["10000", "0.0001"])
def test_one_line_in_another_unit(factor: str) -> None:
    old = [line(**YEAR), times(factor, size="L", granted_year="0")]
    lines = [line(), line(size="L")]
    around = before(old)
    if factor == "10000":  # the other line keeps the whole return's sum in its place
        old.append(line(size="X", **dict.fromkeys(("balance",), "2000000")))
        lines.append(line(size="X", balance="2000000"))
        around = before(old)
    found = examined(lines, [total("440100", "200")], around=around)
    assert ("SL-405", 2, "balance") in told(found)
    assert "SL-406" not in [each.check_code for each in found.findings]


@pytest.mark.parametrize("factor", ["10000", "0.0001"])
def test_a_whole_return_in_another_unit_is_one_finding(factor: str) -> None:
    old = [times(factor, size=size, granted_year="0") for size in "LS"]
    found = examined(
        [line(), line(size="L")], [total("440100", "200")],
        around=before(old, [total(all_loans="9000")]),
    )  # fmt: skip
    assert told(found) == [("SL-401", None, "balance")]
    assert isinstance(describe(found.findings[0], FORM).message, Text)
