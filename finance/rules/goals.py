"""Judging the regulatory goals for SME loans (domain facts 4.5).

A goal is data: its tests name a metric, a comparator, a benchmark and a baseline.

===============  =========================================================
metric           what it is
===============  =========================================================
growth           growth on the same period last year
increment        increase since the year's start
borrowers        borrowers with a balance
approval_rate    approved applicants over applicants
===============  =========================================================

===================  ====================================================
benchmark            what it is compared with
===================  ====================================================
all_loans_growth     growth of all loans over the same time
same                 the metric itself, at the baseline
===================  ====================================================

``baseline`` is ``same_period_last_year`` or ``year_start`` (last December).
A benchmark that is not known gives "cannot be judged", never "not met".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.text import Text
from finance.rules.loans import LoanFigures


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"


VERDICTS = {
    Verdict.MET: Text("达标", "Met"),
    Verdict.NOT_MET: Text("未达标", "Not met"),
    Verdict.UNDECIDED: Text("无法判定", "Cannot be judged"),
}
UNITS = {"growth": "%", "increment": "万元", "borrowers": "户", "approval_rate": "%"}
COMPARATORS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of a goal with both numbers; percentages as quotients, not rounded."""

    title: Text
    metric: str
    unit: str
    comparator: str
    value: Decimal | None
    benchmark: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal's tests and their joint verdict: met only if every test is."""

    code: str
    title: Text
    source: str
    certainty: str
    tests: tuple[TestResult, ...]
    verdict: Verdict


def judge(
    goal: Mapping[str, Any], figures: LoanFigures, year_start_borrowers: int | None
) -> GoalResult:
    """Judge one goal. ``goal`` has code, title, title_en, source, certainty and tests.

    ``figures`` are those of the goal's own population; ``year_start_borrowers`` are last
    December's, None if not known. Raises KeyError for a word that is not in the tables above.
    """
    tests = tuple(_test(test, figures, year_start_borrowers) for test in goal["tests"])
    return GoalResult(
        code=goal["code"],
        title=Text(goal["title"], goal["title_en"]),
        source=goal["source"],
        certainty=goal["certainty"],
        tests=tests,
        verdict=joint([test.verdict for test in tests]),
    )


def joint(verdicts: Sequence[Verdict]) -> Verdict:
    """One test that fails fails the goal; else one that is unknown leaves it undecided."""
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    if Verdict.UNDECIDED in verdicts or not verdicts:
        return Verdict.UNDECIDED
    return Verdict.MET


def compare(value: Decimal | None, comparator: str, benchmark: Decimal | None) -> Verdict:
    """Compare exactly: 不低于 is ≥, 高于 is >."""
    if value is None or benchmark is None:
        return Verdict.UNDECIDED
    holds = {
        "ge": value >= benchmark,
        "gt": value > benchmark,
        "le": value <= benchmark,
        "lt": value < benchmark,
    }[comparator]
    return Verdict.MET if holds else Verdict.NOT_MET


def _test(
    test: Mapping[str, Any], figures: LoanFigures, year_start_borrowers: int | None
) -> TestResult:
    value = _value(test["metric"], figures)
    benchmark = _benchmark(test, figures, year_start_borrowers)
    return TestResult(
        title=Text(test["title"], test["title_en"]),
        metric=test["metric"],
        unit=UNITS[test["metric"]],
        comparator=test["comparator"],
        value=value,
        benchmark=benchmark,
        verdict=compare(value, test["comparator"], benchmark),
    )


def _value(metric: str, figures: LoanFigures) -> Decimal | None:
    known = figures.now.lines > 0
    return {
        "growth": figures.growth.value,
        "increment": figures.increase if known else None,
        "borrowers": Decimal(figures.now.borrowers) if known else None,
        "approval_rate": figures.approval.value,
    }[metric]


def _benchmark(
    test: Mapping[str, Any], figures: LoanFigures, year_start_borrowers: int | None
) -> Decimal | None:
    if test["benchmark"] == "all_loans_growth":
        return figures.all_loans_growth.value
    before = figures.last_year
    known: dict[tuple[str, str], Decimal | int | None] = {
        ("increment", "same_period_last_year"): figures.increase_last_year,
        ("borrowers", "same_period_last_year"): before.borrowers if before else None,
        ("borrowers", "year_start"): year_start_borrowers,
        ("approval_rate", "same_period_last_year"): figures.approval_last_year.value,
    }
    found = known[(test["metric"], test["baseline"])]
    return None if found is None else Decimal(found)
