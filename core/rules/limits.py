"""Limits and the room they leave. Pure: values, limits and nearness arrive as arguments."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.ratio import HUNDREDTH, Ratio
from core.text import Text


class Standing(StrEnum):
    """Where a figure stands against its limit."""

    BROKEN = "broken"
    NEAR = "near"
    FREE = "free"
    UNKNOWN = "unknown"  # there is nothing to divide by, or no figure


STANDING_WORDS = {
    Standing.BROKEN: Text("突破", "Broken"),
    Standing.NEAR: Text("临近", "Near"),
    Standing.FREE: Text("正常", "Free"),
    Standing.UNKNOWN: Text("无法判定", "Cannot be judged"),
}
STANDING_TONES = {"broken": "bad", "near": "warn", "free": "good", "unknown": ""}
UPPER, LOWER = ("le", "lt"), ("ge", "gt")
SIGNS = {"le": "≤", "lt": "<", "ge": "≥", "gt": ">", "eq": "="}


@dataclass(frozen=True, slots=True)
class Limit:
    """A dated limit. ``value`` is in ``unit``: ``%`` and ``倍`` bound ratios, others amounts."""

    code: str
    title: Text
    value: Decimal
    unit: str
    comparator: str
    source: str
    article: str = ""
    scope: str = "nation"
    law: bool = True

    @property
    def factor(self) -> Decimal:
        """What a quotient is multiplied by to be in the limit's unit."""
        return Decimal(100) if self.unit == "%" else Decimal(1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A figure against a limit.

    ``value`` is the figure in the limit's unit, exact; ``room`` the amount (万元, or the unit
    of what is counted) by which the numerator may still grow, or shrink for a floor, negative
    once broken; ``share`` that room in percent of the limit, two decimals.
    """

    limit: Limit
    measured: Ratio | Decimal | None
    value: Decimal | None
    room: Decimal | None
    share: Decimal | None
    standing: Standing

    @property
    def shown(self) -> Decimal | None:
        """The figure with two decimals, rounded half up."""
        return _rounded(self.value)

    @property
    def room_shown(self) -> Decimal | None:
        """The room with two decimals, rounded half up."""
        return _rounded(self.room)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def judge(limit: Limit, measured: Ratio | Decimal | None, *, near: Decimal) -> Judgement:
    """Judge a figure. ``near`` is the share of the limit, in %, below which room is near.

    A ratio is compared exactly, by its parts, never by its rounded percentage.
    """
    if isinstance(measured, Ratio):
        if measured.numerator is None or not measured.denominator:
            return _unknown(limit, measured)
        if Decimal(measured.denominator) < 0:
            return Judgement(limit, measured, None, None, None, Standing.BROKEN)
        top, bottom = Decimal(measured.numerator), Decimal(measured.denominator)
        value = top * limit.factor / bottom
        bound = limit.value * bottom / limit.factor
    elif measured is None:
        return _unknown(limit, measured)
    else:
        top = value = Decimal(measured)
        bound = limit.value
    room = bound - top if limit.comparator in UPPER else top - bound
    met = room > 0 if limit.comparator in ("lt", "gt") else room >= 0
    share = _share(room, bound)
    if not met:
        standing = Standing.BROKEN
    elif share is not None and share < near:
        standing = Standing.NEAR
    else:
        standing = Standing.FREE
    return Judgement(limit, measured, value, room, share, standing)


def _unknown(limit: Limit, measured: Ratio | Decimal | None) -> Judgement:
    return Judgement(limit, measured, None, None, None, Standing.UNKNOWN)


def _share(room: Decimal, bound: Decimal) -> Decimal | None:
    if not bound:
        return None
    return (room / abs(bound) * 100).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def by_room(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The broken and the nearest first; what cannot be judged last."""

    def order(each: Judgement) -> tuple[int, Decimal]:
        if each.standing is Standing.UNKNOWN:
            return 2, Decimal(0)
        if each.share is None:
            return (0 if each.standing is Standing.BROKEN else 1), Decimal(0)
        return (0 if each.standing is Standing.BROKEN else 1), each.share

    return sorted(judgements, key=order)
