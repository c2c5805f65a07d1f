"""Exported files hold exactly what was shown, and text stays text."""

import csv
import datetime
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import Limits, read_file
from core.tabular import Column, Sheet, formats, stream_csv, stream_ndjson, write_xlsx
from core.text import Text

COLUMNS = [
    Column("name", Text("名称", "Name")),
    Column("balance", Text("余额", "Balance"), "money"),
    Column("day", Text("日期", "Day"), "date"),
]
ROWS = [
    ("=HYPERLINK(1)", Decimal("-12.50"), datetime.date(2012, 6, 30)),
    ("广州", None, None),
]


def xlsx(rows: list[tuple], columns: list[Column] = COLUMNS, title: str = "表") -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Sheet(title, columns, rows)], "zh-hans")
    return file.getvalue()


def test_csv_guards_text_and_leaves_numbers_alone() -> None:
    data = b"".join(stream_csv(COLUMNS, ROWS, "en"))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["Name", "Balance", "Day"],
        ["'=HYPERLINK(1)", "-12.50", "2012-06-30"],
        ["广州", "", ""],
    ]


def test_ndjson_keeps_decimals_as_strings() -> None:
    lines = b"".join(stream_ndjson(COLUMNS, ROWS)).splitlines()
    assert json.loads(lines[0]) == {
        "name": "=HYPERLINK(1)",
        "balance": "-12.50",
        "day": "2012-06-30",
    }


def test_workbook_opens_with_types_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(ROWS)))["表"]
    assert [cell.value for cell in sheet[1]] == ["名称", "余额", "日期"]
    assert sheet["A2"].value == "=HYPERLINK(1)"
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -12.5
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["C2"].value == datetime.datetime(2012, 6, 30)  # noqa: DTZ001
    assert sheet.freeze_panes == "A2"


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_survives_the_round_trip(texts: list[str]) -> None:
    data = xlsx([(text,) for text in texts] + [("end",)], [Column("t", "t")])
    rows = read_file(data, filename="x", limits=Limits()).sheets["表"].rows[1:]
    illegal = dict.fromkeys([*range(32), 65534, 65535, *range(55296, 57344)])
    read = [str(row[0] if row else "").translate(illegal).replace("_x000D_", "") for row in rows]
    assert read[:-1] == [text.translate(illegal).replace("_x000D_", "") for text in texts]


def test_sheet_names_are_made_legal_and_distinct() -> None:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("a/b[1]", COLUMNS, []), Sheet("a/b[1]", COLUMNS, [])], "en")
    names = openpyxl.load_workbook(file).sheetnames
    assert names == ["a b 1", "a b 1 2"]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.money(Decimal("1234.5")), "1,234.50"),
        (formats.money(Decimal("0.005")), "0.01"),
        (formats.money(Decimal("-0.001")), "0.00"),
        (formats.money(None), "—"),
        (formats.yi(Decimal("12345678")), "1,234.57"),
        (formats.percent(1, 3), "33.33%"),
        (formats.percent(1, 0), "—"),
        (formats.points(Decimal("0.5")), "+0.50 个百分点"),
        (formats.day(datetime.date(2012, 6, 30)), "2012年6月30日"),
        (formats.day(datetime.date(2012, 6, 30), "en"), "30 June 2012"),
        (formats.count(12345), "12,345"),
    ],
)
def test_figures_read_as_the_field_writes_them(shown: str, expected: str) -> None:
    assert shown == expected
