"""The prefilled workbook of one institution and one period, built from the form's declaration."""

import datetime
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import xlsxwriter

from core.models import Institution, Period
from core.naming import named
from core.text import Text
from returns.checking.columns import TableData
from returns.checking.context import Context
from returns.checking.load import load_context
from returns.forms.declaration import Form, Table
from returns.intake.meta import META_SHEET, marks
from returns.workbook.guide import write_guide
from returns.workbook.look import styles
from returns.workbook.starting import carried, starting_keys

LISTS_SHEET = "_lists"
FIRST_ROW = 5  # of the data, counted from 0: title, place, units, labels, codes come first
SPARE_ROWS = 50  # none below a table of items: it is whole
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def build_workbook(
    *,
    form: Form,
    institution: Institution,
    period: Period,
    now: datetime.datetime,
    language: str = "zh-hans",
    context: Context | None = None,
    prefill: Mapping[str, TableData] | None = None,
) -> bytes:
    """Return the XLSX file to fill in.

    Keys come from last period's lines, else from the institution's active prefectures and
    all codes; figures at the year's start come from last December. ``prefill`` puts the
    figures of an examination in, line for line, instead.
    """
    context = context or load_context(form=form, institution=institution, period=period, now=now)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    look = styles(book)
    book.set_properties({"title": form.title.zh, "subject": f"{institution.name} {period}"})
    write_guide(book, look, form, institution, period, language)
    place = f"{institution.name}　{named(period, language)}"
    for table in form.tables:
        data = prefill.get(table.name) if prefill else None
        _Sheet(book, look, table, context, language, place).write(data)
    _write_lists(book, context, language)
    _write_marks(book, marks(
        form=form, institution=institution.code, period=period.code, issued_at=now,
    ))  # fmt: skip
    book.worksheets()[1].activate()
    book.close()
    return buffer.getvalue()


