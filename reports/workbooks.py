"""A report as a workbook: the key figures, then a sheet for every table and chart."""

import io
from typing import Any

from core.ratio import Ratio
from core.tabular import Column, Sheet, write_xlsx
from core.text import Text
from reports.content import Content, KeyFigures, LineChart, Section, Table, Value, bare, shown


def workbook(content: Content, language: str) -> bytes:
    """Return the XLSX of a report. Numbers stay numbers; nothing is left empty."""
    file = io.BytesIO()
    write_xlsx(file, [_sheet(each, content, language) for each in _sheets(content)], language)
    return file.getvalue()


def _sheets(content: Content) -> list[Section]:
    return [each for each in content.sections if isinstance(each, KeyFigures | Table | LineChart)]


def _sheet(section: Section, content: Content, language: str) -> Sheet:
    title = section.title.in_language(language)
    asked = "；".join(
        f"{label.in_language(language)}：{value.in_language(language)}"
        for label, value in content.asked
    )
    notes = [f"{content.title.in_language(language)} — {title}", asked]
    if isinstance(section, KeyFigures):
        return Sheet(title, *_key_figures(section, language), notes=notes)
    if isinstance(section, LineChart):
        return Sheet(title, *_chart(section, language), notes=notes)
    if section.unit.zh:
        notes.append(section.unit.in_language(language))
    rows = [
        [
            _value(value, column, language)
            for value, column in zip(row, section.columns, strict=True)
        ]
        for row in section.rows
    ]
    return Sheet(title, section.columns, rows, notes=notes)


def _key_figures(section: KeyFigures, language: str) -> tuple[list[Column], list[list[Any]]]:
    columns = [
        Column("figure", Text("指标", "Figure"), width=30),
        Column("value", Text("数值", "Value"), width=18),
        Column("unit", Text("单位", "Unit"), width=12),
        Column("note", Text("说明", "Note"), width=40),
    ]
    rows = [
        [
            each.label.in_language(language),
            shown(each.value, each.kind, language),
            each.unit.in_language(language),
            each.note.in_language(language),
        ]
        for each in section.figures
    ]
    return columns, rows


def _chart(section: LineChart, language: str) -> tuple[list[Column], list[list[Any]]]:
    columns = [Column("label", Text("日期", "Date"), width=14)]
    columns += [Column(f"series_{n}", each.name, "money") for n, each in enumerate(section.series)]
    rows = [
        [label, *(each.values[place] for each in section.series)]
        for place, label in enumerate(section.labels)
    ]
    return columns, rows


def _value(value: Value, column: Column, language: str) -> Any:
    value = bare(value)
    if isinstance(value, Ratio):
        return value.percent if column.kind == "percent" else shown(value, column.kind, language)
    if isinstance(value, Text):
        return value.in_language(language)
    if value is None and not column.numeric:
        return "—"
    return value
