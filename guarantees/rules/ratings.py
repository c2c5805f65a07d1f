"""Credit ratings of a guarantee agency: movements, and what holds on a day.

Source: 银发〔2006〕95号, JR/T 0030 (domain facts 5.4, certainty M); the scale is data. A
supervisory grade is another thing and never read here. Pure.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.text import Text


class RatingState(StrEnum):
    CURRENT = "current"
    EXPIRING = "expiring"
    LAPSED = "lapsed"
    MISSING = "missing"


RATING_STATES = {
    RatingState.CURRENT: Text("有效", "Current"),
    RatingState.EXPIRING: Text("即将到期", "Expiring"),
    RatingState.LAPSED: Text("已过期", "Lapsed"),
    RatingState.MISSING: Text("未评级", "Missing"),
}
RATING_TONES = {"current": "good", "expiring": "warn", "lapsed": "bad", "missing": "bad"}


class Movement(StrEnum):
    UP = "up"
    DOWN = "down"
    SAME = "same"
    FIRST = "first"


MOVEMENTS = {
    Movement.UP: Text("上调", "Upgraded"),
    Movement.DOWN: Text("下调", "Downgraded"),
    Movement.SAME: Text("维持", "Affirmed"),
    Movement.FIRST: Text("首次", "First"),
}


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as far as it is judged; a lower rank is a better grade."""

    grade: str
    rank: int
    rated_on: datetime.date
    valid_until: datetime.date | None = None


def movement(rank: int, earlier: int | None) -> Movement:
    """How a grade moved against the one before it."""
    if earlier is None:
        return Movement.FIRST
    if rank == earlier:
        return Movement.SAME
    return Movement.UP if rank < earlier else Movement.DOWN


def movements(ratings: Sequence[Rating]) -> list[Movement]:
    """The movement of each rating, given in the order of their dates."""
    earlier: int | None = None
    found = []
    for each in ratings:
        found.append(movement(each.rank, earlier))
        earlier = each.rank
    return found


def state_on(
    valid_until: datetime.date | None,
    *,
    rated_on: datetime.date | None,
    as_of: datetime.date,
    near: int = 60,
) -> RatingState:
    """What the latest rating is worth on ``as_of``; ``near`` days before its end it expires."""
    if rated_on is None or rated_on > as_of:
        return RatingState.MISSING
    if valid_until is None:
        return RatingState.CURRENT
    if valid_until < as_of:
        return RatingState.LAPSED
    expiring = (valid_until - as_of).days <= near
    return RatingState.EXPIRING if expiring else RatingState.CURRENT
