"""A report's content shaped for the page: formatted texts, links of figures, chart data."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.templatetags.static import static

from core.pictures import svg
from core.text import Text
from reports.content import (
    BarChart,
    Cell,
    Content,
    FlowDiagram,
    Funnel,
    KeyFigure,
    KeyFigures,
    Letter,
    LineChart,
    MapView,
    Paragraph,
    Section,
    Table,
    Value,
    shown,
)
from reports.letter import addressed, numbered, signature, words
from reports.palette import COLOURS
from reports.pictures import picture_of

Link = Callable[[str], str]  # figure → address of its lineage
TILES = {"good": "green", "bad": "red", "warn": "amber"}


def sections(content: Content, language: str, link: Link) -> list[dict[str, Any]]:
    """Return each section as what the template needs, in order.

    A chart that follows the map stands beside it.
    """
    found: list[dict[str, Any]] = []
    for each in content.sections:
        shaped = _section(each, language, link)
        if shaped["kind"] == "linechart" and found and found[-1]["kind"] == "mapview":
            found[-1] = {"kind": "pair", "key": "map-pair", "first": found[-1], "second": shaped}
        else:
            found.append(shaped)
    return found


def _section(section: Section, language: str, link: Link) -> dict[str, Any]:
    common = {
        "kind": type(section).__name__.lower(),
        "key": section.key,
        "title": section.title.in_language(language),
    }
    if isinstance(section, KeyFigures):
        return common | {"tiles": [tile(each, language, link) for each in section.figures]}
    if isinstance(section, Table):
        return common | table_data(section, language, link)
    if isinstance(section, MapView):
        return common | map_data(section, language, link)
    if isinstance(section, LineChart):
        return common | chart_data(section, language)
    if isinstance(section, BarChart):
        return common | bar_data(section, language, link)
    if isinstance(section, FlowDiagram | Funnel):
        return common | picture_data(section, language, link)
    if isinstance(section, Letter):
        return common | letter_data(section, link)
    return common | {"text": _said(section, language)}


def letter_data(letter: Letter, link: Link) -> dict[str, Any]:
    """The lines of a letter with their numbers, figures as links."""
    return {
        "recipients": addressed(letter),
        "lines": [
            {
                "level": line.level,
                "number": number,
                "pieces": [
                    {
                        "text": words(piece),
                        "url": link(piece.figure) if isinstance(piece, Cell) else "",
                    }
                    for piece in line.pieces
                ],
            }
            for line, number in numbered(letter.lines)
        ],
        "signature": signature(letter),
    }


def picture_data(section: FlowDiagram | Funnel, language: str, link: Link) -> dict[str, Any]:
    """A picture as SVG; its numbers stand in a table of the report too."""
    empty = isinstance(section, FlowDiagram) and not any(each.value for each in section.links)
    picture = picture_of(section, language, link)
    return {
        "kind": "picture",
        "unit": section.unit.in_language(language),
        "note": section.note.in_language(language),
        "picture": "" if empty else svg(picture, section.title.in_language(language)),
        "empty": section.empty.in_language(language) if empty else "",
    }


def bar_data(chart: BarChart, language: str, link: Link) -> dict[str, Any]:
    """Bars in percent of the longest, with their figures and links."""
    most = max((each.value for each in chart.bars if each.value), default=0)
    return {
        "unit": chart.unit.in_language(language),
        "note": chart.note.in_language(language),
        "bars": [
            {
                "name": each.name.in_language(language),
                "shown": each.shown,
                "length": round(Decimal(each.value) / Decimal(most) * 100) if each.value else 0,
                "tone": each.tone,
                "url": link(each.figure) if each.figure else "",
            }
            for each in chart.bars
        ],
    }


def _said(section: Paragraph, language: str) -> str:
    return section.text.in_language(language)


def tile(figure: KeyFigure, language: str, link: Link) -> dict[str, Any]:
    """A big figure as ``components/figure_tile.html`` takes it."""
    return {
        "label": figure.label.in_language(language),
        "figure": shown(figure.value, figure.kind, language),
        "unit": figure.unit.in_language(language),
        "note": figure.note.in_language(language),
        "tone": TILES.get(figure.tone, ""),
        "url": link(figure.figure) if figure.figure else "",
    }


def table_data(table: Table, language: str, link: Link) -> dict[str, Any]:
    """The table's cells as texts with their links and tones."""
    first_total = len(table.rows) - table.totals
    return {
        "columns": [
            {"label": column.heading(language), "numeric": column.numeric}
            for column in table.columns
        ],
        "rows": [
            {
                "total": number >= first_total,
                "cells": [
                    _cell(value, column.kind, column.numeric, language, link)
                    for value, column in zip(row, table.columns, strict=True)
                ],
            }
            for number, row in enumerate(table.rows)
        ],
        "unit": table.unit.in_language(language),
        "note": table.note.in_language(language),
        "empty": table.empty.in_language(language),
        "long": len(table.rows) > 30,
    }


def _cell(value: Value, kind: str, numeric: bool, language: str, link: Link) -> dict[str, Any]:
    cell = value if isinstance(value, Cell) else Cell(value)
    url = cell.url or (link(cell.figure) if cell.figure else "")
    return {
        "text": shown(cell.value, kind, language),
        "numeric": numeric,
        "tone": cell.tone,
        "url": url,
    }


def map_data(view: MapView, language: str, link: Link) -> dict[str, Any]:
    """The map: chart data for the picture, places and legend for the words beside it."""
    places = [
        {
            "name": place.name.zh,  # the outlines are named in Chinese
            "label": f"{_short(place.name, language)} {place.letter.in_language(language)}",
            "text": place.text.in_language(language),
            "colour": COLOURS[place.tone],
            "url": link(place.figure) if place.figure else "",
        }
        for place in view.places
    ]
    legend = [
        {
            "tone": tone,
            "letter": letter.in_language(language),
            "meaning": meaning.in_language(language),
        }
        for tone, letter, meaning in view.legend
    ]
    outlines = static("maps/guangdong_prefectures.geo.json")
    return {"data": {"outlines": outlines, "places": places}, "legend": legend}


def _short(name: Text, language: str) -> str:
    return name.in_language(language).removesuffix("市")


def chart_data(chart: LineChart, language: str) -> dict[str, Any]:
    """Lines for the picture, and the same points as rows of a table."""
    data = {
        "labels": list(chart.labels),
        "unit": chart.unit.in_language(language),
        "fromZero": chart.from_zero,
        "series": [
            {
                "name": each.name.in_language(language),
                "values": [None if value is None else float(value) for value in each.values],
                "dashed": each.dashed,
                "step": each.step,
            }
            for each in chart.series
        ],
    }
    rows = [
        [label, *(_point(each.values[place], language) for each in chart.series)]
        for place, label in enumerate(chart.labels)
    ]
    return {"data": data, "points": rows, "note": chart.note.in_language(language)}


def _point(value: Decimal | int | None, language: str) -> str:
    return shown(value, "number", language)
