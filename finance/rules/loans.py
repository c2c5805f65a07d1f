"""What is derived from loan figures: increase, growth, ratios, weighted rate.

Sources: domain facts 4.2 (populations), 4.4 (formulas), 4.5 (goals).
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from core.ratio import Ratio

# Sizes that make up a population (4.2): enterprises by size, and personal business loans apart.
POPULATIONS = {
    "sme": "MSX",  # 中小微型企业, the plan's 中小企业
    "small_micro": "SXIO",  # 小微企业贷款: 小型 + 微型 + 个体工商户 + 小微企业主
    "enterprise": "LMSX",
    "all": "LMSXIO",
}


@dataclass(frozen=True, slots=True)
class LoanSums:
    """Sums over one group of lines in one period. Money in 万元."""

    balance: Decimal = Decimal(0)
    year_start: Decimal = Decimal(0)
    npl: Decimal = Decimal(0)
    granted_period: Decimal = Decimal(0)
    granted_year: Decimal = Decimal(0)
    interest: Decimal = Decimal(0)
    borrowers: int = 0
    applicants: int = 0
    approved: int = 0
    lines: int = 0

    def __add__(self, other: "LoanSums") -> "LoanSums":
        return LoanSums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(LoanSums)))


@dataclass(frozen=True, slots=True)
class TotalSums:
    """Sums of all loans 各项贷款 over one group in one period. Money in 万元."""

    all_loans: Decimal = Decimal(0)
    all_year_start: Decimal = Decimal(0)
    all_npl: Decimal = Decimal(0)
    enterprise_loans: Decimal = Decimal(0)
    lines: int = 0

    def __add__(self, other: "TotalSums") -> "TotalSums":
        return TotalSums(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(TotalSums))
        )


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """The figures of one group: this period and the same period last year.

    ``totals`` is None where all loans have no such breakdown (size, industry); a side
    without any line is unknown, so what compares with it has no value.
    """

    now: LoanSums
    last_year: LoanSums | None = None
    totals: TotalSums | None = None
    totals_last_year: TotalSums | None = None

    @property
    def increase(self) -> Decimal:
        """比年初增量 = balance − balance at the year's start."""
        return self.now.balance - self.now.year_start

    @property
    def increase_last_year(self) -> Decimal | None:
        """The increase since the year's start that last year had reached by this month."""
        return self.last_year.balance - self.last_year.year_start if self.last_year else None

    @property
    def growth(self) -> Ratio:
        """同比增速 = (balance − last year's) / last year's."""
        if self.last_year is None:
            return Ratio(None, None)
        return Ratio(self.now.balance - self.last_year.balance, self.last_year.balance)

    @property
    def all_loans_growth(self) -> Ratio:
        """各项贷款同比增速, the benchmark of the goals."""
        if not self.totals or not self.totals_last_year:
            return Ratio(None, None)
        before = self.totals_last_year.all_loans
        return Ratio(self.totals.all_loans - before, before)

    @property
    def npl_ratio(self) -> Ratio:
        """不良率 = NPL / balance."""
        return Ratio(self.now.npl, self.now.balance)

    @property
    def rate(self) -> Ratio:
        """新发放加权平均利率 = Σ(amount × rate) / Σ amount."""
        return Ratio(self.now.interest, self.now.granted_period)

    @property
    def share(self) -> Ratio:
        """占各项贷款比重 = balance / all loans."""
        return Ratio(self.now.balance, self.totals.all_loans if self.totals else None)

    @property
    def approval(self) -> Ratio:
        """申贷获得率 = approved applicants / applicants."""
        return Ratio(self.now.approved, self.now.applicants)

    @property
    def approval_last_year(self) -> Ratio:
        if self.last_year is None:
            return Ratio(None, None)
        return Ratio(self.last_year.approved, self.last_year.applicants)

    def __add__(self, other: "LoanFigures") -> "LoanFigures":
        return LoanFigures(
            self.now + other.now,
            _add(self.last_year, other.last_year),
            _add(self.totals, other.totals),
            _add(self.totals_last_year, other.totals_last_year),
        )


def _add(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return one or other
    return one + other
