"""From what happened to the stretches in which an enterprise stood alike. Pure.

Dates are days at whose end a thing holds. On one day what ends comes before what begins (an
enterprise is rejected, then enters another batch); of several entries the last recorded holds,
so that a stay lasts at least a night.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from listings.rules.industries import section_of

# What an event makes of the state within a batch (domain facts 1.2).
STATES = {
    "suspend": "suspended",
    "suspend_review": "review_suspended",
    "terminate_review": "review_terminated",
    "withdraw": "withdrawn",
    "reject": "rejected",
    "defer": "deferred",
    "resume": "active",
}
ENTRIES = ("enter", "list")
LEAVINGS = {"drop": "dropped", "acquire": "acquired"}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is dated about an enterprise beside its batch; keys are those of the database."""

    prefecture: int
    county: int | None = None
    industry: str = ""
    intended_board: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """A stage event: ``stage`` is the province's batch, ``own`` the one that was recorded."""

    on: datetime.date
    kind: str
    stage: int | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """New values of attributes from a day on."""

    on: datetime.date
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay in a batch; ``left`` is the first day on which it no longer stood there."""

    stage: int
    entered: datetime.date
    came_from: int | None = None
    left: datetime.date | None = None
    went_to: int | None = None
    leaving: str = ""

    @property
    def days(self) -> int | None:
        """How long it took; None while it lasts."""
        return (self.left - self.entered).days if self.left else None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which nothing changed; ``end`` is the first day after it."""

    visit: Visit
    own: int
    state: str
    attributes: Attributes
    start: datetime.date
    end: datetime.date | None
    first: bool = False
    last: bool = False

    @property
    def section(self) -> str:
        """The section of the industry, A to T; empty where it is unknown."""
        return section_of(self.attributes.industry)

    @property
    def alike(self) -> tuple[Any, ...]:
        """What must be equal for two neighbours to be one stretch."""
        place = self.attributes
        return (self.own, self.state, place.prefecture, place.county, self.section,
                place.intended_board)  # fmt: skip


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """By day; what ends before what begins; then as they were recorded."""
    return sorted(happenings, key=lambda each: (each.on, each.kind in ENTRIES))


def visits_of(told: Sequence[Happening]) -> list[Visit]:
    """The stays, oldest first, from happenings ``in_order``."""
    found: list[Visit] = []
    state = "active"
    for each in told:
        if each.kind in ENTRIES and each.stage is not None:
            _enter(found, each, resumed=state != "active")
            state = "active"
        elif each.kind in LEAVINGS and found and found[-1].left is None:
            found[-1] = replace(found[-1], left=each.on, leaving=LEAVINGS[each.kind])
            state = "active"
        else:
            state = STATES.get(each.kind, state)
    return found


def _enter(found: list[Visit], each: Happening, *, resumed: bool) -> None:
    """Begin a stay, ending the one before; entering where one stands already begins none.

    Entering the same batch anew after a side state (filing again after a rejection) does.
    """
    stage, came_from = each.stage, None
    inside = bool(found) and found[-1].left is None
    if inside and found[-1].stage == stage and not resumed:
        return
    if inside and found[-1].entered == each.on:  # it never stood in the batch entered before
        came_from = found.pop().came_from
    if found and found[-1].left in (None, each.on):
        came_from = found[-1].stage
        found[-1] = replace(found[-1], left=each.on, went_to=stage, leaving="moved")
    found.append(Visit(stage, each.on, came_from))


def spans_of(
    happenings: Iterable[Happening], changes: Iterable[Change], first: Attributes
) -> list[Span]:
    """The stretches of an enterprise, oldest first; none for one that never entered a batch.

    ``first`` holds before the first change. Both inputs come in the order of their recording.
    """
    told = in_order(happenings)
    moved = sorted(changes, key=lambda each: each.on)
    found: list[Span] = []
    for visit in visits_of(told):
        found += _spans(visit, told, moved, first)
    return found


def _spans(
    visit: Visit, told: list[Happening], moved: list[Change], first: Attributes
) -> list[Span]:
    cuts = {visit.entered}
    for each in (*told, *moved):
        if each.on > visit.entered and (visit.left is None or each.on < visit.left):
            cuts.add(each.on)
    found: list[Span] = []
    for start, end in pairwise([*sorted(cuts), visit.left]):
        own, state = standing_on(start, visit, told)
        span = Span(visit, own, state, attributes_on(start, moved, first), start, end)
        if found and found[-1].alike == span.alike:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(span)
    found[0] = replace(found[0], first=True)
    found[-1] = replace(found[-1], last=True)
    return found


def standing_on(day: datetime.date, visit: Visit, told: Iterable[Happening]) -> tuple[int, str]:
    """The batch as it was recorded, and the state in it, on a day of the stay."""
    own, state = visit.stage, "active"
    for each in told:
        if each.on < visit.entered or each.on > day:
            continue
        if each.kind in ENTRIES:
            own, state = each.own or visit.stage, "active"
        elif each.on > visit.entered:
            state = STATES.get(each.kind, state)
    return own, state


def attributes_on(day: datetime.date, moved: Iterable[Change], first: Attributes) -> Attributes:
    """What was dated about the enterprise on a day."""
    found = first
    for each in moved:
        if each.on <= day:
            found = replace(found, **dict(each.values))
    return found
