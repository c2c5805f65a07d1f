"""Incentives 改制上市扶持奖励: what a policy pays at each step, and to whom. Pure.

An enterprise that did not report its events in time loses what the policy offers, where the
policy says so (domain facts 1.5).
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.ratio import HUNDREDTH
from core.rules.calendar import working_days_after
from core.text import Text

FIXED = "fixed"
HUNDRED = Decimal(100)
# The events on the way to a listing, in their order, and the ways that leave it.
WAY = ("intermediaries", "restructured", "tutoring", "accepted", "passed", "issued", "listed")
BESIDE: Mapping[str, tuple[str, ...]] = {
    "listed_overseas": ("intermediaries", "restructured"),
    "moved_in": (),
    "shell": (),
}


def led_by(topic: str) -> tuple[str, ...]:
    """The events that lead to one, and itself, in order."""
    if topic in BESIDE:
        return (*BESIDE[topic], topic)
    return WAY[: WAY.index(topic) + 1]


@dataclass(frozen=True, slots=True)
class Tranche:
    """What is paid at one event: an amount, or a share of a base; never above the cap (万元)."""

    topic: str
    basis: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    cap: Decimal | None = None

    def entitlement(self, base: Decimal | None) -> Decimal | None:
        """The amount due, rounded half up; None where the base is not known."""
        if self.basis == FIXED:
            due = self.amount
        elif base is None or self.percent is None:
            return None
        else:
            share = base * self.percent / HUNDRED
            due = share.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
        return due if self.cap is None or due is None else min(due, self.cap)


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a policy decides on eligibility. Empty places are not narrowed.

    ``duty`` are the events that must be reported, within ``days`` working days (None: at any
    time before the application).
    """

    valid_from: datetime.date
    valid_to: datetime.date | None = None
    repealed_on: datetime.date | None = None
    prefecture: int | None = None
    county: int | None = None
    duty: frozenset[str] = frozenset()
    days: int | None = None

    def in_force(self, day: datetime.date) -> bool:
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return False
        return self.repealed_on is None or day < self.repealed_on


@dataclass(frozen=True, slots=True)
class Report:
    """An event that an enterprise reported."""

    topic: str
    happened_on: datetime.date
    reported_on: datetime.date


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked: the tranche's event by an enterprise of a place.

    ``entered_on`` is when the enterprise entered the tranche's batch; None where the tranche
    names none or it was never entered by the day of the application.
    """

    topic: str
    applied_on: datetime.date
    prefecture: int
    county: int | None
    reports: Sequence[Report] = ()
    stage: bool = False
    entered_on: datetime.date | None = None

    @property
    def happened_on(self) -> datetime.date | None:
        """The day on which the event that pays happened."""
        if self.stage:
            return self.entered_on
        days = [each.happened_on for each in self.reports if each.topic == self.topic]
        return min(days) if days else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition: a stable code, its name, whether it is met, and what was found."""

    code: str
    title: Text
    met: bool
    found: Text


def criteria(
    terms: Terms,
    claim: Claim,
    *,
    names: Mapping[str, Text],
    exceptions: Mapping[datetime.date, bool],
) -> list[Criterion]:
    """Every condition of the policy on a claim; ``names`` puts topics into words."""
    return [
        _place(terms, claim),
        _reached(claim, names),
        _in_force(terms, claim),
        *(
            _reported(topic, terms, claim, names[topic], exceptions)
            for topic in led_by(claim.topic)
            if topic in terms.duty
        ),
    ]


def failed(found: Iterable[Criterion]) -> list[Criterion]:
    """The conditions that are not met."""
    return [each for each in found if not each.met]


def _place(terms: Terms, claim: Claim) -> Criterion:
    met = terms.prefecture in (None, claim.prefecture) and terms.county in (None, claim.county)
    words = (
        Text("企业在政策适用的地区", "The enterprise is where the policy applies")
        if met
        else Text(
            "企业不在政策适用的地区；请改选政策", "The enterprise is elsewhere; choose its policy"
        )
    )
    return Criterion("place", Text("适用地区", "Place"), met, words)


def _reached(claim: Claim, names: Mapping[str, Text]) -> Criterion:
    name, day = names[claim.topic], claim.happened_on
    title = Text("达到奖励条件", "Step reached")
    if day is None:
        what = (
            Text("未登记进入该批次", "entry into the batch is not on record; record it first")
            if claim.stage
            else Text("未登记该事项", "it was not reported; record the report first")
        )
        words = Text(f"{name.zh}：{what.zh}，请先登记", f"{name.en}: {what.en}")
        return Criterion("reached", title, False, words)
    met = day <= claim.applied_on
    if met:
        return Criterion("reached", title, True, Text(f"{name.zh} {day}", f"{name.en} {day}"))
    words = Text(
        f"{name.zh} {day} 晚于申请日期 {claim.applied_on}；请改正其中之一",
        f"{name.en} of {day} is after the application of {claim.applied_on}; mend one of the two",
    )
    return Criterion("reached", title, False, words)


def _in_force(terms: Terms, claim: Claim) -> Criterion:
    title = Text("政策有效", "Policy in force")
    day = claim.happened_on or claim.applied_on
    if terms.in_force(day):
        return Criterion("in-force", title, True, Text(f"{day} 有效", f"In force on {day}"))
    words = Text(
        f"政策在 {day} 无效；请改选当日有效的政策",
        f"The policy was not in force on {day}; choose the one that was",
    )
    return Criterion("in-force", title, False, words)


def _reported(
    topic: str,
    terms: Terms,
    claim: Claim,
    name: Text,
    exceptions: Mapping[datetime.date, bool],
) -> Criterion:
    title = Text(f"事项报告：{name.zh}", f"Report: {name.en}")
    code = f"report.{topic}"
    told = [
        each
        for each in claim.reports
        if each.topic == topic and each.reported_on <= claim.applied_on
    ]
    if not told:
        words = Text(
            f"未报告{name.zh}，按政策丧失资格；已报告的请先登记事项报告",
            f"{name.en} was not reported, so the policy grants nothing; if it was, record the "
            "report first",
        )
        return Criterion(code, title, False, words)
    first = min(told, key=lambda each: each.reported_on)
    if terms.days is not None:
        last = working_days_after(first.happened_on, terms.days, exceptions)
        if first.reported_on > last:
            words = Text(
                f"{first.happened_on} 发生，应于 {last} 前报告，{first.reported_on} 才报告，"
                "按政策丧失资格",
                f"It happened on {first.happened_on} and was due by {last}, but was reported on "
                f"{first.reported_on}; the policy grants nothing",
            )
            return Criterion(code, title, False, words)
    words = Text(f"{first.reported_on} 报告", f"Reported on {first.reported_on}")
    return Criterion(code, title, True, words)
