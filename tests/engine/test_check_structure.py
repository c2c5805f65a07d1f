"""What people do to files: each slip is one finding, with the cell of their own file."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from core.models import Institution, Period
from returns.checking.load import load_context
from returns.checking.words import describe
from returns.intake.examine import Examination, examine_in
from returns.workbook.template import build_workbook
from tests.engine.around import FORM, context, examined
from tests.engine.conftest import NOW
from tests.engine.figures import LINE, line, payload, total
from tests.engine.filling import fill, saved

SHEET = "贷款明细"
Spoil = Callable[[Any], None]


@pytest.fixture
def filled(bank: Institution, june: Period) -> bytes:
    """A filled workbook: the line 440100/L/A stands in row 6."""
    empty = build_workbook(form=FORM, institution=bank, period=june, now=NOW)
    return fill(empty, lines=[line(size="L", industry="A"), line()], totals=[total("440100", 200)])


def read(data: bytes, bank: Institution, june: Period, name: str = "a.xlsx") -> Examination:
    around = load_context(form=FORM, institution=bank, period=june, now=NOW)
    channel = "csv" if name.endswith("csv") else "workbook"
    return examine_in(form=FORM, data=data, filename=name, channel=channel, context=around)


def cell(address: str, value: Any, sheet: str = SHEET) -> Spoil:
    def spoil(book: Any) -> None:
        book[sheet][address].value = value

    return spoil


def merge(area: str) -> Spoil:
    return lambda book: book[SHEET].merge_cells(area)


def rename(name: str) -> Spoil:
    def spoil(book: Any) -> None:
        book[SHEET].title = name

    return spoil


def extra_column(book: Any) -> None:
    book[SHEET]["X5"].value = "remark"


def repeat_column(book: Any) -> None:
    book[SHEET]["X5"].value = "loss"


def no_header(book: Any) -> None:
    for row in (4, 5):
        for place in range(1, 24):
            book[SHEET].cell(row, place).value = None


# what was done, the check expected, and the cell of the finding
CASES: list[tuple[Spoil, str, str]] = [
    (rename("明细"), "ST-102", ""),
    (no_header, "ST-103", ""),
    (cell("F5", "credit"), "ST-104", "F5"),
    (extra_column, "ST-105", "X5"),
    (repeat_column, "ST-106", "X5"),
    (merge("V6:W6"), "ST-107", "V6"),
    (cell("F6", "=G6+10"), "ST-108", "F6"),
    (cell("F6", "#REF!"), "ST-109", "F6"),
    (cell("F6", datetime.date(2012, 6, 30)), "ST-110", "F6"),
    (cell("F6", "四十"), "ST-111", "F6"),
    (cell("F6", "NaN"), "ST-112", "F6"),
    (cell("F6", 1e308), "ST-113", "F6"),
    (cell("F6", 10_000_000_001), "ST-113", "F6"),
    (cell("F6", 40.001), "ST-114", "F6"),
    (cell("U6", 1.5), "ST-114", "U6"),
    (cell("F6", -40), "ST-115", "F6"),
    (cell("B6", None), "ST-116", "B6"),
    (cell("B6", "Z 特大型"), "ST-117", "B6"),
    (cell("A6", "合计"), "ST-117", "A6"),
    (cell("B1", "microloan", "_meta"), "ST-118", ""),
    (cell("B2", "2011.9", "_meta"), "ST-119", ""),
    (cell("B3", "B999", "_meta"), "ST-120", ""),
    (cell("B4", "2012-05", "_meta"), "ST-121", ""),
    (cell("B5", "2012-01-01T00:00:00", "_meta"), "ST-124", ""),
    (cell("F6", True), "ST-125", "F6"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), CASES)
def test_one_slip_is_one_finding(
    filled: bytes, bank: Institution, june: Period, spoil: Spoil, code: str, where: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    spoil(book)
    found = read(saved(book), bank, june)
    codes = [(each.check_code, each.cell) for each in found.findings]
    marks = [each for each in codes if each[0] != "ST-124"] or codes  # an edited mark shows twice
    assert marks == [(code, where)]
    words = describe(found.findings[0], FORM)
    assert "{" not in words.message.zh + words.message.en + words.cure.zh + words.cure.en
    assert "—" not in words.message.zh


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("４０．００", 4000), ("40.00", 4000), (" 40 ", 4000), ("40", 4000), (40, 4000)],
)
def test_full_width_digits_and_texts_are_numbers(
    filled: bytes, bank: Institution, june: Period, typed: Any, read_as: int
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book[SHEET]["F6"].value = typed
    found = read(saved(book), bank, june)
    assert found.findings == []
    assert found.tables["lines"]["unsecured"][0] == read_as


def test_moved_columns_are_found_by_their_code(
    filled: bytes, bank: Institution, june: Period
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book[SHEET]
    for row in range(4, sheet.max_row + 1):
        left, right = sheet.cell(row, 4).value, sheet.cell(row, 15).value
        sheet.cell(row, 4).value, sheet.cell(row, 15).value = right, left
    sheet["O6"].value = 99
    found = read(saved(book), bank, june)
    assert [(each.check_code, each.cell) for each in found.findings] == [("SL-201", "O6")]


def test_a_workbook_without_its_mark_wants_a_reason(
    filled: bytes, bank: Institution, june: Period
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    del book["_meta"]
    found = read(saved(book), bank, june)
    assert [each.check_code for each in found.findings] == ["ST-124"]
    assert found.storable


def test_half_a_file_is_told_with_its_cure(filled: bytes, bank: Institution, june: Period) -> None:
    found = read(filled[: len(filled) // 2], bank, june)
    [finding] = found.findings
    assert finding.check_code == "ST-101"
    assert "损坏" in describe(finding, FORM).message.zh
    assert found.line_count == 0
    assert found.key_figures["balance"] == "0.00"


def csv_of(rows: list[dict[str, Any]], encoding: str = "utf-8") -> bytes:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    body = [",".join(heads)] + [",".join(str(row.get(name, "")) for name in heads) for row in rows]
    return ("\n".join(body) + "\n").encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_one_csv_carries_both_tables(bank: Institution, june: Period, encoding: str) -> None:
    rows = [
        {"table": "lines"} | line(),
        {"table": "totals"} | total(enterprise="200.00"),
        {"table": "lines"} | line(size="L 大型企业"),
    ]
    found = read(csv_of(rows, encoding), bank, june, "a.csv")
    assert found.findings == []
    assert found.tables["lines"].rows.tolist() == [2, 4]
    assert found.tables["totals"].rows.tolist() == [3]


def test_a_csv_finding_names_the_row_of_the_file(bank: Institution, june: Period) -> None:
    rows = [
        {"table": "totals"} | total(),
        {"table": "lines"} | line(unsecured="41"),
    ]
    [finding] = read(csv_of(rows), bank, june, "a.csv").findings
    assert (finding.check_code, finding.row) == ("SL-202", 3)
    heads = list(dict.fromkeys(name for row in rows for name in row))
    assert finding.cell == f"{chr(65 + heads.index('unsecured'))}3"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"tables": []}', b'{"tables": {"lines": 5}}',
             b'{"tables": {"lines": [5]}}', b'{"tables": {"odd": []}}',
             b'{"tables": {"lines": [{"size": ["S"]}]}}', b'{"tables": {"lines": [{"npl": NaN}]}}']
)  # fmt: skip
def test_no_payload_raises(body: bytes) -> None:
    found = examine_in(form=FORM, data=body, filename="", channel="api", context=context())
    assert found.error_count > 0
    for finding in found.findings:
        assert describe(finding, FORM).message.zh


def test_an_unknown_field_of_a_payload_is_an_error() -> None:
    found = examined([line(blance="1")])
    assert [(each.check_code, each.value) for each in found.findings] == [("ST-105", "blance")]


def test_a_payload_of_another_period() -> None:
    found = examined(period="2012-05", institution="B002")
    assert [(each.check_code, each.value) for each in found.findings] == [
        ("ST-120", "B002"),
        ("ST-121", "2012-05"),
    ]


def test_what_is_not_kept_is_counted() -> None:
    found = examined([line(size="S", industry="C", npl="x") for _ in range(500)])
    [_, *rest] = [each for each in found.findings if each.check_code == "ST-111"]
    assert len(rest) == 199
    assert rest[-1].more == 300
    assert found.error_count >= 500


def test_raw_values_survive_for_the_grid() -> None:
    found = examined([line(npl="x")])
    assert found.tables["lines"].raw["npl"] == ["x"]
    assert payload([], [])["tables"] == {"lines": [], "totals": []}
    assert set(found.tables["lines"].raw) == {"prefecture", "size", "industry", *LINE}
