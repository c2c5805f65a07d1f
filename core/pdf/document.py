"""A document from its sections: pages after GB/T 9704-2012 (paper, margins, page numbers)."""

import datetime
import io
from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from core.pdf.charts import Chart, ChartFlowable
from core.pdf.fonts import BODY, HEADING, PLAIN, TITLE, escaped, register, width
from core.pdf.maps import MapFigure, MapFlowable
from core.pdf.sections import Figures, Heading, Prose, TablePart
from core.pdf.tables import natural_widths, table

Section = Heading | Prose | Figures | TablePart | MapFigure | Chart
TOP, LEFT, RIGHT, BOTTOM = 37 * mm, 28 * mm, 26 * mm, 35 * mm
PORTRAIT_WIDTH = A4[0] - LEFT - RIGHT
LANDSCAPE_WIDTH = A4[1] - 25 * mm - 25 * mm


def _style(name: str, font: str, size: float, **more: Any) -> ParagraphStyle:
    options = {"fontName": font, "fontSize": size, "leading": size * 1.6, "wordWrap": "CJK"}
    return ParagraphStyle(name, **{**options, **more})


STYLES = {
    "title": _style("title", TITLE, 20, alignment=TA_CENTER, leading=28, spaceAfter=6),
    "subtitle": _style("subtitle", BODY, 12, alignment=TA_CENTER, spaceAfter=12),
    "heading1": _style("heading1", HEADING, 13.5, spaceBefore=12, spaceAfter=5),
    "heading2": _style("heading2", BODY, 12.5, spaceBefore=8, spaceAfter=4),
    "body": _style("body", BODY, 12, alignment=TA_JUSTIFY, firstLineIndent=24, spaceAfter=3),
    "small": _style("small", PLAIN, 8, leading=12, spaceBefore=2, spaceAfter=2),
    "table_title": _style("table_title", HEADING, 10, leading=14, spaceBefore=8),
}


def build_pdf(
    *,
    title: str,
    sections: Iterable[Section],
    language: str,
    now: datetime.datetime,
    subtitle: str = "",
    footer: str = "",
    label: str = "",
    metadata: Mapping[str, str] | None = None,
) -> bytes:
    """Return the PDF. Equal input gives equal bytes.

    ``footer`` (as-of date, fingerprint) and ``label`` (demo data) stand on every page.
    """
    register()
    story: list[Flowable] = [Paragraph(escaped(title, TITLE), STYLES["title"])]
    if subtitle:
        story.append(Paragraph(escaped(subtitle), STYLES["subtitle"]))
    lying = False
    for section in sections:
        wide = isinstance(section, TablePart) and _is_wide(section, language)
        if wide != lying and not (lying and isinstance(section, Heading | Prose)):
            story += [NextPageTemplate("landscape" if wide else "portrait"), PageBreak()]
            lying = wide
        story += _flowables(section, LANDSCAPE_WIDTH if lying else PORTRAIT_WIDTH, language)
    file = io.BytesIO()
    document = _Document(file, title=title, footer=footer, label=label, language=language)
    for name, value in (metadata or {}).items():
        setattr(document, name, value)
    document.build(story)
    return file.getvalue()


def _is_wide(part: TablePart, language: str) -> bool:
    return sum(natural_widths(part, language)) > PORTRAIT_WIDTH * 1.12


def _flowables(section: Section, breadth: float, language: str) -> list[Flowable]:
    if isinstance(section, Heading):
        style = STYLES["heading1" if section.level == 1 else "heading2"]
        return [CondPageBreak(150), Paragraph(escaped(section.text, style.fontName), style)]
    if isinstance(section, Prose):
        style = STYLES["small" if section.small else "body"]
        return [Paragraph(escaped(section.text, style.fontName), style)]
    if isinstance(section, Figures):
        return [_figures(section, breadth), Spacer(1, 6)]
    if isinstance(section, MapFigure):
        return [KeepTogether([*_caption(section.title), MapFlowable(section, breadth)])]
    if isinstance(section, Chart):
        return [KeepTogether([*_caption(section.title), ChartFlowable(section, breadth)])]
    return _table(section, breadth, language)


