"""Comparing only what can be compared.

While some institutions that filed last year are still missing, a sum that is smaller than last
year's says nothing about growth. Then growth has no value and the goals cannot be judged.
"""

from dataclasses import replace

from finance.rules.goals import GoalResult, TestResult, Verdict
from finance.rules.loans import LoanFigures
from reports.loans.completeness import MissingInstitution
from reports.loans.compute import LoanReport


def gaps(report: LoanReport) -> tuple[MissingInstitution, ...]:
    """The institutions that are in last year's figures and missing from this year's."""
    before = report.completeness_last_year
    if before is None:
        return ()
    return tuple(each for each in report.completeness.missing if each.id in before.filed)


def comparable(report: LoanReport) -> LoanReport:
    """Return the report with growth and goals left open where years cannot be compared."""
    if not gaps(report):
        return report
    return replace(
        report,
        total=_alone(report.total),
        groups=tuple(replace(each, figures=_alone(each.figures)) for each in report.groups),
        goals=tuple(_open(goal) for goal in report.goals),
        trend=tuple(each for each in report.trend if each.period != report.completeness.period),
    )


def _alone(figures: LoanFigures) -> LoanFigures:
    return replace(figures, last_year=None, totals_last_year=None)


def _open(goal: GoalResult) -> GoalResult:
    tests: tuple[TestResult, ...] = tuple(
        replace(test, value=None, verdict=Verdict.UNDECIDED) for test in goal.tests
    )
    return replace(goal, tests=tests, verdict=Verdict.UNDECIDED)
