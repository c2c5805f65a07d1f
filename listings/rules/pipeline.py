"""Stock and flow of the batches between two days. Pure: counts arrive, figures leave.

A window begins after ``since`` and ends with ``as_of``: what happened on ``since`` itself
belongs to the stock it begins with.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.ratio import Ratio
from listings.rules.stages import Move, Scheme, move


@dataclass(frozen=True, slots=True)
class Dims:
    """What figures are grouped and narrowed by; keys are codes."""

    prefecture: str = ""
    industry: str = ""
    board: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """How many stood alike at the end of a day."""

    stage: int
    state: str
    dims: Dims
    number: int


@dataclass(frozen=True, slots=True)
class Entered:
    """How many entered a batch in the window, and where they had stood."""

    came_from: int | None
    stage: int
    dims: Dims
    number: int


@dataclass(frozen=True, slots=True)
class Gone:
    """How many left the library from a batch in the window: dropped or acquired."""

    stage: int
    leaving: str
    dims: Dims
    number: int


@dataclass(frozen=True, slots=True)
class Stayed:
    """How many stays of so many days ended in the window by moving on to another batch."""

    stage: int
    went_to: int
    days: int
    number: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """What became, by the end of the window, of those who entered a batch in it."""

    stage: int
    went_to: int | None  # None: still there, or gone
    leaving: str
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that was counted."""

    opening: Sequence[Stock] = ()
    closing: Sequence[Stock] = ()
    entered: Sequence[Entered] = ()
    gone: Sequence[Gone] = ()
    stayed: Sequence[Stayed] = ()
    cohorts: Sequence[Cohort] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A batch: stock at both ends and what happened between.

    ``moved`` is what joined or left the group without changing its batch (moves from another
    prefecture, another board): opening + entered − left + moved = closing, always.
    """

    stage: int
    opening: int
    entered: int
    left: int
    closing: int
    new: int = 0  # entered from outside the library
    forward: int = 0  # left for a later batch
    fell_back: int = 0  # left for an earlier batch
    gone: int = 0  # left the library
    states: Mapping[str, int] = field(default_factory=dict)  # of the closing stock

    @property
    def moved(self) -> int:
        return self.closing - self.opening - self.entered + self.left

    @property
    def active(self) -> int:
        """Those of the closing stock in no side state."""
        return self.states.get("active", 0)


@dataclass(frozen=True, slots=True)
class Flow:
    """Moves from one batch to another; None stands for outside the library."""

    came_from: int | None
    went_to: int | None
    number: int
    way: str  # a ``Move``, or "dropped" or "acquired"


@dataclass(frozen=True, slots=True)
class Passage:
    """Two batches in succession: who came through, and how long that took.

    ``converted``: of those who entered the first in the window, those who were in a later
    batch, or had moved on to one, by its end. ``median`` is in days, of the moves to the very
    next batch that were made in the window.
    """

    stage: int
    following: int
    converted: Ratio
    moves: int
    median: Decimal | None
    shortest: int | None = None
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a prefecture, region, industry or board; ``code`` "" is all."""

    code: str
    lines: tuple[Line, ...]

    @property
    def stock(self) -> int:
        return sum(each.closing for each in self.lines)

    def line(self, stage: int) -> Line:
        return next(each for each in self.lines if each.stage == stage)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The figures of the report."""

    stages: tuple[int, ...]
    total: Group
    groups: tuple[Group, ...]
    flows: tuple[Flow, ...]
    passages: tuple[Passage, ...]


def stages_shown(scheme: Scheme, told: Told) -> tuple[int, ...]:
    """The batches in use in their order, then others that anybody stood in or went through."""
    used = {each.stage for each in (*told.opening, *told.closing, *told.entered, *told.gone)}
    used |= {each.came_from for each in told.entered if each.came_from is not None}
    return (*scheme.stages, *sorted(used - set(scheme.stages)))


def pipeline(
    told: Told, scheme: Scheme, *, group_of: Callable[[Dims], str], groups: Iterable[str]
) -> Pipeline:
    """Compute all figures. ``groups`` are shown even if they have nobody."""
    stages = stages_shown(scheme, told)
    total = _groups(told, scheme, stages, lambda dims: "", [""])[0]
    return Pipeline(
        stages=stages,
        total=total,
        groups=tuple(_groups(told, scheme, stages, group_of, groups)),
        flows=tuple(_flows(told, scheme, stages)),
        passages=tuple(_passages(told, scheme)),
    )


def _groups(
    told: Told,
    scheme: Scheme,
    stages: Sequence[int],
    group_of: Callable[[Dims], str],
    wanted: Iterable[str],
) -> list[Group]:
    counts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    states: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for each in told.opening:
        counts[group_of(each.dims), each.stage]["opening"] += each.number
    for each in told.closing:
        key = group_of(each.dims), each.stage
        counts[key]["closing"] += each.number
        states[key][each.state] += each.number
    for each in told.entered:
        group = group_of(each.dims)
        counts[group, each.stage]["entered"] += each.number
        if each.came_from is None:
            counts[group, each.stage]["new"] += each.number
            continue
        before = counts[group, each.came_from]
        before["left"] += each.number
        way = move(scheme, each.came_from, each.stage)
        if way == Move.BACK:
            before["fell_back"] += each.number
        elif way != Move.AGAIN:
            before["forward"] += each.number
    for each in told.gone:
        counts[group_of(each.dims), each.stage].update(left=each.number, gone=each.number)
    found = dict.fromkeys([*wanted, *(group for group, _stage in counts)])
    return [
        Group(code, tuple(_line(stage, counts[code, stage], states[code, stage])
                          for stage in stages))
        for code in found
    ]  # fmt: skip


def _line(stage: int, counted: Mapping[str, int], states: Mapping[str, int]) -> Line:
    names = ("opening", "entered", "left", "closing", "new", "forward", "fell_back", "gone")
    return Line(stage, **{name: counted.get(name, 0) for name in names}, states=dict(states))


def _flows(told: Told, scheme: Scheme, stages: Sequence[int]) -> list[Flow]:
    counted: Counter[tuple[Any, Any, str]] = Counter()
    for each in told.entered:
        way = move(scheme, each.came_from, each.stage)
        counted[each.came_from, each.stage, way] += each.number
    for each in told.gone:
        counted[each.stage, None, each.leaving] += each.number
    place = {stage: number for number, stage in enumerate(stages)}

    def order(key: tuple[Any, Any, str]) -> tuple[int, int, str]:
        before, after, way = key
        return place.get(before, -1), place.get(after, len(place)), way

    return [Flow(a, b, counted[a, b, way], way) for a, b, way in sorted(counted, key=order)]


def _passages(told: Told, scheme: Scheme) -> list[Passage]:
    found = []
    for place, (stage, following) in enumerate(
        zip(scheme.stages, scheme.stages[1:], strict=False), start=1
    ):
        later = set(scheme.stages[place:])
        came = sum(each.number for each in told.cohorts if each.stage == stage)
        through = sum(
            each.number for each in told.cohorts if each.stage == stage and each.went_to in later
        )
        days: Counter[int] = Counter()
        for each in told.stayed:
            if each.stage == stage and each.went_to == following:
                days[each.days] += each.number
        found.append(
            Passage(
                stage,
                following,
                Ratio(through, came),
                sum(days.values()),
                median(days),
                min(days, default=None),
                max(days, default=None),
            )
        )
    return found


def median(counted: Mapping[int, int]) -> Decimal | None:
    """The median of values with their numbers; the mean of the middle two of an even number.

    >>> median({10: 1, 20: 1})
    Decimal('15')
    """
    total = sum(counted.values())
    if not total:
        return None
    low, high = _nth(counted, (total - 1) // 2), _nth(counted, total // 2)
    return Decimal(low + high) / 2


def _nth(counted: Mapping[int, int], place: int) -> int:
    for value in sorted(counted):
        place -= counted[value]
        if place < 0:
            return value
    raise IndexError(place)
