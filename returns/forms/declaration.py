"""How a form is declared: once, as data.

From a ``Form`` come the prefilled workbook, the parser, the grid, the API schema, the data
dictionary and the checks' documentation. Nothing here knows Django or a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.text import Text

if TYPE_CHECKING:
    from returns.checking.check import Check


class Unit(StrEnum):
    """What a measure counts."""

    MONEY = "万元"
    HOUSEHOLDS = "户"
    ITEMS = "笔"
    HOUSES = "家"
    PERCENT = "%"
    AS_ROW = "按行"  # the row's own label names its unit


class MeasureKind(StrEnum):
    """How a measure behaves over time."""

    STOCK = "stock"  # 期末余额: stands at the period's end
    FLOW = "flow"  # 发生额: happened within the period
    CUMULATIVE = "cumulative"  # 累计: since the first of January
    COUNT = "count"  # 户数 at the period's end


MEASURE_KIND_LABELS = {
    MeasureKind.STOCK: Text("余额（时点）", "balance (stock)"),
    MeasureKind.FLOW: Text("发生额（本期）", "flow of the period"),
    MeasureKind.CUMULATIVE: Text("本年累计", "cumulative since January"),
    MeasureKind.COUNT: Text("数目", "count"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures. ``minimum`` and ``maximum`` are inclusive, in the measure's unit."""

    name: str
    label: Text
    unit: Unit
    kind: MeasureKind
    help: Text
    scale: int = 2
    starts_from: str = ""  # "december.balance": the earlier figure that it begins with
    minimum: int = 0
    maximum: int = 10**10  # far above the country's loans; keeps every sum within 64 bits

    @property
    def is_integer(self) -> bool:
        return self.scale == 0


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column of codes. ``codes`` maps each code to its name; its order is the code's number.

    A dimension whose codes live in the database names its ``source`` instead
    (``prefectures``); ``returns.checking.context`` supplies the codes.
    """

    name: str
    label: Text
    help: Text
    codes: Mapping[str, Text] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a form: one sheet of the workbook, one list of the API's payload."""

    name: str
    title: Text
    sheet: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    required: bool = True
    fixed: bool = False  # its rows are a list of items that is always printed whole

    @cached_property
    def columns(self) -> dict[str, "Dimension | Measure"]:
        """Dimensions, then measures, by name."""
        return {each.name: each for each in (*self.dimensions, *self.measures)}

    @property
    def item(self) -> Dimension:
        """The dimension of a table of items."""
        return self.dimensions[0]

    @cached_property
    def labels(self) -> dict[str, Text]:
        return {name: each.label for name, each in self.columns.items()}


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a return is due: ``days`` after the period's end, moved to a working day.

    ``by_number`` says other days for some periods of the year (half-years fall due at the
    end of July and of February).
    """

    days: int
    source: Text
    by_number: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class KeyFigure:
    """A total shown wherever a return is listed: a measure summed where a code matches."""

    name: str
    label: Text
    table: str
    measure: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A form 报表. ``checks`` run in the order given; the whole policy reads on one page."""

    code: str
    version: str
    title: Text
    period_kind: str
    due: DueRule
    filers: tuple[str, ...]
    tables: tuple[Table, ...]
    key_figures: tuple[KeyFigure, ...] = ()
    checks: "tuple[Check, ...]" = ()
    instructions: tuple[Text, ...] = ()
    views: tuple[str, ...] = ()  # dimensions by which a reviewer may group the first table
    watched: tuple[str, ...] = ()  # measures whose moves a reviewer sees; none: all
    note: Text = field(default_factory=lambda: Text("", ""))
    source: Text = field(default_factory=lambda: Text("", ""))  # of what its columns ask

    def table(self, name: str) -> Table:
        """Return the table called ``name``; KeyError if there is none."""
        return self._tables[name]

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}

    @property
    def lines(self) -> Table:
        """The first table: what counts as the return's lines."""
        return self.tables[0]

    def column(self, table: str, name: str) -> Any:
        """Return the dimension or measure ``name`` of ``table``."""
        return self._tables[table].columns[name]
