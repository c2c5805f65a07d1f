"""Regulatory goals are judged from data, with both numbers, never guessed."""

from decimal import Decimal
from typing import Any

import pytest

from finance.rules.goals import Verdict, compare, joint, judge
from finance.rules.loans import LoanFigures, LoanSums, TotalSums

GROWTH = {
    "metric": "growth",
    "comparator": "ge",
    "benchmark": "all_loans_growth",
    "baseline": "same_period_last_year",
    "title": "增速不低于各项贷款平均增速",
    "title_en": "growth not below all loans",
}
INCREMENT = {
    "metric": "increment",
    "comparator": "gt",
    "benchmark": "same",
    "baseline": "same_period_last_year",
    "title": "增量高于上年同期",
    "title_en": "increment above last year's",
}


def goal(*tests: dict[str, Any]) -> dict[str, Any]:
    words = {"code": "g", "title": "目标", "title_en": "goal", "source": "s", "certainty": "H"}
    return {**words, "tests": list(tests)}


def figures(*, increase: int, increase_before: int, growth: int, all_growth: int) -> LoanFigures:
    """Figures of two years whose balance and totals stood at 100 a year ago."""
    now, before = Decimal(100 + growth), Decimal(100)
    return LoanFigures(
        now=LoanSums(balance=now, year_start=now - increase, lines=1),
        last_year=LoanSums(balance=before, year_start=before - increase_before, lines=1),
        totals=TotalSums(all_loans=Decimal(100 + all_growth)),
        totals_last_year=TotalSums(all_loans=Decimal(100)),
    )


@pytest.mark.parametrize(
    ("growth", "all_growth", "increase", "increase_before", "verdict"),
    [
        (20, 10, 5, 4, Verdict.MET),
        (10, 10, 5, 4, Verdict.MET),  # 不低于 includes equality
        (9, 10, 5, 4, Verdict.NOT_MET),
        (20, 10, 4, 4, Verdict.NOT_MET),  # 高于 does not
    ],
)
def test_the_2012_wording(
    growth: int, all_growth: int, increase: int, increase_before: int, verdict: Verdict
) -> None:
    found = judge(
        goal(GROWTH, INCREMENT),
        figures(
            growth=growth,
            all_growth=all_growth,
            increase=increase,
            increase_before=increase_before,
        ),
        None,
    )
    assert found.verdict == verdict
    assert found.tests[0].value == Decimal(growth) / 100
    assert found.tests[0].benchmark == Decimal(all_growth) / 100


def test_a_missing_benchmark_cannot_be_judged() -> None:
    found = judge(goal(GROWTH), LoanFigures(now=LoanSums(balance=Decimal(5), lines=1)), None)
    assert found.verdict == Verdict.UNDECIDED
    assert found.tests[0].benchmark is None


def test_one_failed_test_outweighs_an_unknown_one() -> None:
    assert joint([Verdict.UNDECIDED, Verdict.NOT_MET]) == Verdict.NOT_MET
    assert joint([Verdict.UNDECIDED, Verdict.MET]) == Verdict.UNDECIDED
    assert joint([]) == Verdict.UNDECIDED


def test_comparison_is_exact_not_rounded() -> None:
    assert compare(Decimal("0.1000001"), "gt", Decimal("0.1")) == Verdict.MET
