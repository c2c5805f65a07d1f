"""One computation of the loan report, from which every rendering is made.

Six or seven queries whatever the size of the history: sums by size for all months serve the
total, the goals and the trend alike.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.models import Period, Prefecture
from core.text import Text
from finance.models import LoanGoal
from finance.queries.loans import TOTAL_DIMENSIONS, LoanFilter, sums_by, totals_by
from finance.rules.goals import GoalResult, judge
from finance.rules.industries import INDUSTRIES, SIZES
from finance.rules.loans import POPULATIONS, LoanFigures, LoanSums, TotalSums
from reports.loans.completeness import Completeness, accepted_documents, completeness
from reports.loans.periods import months_until
from reports.loans.words import KINDS, REGIONS

Sums = dict[tuple[int, str], LoanSums]
Totals = dict[tuple[int, str], TotalSums]


@dataclass(frozen=True, slots=True)
class LoanParameters:
    """What is asked: a period, the figures that count, and how they are broken down.

    ``months`` are the periods up to it, oldest first, where they are known already.
    """

    period: Period
    where: LoanFilter
    population: str = "sme"
    dimension: str = "prefecture"
    months: tuple[Period, ...] = field(default=(), compare=False)


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


@dataclass(frozen=True, slots=True)
class Years:
    """The periods that a month is compared with, by key; 0 where there is none."""

    now: int
    last_year: int
    december: int


def compute_loans(
    *, parameters: LoanParameters, known_at: datetime.datetime | None = None
) -> LoanReport:
    """Compute the report from the summaries, or as it was known at ``known_at``."""
    period, where, dimension = parameters.period, parameters.where, parameters.dimension
    months = list(parameters.months) or months_until(period)
    known = accepted_documents(months, known_at=known_at) if known_at else None
    years = years_of(period, months)
    compared = [month for month in months if month.pk in (years.now, years.last_year)]
    everybody = replace(where, sizes=POPULATIONS["all"])
    by_size = sums_by(periods=months, dimension="size", where=everybody, known=known)
    shared = dimension in TOTAL_DIMENSIONS
    by_group: Sums = {}
    if dimension != "period":
        by_group = sums_by(periods=compared, dimension=dimension, where=where, known=known)
    totals = totals_by(
        periods=months, dimension=dimension if shared else None, where=where, known=known
    )
    overall = _overall(totals)
    total = _figures(by_size, overall, years, where.sizes)
    filed = completeness(compared, where=where, known_at=known_at)
    return LoanReport(
        parameters=parameters,
        total=total,
        groups=(
            _months(months, by_size, overall, where.sizes)
            if dimension == "period"
            else _groups(dimension, by_group, totals if shared else None, years, total)
        ),
        trend=_trend(months, by_size, overall, where.sizes),
        goals=_goals(period.ends_on, by_size, overall, years),
        completeness=filed[period.pk],
        completeness_last_year=filed.get(years.last_year),
    )


def years_of(period: Period, months: Sequence[Period]) -> Years:
    """Find the same month a year before and last December among ``months``."""
    by_date = {(each.year, each.number): each.pk for each in months}
    return Years(
        now=period.pk,
        last_year=by_date.get((period.year - 1, period.number), 0),
        december=by_date.get((period.year - 1, 12), 0),
    )


def _overall(totals: Totals) -> dict[int, TotalSums]:
    """All loans of each month, whatever they were grouped by."""
    found: dict[int, TotalSums] = {}
    for (month, _group), sums in totals.items():
        found[month] = found[month] + sums if month in found else sums
    return found


def _of_sizes(by_size: Sums, month: int, sizes: str) -> LoanSums | None:
    """The sums of a population in a month; None where it has no line at all."""
    found = [by_size[month, size] for size in sizes if (month, size) in by_size]
    return sum(found[1:], found[0]) if found else None


def _figures(by_size: Sums, overall: dict[int, TotalSums], years: Years, sizes: str) -> LoanFigures:
    return LoanFigures(
        now=_of_sizes(by_size, years.now, sizes) or LoanSums(),
        last_year=_of_sizes(by_size, years.last_year, sizes),
        totals=overall.get(years.now),
        totals_last_year=overall.get(years.last_year),
    )


def _groups(
    dimension: str,
    sums: Sums,
    totals: Totals | None,
    years: Years,
    total: LoanFigures,
) -> tuple[Group, ...]:
    """Every group in its customary order, those without figures too: nothing is left out.

    Where all loans know no such groups, a group's share is of all loans together.
    """
    groups = []
    for key, label in dimension_labels(dimension).items():
        figures = LoanFigures(
            now=sums.get((years.now, key), LoanSums()),
            last_year=sums.get((years.last_year, key)),
            totals=totals.get((years.now, key)) if totals is not None else total.totals,
            totals_last_year=totals.get((years.last_year, key)) if totals is not None else None,
        )
        groups.append(Group(key=key, label=label, figures=figures))
    return tuple(groups)


def _months(
    months: Sequence[Period], by_size: Sums, overall: dict[int, TotalSums], sizes: str
) -> tuple[Group, ...]:
    """A row for every month, each compared with its own year before."""
    return tuple(
        Group(
            key=month.code,
            label=Text(str(month), month.code),
            figures=_figures(by_size, overall, years_of(month, months), sizes),
        )
        for month in months
    )


def dimension_labels(dimension: str) -> dict[str, Text]:
    """Return the values of a dimension in their customary order, with their labels."""
    if dimension == "prefecture":
        return {each.code: Text(each.name, each.name_en) for each in Prefecture.objects.all()}
    labels = {"region": REGIONS, "kind": KINDS, "size": SIZES, "industry": INDUSTRIES}
    return dict(labels[dimension])


def _trend(
    months: Sequence[Period], by_size: Sums, overall: dict[int, TotalSums], sizes: str
) -> tuple[TrendPoint, ...]:
    points = []
    for month in months:
        sums = _of_sizes(by_size, month.pk, sizes)
        if sums is not None:
            all_loans = overall.get(month.pk, TotalSums()).all_loans
            points.append(TrendPoint(month.code, month.ends_on, sums.balance, sums.npl, all_loans))
    return tuple(points)


def _goals(
    day: datetime.date, by_size: Sums, overall: dict[int, TotalSums], years: Years
) -> tuple[GoalResult, ...]:
    """Judge the goals in force on ``day``, each for its own population."""
    results = []
    for goal in LoanGoal.objects.filter(valid_from__lte=day):
        if goal.valid_to is None or goal.valid_to >= day:
            december = _of_sizes(by_size, years.december, goal.sizes)
            results.append(
                judge(
                    words_of(goal),
                    _figures(by_size, overall, years, goal.sizes),
                    december.borrowers if december else None,
                )
            )
    return tuple(results)


def words_of(goal: LoanGoal) -> dict[str, object]:
    """The words of a goal that the rule reads."""
    names = ("code", "title", "title_en", "source", "certainty", "tests")
    return {name: getattr(goal, name) for name in names}
