"""Which figure each dated limit bounds: the watch list's own table.

The limits themselves are dated rules; a code that has no value in force is not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from core.figures.reading import Cell
from core.queries.rules import RulesOnDay
from core.ratio import Ratio
from core.rules.limits import Limit
from core.text import Text
from returns.forms import form as form_of


class Figures(Protocol):
    """What one institution filed."""

    def cell(self, table: str, item: str, measure: str) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Bounded:
    """A figure that a rule bounds: a cell, or its ratio to another (``under``).

    ``factor`` is a rule that the limit is multiplied by. Of an ``optional`` cell 0 means that
    there was nothing to judge: no new loan, no lending bank.
    """

    rule: str
    over: Cell
    under: Cell | None = None
    factor: str = ""
    optional: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.over,) if self.under is None else (self.over, self.under)

    def measured(self, figures: Figures) -> Ratio | Decimal | None:
        """The figure as it is judged, by its exact parts."""
        top = figures.cell(*self.over)
        if self.under is None:
            return None if self.optional and not top else top
        return Ratio(top, figures.cell(*self.under))


def _amount(item: str) -> Cell:
    return "amounts", item, "amount"


def _indicator(item: str) -> Cell:
    return "indicators", item, "value"


NET_CAPITAL, EQUITY = _amount("net_capital"), _amount("equity")
BORROWED, LARGEST = _amount("bank_borrowings"), _amount("largest_borrower")
BENCHMARK = "pboc.loan-rate-1y"
MICROLOAN: tuple[Bounded, ...] = (
    Bounded("microloan.borrowing-ratio-max", BORROWED, NET_CAPITAL),
    Bounded("microloan.borrowing-equity-max", BORROWED, EQUITY),
    Bounded("microloan.lending-banks-max", _indicator("lending_banks"), optional=True),
    Bounded("microloan.single-borrower-max", LARGEST, NET_CAPITAL),
    Bounded("microloan.single-borrower-equity-max", LARGEST, EQUITY),
    Bounded("microloan.single-group-equity-max", _amount("largest_group"), EQUITY),
    Bounded("microloan.single-borrower-amount-max", LARGEST),
    Bounded("microloan.rate-multiple-max", _indicator("highest_rate"), factor=BENCHMARK,
            optional=True),
    Bounded("microloan.rate-multiple-min", _indicator("lowest_rate"), factor=BENCHMARK,
            optional=True),
    Bounded("microloan.provision-min", _amount("provisions_held"),
            _amount("provisions_required")),
)  # fmt: skip

NET_ASSETS = _amount("net_assets")
LIABILITY: Cell = ("business", "financing", "liability")
GUARANTEE: tuple[Bounded, ...] = (
    Bounded("guarantee.leverage-max", LIABILITY, NET_ASSETS),
    Bounded("guarantee.single-party-max", _amount("largest_party"), NET_ASSETS),
    Bounded("guarantee.affiliates-max", _amount("largest_with_affiliates"), NET_ASSETS),
    Bounded("guarantee.bond-party-max", _amount("largest_bond_party"), NET_ASSETS),
    Bounded("guarantee.other-investment-max", _amount("other_investments"), NET_ASSETS),
    Bounded("guarantee.unearned-premium-min", _amount("unearned_premium_reserve"),
            _amount("premium_income")),
    Bounded("guarantee.compensation-reserve-min", _amount("compensation_reserve"), LIABILITY),
)  # fmt: skip


def cells_of(bounds: Sequence[Bounded]) -> set[Cell]:
    """Every cell that the limits look at."""
    return {cell for each in bounds for cell in each.cells}


def limit_of(bounded: Bounded, rules: RulesOnDay, *, form: str, prefecture: str) -> Limit | None:
    """The limit in force for a place, or None where no rule bounds the figure."""
    rule = rules.get(bounded.rule, prefecture_code=prefecture)
    if rule is None:
        return None
    value, unit, title = rule.value, rule.unit, Text(rule.title, rule.title_en)
    if bounded.factor:
        factor = rules.get(bounded.factor, prefecture_code=prefecture)
        if factor is None:
            return None
        table, item, _measure = bounded.over
        name = form_of(form).table(table).item.codes[item]
        said = f"{rule.value.normalize():f} × {factor.value.normalize():f}%"
        bare = Text(name.zh.removesuffix("（%）"), name.en.removesuffix(" (%)"))
        title = Text(f"{bare.zh}（{said}）", f"{bare.en} ({said})")
        value, unit = value * factor.value, factor.unit
    # A percentage that is filed as such is bounded as it stands: it is no quotient to scale.
    filed = bounded.under is None and unit == "%"
    return Limit(
        code=rule.code,
        title=title,
        value=value,
        unit=f"{unit} " if filed else unit,
        comparator=rule.comparator,
        source=rule.source,
        article=rule.article,
        scope=rule.scope,
        law=rule.certainty != "L",
    )