class _Sheet:
    """One data sheet while it is written."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        look: Mapping[str, Any],
        table: Table,
        context: Context,
        language: str,
        place: str,
    ) -> None:
        self.sheet = book.add_worksheet(table.sheet)
        self.look, self.table, self.context = look, table, context
        self.language, self.place = language, place

    def write(self, data: TableData | None) -> None:
        keys, figures = self._rows(data)
        self._header()
        last = FIRST_ROW + len(keys) + (0 if self.table.fixed else SPARE_ROWS) - 1
        self._body(keys, figures)
        self._spare_rows(FIRST_ROW + len(keys), last)
        self._validations(FIRST_ROW, last)
        self._page(last)

    def _header(self) -> None:
        sheet, look, table = self.sheet, self.look, self.table
        units = Text("单位：见第三行；白色单元格填写", "Units in row 3; fill the white cells")
        sheet.set_row(0, 28)
        sheet.write(0, 0, table.title.in_language(self.language), look["title"])
        sheet.write(1, 0, self.place, look["subtitle"])
        sheet.write(1, 6, units.in_language(self.language), look["subtitle"])
        sheet.set_row(3, 34)
        for place, (name, each) in enumerate(table.columns.items()):
            unit = str(getattr(each, "unit", "")) or Text("代码", "code")
            unit = named(unit, self.language)
            sheet.write(2, place, unit, look["unit"])
            sheet.write(3, place, each.label.in_language(self.language), look["label"])
            sheet.write(4, place, name, look["code"])

    def _rows(self, data: TableData | None) -> tuple[list[list[str]], dict[str, list[Any]]]:
        """Return the key words of each row, and the figures already known by measure."""
        if data is not None and self.table.fixed:
            return self._items(data)
        if data is not None:
            places = [data[d.name] for d in self.table.dimensions]
            figures = {m.name: _decimals(data, m.name, m.scale) for m in self.table.measures}
            return self._words(places), figures
        places = starting_keys(self.table, self.context)
        scales = {measure.name: measure.scale for measure in self.table.measures}
        known = carried(self.table, self.context, places)
        figures = {n: [v / 10 ** scales[n] for v in column.tolist()] for n, column in known.items()}
        return self._words(places), figures

    def _items(self, data: TableData) -> tuple[list[list[str]], dict[str, list[Any]]]:
        """Every item of the table in order, with the figures of those that were sent."""
        places = np.arange(len(self.table.item.codes))
        at = {place: line for line, place in enumerate(data[self.table.item.name].tolist())}
        figures = {}
        for measure in self.table.measures:
            known = _decimals(data, measure.name, measure.scale)
            figures[measure.name] = [
                known[at[place]] if place in at else None for place in places.tolist()
            ]
        return self._words([places]), figures

    def _words(self, places: list[np.ndarray]) -> list[list[str]]:
        words = [code_words(self.context, d.name, self.language) for d in self.table.dimensions]
        columns = [
            [known[place] for place in column.tolist()]
            for known, column in zip(words, places, strict=True)
        ]
        return [list(row) for row in zip(*columns, strict=True)]

    def _body(self, keys: list[list[str]], figures: Mapping[str, list[Any]]) -> None:
        sheet, key_look = self.sheet, self.look["key"]
        formats = [self.look[str(measure.scale)] for measure in self.table.measures]
        filled = [figures.get(measure.name) for measure in self.table.measures]
        start = len(self.table.dimensions)
        for number, words in enumerate(keys):
            row = FIRST_ROW + number
            for column, word in enumerate(words):
                sheet.write_string(row, column, word, key_look)
            for column, (values, look) in enumerate(zip(filled, formats, strict=True), start):
                if values is None or values[number] is None:
                    sheet.write_blank(row, column, None, look)
                else:
                    sheet.write_number(row, column, values[number], look)

    def _spare_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            for column, each in enumerate(self.table.columns.values()):
                look = self.look[str(getattr(each, "scale", "spare"))]
                self.sheet.write_blank(row, column, None, look)

    def _validations(self, first: int, last: int) -> None:
        for place, dimension in enumerate(self.table.dimensions):
            column = list(self.context.codes).index(dimension.name)
            letter, count = chr(65 + column), len(self.context.codes[dimension.name])
            self.sheet.data_validation(
                first, place, last, place,
                {"validate": "list", "source": f"={LISTS_SHEET}!${letter}$1:${letter}${count}",
                 "error_title": dimension.label.in_language(self.language)[:32],
                 "error_message": dimension.help.in_language(self.language)[:255]},
            )  # fmt: skip
        helps = {}
        for measure in self.table.measures:
            unit = named(str(measure.unit), self.language)
            helps[measure.name] = f"{measure.help.in_language(self.language)} [{unit}]"
        for place, measure in enumerate(self.table.measures, len(self.table.dimensions)):
            self.sheet.data_validation(
                first, place, last, place,
                {"validate": "integer" if measure.is_integer and measure.maximum < 2**31
                 else "decimal",
                 "criteria": "between", "minimum": measure.minimum, "maximum": measure.maximum,
                 "input_title": measure.label.in_language(self.language)[:32],
                 "input_message": helps[measure.name][:255],
                 "error_message": f"{measure.minimum} – {measure.maximum}"},
            )  # fmt: skip

    def _page(self, last: int) -> None:
        sheet, keys = self.sheet, len(self.table.dimensions)
        widths = {"prefecture": 16, "size": 16, "industry": 30}
        for place, name in enumerate(self.table.columns):
            width = 40 if self.table.fixed and not place else 14
            sheet.set_column(place, place, widths.get(name, width))
        sheet.freeze_panes(FIRST_ROW, keys)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True,
                           "sort": True, "select_locked_cells": True})  # fmt: skip
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2, 4)
        sheet.print_area(0, 0, last, len(self.table.columns) - 1)
        sheet.set_footer("&L&A&C&P / &N&R&D")
        sheet.hide_gridlines(2)


def code_words(context: Context, dimension: str, language: str) -> list[str]:
    """Return a dimension's codes with their names, such as ``440100 广州市``."""
    names = context.names[dimension]
    return [f"{code} {names[code].in_language(language)}" for code in context.codes[dimension]]


def _decimals(data: TableData, name: str, scale: int) -> list[float]:
    """Return a column as the doubles nearest to its decimals, which read back exactly."""
    return [value / 10**scale for value in data[name].tolist()]


def _write_lists(book: xlsxwriter.Workbook, context: Context, language: str) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    for column, name in enumerate(context.codes):
        sheet.write_column(0, column, code_words(context, name, language))
    sheet.very_hidden()


def _write_marks(book: xlsxwriter.Workbook, found: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(META_SHEET)
    for row, (name, value) in enumerate(found.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect()
    sheet.very_hidden()
