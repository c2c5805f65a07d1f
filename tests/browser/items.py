"""A company's clerk at work on a form of items: the month before carried on, typed, spoilt."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import openpyxl

from returns.forms import form as form_of
from returns.forms.declaration import Form, Measure, MeasureKind
from tests.engine.filling import HEADER, saved

# Indicators of a month's own loans: a quiet month has none.
OF_THE_MONTH = ("highest_rate", "lowest_rate", "new_loan_interest", "loans_granted")


def next_period(last: Mapping[str, Any], period: str) -> dict[str, Any]:
    """A quiet month after the one filed: nothing new, the stocks and the year carried on."""
    form = form_of(last["form"])
    january = period.endswith("-01")
    tables = {
        name: [_quiet(form, name, row, january=january) for row in rows]
        for name, rows in last["tables"].items()
    }
    return {**last, "period": period, "tables": tables}


def _quiet(form: Form, table: str, row: Mapping[str, Any], *, january: bool) -> dict[str, Any]:
    measures = {each.name: each for each in form.table(table).measures}
    if row.get("indicator_item") in OF_THE_MONTH:
        return {**row, "value": "0.0000"}
    return {
        name: _carried(measures[name], row, january=january) if name in measures else value
        for name, value in row.items()
    }


def _carried(measure: Measure, row: Mapping[str, Any], *, january: bool) -> Any:
    when, _dot, source = measure.starts_from.partition(".")
    if when == "previous" or (when == "december" and january):
        return row[source]
    began = measure.kind is MeasureKind.CUMULATIVE and january
    if measure.kind is MeasureKind.FLOW or began or measure.name == "cases":
        return 0 if measure.scale == 0 else "0.00"
    return row[measure.name]


def typed(workbook: bytes, payload: Mapping[str, Any]) -> bytes:
    """Type the figures beside the items of a downloaded workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    form = form_of(payload["form"])
    for name, rows in payload["tables"].items():
        table = form.table(name)
        sheet = book[table.sheet]
        for row in rows:
            place = row_of(sheet, row[table.item.name])
            for column, measure in enumerate(table.measures, start=2):
                sheet.cell(place, column).value = float(row[measure.name])
    return saved(book)


def row_of(sheet: Any, item: str) -> int:
    """The row of an item, whose cell reads ``total 贷款余额``."""
    for row in range(HEADER + 1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value).split(" ")[0] == item:
            return row
    raise LookupError(f"{item} stands in no row")


def with_value(workbook: bytes, sheet: str, cell: str, value: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    book[sheet][cell].value = value
    return saved(book)


def amount_of(payload: Mapping[str, Any], table: str, item: str, measure: str) -> Decimal:
    """One figure of a payload, in 万元."""
    keys = form_of(payload["form"]).table(table).item.name
    row = next(each for each in payload["tables"][table] if each[keys] == item)
    return Decimal(row[measure])
