"""Whether an enterprise's figures reach the thresholds of the board it aims at. Pure.

For display only: a threshold that is missed stops nothing. Profit counts after or before
non-recurring items, whichever is lower (证监会令第32号、第61号).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from core.ratio import Ratio
from core.rules.limits import Judgement, Limit, Standing, judge
from core.text import Text

# Boards that go by the same thresholds.
RULES_OF_BOARD = {"sse_main": "main", "szse_main": "main", "sme": "main", "chinext": "chinext"}
NOWHERE_NEAR = Decimal(0)  # a threshold is reached or missed; there is no warning zone


@dataclass(frozen=True, slots=True)
class Year:
    """A year's figures, 万元; None where one is not known."""

    year: int
    revenue: Decimal | None = None
    net_profit: Decimal | None = None
    recurring_profit: Decimal | None = None
    net_assets: Decimal | None = None
    intangibles: Decimal | None = None
    operating_cash: Decimal | None = None
    share_capital: Decimal | None = None
    capital_after_issue: Decimal | None = None
    undistributed: Decimal | None = None

    @property
    def profit(self) -> Decimal | None:
        """The lower of profit with and without non-recurring items."""
        known = [each for each in (self.net_profit, self.recurring_profit) if each is not None]
        return min(known) if known else None


Measure = Decimal | Ratio | None
Years = Sequence[Year]  # consecutive, oldest first


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


