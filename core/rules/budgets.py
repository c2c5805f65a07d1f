"""Support money: a programme's budget bounds what is granted, a grant what is paid. Pure.

Where a budget is voted year by year it is what is paid in the year that it bounds.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.ratio import Ratio
from core.text import Text

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Budget:
    """A programme's money, 万元. Without a ``budget`` nothing bounds the grants."""

    budget: Decimal | None
    granted: Decimal
    paid: Decimal = NOTHING

    @property
    def left(self) -> Decimal | None:
        """What may still be granted; negative once overrun."""
        return None if self.budget is None else self.budget - self.granted

    @property
    def used(self) -> Ratio:
        """Granted to the budget."""
        return Ratio(self.granted, self.budget)


def overrun(budget: Budget, *, name: str) -> Text | None:
    """What to say where more was granted than there is; None if it is within the budget."""
    if budget.left is None or budget.left >= 0:
        return None
    return Text(
        f"“{name}”预算 {budget.budget} 万元，批准合计将为 {budget.granted} 万元，"
        f"超出 {-budget.left} 万元；请减少批准金额，或先按文件调增预算。",
        f"The budget of “{name}” is {budget.budget} and {budget.granted} would be granted, "
        f"{-budget.left} too much (10,000 yuan); grant less, or raise the budget by its "
        "document first.",
    )


def overpaid(granted: Decimal | None, paid: Decimal) -> Text | None:
    """What to say where more was paid than granted; None if it is within the grant."""
    bound = granted or NOTHING
    if paid <= bound:
        return None
    return Text(
        f"批准 {bound} 万元，拨付合计将为 {paid} 万元，超出 {paid - bound} 万元；"
        "请减少拨付金额，或先调整批准金额。",
        f"{bound} was granted and {paid} would be paid, {paid - bound} too much (10,000 yuan); "
        "pay less, or change the grant first.",
    )


def paid_too_early(paid_on: datetime.date, decided_on: datetime.date | None) -> Text | None:
    """What to say of a payment before its application was decided."""
    if decided_on is not None and paid_on >= decided_on:
        return None
    if decided_on is None:
        return Text(
            "申请尚未批准，不能拨付；请先登记审批结果。",
            "The application is not approved; record the decision first.",
        )
    return Text(
        f"拨付日期早于审批日期 {decided_on}；请改正其中之一。",
        f"Paid before the decision of {decided_on}; mend one of the two.",
    )


def payments_problem(
    payments: Sequence[tuple[datetime.date, Decimal]],
    *,
    granted: Decimal | None,
    decided_on: datetime.date | None,
) -> tuple[str, Text] | None:
    """What contradicts a grant among its payments (day and amount, the first first).

    A code and what to say: "paid-before-decision" or "overpaid"; None if they agree.
    """
    if not payments:
        return None
    early = paid_too_early(payments[0][0], decided_on)
    if early is not None:
        return "paid-before-decision", early
    much = overpaid(granted, sum((paid for _day, paid in payments), NOTHING))
    return ("overpaid", much) if much is not None else None


def nearly_used(budget: Budget, *, near: Decimal) -> Text | None:
    """What to say where less than ``near`` % of a budget is left; None otherwise."""
    if not _near(budget.budget, budget.left, near):
        return None
    return Text(
        f"预算 {budget.budget} 万元，已批准 {budget.granted} 万元，仅余 {budget.left} 万元。",
        f"Of the budget of {budget.budget}, {budget.granted} is granted and {budget.left} left "
        "(10,000 yuan).",
    )


def _near(budget: Decimal | None, left: Decimal | None, near: Decimal) -> bool:
    return bool(budget) and left is not None and left * 100 < near * budget


@dataclass(frozen=True, slots=True)
class YearBudget:
    """A year's budget of a policy and what was paid from it, 万元. None bounds nothing."""

    year: int
    budget: Decimal | None
    granted: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def left(self) -> Decimal | None:
        """What may still be paid; negative once overrun."""
        return None if self.budget is None else self.budget - self.paid

    @property
    def used(self) -> Ratio:
        """Paid to the budget."""
        return Ratio(self.paid, self.budget)


def overspent(year: YearBudget, *, name: str, overridable: bool) -> Text | None:
    """What to say where more would be paid in a year than was voted; None if it is within."""
    if year.left is None or year.left >= 0:
        return None
    cure = Text("请减少金额、改列其他年度，或先按文件调增预算", "pay less, charge another year, or "
                "raise the budget by its document first")  # fmt: skip
    if overridable:
        cure = Text(f"{cure.zh}；确需超支的写明理由", f"{cure.en}; or give the reason to exceed it")
    return Text(
        f"“{name}”{year.year} 年预算 {year.budget} 万元，拨付合计将为 {year.paid} 万元，"
        f"超出 {-year.left} 万元；{cure.zh}。",
        f"The {year.year} budget of “{name}” is {year.budget} and {year.paid} would be paid, "
        f"{-year.left} too much (10,000 yuan); {cure.en}.",
    )


def nearly_spent(year: YearBudget, *, near: Decimal) -> Text | None:
    """What to say where less than ``near`` % of a year's budget is left; None otherwise."""
    if not _near(year.budget, year.left, near):
        return None
    return Text(
        f"{year.year} 年预算 {year.budget} 万元，已拨付 {year.paid} 万元，仅余 {year.left} 万元。",
        f"Of the {year.year} budget of {year.budget}, {year.paid} is paid and {year.left} left "
        "(10,000 yuan).",
    )
