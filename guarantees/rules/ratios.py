"""The indicators of guarantee agencies, each with numerator, denominator and definition.

Source: domain facts 5.3 (S47, S48, S49 read, others M). A ratio over nothing has no value and
prints "—", never 0. Two ratios are called loss ratio; both carry their full names. Pure.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.ratio import Ratio
from core.text import Text

Cell = tuple[str, str, str]  # table, item, measure
OF_ONE_AGENCY = frozenset(
    {"largest_party", "largest_with_affiliates", "largest_bond_party", "ten_largest"}
)
RESERVES = ("unearned_premium_reserve", "compensation_reserve", "general_risk_reserve")


@dataclass(frozen=True)
class GuaranteeFigures:
    """The cells of one agency, or of ``agencies`` of them added up, in one period. 万元."""

    cells: Mapping[Cell, Decimal] = field(default_factory=dict)
    agencies: int = 0

    def cell(self, table: str, item: str, measure: str) -> Decimal | None:
        """One cell: 0 where its row was left empty, None where nobody filed."""
        return self.cells.get((table, item, measure), Decimal(0)) if self.agencies else None

    def business(self, measure: str, item: str = "total") -> Decimal | None:
        return self.cell("business", item, measure)

    def compensation(self, measure: str, item: str = "total") -> Decimal | None:
        return self.cell("compensation", item, measure)

    def amount(self, item: str) -> Decimal | None:
        return self.cell("amounts", item, "amount")

    @property
    def reserves(self) -> Decimal | None:
        """未到期 + 赔偿 + 一般风险准备金."""
        values = [self.amount(item) for item in RESERVES]
        return None if None in values else sum(values, Decimal(0))

    def __add__(self, other: "GuaranteeFigures") -> "GuaranteeFigures":
        """Add up; what belongs to one agency alone is left out."""
        cells: dict[Cell, Decimal] = {}
        for cell in {**self.cells, **other.cells}:
            if cell[1] not in OF_ONE_AGENCY:
                cells[cell] = self.cells.get(cell, Decimal(0)) + other.cells.get(cell, Decimal(0))
        return GuaranteeFigures(cells, self.agencies + other.agencies)


def add_up(figures: Iterable[GuaranteeFigures]) -> GuaranteeFigures:
    """The sum of several groups' figures; of none, figures without a cell."""
    return sum(figures, start=GuaranteeFigures())


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its names, definition and unit, and how it is computed.

    ``unit`` is ``%`` or ``倍``; ``certainty`` as in the rules (H read, M not read).
    """

    code: str
    name: Text
    definition: Text
    unit: str
    certainty: str
    of: Callable[[GuaranteeFigures], Ratio]
    single: bool = False  # of one agency only: never of a sum


def _minus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b


def _plus(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a + b


def _indicators() -> Iterable[Indicator]:
    yield Indicator(
        "compensation-ratio",
        Text("担保代偿率", "Compensation ratio"),
        Text("本年累计担保代偿额 ÷ 本年累计解除担保额",
             "compensated this year / released this year"),
        "%", "H",
        lambda f: Ratio(f.compensation("compensated_year"), f.business("released_year")),
    )  # fmt: skip
    yield Indicator(
        "financing-compensation-ratio",
        Text("融资性担保代偿率", "Financing compensation ratio"),
        Text("本年累计融资性代偿额 ÷ 本年累计解除融资性担保额",
             "financing compensated / financing released, this year"),
        "%", "H",
        lambda f: Ratio(
            f.compensation("compensated_year", "financing"),
            f.business("released_year", "financing"),
        ),
    )  # fmt: skip
    yield Indicator(
        "cumulative-compensation-ratio",
        Text("累计代偿率", "Cumulative compensation ratio"),
        Text("开业以来代偿额 ÷ 开业以来解除担保额", "compensated / released, since opening"),
        "%", "H",
        lambda f: Ratio(f.compensation("compensated_ever"), f.compensation("released_ever")),
    )  # fmt: skip
    yield Indicator(
        "recovery-ratio",
        Text("代偿回收率（追偿率）", "Recovery ratio"),
        Text("本年累计代偿回收额 ÷（年初代偿余额 + 本年累计代偿额）",
             "recovered this year / (balance at year start + compensated this year)"),
        "%", "H",
        lambda f: Ratio(
            f.compensation("recovered_year"),
            _plus(f.compensation("year_start"), f.compensation("compensated_year")),
        ),
    )  # fmt: skip
    yield Indicator(
        "guarantee-loss-ratio",
        Text("担保损失率（核销额 ÷ 解除担保额）", "Guarantee loss ratio (written off / released)"),
        Text("本年累计担保损失额（核销）÷ 本年累计解除担保额",
             "written off this year / released this year"),
        "%", "M",
        lambda f: Ratio(f.compensation("written_off_year"), f.business("released_year")),
    )  # fmt: skip
    yield Indicator(
        "compensation-loss-ratio",
        Text("代偿损失率（未收回额 ÷ 代偿额）", "Compensation loss ratio (unrecovered / paid)"),
        Text("（代偿额 − 代偿收回额）÷ 代偿额，本年累计",
             "(compensated − recovered) / compensated, this year"),
        "%", "H",
        lambda f: Ratio(
            _minus(f.compensation("compensated_year"), f.compensation("recovered_year")),
            f.compensation("compensated_year"),
        ),
    )  # fmt: skip
    yield Indicator(
        "leverage",
        Text("放大倍数（责任余额 ÷ 净资产）", "Leverage (liability / net assets)"),
        Text("融资性担保责任余额 ÷ 净资产", "financing liability / net assets"),
        "倍", "M",
        lambda f: Ratio(f.business("liability", "financing"), f.amount("net_assets")),
    )  # fmt: skip
    yield Indicator(
        "leverage-in-force",
        Text("放大倍数（在保余额 ÷ 净资产）", "Leverage (in force / net assets)"),
        Text("融资性担保在保余额 ÷ 净资产", "financing guarantees in force / net assets"),
        "倍", "M",
        lambda f: Ratio(f.business("closing", "financing"), f.amount("net_assets")),
    )  # fmt: skip
    yield Indicator(
        "reserve-coverage",
        Text("拨备覆盖率", "Reserve coverage"),
        Text("担保准备金合计 ÷ 担保代偿余额", "reserves / compensation balance"),
        "%", "M",
        lambda f: Ratio(f.reserves, f.compensation("closing")),
    )  # fmt: skip
    yield Indicator(
        "reserve-ratio",
        Text("准备金率", "Reserve ratio"),
        Text("担保准备金合计 ÷ 融资性担保责任余额", "reserves / financing liability"),
        "%", "M",
        lambda f: Ratio(f.reserves, f.business("liability", "financing")),
    )  # fmt: skip
    for code, item, name, words in (
        ("single-party", "largest_party", Text("单户集中度", "Single-party concentration"),
         Text("最大单户担保责任余额 ÷ 净资产", "largest party / net assets")),
        ("affiliates", "largest_with_affiliates",
         Text("单户及关联方集中度", "Concentration with affiliates"),
         Text("最大单户及关联方责任余额 ÷ 净资产", "largest party with affiliates / net assets")),
        ("ten-largest", "ten_largest", Text("前十大客户集中度", "Ten largest parties"),
         Text("前十大客户责任余额 ÷ 净资产", "ten largest parties / net assets")),
    ):  # fmt: skip
        yield Indicator(code, name, words, "%", "M", _to_net_assets(item), single=True)


def _to_net_assets(item: str) -> Callable[[GuaranteeFigures], Ratio]:
    return lambda f: Ratio(f.amount(item), f.amount("net_assets"))


INDICATORS: Mapping[str, Indicator] = {each.code: each for each in _indicators()}


def premium_rate(figures: GuaranteeFigures, months: Iterable[GuaranteeFigures]) -> Ratio:
    """综合费率 = premium income this year / average of the months' guarantees in force."""
    balances = [each.business("closing") for each in months]
    known = [each for each in balances if each is not None]
    if not known:
        return Ratio(figures.amount("premium_income"), None)
    return Ratio(figures.amount("premium_income"), sum(known, Decimal(0)) / len(known))
