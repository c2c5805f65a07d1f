"""Filling in a workbook the way a person does: open, type, save."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl

SHEETS = {"lines": "贷款明细", "totals": "各项贷款"}
KEYS = {"lines": ("prefecture", "size", "industry"), "totals": ("prefecture",)}
HEADER = 5  # the row of field codes


def fill(
    workbook: bytes, *, lines: Iterable[Mapping[str, Any]], totals: Iterable[Mapping[str, Any]]
) -> bytes:
    """Type figures beside the keys they belong to; other keys go to the spare rows."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for table, rows in (("lines", lines), ("totals", totals)):
        _fill_sheet(book[SHEETS[table]], KEYS[table], list(rows))
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill_sheet(sheet: Any, keys: tuple[str, ...], rows: list[Mapping[str, Any]]) -> None:
    columns = {sheet.cell(HEADER, place).value: place for place in range(1, sheet.max_column + 1)}
    places, spare = {}, None
    for row in range(HEADER + 1, sheet.max_row + 1):
        words = tuple(sheet.cell(row, columns[key]).value for key in keys)
        if None in words:
            spare = spare or row
        else:
            places[tuple(word.split()[0] for word in words)] = row
    for figures in rows:
        key = tuple(figures[name] for name in keys)
        row = places.get(key)
        if row is None:
            row, spare = spare, spare + 1
            for name, code in zip(keys, key, strict=True):
                sheet.cell(row, columns[name]).value = code
        for name, value in figures.items():
            if name not in keys:
                sheet.cell(row, columns[name]).value = float(value)
