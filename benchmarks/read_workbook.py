"""From the bytes of a workbook to columns of whole numbers, beside openpyxl and bare calamine.

    python -m benchmarks.read_workbook [--lines 100000] [--no-openpyxl]

Prints the ways from calamine to columns that were weighed, what the guard costs, and the ratio
to openpyxl's read-only mode. Equality comes first: all ways must give the same cells.
"""

import argparse
import io
import os
import random
import statistics
import time
import warnings
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import openpyxl
import python_calamine
import xlsxwriter

from core.spreadsheets import Limits, read_file
from core.spreadsheets.convert import codes, numbers

SHEET = "数据"
CODES = ("440100 广州市", "S 小型企业", "C 制造业")
FIGURES = 20


def workbook(lines: int) -> bytes:
    """Return a workbook of lines with three codes and twenty figures of two decimals."""
    chance, file = random.Random(1), io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, [f"c{each}" for each in range(len(CODES) + FIGURES)])
        for row in range(1, lines + 1):
            figures = [round(chance.random() * 1e5, 2) for _ in range(FIGURES)]
            sheet.write_row(row, 0, [*CODES, *figures])
    return file.getvalue()


def timed(label: str, work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Print and return the median seconds of ``work``, and its last answer."""
    seconds, answer = [], None
    for _ in range(times):
        answer = None  # the memory of the last round is given back first
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    print(f"{label:<58} {median:7.3f} s")
    return median, answer


def calamine(data: bytes) -> python_calamine.CalamineSheet:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(SHEET)


def plain_openpyxl(data: bytes) -> list[tuple[object, ...]]:
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return list(book[SHEET].iter_rows(values_only=True))


def ways_to_columns(sheet: python_calamine.CalamineSheet) -> list[tuple[object, ...]]:
    """Time each way from a parsed sheet to columns; return the columns."""
    _, rows = timed("  to_python(skip_empty_area=False)", lambda: sheet.to_python(False))
    timed("  iter_rows", lambda: list(sheet.iter_rows()))
    timed("  rows → columns: numpy object array, transposed",
          lambda: np.array(rows, dtype=object).T.tolist())  # fmt: skip
    timed("  rows → columns: zip_longest", lambda: list(zip_longest(*rows, fillvalue="")))
    return timed("  rows → columns: zip", lambda: list(zip(*rows, strict=True)))[1]


def conversions(columns: list[tuple[object, ...]]) -> None:
    figures = [column[1:] for column in columns[len(CODES) :]]
    sparse = [["" if place % 3 else cell for place, cell in enumerate(column)]
              for column in figures]  # fmt: skip
    as_text = [[f"{cell:,}" for cell in figures[0]]]
    timed(f"  numbers: {FIGURES} columns", lambda: [numbers(each, scale=2) for each in figures])
    timed(f"  numbers: {FIGURES} columns, two thirds blank",
          lambda: [numbers(each, scale=2) for each in sparse])  # fmt: skip
    timed("  numbers: 1 column typed as text", lambda: [numbers(each, scale=2) for each in as_text])
    timed("  codes: 1 column", lambda: codes(columns[0][1:], {"440100": 0}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--no-openpyxl", action="store_true")
    options = parser.parse_args()
    data = workbook(options.lines)
    print(f"{options.lines:,} lines × {len(CODES) + FIGURES} columns, {len(data) / 2**20:.1f} MB")
    _, sheet = timed("calamine alone: parse", lambda: calamine(data))
    columns = ways_to_columns(sheet)
    bare, _ = timed("calamine alone: parse, to_python",
                    lambda: calamine(data).to_python(skip_empty_area=False))  # fmt: skip
    ours, book = timed("read_file: guard, marks and addresses too",
                       lambda: read_file(data, filename="a.xlsx", limits=Limits()))  # fmt: skip
    assert list(zip(*book.sheets[SHEET].rows, strict=True)) == columns
    conversions(columns)
    print(f"read_file : calamine alone      {ours / bare:5.2f}")
    if not options.no_openpyxl:
        plain, rows = timed("openpyxl, read-only", lambda: plain_openpyxl(data), times=1)
        assert list(zip(*rows, strict=True)) == columns
        print(f"openpyxl : read_file            {plain / ours:5.1f}")


if __name__ == "__main__":
    main()
