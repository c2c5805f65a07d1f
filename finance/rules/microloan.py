"""What is derived from microloan companies' figures: ratios of one company, or of many.

Source: domain facts 3.4 (融资比例, 单户集中度, 涉农占比, 小额占比, 不良率, 贷款周转).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.ratio import Ratio
from finance.rules.microloan_items import BAD, SMALL

Cell = tuple[str, str, str]  # table, item, measure
# Items that are kept but never added up: they belong to one company or one loan.
OF_ONE_COMPANY = frozenset({"highest_rate", "lowest_rate", "largest_borrower", "largest_group"})


@dataclass(frozen=True)
class MicroloanFigures:
    """The cells of one company, or of ``companies`` of them added up, in one period.

    Money in 万元. A row that was left empty counts as 0; where nobody filed anything, a cell
    is None, so that a ratio with it has no value.
    """

    cells: Mapping[Cell, Decimal] = field(default_factory=dict)
    companies: int = 0

    def cell(self, table: str, item: str, measure: str) -> Decimal | None:
        """Return one cell: 0 where its row was left empty, None where nobody filed."""
        return self.cells.get((table, item, measure), Decimal(0)) if self.companies else None

    def balance(self, item: str = "total") -> Decimal | None:
        """Return the balance of an item at the month's end."""
        return self.cell("balances", item, "balance")

    def loans(self, item: str = "total") -> Decimal | None:
        """Return in how many loans 笔 an item's balance stands."""
        return self.cell("balances", item, "number")

    def flow(self, measure: str, item: str = "total") -> Decimal | None:
        """Return what was ``granted`` or ``collected`` (``…_year``: since January)."""
        return self.cell("flows", item, measure)

    def amount(self, item: str) -> Decimal | None:
        """Return an amount of capital, funds or accounts."""
        return self.cell("amounts", item, "amount")

    def indicator(self, item: str) -> Decimal | None:
        """Return a rate in % or a number, as the item says."""
        return self.cell("indicators", item, "value")

    def __add__(self, other: "MicroloanFigures") -> "MicroloanFigures":
        """Add up; what belongs to one company alone is left out."""
        cells: dict[Cell, Decimal] = {}
        for cell in (*self.cells, *(each for each in other.cells if each not in self.cells)):
            if cell[1] not in OF_ONE_COMPANY:
                cells[cell] = self.cells.get(cell, Decimal(0)) + other.cells.get(cell, Decimal(0))
        return MicroloanFigures(cells, self.companies + other.companies)

    @property
    def borrowing_ratio(self) -> Ratio:
        """融资比例 = borrowings from banks / net capital (银监发〔2008〕23号: ≤ 50%)."""
        return Ratio(self.amount("bank_borrowings"), self.amount("net_capital"))

    @property
    def single_borrower_ratio(self) -> Ratio:
        """单户集中度 = the largest borrower's balance / net capital; of one company only."""
        return Ratio(self.amount("largest_borrower"), self.amount("net_capital"))

    @property
    def single_group_ratio(self) -> Ratio:
        """The largest borrower with affiliates / net capital; of one company only."""
        return Ratio(self.amount("largest_group"), self.amount("net_capital"))

    @property
    def agricultural_share(self) -> Ratio:
        """涉农占比 = agricultural / all loans."""
        return Ratio(self.balance("agricultural"), self.balance())

    @property
    def small_share(self) -> Ratio:
        """小额占比 = loans of up to 500,000 yuan / all loans."""
        return Ratio(_sum(map(self.balance, SMALL)), self.balance())

    @property
    def npl(self) -> Decimal | None:
        """不良贷款 = substandard + doubtful + loss."""
        return _sum(map(self.balance, BAD))

    @property
    def npl_ratio(self) -> Ratio:
        """不良率 = NPL / all loans."""
        return Ratio(self.npl, self.balance())

    @property
    def provision_ratio(self) -> Ratio:
        """资产损失准备充足率 = provisions held / required (银监发〔2008〕23号: ≥ 100%)."""
        return Ratio(self.amount("provisions_held"), self.amount("provisions_required"))

    @property
    def rate(self) -> Ratio:
        """新发放加权平均年利率 = Σ(amount × rate) / Σ amount of the month's new loans."""
        return Ratio(self.indicator("new_loan_interest"), self.flow("granted"))

    @property
    def average_loan(self) -> Ratio:
        """笔均余额 = balance / number of loans; a quotient in 万元."""
        return Ratio(self.balance(), self.loans())


def add_up(figures: Iterable[MicroloanFigures]) -> MicroloanFigures:
    """Return the sum of several groups' figures; of none, figures without a cell."""
    return sum(figures, start=MicroloanFigures())


def turnover(now: MicroloanFigures, year_start: MicroloanFigures | None) -> Ratio:
    """贷款周转 = granted this year / average balance of year start and now; in times."""
    before = None if year_start is None else year_start.balance()
    return Ratio(now.flow("granted_year"), _average(before, now.balance()))


def return_on_assets(now: MicroloanFigures, year_start: MicroloanFigures | None) -> Ratio:
    """平均资产收益率 = net profit of the year / average assets, not annualised."""
    before = None if year_start is None else year_start.amount("total_assets")
    return Ratio(now.amount("net_profit"), _average(before, now.amount("total_assets")))


def return_on_equity(now: MicroloanFigures, year_start: MicroloanFigures | None) -> Ratio:
    """平均股东权益收益率 = net profit of the year / average equity, not annualised."""
    before = None if year_start is None else year_start.amount("equity")
    return Ratio(now.amount("net_profit"), _average(before, now.amount("equity")))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; None if any value is not known."""
    found = list(values)
    return None if None in found else sum(found, Decimal(0))


def _average(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if before is None or now is None else (before + now) / 2
