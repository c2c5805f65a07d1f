"""A report as a workbook: the key figures, then a sheet for every table and chart."""

import io
from typing import Any

from core.ratio import Ratio
from core.tabular import Column, Sheet, write_xlsx
from core.text import Text
from reports.content import (
    BarChart,
    Content,
    FlowDiagram,
    Funnel,
    KeyFigures,
    LineChart,
    Section,
    Table,
    Value,
    bare,
    shown,
)

SHEETS = KeyFigures | Table | LineChart | BarChart | FlowDiagram | Funnel


def workbook(content: Content, language: str) -> bytes:
    """Return the XLSX of a report. Numbers stay numbers; nothing is left empty."""
    file = io.BytesIO()
    write_xlsx(file, [_sheet(each, content, language) for each in _sheets(content)], language)
    return file.getvalue()


def _sheets(content: Content) -> list[Section]:
    return [each for each in content.sections if isinstance(each, SHEETS)]


def _sheet(section: Section, content: Content, language: str) -> Sheet:
    title = section.title.in_language(language)
    asked = Text(
        "；".join(f"{label.zh}：{value.zh}" for label, value in content.asked),
        "; ".join(f"{label.en}: {value.en}" for label, value in content.asked),
    ).in_language(language)
    notes = [f"{content.title.in_language(language)} — {title}", asked]
    if isinstance(section, KeyFigures):
        return Sheet(title, *_key_figures(section, language), notes=notes)
    if isinstance(section, LineChart):
        return Sheet(title, *_chart(section, language), notes=notes)
    if isinstance(section, BarChart):
        return Sheet(title, *_bars(section, language), notes=notes)
    if isinstance(section, FlowDiagram):
        return Sheet(title, *_flows(section, language), notes=notes)
    if isinstance(section, Funnel):
        return Sheet(title, *_steps(section, language), notes=notes)
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


def _bars(section: BarChart, language: str) -> tuple[list[Column], list[list[Any]]]:
    columns = [
        Column("name", Text("项目", "Item"), width=24),
        Column("value", section.unit if section.unit.zh else Text("数值", "Value"), "integer"),
    ]
    return columns, [[each.name.in_language(language), each.value] for each in section.bars]


def _flows(section: FlowDiagram, language: str) -> tuple[list[Column], list[list[Any]]]:
    names = {e.key: e.name.in_language(language) for e in (*section.left, *section.right)}
    columns = [
        Column("from", Text("从", "From"), width=24),
        Column("to", Text("到", "To"), width=24),
        Column("value", section.unit if section.unit.zh else Text("数值", "Value"), "integer"),
    ]
    return columns, [[names[e.source], names[e.target], e.value] for e in section.links]


def _steps(section: Funnel, language: str) -> tuple[list[Column], list[list[Any]]]:
    columns = [
        Column("name", Text("项目", "Item"), width=24),
        Column("value", section.unit if section.unit.zh else Text("数值", "Value"), "integer"),
        Column("between", Text("到下一项", "To the next"), width=30),
    ]
    rows = [
        [e.name.in_language(language), e.value, e.between.in_language(language) or "—"]
        for e in section.steps
    ]
    return columns, rows


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
