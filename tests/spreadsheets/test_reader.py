"""Files as people and mischief-makers send them: read, or refused with place and cure."""

import contextlib
import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets import FileProblem, Limits, read_file


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        fill(book)
    return file.getvalue()


def plain(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("数据")
    sheet.write_row(2, 1, ["余额", 12.5, 3])
    sheet.write_string(4, 2, "00123456")


def rezipped(data: bytes, **added: bytes) -> bytes:
    """The same workbook with parts added or replaced; ``__`` in a name stands for a slash."""
    out = io.BytesIO()
    extra = {name.replace("__", "/").replace("_dot_", "."): body for name, body in added.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, extra.pop(name, None) or old.read(name))
        for name, body in extra.items():
            new.writestr(name, body)
    return out.getvalue()


GOOD = workbook(plain)


def read(data: bytes, **limits: int) -> dict:
    return read_file(data, filename="a.xlsx", limits=Limits(**limits)).sheets


def code_of(data: bytes, **limits: int) -> str:
    with pytest.raises(FileProblem) as caught:
        read(data, **limits)
    problem = caught.value
    assert all((problem.message.zh, problem.message.en, problem.cure.zh, problem.cure.en))
    return caught.value.code


def test_rows_and_columns_keep_their_places() -> None:
    rows = read(GOOD)["数据"].rows
    assert len(rows) == 5
    assert rows[2] == ["", "余额", 12.5, 3.0]
    assert rows[4][2] == "00123456"  # text stays text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.4 ...", "file.not-a-spreadsheet"),
        (b"<html><table>1</table></html>", "file.not-a-spreadsheet"),
        (b"abc\x00def", "file.not-a-spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.old-excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file.encrypted",
        ),
        (GOOD[: len(GOOD) // 2], "file.damaged"),
        (GOOD[:-30], "file.damaged"),
        (rezipped(GOOD, xl__vbaProject_dot_bin=b"x"), "file.macros"),
        (rezipped(GOOD, xl__externalLinks__a_dot_xml=b"<a/>"), "file.external-links"),
        (
            rezipped(GOOD, xl__x_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "file.unsafe-xml",
        ),
        (rezipped(GOOD, xl__pad_dot_bin=b"0" * (60 << 20)), "file.bomb"),
        (rezipped(GOOD, xl__workbook_dot_xml=b"<nonsense"), "file.damaged"),
        ("余额,".encode() + b"\xff\xff\xff", "file.unknown-encoding"),
        (b'a,"b\n1,2', "file.broken-csv"),
    ],
)
def test_each_broken_file_is_refused_by_name(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_other_kinds_of_archive_are_named() -> None:
    for part, code in (
        ("word/document.xml", "file.not-a-spreadsheet"),
        ("content.xml", "file.open-document"),
        ("xl/workbook.bin", "file.binary-excel"),
    ):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(part, b"<a/>")
        assert code_of(file.getvalue()) == code


def test_limits_are_bounds_on_bytes_rows_and_columns() -> None:
    assert code_of(GOOD, max_bytes=100) == "file.too-large"
    assert code_of(GOOD, max_columns=3) == "file.too-many-columns"
    assert code_of(GOOD, max_rows=3) == "file.too-many-rows"
    assert code_of(b"a\n" * 9, max_rows=3) == "file.too-many-rows"


def test_a_million_empty_rows_cost_nothing() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("数据")
        sheet.write(0, 0, "x")
        sheet.write_blank(1_000_000, 0, None, book.add_format({"bold": True}))

    assert read(workbook(fill))["数据"].rows == [["x"]]


def test_formulas_merges_and_hidden_sheets_are_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("数据")
        sheet.write_formula("B2", "=1+1", None, 2)
        sheet.write_formula("B3", "=1+1", None, "")
        sheet.merge_range("C5:D6", "合并")
        book.add_worksheet("暗").very_hidden()

    sheets = read(workbook(fill))
    assert sheets["数据"].formulas == {"B2", "B3"}
    assert sheets["数据"].uncalculated == {"B3"}
    assert sheets["数据"].merged == ("C5:D6",)
    assert sheets["暗"].hidden


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_that_offices_use(encoding: str, delimiter: str) -> None:
    data = f"代码{delimiter}余额\r\n440100{delimiter}12.5\r\n".encode(encoding)
    assert read(data)["csv"].rows == [["代码", "余额"], ["440100", "12.5"]]


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused_never_a_crash(data: bytes) -> None:
    with contextlib.suppress(FileProblem):
        read(data)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_flipped_or_missing_byte_never_crashes(place: int, byte: int, cut: bool) -> None:
    data = GOOD[:place] if cut else GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    with contextlib.suppress(FileProblem):
        read(data)