def _caption(title: str) -> list[Flowable]:
    if not title:
        return []
    return [Paragraph(escaped(title, HEADING), STYLES["table_title"]), Spacer(1, 2)]


def _table(part: TablePart, breadth: float, language: str) -> list[Flowable]:
    found: list[Flowable] = [CondPageBreak(110)]
    title = Paragraph(escaped(part.title, HEADING), STYLES["table_title"])
    if part.unit:
        room = width(part.unit, PLAIN, 8) + 6
        bar = Table(
            [[title, part.unit]],
            colWidths=[breadth - room, room],
            style=TableStyle(
                [
                    ("FONT", (1, 0), (1, 0), PLAIN, 8),
                    ("ALIGN", (1, 0), (1, 0), "RIGHT"),
                    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ]
            ),
        )
        found.append(bar)
    elif part.title:
        found += [title, Spacer(1, 3)]
    if part.rows:
        found.append(table(part, breadth, language))
    elif part.empty:
        found.append(Paragraph(escaped(part.empty), STYLES["body"]))
    if part.note:
        found.append(Paragraph(escaped(part.note, PLAIN), STYLES["small"]))
    found.append(Spacer(1, 6))
    return found


def _figures(section: Figures, breadth: float) -> Table:
    """Big figures, at most four in a row."""
    across = min(4, max(1, len(section.figures)))
    tiles = [_tile(*each) for each in section.figures]
    while len(tiles) % across:
        tiles.append("")
    rows = [tiles[place : place + across] for place in range(0, len(tiles), across)]
    return Table(
        rows,
        colWidths=[breadth / across] * across,
        style=TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.6, "#9fb0c0"),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, "#c4ced8"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ]
        ),
    )


def _tile(label: str, figure: str, unit: str, note: str) -> list[Flowable]:
    small = STYLES["small"]
    big = _style("big", HEADING, 15, leading=19)
    parts = [
        Paragraph(escaped(label, PLAIN), small),
        Paragraph(f'{escaped(figure, HEADING)}<font size="8"> {escaped(unit, PLAIN)}</font>', big),
    ]
    if note:
        parts.append(Paragraph(escaped(note, PLAIN), small))
    return parts


class _Document(BaseDocTemplate):
    """Portrait and landscape pages; page numbers odd right, even left."""

    def __init__(self, file: Any, *, title: str, footer: str, label: str, language: str) -> None:
        super().__init__(
            file,
            pagesize=A4,
            title=title,
            author="SME financing-support tracker",
            invariant=1,
            pageCompression=1,
            lang="en" if language.startswith("en") else "zh-CN",
        )
        self.footer, self.label = footer, label
        none = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        upright = Frame(LEFT, BOTTOM, PORTRAIT_WIDTH, A4[1] - TOP - BOTTOM, **none)
        lying = Frame(25 * mm, 28 * mm, LANDSCAPE_WIDTH, A4[0] - 28 * mm - 25 * mm, **none)
        self.addPageTemplates(
            [
                PageTemplate("portrait", [upright], onPage=self._page, pagesize=A4),
                PageTemplate("landscape", [lying], onPage=self._page, pagesize=landscape(A4)),
            ]
        )

    def _page(self, pen: Any, document: Any) -> None:
        breadth, height = pen._pagesize
        margin = LEFT if breadth < height else 25 * mm
        low = (BOTTOM if breadth < height else 28 * mm) - 7 * mm - 10
        pen.saveState()
        pen.setFont(PLAIN, 12)
        text = f"— {document.page} —"
        if document.page % 2:
            pen.drawRightString(breadth - margin - 12, low, text)
        else:
            pen.drawString(margin + 12, low, text)
        pen.setFont(PLAIN, 7)
        pen.setFillColorRGB(0.33, 0.38, 0.44)
        pen.drawString(margin, low - 16, self.footer)
        if self.label:
            pen.setFillColorRGB(0.7, 0.15, 0.12)
            pen.drawRightString(breadth - margin, height - 15 * mm, self.label)
        pen.restoreState()
