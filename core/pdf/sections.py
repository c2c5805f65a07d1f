"""The parts of a PDF, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.tabular import Column


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、 in 黑体, level 2 （一） in 楷体. ``fresh`` begins a new page."""

    text: str
    level: int = 1
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A line of an official letter: 28 characters wide, 22 lines a page (GB/T 9704-2012, 5.2)."""

    text: str
    role: Literal[
        "recipients", "body", "heading1", "heading2", "annexes", "more", "signature", "date"
    ] = "body"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of body text; ``small`` for notes."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Big figures in a row: (label, figure, unit, note)."""

    figures: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table of finished strings. ``strong`` are positions of subtotal rows.

    ``tints`` maps (row, column) to a colour. A table wider than a portrait page goes onto
    landscape pages by itself.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    unit: str = ""
    note: str = ""
    strong: frozenset[int] = frozenset()
    tints: tuple[tuple[int, int, str], ...] = ()
    empty: str = ""
