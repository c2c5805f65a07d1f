"""One computation of the loan report, from which every rendering is made."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core.models import Period, Prefecture
from core.text import Text
from finance.models import LoanGoal
from finance.queries.loans import (
    TOTAL_DIMENSIONS,
    Documents,
    LoanFilter,
    figures_by,
    periods_until,
    related_periods,
    sums_by,
    totals_by,
)
from finance.rules.goals import GoalResult, judge
from finance.rules.industries import INDUSTRIES, SIZES
from finance.rules.loans import LoanFigures, LoanSums
from reports.loans.completeness import Completeness, accepted_documents, completeness
from reports.loans.words import KINDS, REGIONS

TREND_MONTHS = 25


@dataclass(frozen=True, slots=True)
class LoanParameters:
    """What is asked: a period, the figures that count, and how they are broken down."""

    period: Period
    where: LoanFilter
    population: str = "sme"
    dimension: str = "prefecture"


@dataclass(frozen=True, slots=True)
class Group:
    """One row of the breakdown."""

    key: str
    label: Text
    figures: LoanFigures


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month of the trend. Money in 万元."""

    period: str
    ends_on: datetime.date
    balance: Decimal
    npl: Decimal
    all_loans: Decimal


@dataclass(frozen=True, slots=True)
class LoanReport:
    """The loan report of one period: the total, its groups, trend, goals, and who is missing."""

    parameters: LoanParameters
    total: LoanFigures
    groups: tuple[Group, ...]
    trend: tuple[TrendPoint, ...]
    goals: tuple[GoalResult, ...]
    completeness: Completeness
    completeness_last_year: Completeness | None


def compute_loans(
    *, parameters: LoanParameters, known_at: datetime.datetime | None = None
) -> LoanReport:
    """Compute the report from the summaries, or as it was known at ``known_at``.

    A constant number of queries, whatever the size of the history.
    """
    period, where = parameters.period, parameters.where
    related = related_periods(period)
    last_year = related.get("last_year")
    months = periods_until(period, months=TREND_MONTHS)
    known = None
    if known_at is not None:
        known = accepted_documents([*months, *related.values()], known_at=known_at)
    found = figures_by(
        period=period,
        last_year=last_year,
        dimension=parameters.dimension,
        where=where,
        known=known,
    )
    total = _total(period, last_year, where, found, parameters.dimension, known)
    return LoanReport(
        parameters=parameters,
        total=total,
        groups=_groups(parameters.dimension, found, total),
        trend=_trend(months, where, known),
        goals=_goals(parameters, related, known),
        completeness=completeness(period, where=where, known_at=known_at),
        completeness_last_year=(
            completeness(last_year, where=where, known_at=known_at) if last_year else None
        ),
    )


def _total(
    period: Period,
    last_year: Period | None,
    where: LoanFilter,
    found: dict[str, LoanFigures],
    dimension: str,
    known: Documents | None,
) -> LoanFigures:
    """Add up the groups; all loans need a query of their own where they know no such groups."""
    total = LoanFigures(now=LoanSums())
    for figures in found.values():
        total = total + figures
    if dimension in TOTAL_DIMENSIONS:
        return total
    periods = [each for each in (period, last_year) if each]
    totals = totals_by(periods=periods, dimension=None, where=where, known=known)
    return LoanFigures(
        now=total.now,
        last_year=total.last_year,
        totals=totals.get((period.pk, "")),
        totals_last_year=totals.get((last_year.pk, "")) if last_year else None,
    )


def _groups(dimension: str, found: dict[str, LoanFigures], total: LoanFigures) -> tuple[Group, ...]:
    """Every group in its customary order, those without figures too: nothing is left out."""
    groups = []
    for key, label in dimension_labels(dimension).items():
        figures = found.get(key, LoanFigures(now=LoanSums()))
        if dimension not in TOTAL_DIMENSIONS:  # the share is then of all loans together
            figures = LoanFigures(figures.now, figures.last_year, total.totals, None)
        groups.append(Group(key=key, label=label, figures=figures))
    return tuple(groups)


def dimension_labels(dimension: str) -> dict[str, Text]:
    """Return the values of a dimension in their customary order, with their labels."""
    if dimension == "prefecture":
        return {each.code: Text(each.name, each.name_en) for each in Prefecture.objects.all()}
    if dimension == "region":
        return dict(REGIONS)
    if dimension == "kind":
        return dict(KINDS)
    return dict({"size": SIZES, "industry": INDUSTRIES}[dimension])


def _trend(
    months: list[Period], where: LoanFilter, known: Documents | None
) -> tuple[TrendPoint, ...]:
    sums = sums_by(periods=months, dimension=None, where=where, known=known)
    totals = totals_by(periods=months, dimension=None, where=where, known=known)
    return tuple(
        TrendPoint(
            period=month.code,
            ends_on=month.ends_on,
            balance=sums[month.pk, ""].balance,
            npl=sums[month.pk, ""].npl,
            all_loans=totals[month.pk, ""].all_loans if (month.pk, "") in totals else Decimal(0),
        )
        for month in months
        if (month.pk, "") in sums
    )


def _goals(
    parameters: LoanParameters, related: dict[str, Period], known: Documents | None
) -> tuple[GoalResult, ...]:
    """Judge the goals in force at the period's end, each for its own population."""
    day = parameters.period.ends_on
    goals = [
        goal
        for goal in LoanGoal.objects.filter(valid_from__lte=day)
        if goal.valid_to is None or goal.valid_to >= day
    ]
    results = []
    for goal in goals:
        where = _with_sizes(parameters.where, goal.sizes)
        figures = figures_by(
            period=parameters.period,
            last_year=related.get("last_year"),
            dimension=None,
            where=where,
            known=known,
        ).get("", LoanFigures(now=LoanSums()))
        borrowers = _year_start_borrowers(related.get("year_start"), where, known)
        results.append(judge(vars_of(goal), figures, borrowers))
    return tuple(results)


def vars_of(goal: LoanGoal) -> dict[str, object]:
    """The words of a goal that the rule reads."""
    names = ("code", "title", "title_en", "source", "certainty", "tests")
    return {name: getattr(goal, name) for name in names}


def _with_sizes(where: LoanFilter, sizes: str) -> LoanFilter:
    return LoanFilter(
        sizes=sizes,
        prefecture=where.prefecture,
        region=where.region,
        industry=where.industry,
        kind=where.kind,
        include_shenzhen=where.include_shenzhen,
    )


def _year_start_borrowers(
    december: Period | None, where: LoanFilter, known: Documents | None
) -> int | None:
    if december is None:
        return None
    sums = sums_by(periods=[december], dimension=None, where=where, known=known)
    found = sums.get((december.pk, ""))
    return found.borrowers if found else None
