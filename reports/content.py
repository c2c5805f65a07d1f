"""What a report says, before it is a page, a PDF or a workbook.

A report's ``content`` turns its computed figures into these parts once; every rendering
shows the same parts. Texts are declared in both languages.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from core.ratio import Ratio
from core.tabular import Column, formats
from core.text import Text

NO_TEXT = Text("", "")
NONE = Text("无。", "None.")
KEY_FIGURES = Text("主要数字", "Key figures")
LETTER = Text("正文", "Text")
Tone = Literal["", "good", "bad", "warn", "info", "opened", "established", "pipeline", "none"]
Value = Any  # None, str, int, Decimal, date, Ratio (shown n/N), Text or Cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the figure it opens to (lineage), a state's colour, or a page's address."""

    value: Value
    figure: str = ""
    tone: Tone = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A big figure. ``value`` is already in ``unit``; ``note`` stands small below it.

    ``key`` names it for machines where its English label would change with what is asked.
    """

    label: Text
    value: Value
    kind: str = "integer"
    unit: Text = NO_TEXT
    note: Text = NO_TEXT
    figure: str = ""
    tone: Tone = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The row of big figures at the top."""

    figures: Sequence[KeyFigure]
    key: str = "key-figures"
    title: Text = KEY_FIGURES


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one value per column in each row. ``totals`` counts total rows at the end."""

    key: str
    title: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    unit: Text = NO_TEXT
    note: Text = NO_TEXT
    totals: int = 0
    empty: Text = NONE


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A prefecture on the map: its tone, and a letter so that colour never stands alone."""

    code: str
    name: Text
    tone: Tone
    letter: Text
    text: Text
    figure: str = ""


@dataclass(frozen=True, slots=True)
class MapView:
    """A map of the prefectures; ``legend`` lists (tone, letter, meaning)."""

    title: Text
    places: Sequence[MapPlace]
    legend: Sequence[tuple[Tone, Text, Text]]
    key: str = "map"


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart; None leaves a gap."""

    name: Text
    values: Sequence[Decimal | int | None]
    dashed: bool = False
    step: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over time."""

    key: str
    title: Text
    labels: Sequence[str]
    series: Sequence[Series]
    unit: Text = NO_TEXT
    from_zero: bool = True
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``shown`` is what people read beside it; without a value there is no bar."""

    name: Text
    value: Decimal | int | None
    shown: str
    figure: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, such as a distribution over grades."""

    key: str
    title: Text
    bars: Sequence[Bar]
    unit: Text = NO_TEXT
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A place of a flow diagram; ``colour`` by its tone."""

    key: str
    name: Text
    tone: Tone = "info"
    figure: str = ""


@dataclass(frozen=True, slots=True)
class FlowLink:
    """How many went from one place to another."""

    source: str
    target: str
    value: int
    tone: Tone = "good"
    figure: str = ""


@dataclass(frozen=True, slots=True)
class FlowDiagram:
    """What went from the places on the left to those on the right; widths are numbers."""

    key: str
    title: Text
    left: Sequence[FlowNode]
    right: Sequence[FlowNode]
    links: Sequence[FlowLink]
    heads: tuple[Text, Text] = (NO_TEXT, NO_TEXT)
    unit: Text = NO_TEXT
    note: Text = NO_TEXT
    empty: Text = NONE


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A band of a funnel; ``between`` stands in the gap to the next."""

    name: Text
    value: int
    between: Text = NO_TEXT
    figure: str = ""
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps in order, each as wide as its number."""

    key: str
    title: Text
    steps: Sequence[FunnelStep]
    unit: Text = NO_TEXT
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter: a paragraph (level 0) or a heading (1, 2), in words and figures."""

    level: int
    pieces: Sequence[str | Cell]


@dataclass(frozen=True, slots=True)
class Letter:
    """The official text of a report, as its authors wrote it; tables after it are annexes."""

    recipients: str
    lines: Sequence[Line]
    signatory: str
    signed_on: datetime.date | None
    key: str = "letter"
    title: Text = LETTER


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of the report."""

    text: Text
    key: str = "text"
    title: Text = NO_TEXT


Section = (
    KeyFigures | Table | MapView | LineChart | BarChart | FlowDiagram | Funnel | Paragraph | Letter
)


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report: title, what was asked, its sections in order, notes at the end."""

    title: Text
    as_of: datetime.date
    asked: Sequence[tuple[Text, Text]]
    sections: Sequence[Section]
    notes: Sequence[Text] = field(default_factory=tuple)

    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [each for each in self.sections if isinstance(each, Table)]


def bare(value: Value) -> Value:
    """The value inside a cell."""
    return value.value if isinstance(value, Cell) else value


def shown(value: Value, kind: str, language: str) -> str:
    """Return ``value`` as people read it, by the column's kind; nothing reads "—"."""
    value = bare(value)
    if value is None:
        return formats.NOTHING
    if isinstance(value, Ratio):
        return _ratio(value, kind)
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, datetime.date):
        return formats.day(value, language)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _number(value, kind)
    return str(value)


def _ratio(value: Ratio, kind: str) -> str:
    if kind == "percent":
        return formats.percent_value(value.percent)
    if value.numerator is None or value.denominator is None:
        return formats.NOTHING
    return f"{formats.count(int(value.numerator))}/{formats.count(int(value.denominator))}"


def _number(value: int | Decimal, kind: str) -> str:
    if kind == "percent":
        return formats.percent_value(Decimal(value))
    if kind == "money":
        return formats.money(value)
    return formats.count(value) if value == int(value) else f"{Decimal(value):,.2f}"
