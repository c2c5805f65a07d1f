"""A report as an official-looking PDF."""

import datetime

from django.conf import settings

from core.pdf import (
    Bars,
    Chart,
    Figures,
    Heading,
    LetterLine,
    Line,
    MapFigure,
    MapShade,
    Prose,
    TablePart,
    build_pdf,
)
from core.pictures import Picture
from core.text import Text
from reports.content import (
    NO_TEXT,
    BarChart,
    Cell,
    Content,
    FlowDiagram,
    Funnel,
    KeyFigures,
    Letter,
    LineChart,
    MapView,
    Paragraph,
    Section,
    Table,
    shown,
)
from reports.letter import addressed, annex_lines, annexes, letter_of, numbered, signature, words
from reports.numerals import chinese
from reports.palette import COLOURS, TINTS
from reports.pictures import picture_of

Part = Heading | Prose | LetterLine | Figures | TablePart | MapFigure | Chart | Picture
DEMO = Text("演示数据：机构与数字均为虚构", "Demo data: institutions and figures are invented")
SCHEMATIC = Text("示意图，不作为划界依据", "Schematic, not a basis for boundaries")
APPROVAL = Text("审图号：{number}", "map approval {number}")
NOTES = Text("说明", "Notes")
COLON = Text("：", ": ")
ANNEX = Text("附件", "Annex ")


def pdf(content: Content, language: str, *, now: datetime.datetime, fingerprint: str = "") -> bytes:
    """Return the PDF of a report. Equal content gives equal bytes.

    A report that is a letter is set as one, its tables as annexes.
    """
    letter = letter_of(content)
    asked = [
        f"{label.in_language(language)}{COLON.in_language(language)}{value.in_language(language)}"
        for label, value in content.asked
    ]
    mark = f" · SHA-256 {fingerprint}" if fingerprint else ""
    return build_pdf(
        title=content.title.in_language(language),
        subtitle="" if letter else " · ".join(asked[:3]),
        sections=_letter(letter, content, language) if letter else _parts(content, language),
        language=language,
        now=now,
        footer=" · ".join(asked[:3]) + mark,
        label=DEMO.in_language(language) if settings.DEMO_DATA else "",
    )


def _letter(letter: Letter, content: Content, language: str) -> list[Part]:
    """主送, body, 附件, 署名 and date, Chinese in any language; then a sheet for each annex."""
    roles = {0: "body", 1: "heading1", 2: "heading2"}
    parts: list[Part] = []
    if letter.recipients:
        parts.append(LetterLine(addressed(letter), "recipients"))
    for line, number in numbered(letter.lines):
        text = number + "".join(words(piece) for piece in line.pieces)
        parts.append(LetterLine(text, roles[line.level]))
    parts += [
        LetterLine(each, "annexes" if place == 0 else "more")
        for place, each in enumerate(annex_lines(content))
    ]
    parts += [
        LetterLine(each, "signature" if place == 0 else "date")
        for place, each in enumerate(signature(letter))
    ]
    for place, table in enumerate(annexes(content), start=1):
        title = table.title.in_language(language)
        parts.append(Heading(f"{ANNEX.in_language(language)}{place}　{title}", fresh=True))
        parts += _part(table, language)
    return parts


def _parts(content: Content, language: str) -> list[Part]:
    parts: list[Part] = []
    number = 0
    for section in content.sections:
        if isinstance(section, KeyFigures | Paragraph):
            parts += _part(section, language)
            continue
        parts.append(Heading(f"{_numeral(number, language)}{section.title.in_language(language)}"))
        number += 1
        parts += _part(section, language)
    if content.notes:
        parts.append(Heading(f"{_numeral(number, language)}{NOTES.in_language(language)}"))
        parts += [
            Prose(f"{place}. {note.in_language(language)}", small=True)
            for place, note in enumerate(content.notes, start=1)
        ]
    return parts


def _numeral(place: int, language: str) -> str:
    if language.startswith("en"):
        return f"{place + 1}. "
    return f"{chinese(place + 1)}、"


def _part(section: Section, language: str) -> list[Part]:
    if isinstance(section, KeyFigures):
        return [_figures(section, language)]
    if isinstance(section, Paragraph):
        return [Prose(section.text.in_language(language))]
    if isinstance(section, MapView):
        return [_map(section, language)]
    if isinstance(section, LineChart):
        return _chart(section, language)
    if isinstance(section, BarChart):
        return _bars(section, language)
    if isinstance(section, FlowDiagram | Funnel):
        return _picture(section, language)
    return [_table(section, language)]


def _figures(section: KeyFigures, language: str) -> Figures:
    return Figures(
        [
            (
                each.label.in_language(language),
                shown(each.value, each.kind, language),
                each.unit.in_language(language),
                each.note.in_language(language),
            )
            for each in section.figures
        ]
    )


def _map(section: MapView, language: str) -> MapFigure:
    note = SCHEMATIC.in_language(language)
    if settings.MAP_APPROVAL_NUMBER:
        approval = APPROVAL.format(number=settings.MAP_APPROVAL_NUMBER)
        note += Text(f"；{approval.zh}", f"; {approval.en}").in_language(language)
    return MapFigure(
        shades={
            each.code: MapShade(
                each.name.in_language(language),
                COLOURS[each.tone],
                each.letter.in_language(language),
            )
            for each in section.places
        },
        legend=[
            (COLOURS[tone], letter.in_language(language), meaning.in_language(language))
            for tone, letter, meaning in section.legend
        ],
        note=note,
    )


def _chart(section: LineChart, language: str) -> list[Part]:
    chart = Chart(
        title="",
        labels=list(section.labels),
        lines=[
            Line(
                each.name.in_language(language),
                [None if value is None else float(value) for value in each.values],
                dashed=each.dashed,
                step=each.step,
            )
            for each in section.series
        ],
        unit=section.unit.in_language(language),
        from_zero=section.from_zero,
    )
    if section.note == NO_TEXT:
        return [chart]
    return [chart, Prose(section.note.in_language(language), small=True)]


def _bars(section: BarChart, language: str) -> list[Part]:
    bars = Bars(
        title="",
        bars=[
            (
                each.name.in_language(language),
                None if each.value is None else float(each.value),
                each.shown,
            )
            for each in section.bars
        ],
    )
    if section.note == NO_TEXT:
        return [bars]
    return [bars, Prose(section.note.in_language(language), small=True)]


def _picture(section: FlowDiagram | Funnel, language: str) -> list[Part]:
    if isinstance(section, FlowDiagram) and not any(each.value for each in section.links):
        return [Prose(section.empty.in_language(language))]
    found: list[Part] = [picture_of(section, language)]
    if section.note != NO_TEXT:
        found.append(Prose(section.note.in_language(language), small=True))
    return found


def _table(section: Table, language: str) -> TablePart:
    count = len(section.rows)
    return TablePart(
        title="",
        columns=section.columns,
        rows=[
            [
                shown(value, column.kind, language)
                for value, column in zip(row, section.columns, strict=True)
            ]
            for row in section.rows
        ],
        unit=section.unit.in_language(language),
        note=section.note.in_language(language),
        strong=frozenset(range(count - section.totals, count)),
        tints=tuple(
            (row, column, TINTS[value.tone])
            for row, values in enumerate(section.rows)
            for column, value in enumerate(values)
            if isinstance(value, Cell) and value.tone in TINTS
        ),
        empty=section.empty.in_language(language),
    )
