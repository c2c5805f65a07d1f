"""Who has reported, who is late, and what the registries know of a unit."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.queries.expiries import standing
from core.text import Text
from plan.models import (
    MeasureDepartment,
    Milestone,
    Plan,
    ProgressReport,
    ReportPeriod,
    ReportState,
    Unit,
)
from plan.queries.board import TargetOn, board_on

DUE = {ReportPeriod.HALF.value: "S05", ReportPeriod.YEAR.value: "S10"}  # the plan's milestones
PERIODS = {
    ReportPeriod.HALF.value: Text("上半年", "first half-year"),
    ReportPeriod.YEAR.value: Text("全年", "full year"),
}
ENDS = {ReportPeriod.HALF.value: (6, 30), ReportPeriod.YEAR.value: (12, 31)}


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit and its report of a period; ``late`` was not submitted by the day it was due."""

    unit: Unit
    report: ProgressReport | None
    late: bool


def due_day(
    plan: Plan, period: str, *, known_at: datetime.datetime | None = None
) -> datetime.date | None:
    """The day on which reports of a period are due, from the plan's milestones. One query."""
    found = standing(Milestone, known_at).filter(plan=plan.pk, key=DUE[period]).first()
    return found.due_on if found else None


def last_day(year: int, period: str) -> datetime.date:
    """The last day of a period of a plan's year."""
    return datetime.date(year, *ENDS[period])


def period_on(day: datetime.date) -> str:
    """The period that is reported on a day: the half year until September, then the year."""
    return (ReportPeriod.HALF if day.month < 10 else ReportPeriod.YEAR).value


def reports_of(
    plan: Plan, period: str, *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> Sequence[UnitReport]:
    """Every unit with its report; those that have submitted nothing first. Three queries."""
    due = due_day(plan, period, known_at=known_at)
    rows = standing(ProgressReport, known_at).filter(unit__plan=plan.pk, period=period)
    found = {each.unit_id: each for each in rows}
    units = standing(Unit, known_at).filter(plan=plan.pk)
    units = units.select_related("prefecture", "department")
    rows = [
        _standing(unit, found.get(unit.pk), due, as_of)
        for unit in units.order_by("department__code", "prefecture__display_order")
    ]
    return sorted(rows, key=lambda each: is_in(each.report))


def is_in(report: ProgressReport | None) -> bool:
    """Whether a report was submitted and not sent back."""
    return report is not None and report.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)


def _standing(
    unit: Unit, report: ProgressReport | None, due: datetime.date | None, as_of: datetime.date
) -> UnitReport:
    first = report.first_submitted_on if report else None
    return UnitReport(unit, report, late=due is not None and (first or as_of) > due)


def figures_of(unit: Unit, period: str, *, today: datetime.date) -> list[dict[str, Any]]:
    """What the registries and the entries know of a unit at the end of a period.

    Plain rows: key, title, unit of count, number, measure. A prefecture's are those counted in
    it; a department's the whole province's for the measures that it answers for.
    """
    plan = unit.plan
    board = board_on(plan, as_of=min(last_day(plan.year, period), today))
    named = MeasureDepartment.objects.filter(department=unit.department_id)
    answers = set(named.values_list("parent", flat=True))
    return [
        {
            "measure": measure.measure.number,
            "key": each.target.key,
            "title": each.target.title,
            "title_en": each.target.title_en,
            "unit": each.target.unit,
            "value": number,
            "as_of": board.as_of.isoformat(),
        }
        for measure in board.measures
        if unit.prefecture_id or measure.measure.pk in answers
        for each in measure.targets
        if (number := _number(unit, each)) is not None
    ]


def _number(unit: Unit, each: TargetOn) -> int | None:
    """A prefecture's own number; None where the target says nothing of places."""
    if unit.prefecture is None:
        return each.value
    return each.counted.get(unit.prefecture.code) or None
