"""The clock of a green-channel case 绿色通道: it runs in working days, and stops while the
department waits for the enterprise. Pure.

The day of opening (or of resuming) does not count; the promised day is the last of the
promised working days. A department that lets that day pass while the clock runs is overdue
for good; one that asks the enterprise in time is not, however long the answer takes.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.rules.calendar import working_days_after, working_days_between
from core.text import Text

Exceptions = Mapping[datetime.date, bool]


class CaseState(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"
    CLOSED = "closed"


STATE_WORDS = {
    CaseState.RUNNING: Text("办理中", "Being dealt with"),
    CaseState.WAITING: Text("待企业补充", "Waiting for the enterprise"),
    CaseState.CLOSED: Text("已办结", "Closed"),
}


class Act(StrEnum):
    """What may happen to a case. ``answer`` leaves the clock as it is."""

    ANSWER = "answer"
    WAIT = "wait"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"


# act → (states in which it is possible, the state after it; None leaves it)
STEPS: Mapping[Act, tuple[frozenset[CaseState], CaseState | None]] = {
    Act.ANSWER: (frozenset({CaseState.RUNNING, CaseState.WAITING}), None),
    Act.WAIT: (frozenset({CaseState.RUNNING}), CaseState.WAITING),
    Act.RESUME: (frozenset({CaseState.WAITING}), CaseState.RUNNING),
    Act.CLOSE: (frozenset({CaseState.RUNNING, CaseState.WAITING}), CaseState.CLOSED),
    Act.REOPEN: (frozenset({CaseState.CLOSED}), CaseState.RUNNING),
}


# How a case stands, seen with its promise: what lists and reports show.
STANDINGS: Mapping[str, Text] = {
    "running": STATE_WORDS[CaseState.RUNNING],
    "waiting": STATE_WORDS[CaseState.WAITING],
    "overdue": Text("已逾期", "Overdue"),
    "closed": Text("按期办结", "Closed in time"),
    "closed_late": Text("逾期办结", "Closed late"),
}
STANDING_TONES = {
    "running": "info", "waiting": "warn", "overdue": "bad", "closed": "good", "closed_late": "plain"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """An act on a day. ``days`` are newly promised working days, on reopening only."""

    act: Act
    on: datetime.date
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """How a case stands from ``since`` until its next step.

    ``used`` working days had run by then. ``due`` is the promised day; None while the clock
    stands still with time left. ``passed`` says that the promised day went by unanswered.
    """

    since: datetime.date
    state: CaseState
    promised: int
    used: int
    left: int
    due: datetime.date | None
    passed: bool = False

    def overdue_on(self, day: datetime.date) -> bool:
        """Whether an open case is past its promised day."""
        if self.state is CaseState.CLOSED:
            return False
        return self.passed or (self.due is not None and day > self.due)

    def standing_on(self, day: datetime.date) -> str:
        """A key of STANDINGS."""
        if self.state is CaseState.CLOSED:
            return "closed_late" if self.passed else "closed"
        return "overdue" if self.overdue_on(day) else self.state.value

    def used_on(self, day: datetime.date, exceptions: Exceptions) -> int:
        """Working days that ran up to ``day``; waiting days are not among them."""
        if self.state is not CaseState.RUNNING:
            return self.used
        return self.used + working_days_between(self.since, day, exceptions)

    def left_on(self, day: datetime.date, exceptions: Exceptions) -> int:
        """Working days left on ``day``; negative once they are used up."""
        return self.left + self.used - self.used_on(day, exceptions)


class NotPossible(ValueError):
    """A step that the state of the case on its day does not allow."""

    def __init__(self, step: Step, state: CaseState) -> None:
        super().__init__(f"{step.act} of a case that is {state}")
        self.step, self.state = step, state


def clocks(
    opened: datetime.date, promised: int, steps: Sequence[Step], exceptions: Exceptions
) -> list[Clock]:
    """The clock after the opening and after each step; steps in order of their days.

    Raises NotPossible for a step that its state does not allow.
    """
    due = working_days_after(opened, promised, exceptions)
    found = [Clock(opened, CaseState.RUNNING, promised, 0, promised, due)]
    for step in steps:
        found.append(_after(found[-1], step, exceptions))
    return found


def _after(clock: Clock, step: Step, exceptions: Exceptions) -> Clock:
    allowed, state = STEPS[step.act]
    if clock.state not in allowed:
        raise NotPossible(step, clock.state)
    if state is None:
        state = clock.state
    used, left = clock.used_on(step.on, exceptions), clock.left_on(step.on, exceptions)
    passed = clock.passed or clock.overdue_on(step.on)
    if step.act is Act.REOPEN and step.days is not None:
        left, passed = step.days, False
        return _running(step.on, clock.promised + step.days, used, left, exceptions)
    if passed:  # what was late stays late: the promised day no longer moves
        return Clock(step.on, state, clock.promised, used, left, clock.due, passed=True)
    if state is CaseState.RUNNING:
        if clock.state is CaseState.RUNNING:  # an answer on the way
            return Clock(step.on, state, clock.promised, used, left, clock.due)
        return _running(step.on, clock.promised, used, left, exceptions)
    due = clock.due if state is CaseState.CLOSED else None
    return Clock(step.on, state, clock.promised, used, left, due)


def _running(
    on: datetime.date, promised: int, used: int, left: int, exceptions: Exceptions
) -> Clock:
    due = working_days_after(on, left, exceptions)
    return Clock(on, CaseState.RUNNING, promised, used, left, due)


def clock_on(found: Sequence[Clock], day: datetime.date) -> Clock | None:
    """The clock that holds at the end of ``day``; None before the opening."""
    return next((each for each in reversed(found) if each.since <= day), None)
