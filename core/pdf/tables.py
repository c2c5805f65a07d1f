"""Tables of finished strings: a Paragraph per cell would cost nearly twice as much."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import LongTable, TableStyle

from core.pdf.fonts import HEADING, PLAIN, width, wrapped
from core.pdf.sections import TablePart

SIZE = 8.5
PADDING = 4.0
LINE, SOFT, HEAD = HexColor("#5b6b7b"), HexColor("#c4ced8"), HexColor("#e9eff5")
STRONG = HexColor("#f3f6f9")


def natural_widths(part: TablePart, language: str) -> list[float]:
    """The width each column wants: its longest cell, text bounded so that it wraps."""
    found = []
    for place, column in enumerate(part.columns):
        heading = max(
            width(line, HEADING, SIZE) for line in (column.heading(language).split("\n") or [""])
        )
        cells = [width(str(row[place]), PLAIN, SIZE) for row in part.rows[:400]] or [0]
        wide = max(cells)
        if not column.numeric:
            wide = min(wide, 150.0)
        found.append(max(min(heading, 70.0), wide) + 2 * PADDING + 1)
    return found


def fitted(widths: Sequence[float], breadth: float) -> list[float]:
    """Widths that fill ``breadth``: spare room is shared, want is taken from wide columns."""
    total = sum(widths)
    if total <= breadth:
        spare = (breadth - total) / len(widths)
        return [each + spare for each in widths]
    floor = breadth / len(widths) * 0.55
    give = sum(max(0.0, each - floor) for each in widths)
    cut = min(1.0, (total - breadth) / give) if give else 0.0
    return [each - max(0.0, each - floor) * cut for each in widths]


def table(part: TablePart, breadth: float, language: str) -> LongTable:
    """Return the flowable of a table, its heading repeated on every page."""
    widths = fitted(natural_widths(part, language), breadth)
    rooms = [each - 2 * PADDING for each in widths]
    head = [
        wrapped(column.heading(language), HEADING, SIZE, room)
        for column, room in zip(part.columns, rooms, strict=True)
    ]
    body = [
        [
            cell if len(cell) * SIZE < room else wrapped(cell, PLAIN, SIZE, room)
            for cell, room in zip(map(str, row), rooms, strict=True)
        ]
        for row in part.rows
    ]
    style = [
        ("FONT", (0, 0), (-1, 0), HEADING, SIZE, SIZE * 1.3),
        ("FONT", (0, 1), (-1, -1), PLAIN, SIZE, SIZE * 1.3),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD),
        ("LINEABOVE", (0, 0), (-1, 0), 1, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, SOFT),
        ("LINEBELOW", (0, -1), (-1, -1), 1, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    for place, column in enumerate(part.columns):
        if column.numeric:
            style.append(("ALIGN", (place, 0), (place, -1), "RIGHT"))
    for row in part.strong:
        style.append(("BACKGROUND", (0, row + 1), (-1, row + 1), STRONG))
        style.append(("FONT", (0, row + 1), (-1, row + 1), HEADING, SIZE, SIZE * 1.3))
    for row, column, colour in part.tints:
        style.append(("BACKGROUND", (column, row + 1), (column, row + 1), HexColor(colour)))
    return LongTable(
        [head, *body], colWidths=widths, repeatRows=1, style=TableStyle(style), splitByRow=1
    )
