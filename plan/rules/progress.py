"""How a figure stands against a target, and a milestone against its day. Pure."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.text import Text


class State(StrEnum):
    """Where a target or a milestone stands on a day."""

    DONE = "done"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"
    OPEN = "open"  # the plan gives no number, or the day has not come near


STATE_WORDS = {
    State.DONE: Text("已完成", "Done"),
    State.ON_TRACK: Text("按进度", "On track"),
    State.AT_RISK: Text("有风险", "At risk"),
    State.LATE: Text("逾期未完成", "Late"),
    State.OPEN: Text("进行中", "Under way"),
}
STATE_TONES = {"done": "good", "on_track": "info", "at_risk": "warn", "late": "bad", "open": ""}


@dataclass(frozen=True, slots=True)
class Goal:
    """The plan's number: bounds, how to compare, and the days between which it counts."""

    comparator: str
    lower: int | None
    upper: int | None
    starts_on: datetime.date
    due_on: datetime.date


@dataclass(frozen=True, slots=True)
class Margins:
    """Dated settings of the province: about how much is 约, and when a lag is a risk (%)."""

    about: Decimal = Decimal(10)
    lag: Decimal = Decimal(15)
    days: int = 14


def needed(goal: Goal, margins: Margins) -> Decimal | None:
    """What must be reached: 约 may fall short by the margin, 超过 asks for one more."""
    if goal.lower is None:
        return None
    if goal.comparator == "about":
        return Decimal(goal.lower) * (100 - margins.about) / 100
    if goal.comparator == "gt":
        return Decimal(goal.lower) + 1
    return Decimal(goal.lower)


def elapsed(goal: Goal, day: datetime.date) -> Decimal:
    """The share of the goal's time that has passed by the end of ``day``, 0 to 1."""
    whole = (goal.due_on - goal.starts_on).days + 1
    passed = (min(day, goal.due_on) - goal.starts_on).days + 1
    return max(Decimal(0), Decimal(passed) / Decimal(whole))


def share_of(goal: Goal, value: int, margins: Margins) -> Decimal | None:
    """How much of what is needed was reached, in percent with two decimals; None without one."""
    wanted = needed(goal, margins)
    if not wanted:
        return None
    share = Decimal(value) / wanted * 100
    return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def state_of_target(goal: Goal, value: int, day: datetime.date, margins: Margins) -> State:
    """Done when the number is reached; late after its day; at risk when it lags the calendar."""
    wanted = needed(goal, margins)
    if wanted is None:
        return State.OPEN
    if value >= wanted:
        return State.DONE
    if day > goal.due_on:
        return State.LATE
    if day < goal.starts_on:
        return State.OPEN
    lag = elapsed(goal, day) * 100 - Decimal(value) / wanted * 100
    return State.AT_RISK if lag > margins.lag else State.ON_TRACK


def state_of_milestone(
    due_on: datetime.date, done_on: datetime.date | None, day: datetime.date, margins: Margins
) -> State:
    """Done from the day that it was done; at risk in the last days; late after its day."""
    if done_on is not None and done_on <= day:
        return State.DONE
    if day > due_on:
        return State.LATE
    if (due_on - day).days <= margins.days:
        return State.AT_RISK
    return State.OPEN
