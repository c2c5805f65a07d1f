"""From rows to a workbook, a CSV and NDJSON, beside openpyxl and XlsxWriter.

    python -m benchmarks.xlsx_export [--rows 100000]

Equality comes first: the workbooks of the three writers are read back and hold the same cells.
Seconds are medians; memory is measured in runs of its own, from a generator to nowhere.
"""

import argparse
import datetime
import io
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal

import openpyxl
import python_calamine
import xlsxwriter
from openpyxl.cell import WriteOnlyCell

from core.tabular import Column, Sheet, stream_csv, stream_ndjson, write_xlsx

COLUMNS = [
    Column("code", "编码"),
    Column("name", "机构"),
    Column("prefecture", "地市"),
    Column("day", "日期", "date"),
    *(Column(f"amount_{place}", f"余额{place}", "money") for place in range(6)),
    Column("borrowers", "户数", "integer"),
    Column("note", "说明"),
]
FORMATS = {"money": "#,##0.00", "integer": "#,##0", "date": "yyyy-mm-dd"}
Row = tuple[object, ...]


def rows_of(count: int) -> Iterator[Row]:
    """Rows such as a registry exports: a name of its own, repeating words, six amounts."""
    chance, day = random.Random(1), datetime.date(2012, 6, 30)
    for place in range(count):
        amounts = (Decimal(chance.randrange(10**9)).scaleb(-2) for _ in range(6))
        name = f"第{place}小额贷款有限公司"
        yield (f"M{place:06}", name, "广州市", day, *amounts, place % 977, "A & B <甲>")


def ours(rows: list[Row]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("表", COLUMNS, rows)], "zh-hans")
    return file.getvalue()


def by_openpyxl(rows: list[Row]) -> bytes:
    """openpyxl in its fastest mode (write-only), with the same formats of figures."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    sheet.append([column.label for column in COLUMNS])
    styles = [FORMATS.get(column.kind) for column in COLUMNS]
    for row in rows:
        cells = []
        for value, style in zip(row, styles, strict=True):
            cell = WriteOnlyCell(sheet, value)
            if style:
                cell.number_format = style
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_xlsxwriter(rows: list[Row]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("表")
        known = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        sheet.write_row(0, 0, [column.label for column in COLUMNS])
        styles = [known.get(column.kind) for column in COLUMNS]
        for place, row in enumerate(rows, start=1):
            for column, (value, style) in enumerate(zip(row, styles, strict=True)):
                sheet.write(place, column, value, style)
    return file.getvalue()


def timed(label: str, work: Callable[[], object], times: int) -> float:
    """Print and return the median seconds of ``work``."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    print(f"{label:<44} {statistics.median(seconds):7.2f} s")
    return statistics.median(seconds)


def cells(data: bytes) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def peak(count: int) -> float:
    """Peak megabytes of writing ``count`` rows from a generator to a file that keeps nothing."""

    class Nowhere(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            return len(data)

    tracemalloc.start()
    write_xlsx(io.BufferedWriter(Nowhere()), [Sheet("表", COLUMNS, rows_of(count))], "zh-hans")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    few = list(rows_of(500))
    assert cells(ours(few)) == cells(by_openpyxl(few)) == cells(by_xlsxwriter(few))
    rows = list(rows_of(count))
    print(f"{count:,} rows × {len(COLUMNS)} columns")
    fast = timed("write_xlsx", lambda: ours(rows), times=5)
    timed("stream_csv", lambda: b"".join(stream_csv(COLUMNS, rows, "zh-hans")), times=3)
    timed("stream_ndjson", lambda: b"".join(stream_ndjson(COLUMNS, rows)), times=3)
    middle = timed("XlsxWriter, constant memory", lambda: by_xlsxwriter(rows), times=1)
    slow = timed("openpyxl, write-only", lambda: by_openpyxl(rows), times=1)
    print(f"openpyxl : write_xlsx    {slow / fast:6.1f}")
    print(f"XlsxWriter : write_xlsx  {middle / fast:6.1f}")
    print(f"peak memory of write_xlsx: {peak(2000):.1f} MB for 2,000 rows,"
          f" {peak(20_000):.1f} MB for 20,000")  # fmt: skip


if __name__ == "__main__":
    main()
