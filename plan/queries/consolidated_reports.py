"""What a consolidated report is made of: a version of its text and the figures it names."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When

from core.text import Text
from plan.models import ConsolidatedReport, Plan, ProgressReport, ReportSection, ReportState, Target
from plan.queries.board import Board, board_on
from plan.queries.progress_reports import UnitReport, is_in, last_day, reports_of
from plan.rules.linked_text import tokens
from plan.rules.progress import State

DRAFT, APPROVED = "draft", "approved"
STATES = {DRAFT: Text("草稿", "Draft"), APPROVED: Text("已批准", "Approved")}


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that a text may name. ``figure`` says where it opens to; ``shown`` is prose."""

    name: str
    label: Text
    value: int | Decimal
    shown: Text
    figure: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the registries and the units say, to be asked by the names of a text."""

    board: Board
    units: Sequence[UnitReport]

    def get(self, name: str) -> Known:
        """The figure of a name as ``plan.rules.linked_text`` has them; KeyError without one."""
        head, _, rest = name.partition(":")
        if head == "state":
            state = State(rest) if rest in set(State) else _unknown(name)
            return self._count(name, self.board.states()[state], TARGETS)
        if name == "milestones:late":
            late = sum(each.state is State.LATE for each in self.board.milestones)
            return self._count(name, late, MILESTONES)
        if head == "units":
            return self._units(name, rest)
        return self._target(name)

    def _count(self, name: str, value: int, unit: Text) -> Known:
        return Known(name, LABELS[name], value, _prose(value, unit), name)

    def _units(self, name: str, which: str) -> Known:
        if which not in ("all", "missing"):
            _unknown(name)
        rows = [each for each in self.units if which == "all" or not is_in(each.report)]
        return self._count(name, len(rows), UNITS)

    def _target(self, name: str) -> Known:
        share = name.endswith("%")
        key, _, place = name.removesuffix("%").partition(":")
        found = next((each for each in self.board.targets if each.target.key == key), None)
        if found is None or (place and (share or place not in self._places)):
            _unknown(name)
        title = Text(found.target.title, found.target.title_en or found.target.title)
        if share:
            if found.share is None:
                _unknown(name)
            return Known(name, title, found.share, _prose(found.share, PERCENT), f"target:{key}")
        unit = Text(found.target.unit, f" {found.target.unit_en or found.target.unit}")
        value = found.counted.get(place, 0) if place else found.value
        return Known(name, title, value, _prose(value, unit), f"target:{name}")

    @property
    def _places(self) -> set[str]:
        return {each.code for each in self.board.prefectures}

    def offered(self) -> list[Known]:
        """The names that an editor chooses from; a prefecture's are made by adding its code."""
        found = [self.get(name) for name in LABELS]
        for each in self.board.targets:
            found.append(self.get(each.target.key))
            if each.share is not None:
                found.append(self.get(f"{each.target.key}%"))
        return found

    def named_in(self, text: str) -> dict[str, Known]:
        """Each figure that a text names. Raises KeyError for one that is not there."""
        return {name: self.get(name) for _, name in tokens(text)}


def figures_for(
    plan: Plan,
    period: str,
    *,
    today: datetime.date,
    known_at: datetime.datetime | None = None,
) -> Figures:
    """What a report on a period may name: the board at its end, and who has reported."""
    board = board_on(plan, as_of=min(last_day(plan.year, period), today), known_at=known_at)
    return Figures(board, reports_of(plan, period, as_of=today, known_at=known_at))


TARGETS, MILESTONES = Text("项", " targets"), Text("个", " milestones")
UNITS, PERCENT = Text("个", " units"), Text("%", "%")
LABELS = {
    "state:done": Text("已完成的目标", "Targets done"),
    "state:on_track": Text("按进度的目标", "Targets on track"),
    "state:at_risk": Text("有风险的目标", "Targets at risk"),
    "state:late": Text("逾期未完成的目标", "Targets late"),
    "state:open": Text("进行中的目标", "Targets under way"),
    "milestones:late": Text("逾期节点", "Milestones late"),
    "units:all": Text("应报单位", "Units that report"),
    "units:missing": Text("未报单位", "Units that have not reported"),
}


def _prose(value: int | Decimal, unit: Text) -> Text:
    return Text(f"{value}{unit.zh}", f"{value}{unit.en}")


def _unknown(name: str) -> Any:
    raise KeyError(name)


def plain_values(found: Mapping[str, Known]) -> dict[str, str]:
    """Figures as they are kept at approval and compared at publication."""
    return {name: each.shown.zh for name, each in sorted(found.items())}


def unknown_names(text: str, *, plan: int, places: Iterable[str]) -> list[tuple[int, str]]:
    """The names in a text that stand for nothing, each with its line. One query."""
    keys = set(Target.objects.standing().filter(measure__plan=plan).values_list("key", flat=True))
    codes = set(places)

    def known(name: str) -> bool:
        if name in LABELS:
            return True
        key, colon, place = name.partition(":")
        if colon:
            return key in keys and place in codes
        return key.removesuffix("%") in keys

    return [(line, name) for line, name in tokens(text) if not known(name)]


def versions_of(code: str, *, known_at: datetime.datetime | None = None) -> QuerySet:
    """Every version of a report as its history has them, the newest first."""
    rows = ConsolidatedReport.history.filter(code=code)
    if known_at is not None:
        rows = rows.filter(history_date__lte=known_at)
    return rows.order_by("-version")


def rows_of(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    """The reports that somebody may see, each with its state."""
    found = ConsolidatedReport.objects.visible_to(user).select_related(
        "plan", "approved_by", "file"
    )
    return found.annotate(
        state=Case(When(approved_version=F("version"), then=Value(APPROVED)), default=Value(DRAFT))
    )


def accepted_since(report: ConsolidatedReport) -> list[ProgressReport]:
    """Unit reports of the period that were accepted after the text was last changed."""
    rows = ProgressReport.objects.standing().filter(
        unit__plan=report.plan_id,
        period=report.period,
        state=ReportState.ACCEPTED,
        reviewed_at__gt=report.updated_at,
    )
    return list(rows.select_related("unit__prefecture", "unit__department").order_by("reviewed_at"))


def accepted_sections(plan: int, period: str) -> dict[int, list[tuple[str, str]]]:
    """By number of measure: each accepting unit's name and what it said. One query."""
    rows = ReportSection.objects.filter(
        parent__unit__plan=plan,
        parent__period=period,
        parent__state=ReportState.ACCEPTED,
        parent__voided_at=None,
    ).select_related("measure", "parent__unit__prefecture", "parent__unit__department")
    found: dict[int, list[tuple[str, str]]] = {}
    for each in rows.order_by("measure__number", "parent__unit__code"):
        found.setdefault(each.measure.number, []).append((str(each.parent.unit), each.text))
    return found
