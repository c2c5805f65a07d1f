"""A document from its sections."""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from core.pdf.charts import Bars, BarsFlowable, Chart, ChartFlowable
from core.pdf.fonts import BODY, HEADING, PLAIN, TITLE, balanced, escaped, register
from core.pdf.layout import (
    LANDSCAPE_HEIGHT,
    LANDSCAPE_WIDTH,
    PORTRAIT_HEIGHT,
    PORTRAIT_WIDTH,
    Document,
    HeadingLine,
    Together,
)
from core.pdf.maps import MapFigure, MapFlowable
from core.pdf.pictures import PictureFlowable
from core.pdf.sections import Figures, Heading, LetterLine, Prose, TablePart
from core.pdf.tables import FEW, size_for, table
from core.pictures.shapes import Picture
from core.tabular.cells import CHINA

Section = Heading | Prose | LetterLine | Figures | TablePart | MapFigure | Chart | Bars | Picture
WHOLE = 170.0  # a table lower than this is not parted


def _style(name: str, font: str, size: float, **more: Any) -> ParagraphStyle:
    options = {"fontName": font, "fontSize": size, "leading": size * 1.6, "wordWrap": "CJK"}
    return ParagraphStyle(name, **{**options, **more})


CHINESE = {
    "title": _style("title", TITLE, 22, alignment=TA_CENTER, leading=31, spaceAfter=7),
    "subtitle": _style("subtitle", BODY, 12, alignment=TA_CENTER, spaceAfter=12),
    "heading1": _style("heading1", HEADING, 14, leading=21, spaceBefore=13, spaceAfter=6),
    "heading2": _style("heading2", BODY, 14, leading=21, spaceBefore=8, spaceAfter=4),
    "body": _style(
        "body", BODY, 14, alignment=TA_JUSTIFY, leading=24, firstLineIndent=28, spaceAfter=3
    ),
    "small": _style("small", PLAIN, 8, leading=12.5, spaceBefore=2, spaceAfter=2),
    "caption": _style("caption", HEADING, 10, leading=14, spaceBefore=8, spaceAfter=2),
}
EM = PORTRAIT_WIDTH / 28  # 每行28字
LINE = PORTRAIT_HEIGHT / 22  # 每面22行
_LETTER = {"fontSize": EM - 0.02, "leading": LINE - 0.02}


def _letter_style(role: str, font: str = BODY, **more: Any) -> ParagraphStyle:
    return _style(f"letter-{role}", font, EM, **{**_LETTER, **more})


# A letter's text is Chinese in every language.
LETTER = {
    "recipients": _letter_style("recipients", spaceBefore=LINE),
    "body": _letter_style("body", alignment=TA_JUSTIFY, firstLineIndent=2 * EM),
    "heading1": _letter_style("heading1", HEADING, firstLineIndent=2 * EM),
    "heading2": _letter_style("heading2", firstLineIndent=2 * EM),
    "annexes": _letter_style("annexes", leftIndent=2 * EM, spaceBefore=LINE, keepWithNext=1),
    "more": _letter_style("more", leftIndent=2 * EM, keepWithNext=1),
    "signature": _letter_style(
        "signature", alignment=TA_RIGHT, rightIndent=4 * EM, spaceBefore=2 * LINE, keepWithNext=1
    ),
    "date": _letter_style("date", alignment=TA_RIGHT, rightIndent=4 * EM),
}
# Latin words are not broken, nor their letters spread; paragraphs are set flush left.
LATIN = {
    name: ParagraphStyle(f"{name}-latin", parent=style, wordWrap=None)
    for name, style in CHINESE.items()
}
LATIN["body"] = ParagraphStyle(
    "body-latin",
    parent=LATIN["small"],
    fontSize=10.5,
    leading=16,
    alignment=TA_LEFT,
    spaceBefore=6,
    spaceAfter=4,
)
LATIN["subtitle"].fontName = PLAIN
LATIN["subtitle"].fontSize = 10.5
LATIN["heading2"].fontName = HEADING
LATIN["heading2"].fontSize = 12


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
    """Return the PDF. Equal input gives equal bytes, whatever the hour of ``now``'s day.

    ``footer`` (as-of date, fingerprint; the day of ``now`` is added) and ``label`` (demo data)
    stand on every page. ``metadata`` sets the file's ``subject``, ``keywords`` or ``author``.
    """
    register()
    styles = LATIN if language.startswith("en") else CHINESE
    even = balanced(title, TITLE, styles["title"].fontSize, PORTRAIT_WIDTH)
    words = escaped(even, TITLE).replace("\n", "<br/>")
    story: list[Flowable] = [Paragraph(words, styles["title"])]
    if subtitle:
        style = styles["subtitle"]
        story.append(Paragraph(escaped(subtitle, style.fontName), style))
    builder = _Builder(styles, language)
    groups = list(_grouped(sections))
    begins_lying = builder.begin(groups)
    for heads, section in groups:
        story += builder.group(heads, section)
    file = io.BytesIO()
    printed = (now.astimezone(CHINA) if now.tzinfo else now).date()
    document = Document(
        file,
        title=title,
        footer=footer,
        label=label,
        language=language,
        printed=printed,
        begins_lying=begins_lying,
    )
    for name, value in (metadata or {}).items():
        setattr(document, name, value)
    document.build(story)
    return file.getvalue()


