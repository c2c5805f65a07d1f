"""A bank's clerk at work: last month's figures carried on, typed into the workbook, spoilt."""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import openpyxl

from returns.forms import form as form_of
from tests.engine.filling import HEADER, KEYS, SHEETS, fill, saved

FORM = form_of("sme-loans")
Rows = dict[str, list[dict[str, Any]]]


def as_filed(sent: bytes) -> Rows:
    """The figures of a filed CSV. Amounts are Decimal, in 万元."""
    rows: Rows = {"lines": [], "totals": []}
    for record in csv.DictReader(io.StringIO(sent.decode())):
        table = record.pop("table")
        keys = KEYS[table]
        row: dict[str, Any] = {name: record[name] for name in keys}
        columns = FORM.table(table).columns
        row |= {name: Decimal(record[name]) for name in columns if name not in keys}
        rows[table].append(row)
    return rows


def next_month(last: bytes, *, january: bool) -> Rows:
    """Figures of the month after a filed CSV: stocks as they were, the year's sum carried on.

    ``january`` starts the year anew.
    """
    rows = as_filed(last)
    for row in rows["lines"]:
        before = Decimal(0) if january else row["granted_year"]
        row["granted_year"] = before + row["granted_period"]
        if january:
            row["year_start"] = row["balance"]
    for row in rows["totals"]:
        if january:
            row["all_year_start"] = row["all_loans"]
    return rows


def grow(rows: Rows, place: int, factor: str) -> Decimal:
    """Let one line grow, with all that must grow beside it; returns by how much (万元)."""
    line = rows["lines"][place]
    more = (line["balance"] * (Decimal(factor) - 1)).quantize(Decimal("0.01"))
    for name in ("balance", "unsecured", "short_term", "normal"):
        line[name] += more
    total = next(each for each in rows["totals"] if each["prefecture"] == line["prefecture"])
    total["all_loans"] += more
    if line["size"] in "LMSX":
        total["enterprise_loans"] += more
    return more


def typed(workbook: bytes, rows: Rows) -> bytes:
    """Type the figures into a downloaded workbook."""
    return fill(workbook, lines=rows["lines"], totals=rows["totals"])


def changed(workbook: bytes, cells: Mapping[str, Any], sheet: str = "lines") -> bytes:
    """Type other values into named cells: ``{"D6": "一百万"}``."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for address, value in cells.items():
        book[SHEETS[sheet]][address].value = value
    return saved(book)


def value(workbook: bytes, address: str, sheet: str = "lines") -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook))[SHEETS[sheet]][address].value


def letter_of(column: str) -> str:
    """The letter of a column of the lines sheet: ``balance`` stands in D."""
    names = list(FORM.lines.columns)
    return openpyxl.utils.get_column_letter(names.index(column) + 1)


def row_of(workbook: bytes, line: Mapping[str, Any]) -> int:
    """The sheet row in which a line stands."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))[SHEETS["lines"]]
    wanted = tuple(line[name] for name in KEYS["lines"])
    for row in range(HEADER + 1, sheet.max_row + 1):
        words = [str(sheet.cell(row, place).value or " ") for place in (1, 2, 3)]
        if tuple(word.split(" ")[0] for word in words) == wanted:
            return row
    raise LookupError(f"{wanted} stands in no row")
