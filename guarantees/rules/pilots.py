"""Pilots of micro-loan guarantee insurance: their ratios, and whether they must stop.

Source: domain facts 9. The lines at which a pilot stops are the pilot's own parameters, never
law: 简单赔付率 (paid to premium) and 逾期率 (overdue to balance). A line that is reached has
stopped the pilot. Amounts are 万元. Pure.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

from core.ratio import Ratio
from core.rules.limits import Judgement, Limit, Standing, judge
from core.text import Text

NOTHING = Decimal(0)
LOSS_RATIO = Text("简单赔付率（赔付÷保费）", "Simple loss ratio (paid to premium)")
OVERDUE_RATE = Text("逾期率（逾期÷贷款余额）", "Overdue rate (overdue to balance)")
FUND_USED = Text("财政补偿与专项资金", "Fiscal compensation to the fund")


class StopState(StrEnum):
    RUNNING = "running"
    NEAR = "near"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


STOP_WORDS = {
    StopState.RUNNING: Text("正常", "Running"),
    StopState.NEAR: Text("临近停办线", "Near its line"),
    StopState.STOPPED: Text("达到停办线", "At its line: to be stopped"),
    StopState.UNKNOWN: Text("无法判定", "Cannot be judged"),
}
STOP_TONES = {"running": "good", "near": "warn", "stopped": "bad", "unknown": ""}


@dataclass(frozen=True, slots=True)
class PilotSums:
    """A pilot's figures up to a day: flows since it began, stocks as they last stood."""

    policies: int = 0
    premium: Decimal = NOTHING
    insured_loans: Decimal = NOTHING
    claims: int = 0
    paid: Decimal = NOTHING
    recovered: Decimal = NOTHING
    fiscal_compensation: Decimal = NOTHING
    borrowers: int = 0
    balance: Decimal = NOTHING
    overdue: Decimal = NOTHING

    @property
    def loss_ratio(self) -> Ratio:
        """Simple: what was paid to what was earned, recoveries left aside."""
        return Ratio(self.paid, self.premium)

    @property
    def overdue_rate(self) -> Ratio:
        return Ratio(self.overdue, self.balance)

    @property
    def recovery_rate(self) -> Ratio:
        """What came back of what was paid."""
        return Ratio(self.recovered, self.paid)

    def plus(self, other: "PilotSums") -> "PilotSums":
        """Both together, for totals of several pilots."""
        return PilotSums(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


@dataclass(frozen=True, slots=True)
class StopLines:
    """A pilot's own lines; None sets none. ``source`` is the document that set them."""

    overdue_rate: Decimal | None = None
    loss_ratio: Decimal | None = None
    fund_size: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class StopJudgement:
    """Whether a pilot must stop, by each of its lines."""

    lines: tuple[Judgement, ...]
    fund: Judgement | None

    @property
    def state(self) -> StopState:
        standings = {each.standing for each in self.lines}
        if Standing.BROKEN in standings:
            return StopState.STOPPED
        if Standing.NEAR in standings:
            return StopState.NEAR
        if Standing.UNKNOWN in standings:
            return StopState.UNKNOWN
        return StopState.RUNNING

    @property
    def all(self) -> Sequence[Judgement]:
        return (*self.lines, *([self.fund] if self.fund else ()))


def stop_rule(sums: PilotSums, lines: StopLines, *, near: Decimal) -> StopJudgement:
    """Judge a pilot. ``near`` is the share of a line, in %, below which its room is near.

    A pilot without lines of its own runs. The fund is shown with its room but stops nothing.
    """
    wanted = (
        ("pilot.overdue-rate", OVERDUE_RATE, lines.overdue_rate, sums.overdue_rate),
        ("pilot.loss-ratio", LOSS_RATIO, lines.loss_ratio, sums.loss_ratio),
    )
    judged = tuple(
        judge(Limit(code, title, line, "%", "lt", lines.source, law=False), measured, near=near)
        for code, title, line, measured in wanted
        if line is not None
    )
    fund = None
    if lines.fund_size is not None:
        limit = Limit(
            "pilot.fund", FUND_USED, lines.fund_size, "万元", "le", lines.source, law=False
        )
        fund = judge(limit, sums.fiscal_compensation, near=near)
    return StopJudgement(judged, fund)


def recovered_too_early(
    periods: Sequence[tuple[datetime.date, Decimal, Decimal]],
) -> Text | None:
    """What to say where more came back than was ever paid; None if nowhere.

    ``periods`` are (end, paid, recovered) in the order of their ends.
    """
    paid = recovered = NOTHING
    for end, more_paid, more_recovered in periods:
        paid, recovered = paid + more_paid, recovered + more_recovered
        if recovered > paid:
            return Text(
                f"截至 {end} 累计追偿 {recovered} 万元大于累计赔付 {paid} 万元；"
                "请核对本期赔付与追偿。",
                f"By {end}, {recovered} would have been recovered, more than was ever paid, "
                f"{paid} (10,000 yuan); check what the period paid and recovered.",
            )
    return None
