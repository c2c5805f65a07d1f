"""Every kind of value comes back from a file as what it was, in any order and amount."""

import csv
import datetime
import io
import json
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from core.tabular import Column, Sheet, stream_csv, stream_ndjson, write_xlsx

DAY = datetime.date(2012, 6, 30)
MOMENT = datetime.datetime(2012, 6, 30, 16, 30, 5, tzinfo=datetime.UTC)
COLUMNS = [
    Column("text", "文字"),
    Column("money", "金额", "money"),
    Column("count", "户数", "integer"),
    Column("day", "日期", "date"),
]
values = st.tuples(
    st.one_of(st.none(), st.sampled_from(["广州", "=1+1", "a & b < c", "_x0041_", "2012-06-30"])),
    st.one_of(st.none(), st.decimals(min_value=-(10**12), max_value=10**12, places=2)),
    st.one_of(st.none(), st.integers(min_value=-(10**9), max_value=10**9)),
    st.one_of(st.none(), st.dates(datetime.date(1900, 3, 1), datetime.date(2200, 1, 1))),
)


def xlsx(rows: list[tuple], columns: list[Column] = COLUMNS, notes: tuple[str, ...] = ()) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("表", columns, rows, notes)], "zh-hans")
    return file.getvalue()


def expected(row: tuple) -> list[object]:
    text, money, count, day = row
    return [
        text or "",
        "" if money is None else float(money),
        "" if count is None else float(count),
        "" if day is None else day,
    ]


@given(st.lists(values, max_size=8))
def test_a_workbook_gives_back_its_values(rows: list[tuple]) -> None:
    data = xlsx([*rows, ("end", Decimal(1), 1, DAY)])
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.to_python()[1:-1] == [expected(row) for row in rows]


def test_the_same_value_keeps_the_format_of_each_column() -> None:
    columns = [Column("a", "a", "money"), Column("b", "b", "rate"), Column("c", "c")]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([(0.5, 0.5, 0.5)] * 2, columns)))["表"]
    assert [cell.number_format for cell in sheet[3]] == ["#,##0.00", "0.0000", "@"]
    assert [cell.value for cell in sheet[3]] == [0.5, 0.5, 0.5]


def test_moments_truths_and_what_is_no_number() -> None:
    columns = [Column("m", "m", "datetime"), Column("b", "b", "bool"), Column("n", "n", "rate")]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([(MOMENT, True, float("nan"))], columns)))["表"]
    moment, truth, none = (cell.value for cell in sheet[2])
    assert abs(moment - datetime.datetime(2012, 7, 1, 0, 30, 5)) < datetime.timedelta(seconds=1)  # noqa: DTZ001
    assert truth is True
    assert none == "nan"


def test_notes_stand_above_a_frozen_heading_with_a_filter() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([("甲", 1, 1, DAY)], notes=("题", "单位"))))[
        "表"
    ]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value] == ["题", "单位", "文字"]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:D5"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_disarms_text_of_any_column_but_no_number(start: str) -> None:
    columns = [
        Column("a", "a"),
        Column("b", "b", "date"),
        Column("c", "c", "money"),
        Column("d", "d"),
    ]
    row = (f"{start}1", f"{start}1", "-1.00", Decimal("-5.50"))
    data = b"".join(stream_csv(columns, [row], "zh-hans")).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(data, newline="")))[1]
    assert found == [f"'{start}1", f"'{start}1", "-1.00", "-5.50"]


def test_decimals_are_written_plainly() -> None:
    big = [("", Decimal("1E+3"), 1, DAY)]
    assert b",1000,1,2012-06-30" in b"".join(stream_csv(COLUMNS, big, "zh-hans"))
    assert json.loads(b"".join(stream_ndjson(COLUMNS, big)))["money"] == "1000"


def many(count: int) -> Iterator[tuple]:
    for place in range(count):
        yield (f"第{place}号" + "长" * 100, Decimal(place), place, DAY)


class Nowhere(io.RawIOBase):
    """A file that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        return len(data)


@pytest.mark.parametrize("kind", ["csv", "ndjson", "xlsx"])
def test_memory_does_not_grow_with_the_rows(kind: str) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        if kind == "xlsx":
            write_xlsx(io.BufferedWriter(Nowhere()), [Sheet("表", COLUMNS, many(count))], "zh")
        else:
            rows = many(count)
            parts = (
                stream_csv(COLUMNS, rows, "zh") if kind == "csv" else stream_ndjson(COLUMNS, rows)
            )
            assert all(len(part) < 2_000_000 for part in parts)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(24_000) < peak(6_000) * 1.3
