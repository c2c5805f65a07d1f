"""Tables of finished strings: a Paragraph per cell would cost nearly twice as much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, LongTable, TableStyle

from core.pdf.fonts import HEADING, PLAIN, balanced, width
from core.pdf.sections import TablePart
from core.text import Text

SIZES = (8.5, 8.0, 7.5)  # 小五 and a little below: what print stays readable at
TIGHT = (7.0, 6.5)  # 小六: a table of a few rows would rather shrink than turn the paper
FEW = 8  # rows
SMALLEST = 6.0  # for tables too wide even for a landscape page
PADDING = 4.0
TEXT_MOST, TEXT_LEAST = 150.0, 62.0  # room that text asks for, and what it can do with
SAMPLE = 400
TALLEST = 28  # lines of a row; more would not fit a landscape page
LINE, SOFT, HEAD = HexColor("#5b6b7b"), HexColor("#c4ced8"), HexColor("#e9eff5")
STRONG, INK = HexColor("#f3f6f9"), HexColor("#1c2733")
STRIP = 15.0  # height of the line above a table that holds its title and unit
CONTINUED = Text("续表", "continued")


@dataclass(frozen=True, slots=True)
class Want:
    """What a column asks for at size 1, without padding: all, comfortable, and the least."""

    full: float
    natural: float
    least: float


def wants(part: TablePart, language: str) -> list[Want]:
    """What each column asks for. Figures never break; short words neither; long text may."""
    found = []
    for place, column in enumerate(part.columns):
        heading = width(column.heading(language).replace("\n", ""), HEADING, 1)
        cells = [_cell_width(str(row[place]), n in part.strong) for n, row in _sampled(part)]
        widest = max(cells, default=0.0)
        full = max(heading, widest)
        if not column.numeric:
            widest = min(widest, TEXT_MOST / SIZES[0])
        whole = column.numeric or column.kind in ("date", "datetime")
        tight = widest if whole else min(widest, TEXT_LEAST / SIZES[0])
        broken = max(heading / 2 + 0.5, 3.0, _longest_word(column.heading(language)))
        found.append(Want(full, max(heading, widest), max(min(heading, broken), tight)))
    return found


def _sampled(part: TablePart) -> list[tuple[int, Sequence[str]]]:
    """The first rows and every total."""
    rows = list(enumerate(part.rows))
    return [*rows[:SAMPLE], *(each for each in rows[SAMPLE:] if each[0] in part.strong)]


def _cell_width(text: str, strong: bool) -> float:
    font = HEADING if strong else PLAIN
    return max(width(line, font, 1) for line in text.split("\n"))


def _longest_word(text: str) -> float:
    return max((width(word, HEADING, 1) for word in text.split() if word.isascii()), default=0)


def size_for(part: TablePart, breadth: float, language: str) -> float | None:
    """The size at which the table fits ``breadth``; None where it does not.

    A little smaller is better than cells broken over lines; broken better than turned paper. A
    table of a few rows shrinks further before it turns the paper for itself.
    """
    asked = wants(part, language)
    natural, least = sum(each.natural for each in asked), sum(each.least for each in asked)
    room = breadth - len(asked) * 2 * PADDING
    whole = (size for size in SIZES if natural * size <= room)
    broken = (*SIZES[1:], *TIGHT) if len(part.rows) <= FEW else SIZES[1:]
    return next(whole, None) or next((size for size in broken if least * size <= room), None)


def fitted(asked: Sequence[Want], size: float, breadth: float) -> list[float]:
    """Widths that fill ``breadth``: spare room goes to long text, then to all alike.

    Where room lacks it is taken from the columns that can give.
    """
    padding = 2 * PADDING
    natural = [each.natural * size + padding for each in asked]
    least = [each.least * size + padding for each in asked]
    spare = breadth - sum(natural)
    if spare >= 0:
        longing = [(each.full - each.natural) * size for each in asked]
        share = min(1.0, spare / sum(longing)) if any(longing) else 0.0
        rest = (spare - sum(longing) * share) / len(asked)
        return [a + b * share + rest for a, b in zip(natural, longing, strict=True)]
    give = sum(natural) - sum(least)
    share = min(1.0, -spare / give) if give else 1.0
    tight = [a - (a - b) * share for a, b in zip(natural, least, strict=True)]
    return [each * min(1.0, breadth / sum(tight)) for each in tight]


class HeadedTable(LongTable):
    """A table under a line with its title and unit; on further pages the line says 续表."""

    above: tuple[str, str, str] = ("", "", "")  # title, unit, what a further page says

    @property
    def strip(self) -> float:
        return STRIP if self.above[0] or self.above[1] else 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        breadth, height = super().wrap(available_width, available_height - self.strip)
        return breadth, height + self.strip

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts = super().split(available_width, available_height - self.strip)
        for place, part in enumerate(parts):
            part.above = self.above if place == 0 else (self.above[2], *self.above[1:])
        return parts

    def draw(self) -> None:
        super().draw()
        title, unit, _ = self.above
        self.canv.setFillColor(INK)
        self.canv.setFont(HEADING, 9.5)
        self.canv.drawString(0, self._height + 4.5, title)
        self.canv.setFont(PLAIN, 8)
        self.canv.drawRightString(self._width, self._height + 4.5, unit)


def table(part: TablePart, breadth: float, language: str, *, under: str = "") -> HeadedTable:
    """Return the flowable of a table, its heading repeated on every page.

    ``under`` is the heading that a table without a title of its own stands under: further
    pages name it.
    """
    asked = wants(part, language)
    size = size_for(part, breadth, language) or SMALLEST
    widths = fitted(asked, size, breadth)
    rooms = [each - 2 * PADDING + 0.1 for each in widths]
    head = [
        balanced(column.heading(language), HEADING, size, room)
        for column, room in zip(part.columns, rooms, strict=True)
    ]
    body: list[list[str]] = []
    sources: list[int] = []
    for place, row in enumerate(part.rows):
        font = HEADING if place in part.strong else PLAIN
        cells = [
            cell if len(cell) * size * 1.1 < room else balanced(cell, font, size, room)
            for cell, room in zip(map(str, row), rooms, strict=True)
        ]
        pieces = _pieces(cells)
        body += pieces
        sources += [place] * len(pieces)
    found = HeadedTable(
        [head, *body],
        colWidths=widths,
        repeatRows=1,
        splitByRow=1,
        style=TableStyle([*_style(size), *_marks(part, size, sources)]),
    )
    name = part.title or under
    mark = CONTINUED.in_language(language)
    more = f"{name} ({mark})" if language.startswith("en") else f"{name}（{mark}）"
    found.above = (part.title, part.unit, more if name else mark)
    return found


def _pieces(cells: list[str]) -> list[list[str]]:
    """A row taller than a page could not be placed: go on in rows below it."""
    if max((cell.count("\n") for cell in cells), default=0) < TALLEST:
        return [cells]
    lines = [cell.split("\n") for cell in cells]
    return [
        ["\n".join(each[start : start + TALLEST]) for each in lines]
        for start in range(0, max(map(len, lines)), TALLEST)
    ]


def _style(size: float) -> list[tuple[Any, ...]]:
    return [
        ("FONT", (0, 0), (-1, 0), HEADING, size, size * 1.3),
        ("FONT", (0, 1), (-1, -1), PLAIN, size, size * 1.3),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD),
        ("LINEABOVE", (0, 0), (-1, 0), 1, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, SOFT),
        ("LINEBELOW", (0, -1), (-1, -1), 1, LINE),
        ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 1, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]


def _marks(part: TablePart, size: float, sources: Sequence[int]) -> list[tuple[Any, ...]]:
    """Figures to the right, totals bold, states tinted."""
    style: list[tuple[Any, ...]] = [
        ("ALIGN", (place, 0), (place, -1), "RIGHT")
        for place, column in enumerate(part.columns)
        if column.numeric
    ]
    tints: dict[int, list[tuple[int, str]]] = {}
    for row, column, colour in part.tints:
        tints.setdefault(row, []).append((column, colour))
    for place, source in enumerate(sources, start=1):
        if source in part.strong:
            style.append(("BACKGROUND", (0, place), (-1, place), STRONG))
            style.append(("FONT", (0, place), (-1, place), HEADING, size, size * 1.3))
        for column, colour in tints.get(source, ()):
            style.append(("BACKGROUND", (column, place), (column, place), HexColor(colour)))
    return style
