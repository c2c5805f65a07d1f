"""The plan on a day: every measure and target with its figure, state and evidence."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.models import Prefecture
from core.queries.expiries import standing
from core.queries.rules import rules_on
from plan.models import Measure, MeasureItem, Milestone, Plan, ProgressEntry, Target
from plan.queries.registries import PROVINCE, Counted, Registries, total
from plan.rules.progress import (
    Goal,
    Margins,
    State,
    elapsed,
    share_of,
    state_of_milestone,
    state_of_target,
)
from plan.sources import SOURCES

SETTINGS = {
    "about": "plan.about-margin",
    "lag": "plan.lag-at-risk",
    "days": "plan.days-at-risk",
}


@dataclass(frozen=True, slots=True)
class TargetOn:
    """A target on a day. ``counted`` is by prefecture code, "" for the province as a whole."""

    target: Target
    goal: Goal
    value: int
    counted: Mapping[str, int]
    share: Decimal | None  # of what is needed, in percent
    time: Decimal  # of its days that have passed, 0 to 1
    state: State


@dataclass(frozen=True, slots=True)
class MilestoneOn:
    milestone: Milestone
    state: State


@dataclass(frozen=True, slots=True)
class MeasureOn:
    """A measure with its items and targets."""

    measure: Measure
    items: tuple[MeasureItem, ...]
    targets: tuple[TargetOn, ...]

    def states(self) -> Counter[State]:
        return Counter(each.state for each in self.targets)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole plan on a day."""

    plan: Plan
    as_of: datetime.date
    measures: tuple[MeasureOn, ...]
    milestones: tuple[MilestoneOn, ...]
    prefectures: tuple[Prefecture, ...]

    @property
    def targets(self) -> list[TargetOn]:
        return [each for measure in self.measures for each in measure.targets]

    def states(self) -> Counter[State]:
        return Counter(each.state for each in self.targets)


def plan_of(year: int, *, known_at: datetime.datetime | None = None) -> Plan | None:
    """The plan of a year, else the newest before it, else the oldest. One query."""
    plans = sorted(standing(Plan, known_at), key=lambda each: each.year)
    earlier = [each for each in plans if each.year <= year]
    return earlier[-1] if earlier else plans[0] if plans else None


def board_on(
    plan: Plan, *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> Board:
    """Read the plan and everything its targets count. A fixed number of queries."""
    margins = margins_on(as_of, known_at=known_at)
    measures = list(standing(Measure, known_at).filter(plan=plan.pk).order_by("number"))
    keys = [each.pk for each in measures]
    items, targets = defaultdict(list), defaultdict(list)
    for item in standing(MeasureItem, known_at).filter(measure__in=keys).order_by("key"):
        items[item.measure_id].append(item)
    rows = list(standing(Target, known_at).filter(measure__in=keys))
    rows.sort(key=lambda each: (each.lower is None, each.key))  # what has a number comes first
    for each in counted_on(rows, as_of=as_of, known_at=known_at, margins=margins):
        targets[each.target.measure_id].append(each)
    due = standing(Milestone, known_at).filter(plan=plan.pk).order_by("due_on", "key")
    return Board(
        plan=plan,
        as_of=as_of,
        measures=tuple(
            MeasureOn(each, tuple(items[each.pk]), tuple(targets[each.pk])) for each in measures
        ),
        milestones=tuple(
            MilestoneOn(each, state_of_milestone(each.due_on, each.done_on, as_of, margins))
            for each in due.select_related("owner")
        ),
        prefectures=tuple(Prefecture.objects.all()),
    )


def counted_on(
    targets: list[Target],
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None,
    margins: Margins,
) -> list[TargetOn]:
    """Each target with its figure: computed where it has a source, else the entries' sum.

    Sources that count from one day on share what they read.
    """
    entries = _entries([each.pk for each in targets if not each.source], as_of, known_at)
    read: dict[tuple[datetime.date, datetime.date], Registries] = {}
    found = []
    for target in targets:
        source = SOURCES.get(target.source)
        if source is not None:
            day = min(as_of, target.due_on) if source.flow else as_of
            asked = (day, target.starts_on)
            counted = source.count(read.setdefault(asked, Registries(*asked, known_at)))
        else:
            counted = entries[target.pk]
        found.append(_on(target, counted, as_of, margins))
    return found


def _on(target: Target, counted: Counted, as_of: datetime.date, margins: Margins) -> TargetOn:
    goal = goal_of(target)
    value = total(counted)
    return TargetOn(
        target=target,
        goal=goal,
        value=value,
        counted=counted,
        share=share_of(goal, value, margins),
        time=elapsed(goal, as_of),
        state=state_of_target(goal, value, as_of, margins),
    )


def goal_of(target: Target) -> Goal:
    """A target as the rules read it."""
    return Goal(target.comparator, target.lower, target.upper, target.starts_on, target.due_on)


def _entries(
    targets: list[int], as_of: datetime.date, known_at: datetime.datetime | None
) -> dict[int, Counted]:
    found: dict[int, Counted] = defaultdict(Counter)
    rows = standing(ProgressEntry, known_at).filter(target__in=targets, happened_on__lte=as_of)
    for target, place, value in rows.values_list("target", "unit__prefecture__code", "value"):
        found[target][place or PROVINCE] += value
    return found


def margins_on(day: datetime.date, *, known_at: datetime.datetime | None = None) -> Margins:
    """The province's settings in force on a day, or the defaults where it has none."""
    rules = rules_on(day, known_at=known_at)
    found = {name: rules.get(code) for name, code in SETTINGS.items()}
    chosen = {name: rule.value for name, rule in found.items() if rule is not None}
    margins = replace(Margins(), **chosen)
    return replace(margins, days=int(margins.days))