VERDICTS = {
    Verdict.MET: Text("达到", "Met"),
    Verdict.MISSED: Text("未达到", "Missed"),
    Verdict.UNKNOWN: Text("数据不足", "Not enough figures"),
}
VERDICT_TONES = {"met": "good", "missed": "bad", "unknown": ""}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement: one of its ways, each of several criteria that all must hold."""

    key: str
    title: Text
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement judged; ``judgements`` holds each criterion of each way."""

    requirement: Requirement
    verdict: Verdict
    judgements: tuple[tuple[Judgement, ...], ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """All requirements of a board. ``known`` is False where it has no thresholds on the day."""

    board: str
    years: tuple[int, ...]
    requirements: tuple[Met, ...]

    @property
    def known(self) -> bool:
        return bool(self.requirements)

    @property
    def verdict(self) -> Verdict:
        found = {each.verdict for each in self.requirements}
        if Verdict.MISSED in found:
            return Verdict.MISSED
        return Verdict.UNKNOWN if Verdict.UNKNOWN in found or not found else Verdict.MET


REQUIREMENTS: Mapping[str, tuple[Requirement, ...]] = {
    "main": (
        Requirement("profit", Text("盈利", "Profit"), (("profit-each", "profit-sum"),)),
        Requirement(
            "cash", Text("现金流量或营业收入", "Cash or revenue"), (("cash-sum",), ("revenue-sum",))
        ),
        Requirement("capital", Text("股本", "Share capital"), (("capital",),)),
        Requirement("intangibles", Text("无形资产", "Intangibles"), (("intangibles",),)),
        Requirement("no-loss", Text("未弥补亏损", "Uncovered loss"), (("no-loss",),)),
    ),
    "chinext": (
        Requirement(
            "profit",
            Text("盈利", "Profit"),
            (
                ("profit-each", "profit-sum", "profit-growth"),
                ("last-profit", "last-revenue", "revenue-growth"),
            ),
        ),
        Requirement("net-assets", Text("净资产", "Net assets"), (("net-assets",),)),
        Requirement("no-loss", Text("未弥补亏损", "Uncovered loss"), (("no-loss",),)),
        Requirement("capital-after", Text("发行后股本", "Capital after"), (("capital-after",),)),
    ),
}


def codes_of(rules: str) -> list[str]:
    """The rule codes that a board's requirements are judged by."""
    return [
        f"readiness.{rules}.{name}"
        for each in REQUIREMENTS.get(rules, ())
        for way in each.ways
        for name in way
    ]


def _total(name: str, number: int) -> Callable[[Years], Measure]:
    def total(years: Years) -> Measure:
        values = _last(years, name, number)
        return None if values is None else sum(values, Decimal(0))

    return total


def _least(name: str, number: int) -> Callable[[Years], Measure]:
    def least(years: Years) -> Measure:
        values = _last(years, name, number)
        return None if values is None else min(values)

    return least


def _last(years: Years, name: str, number: int) -> list[Decimal] | None:
    values = [getattr(each, name) for each in years[-number:]]
    return None if len(values) < number or None in values else values


def _newest(name: str) -> Callable[[Years], Measure]:
    return lambda years: getattr(years[-1], name) if years else None


def _growth(years: Years) -> Measure:
    values = _last(years, "profit", 2)
    return None if values is None else values[1] - values[0]


def _revenue_growth(years: Years) -> Measure:
    """The lower growth of the last two years, as a ratio; None without three years."""
    values = _last(years, "revenue", 3)
    if values is None or not all(value > 0 for value in values[:2]):
        return None
    rates = [Ratio(after - before, before) for before, after in pairwise(values)]
    return min(rates, key=lambda each: each.value)


def _intangibles(years: Years) -> Measure:
    return Ratio(years[-1].intangibles, years[-1].net_assets) if years else None


MEASURES: Mapping[str, Callable[[Years], Measure]] = {
    "main.profit-each": _least("profit", 3),
    "main.profit-sum": _total("profit", 3),
    "main.cash-sum": _total("operating_cash", 3),
    "main.revenue-sum": _total("revenue", 3),
    "main.capital": _newest("share_capital"),
    "main.intangibles": _intangibles,
    "main.no-loss": _newest("undistributed"),
    "chinext.profit-each": _least("profit", 2),
    "chinext.profit-sum": _total("profit", 2),
    "chinext.profit-growth": _growth,
    "chinext.last-profit": _newest("profit"),
    "chinext.last-revenue": _newest("revenue"),
    "chinext.revenue-growth": _revenue_growth,
    "chinext.net-assets": _newest("net_assets"),
    "chinext.no-loss": _newest("undistributed"),
    "chinext.capital-after": _newest("capital_after_issue"),
}


def readiness(board: str, years: Years, limits: Mapping[str, Limit]) -> Readiness:
    """Judge a board's requirements. ``limits`` are its thresholds of the day, by rule code.

    Only the consecutive years up to the newest count. A criterion without a threshold on the
    day is left out, and with it a way that has none left.
    """
    run = consecutive(years)
    rules = RULES_OF_BOARD.get(board, "")
    found = []
    for each in REQUIREMENTS.get(rules, ()):
        ways = []
        for way in each.ways:
            judged = tuple(
                judge(limits[code], MEASURES[f"{rules}.{name}"](run), near=NOWHERE_NEAR)
                for name in way
                if (code := f"readiness.{rules}.{name}") in limits
            )
            if judged:
                ways.append(judged)
        if ways:
            found.append(Met(each, _verdict(ways), tuple(ways)))
    return Readiness(board, tuple(each.year for each in run), tuple(found))


def consecutive(years: Years) -> list[Year]:
    """The unbroken run of years that ends with the newest."""
    run: list[Year] = []
    for each in sorted(years, key=lambda one: one.year, reverse=True):
        if run and each.year != run[-1].year - 1:
            break
        run.append(each)
    return run[::-1]


def _verdict(ways: Sequence[tuple[Judgement, ...]]) -> Verdict:
    verdicts = [_way(way) for way in ways]
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MISSED


def _way(way: tuple[Judgement, ...]) -> Verdict:
    standings = {each.standing for each in way}
    if Standing.BROKEN in standings:
        return Verdict.MISSED
    return Verdict.UNKNOWN if Standing.UNKNOWN in standings else Verdict.MET