def _grouped(sections: Iterable[Section]) -> Iterable[tuple[list[Heading], Section | None]]:
    """Pair each section with the headings that stand over it."""
    heads: list[Heading] = []
    for section in sections:
        if isinstance(section, Heading):
            heads.append(section)
        else:
            yield heads, section
            heads = []
    if heads:
        yield heads, None


def _stays(section: Section | None) -> bool:
    """Whether a section is too small to turn a lying paper for."""
    if isinstance(section, TablePart):
        return len(section.rows) <= FEW
    return section is None or isinstance(section, Prose | Figures)


class _Builder:
    """Turns sections into flowables, and turns the paper when a table needs it."""

    def __init__(self, styles: Mapping[str, ParagraphStyle], language: str) -> None:
        self.styles, self.language = styles, language
        self.lying = False

    @property
    def breadth(self) -> float:
        return LANDSCAPE_WIDTH if self.lying else PORTRAIT_WIDTH

    @property
    def page_height(self) -> float:
        return LANDSCAPE_HEIGHT if self.lying else PORTRAIT_HEIGHT

    def begin(self, groups: Sequence[tuple[list[Heading], Section | None]]) -> bool:
        """Whether the first page lies on its side: where little stands above a wide table."""
        first = next((each for _, each in groups if not isinstance(each, Figures)), None)
        self.lying = self._wide(first)
        return self.lying

    def group(self, heads: Sequence[Heading], section: Section | None) -> list[Flowable]:
        """Return what ``section`` and its headings need, on paper that lies as it should."""
        turned = self._turned(section)
        if not turned and any(each.fresh for each in heads):
            turned = [PageBreak()]
        above: list[Flowable] = [self._heading(each) for each in heads]
        if isinstance(section, MapFigure | Chart | Bars | Picture):
            if not isinstance(section, Picture):
                above += self._text(section.title, "caption", HEADING)
            return [*turned, Together(above, self._drawing(section), self.page_height)]
        body = self._body(section, heads[-1].text if heads else "")
        if isinstance(section, LetterLine) and not above:
            # The end of a letter stays together by its styles; a heading keeps two lines of text,
            # and one more heading between, below it.
            room = [CondPageBreak(4 * LINE)] if section.role.startswith("heading") else []
            return [*turned, *room, *body]
        need = sum(self._needed(each) for each in above)
        need += self._first_need(section, body)
        return [*turned, CondPageBreak(min(need, self.page_height)), *above, *body]

    def _turned(self, section: Section | None) -> list[Flowable]:
        wide = self._wide(section)
        if wide == self.lying or (self.lying and _stays(section)):
            return []
        self.lying = wide
        return [NextPageTemplate("landscape" if wide else "portrait"), PageBreak()]

    def _wide(self, section: Section | None) -> bool:
        return isinstance(section, TablePart) and (
            size_for(section, PORTRAIT_WIDTH, self.language) is None
        )

    def _heading(self, heading: Heading) -> Flowable:
        style = self.styles["heading1" if heading.level == 1 else "heading2"]
        text = escaped(heading.text, style.fontName)
        return HeadingLine(text, style, outline=heading.text, level=heading.level - 1)

    def _drawing(self, section: MapFigure | Chart | Bars | Picture) -> Any:
        if isinstance(section, Picture):
            return PictureFlowable(section, self.breadth)
        if isinstance(section, MapFigure):
            return MapFlowable(section, self.breadth, self.language)
        if isinstance(section, Chart):
            return ChartFlowable(section, self.breadth)
        return BarsFlowable(section, self.breadth)

    def _text(self, text: str, style: str, font: str) -> list[Flowable]:
        return [Paragraph(escaped(text, font), self.styles[style])] if text else []

    def _body(self, section: Section | None, under: str) -> list[Flowable]:
        if isinstance(section, Prose):
            style = self.styles["small" if section.small else "body"]
            return [Paragraph(escaped(section.text, style.fontName), style)]
        if isinstance(section, LetterLine):
            style = LETTER[section.role]
            return [Paragraph(escaped(section.text, style.fontName), style)]
        if isinstance(section, Figures):
            return [figures(section, self.breadth, self.styles["small"]), Spacer(1, 8)]
        if isinstance(section, TablePart):
            return self._table(section, under)
        return []

    def _table(self, part: TablePart, under: str) -> list[Flowable]:
        if part.rows:
            found: list[Flowable] = [table(part, self.breadth, self.language, under=under)]
        else:
            body = self.styles["body"]
            found = self._text(part.title, "caption", HEADING)
            found += self._text(part.empty, "body", body.fontName)
        return [*found, *self._text(part.note, "small", PLAIN), Spacer(1, 6)]

    def _needed(self, flowable: Flowable) -> float:
        _, height = flowable.wrap(self.breadth, self.page_height)
        return height + flowable.getSpaceBefore() + flowable.getSpaceAfter()

    def _first_need(self, section: Section | None, body: Sequence[Flowable]) -> float:
        """Height below which starting here would leave a heading, or two rows, alone."""
        if isinstance(section, Prose | LetterLine):
            return min(50.0, self._needed(body[0]))
        height = sum(self._needed(each) for each in body)
        return height if height <= WHOLE else 95.0


def figures(section: Figures, breadth: float, small: ParagraphStyle) -> Table:
    """Big figures, at most four in a row, with as few empty places as can be."""
    count = max(1, len(section.figures))
    across = count if count <= 4 else min((4, 3), key=lambda each: -count % each)
    tiles: list[Any] = [_tile(*each, small) for each in section.figures]
    tiles += [""] * (-len(tiles) % across)
    rows = [tiles[place : place + across] for place in range(0, len(tiles), across)]
    return Table(
        rows or [[""]],
        colWidths=[breadth / across] * across,
        style=TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 1.2, "#1d5fa8"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, "#9fb0c0"),
                ("LINEBEFORE", (1, 0), (-1, -1), 0.4, "#c4ced8"),
                ("BACKGROUND", (0, 0), (-1, -1), "#f7f9fb"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ]
        ),
    )


def _tile(label: str, figure: str, unit: str, note: str, small: ParagraphStyle) -> list[Flowable]:
    big = _style("big", HEADING, 17, leading=22)
    text = f'{escaped(figure, HEADING)}<font size="8"> {escaped(unit, PLAIN)}</font>'
    parts = [Paragraph(escaped(label, PLAIN), small), Paragraph(text, big)]
    if note:
        parts.append(Paragraph(escaped(note, PLAIN), small))
    return parts
