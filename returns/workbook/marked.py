"""The uploaded workbook handed back: same sheets, same cells, findings marked and commented.

The values are written anew rather than the file patched: whatever an office program put into
a file, what we could read is what comes back. The hidden mark is kept, so that the mended
copy can be uploaded.
"""

import datetime
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from core.spreadsheets import FileProblem, Limits, Sheet, Workbook, read_file
from core.spreadsheets.address import address, parse_address
from core.text import Text
from returns.checking.check import SEVERITY_LABELS, Severity
from returns.checking.words import FindingLike, check_called, describe
from returns.forms.declaration import Form
from returns.intake.finder import Finder
from returns.intake.payload import read_payload
from returns.workbook.look import styles

FINDINGS_SHEET = Text("审核意见", "Findings")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
HEADS = (
    Text("级别", "Level"),
    Text("规则", "Check"),
    Text("位置", "Place"),
    Text("问题", "Problem"),
    Text("办法", "Cure"),
    Text("值", "Value"),
    Text("应为", "Expected"),
    Text("说明", "Explanation"),
)
WIDTHS = (8, 10, 20, 60, 50, 16, 16, 30)
NOTE = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9}
ORDER = {"error": 0, "warning": 1, "comment": 2}


@dataclass
class _Mark:
    """What is to be shown at one cell."""

    look: str
    words: list[str] = field(default_factory=list)


def mark_workbook(
    *,
    form: Form,
    data: bytes,
    filename: str,
    findings: Iterable[FindingLike],
    comments: Iterable[Any] = (),
    language: str = "zh-hans",
    limits: Limits | None = None,
) -> bytes:
    """Return an XLSX file with the sender's content, marked.

    ``findings`` are stored or found ones; ``comments`` have ``table``, ``row``, ``column``,
    ``text``. A CSV or a payload comes back as a workbook; a file that cannot be read comes back
    as the sheet of findings alone.
    """
    findings, comments = list(findings), list(comments)
    source = _source(form, data, filename, limits or Limits())
    marks = _marks(form, findings, comments, source, language)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    look = styles(book)
    _write_findings(book, look, form, findings, source, language)
    for sheet in source.sheets.values():
        _write_sheet(book, look, form, sheet, marks.get(sheet.name, {}))
    book.close()
    return buffer.getvalue()


@dataclass
class _Source:
    """The sender's sheets, and for each table its sheet's name and columns' numbers."""

    sheets: dict[str, Sheet]
    names: dict[str, str]
    offset: int = 0


def _source(form: Form, data: bytes, filename: str, limits: Limits) -> _Source:
    if data[:1] in (b"{", b"["):
        return _from_payload(form, data)
    try:
        book: Workbook = read_file(data, filename=filename, limits=limits)
    except FileProblem:
        return _Source({}, {})
    if book.kind == "csv":
        return _Source(book.sheets, {table.name: "csv" for table in form.tables})
    names = {
        table.name: name
        for table in form.tables
        for name in (table.name, table.sheet)
        if name in book.sheets
    }
    return _Source(book.sheets, names)


def _from_payload(form: Form, data: bytes) -> _Source:
    """Lay a payload out as sheets: labels, codes, then its rows."""
    payload = read_payload(data, Finder())
    sheets: dict[str, Sheet] = {}
    for table in form.tables if payload else ():
        rows = payload["tables"].get(table.name) or []
        body: list[list[object]] = [
            [text.zh for text in table.labels.values()],
            list(table.columns),
        ]
        for row in rows if isinstance(rows, list) else []:
            cells = row if isinstance(row, dict) else {}
            body.append([_plain(cells.get(name)) for name in table.columns])
        sheets[table.sheet] = Sheet(name=table.sheet, rows=body)
    return _Source(sheets, {table.name: table.sheet for table in form.tables}, offset=2)


def _plain(value: object) -> object:
    return "" if value is None else value if isinstance(value, str | int | float) else str(value)


def _marks(
    form: Form,
    findings: list[FindingLike],
    comments: list[Any],
    source: _Source,
    language: str,
) -> dict[str, dict[tuple[int, int], _Mark]]:
    """Return the marks of each sheet by (row, column), counted from 1."""
    found: dict[str, dict[tuple[int, int], _Mark]] = {}

    def put(table: str, place: tuple[int, int] | None, look: str, words: str) -> None:
        sheet = source.names.get(table)
        if sheet is None or place is None:
            return
        mark = found.setdefault(sheet, {}).setdefault(place, _Mark(look))
        mark.look = min(mark.look, look, key=ORDER.__getitem__)
        mark.words.append(words)

    for finding in findings:
        words = describe(finding, form)
        severity = check_called(finding.check_code).severity
        level = SEVERITY_LABELS[severity].in_language(language)
        message, cure = (text.in_language(language) for text in (words.message, words.cure))
        text = f"【{level}】{message}\n{cure}"
        put(finding.table, _place(form, finding, source), severity.value, text)
    for comment in comments:
        office = Text("审核人", "Reviewer").in_language(language)
        put(comment.table, _place(form, comment, source), "comment", f"【{office}】{comment.text}")
    return found


def _place(form: Form, finding: Any, source: _Source) -> tuple[int, int] | None:
    """Return where a finding or comment stands in the marked workbook."""
    cell = getattr(finding, "cell", "")
    if cell:
        return parse_address(cell)
    table = next((each for each in form.tables if each.name == finding.table), None)
    if table is None or not finding.row or finding.column not in table.columns:
        return None
    if source.offset:
        return finding.row + source.offset, list(table.columns).index(finding.column) + 1
    sheet = source.sheets.get(source.names.get(table.name, ""))
    return (finding.row, _column_of(sheet, finding.column)) if sheet else None


def _column_of(sheet: Sheet, name: str) -> int:
    for row in sheet.rows[:40]:
        for position, cell in enumerate(row, start=1):
            if str(cell).strip().lower() == name:
                return position
    return 1


def _write_findings(
    book: xlsxwriter.Workbook,
    look: Mapping[str, Any],
    form: Form,
    findings: list[FindingLike],
    source: _Source,
    language: str,
) -> None:
    sheet = book.add_worksheet(_free_name(FINDINGS_SHEET.in_language(language), source))
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    counts = [
        sum(1 + each.more for each in findings if check_called(each.check_code).severity is wanted)
        for wanted in Severity
    ]
    summary = Text("错误 {} 条，预警 {} 条", "{} errors, {} warnings").in_language(language)
    sheet.write(0, 0, form.title.in_language(language), look["title"])
    sheet.write(1, 0, summary.format(*counts), look["subtitle"])
    for place, head in enumerate(HEADS):
        sheet.write(2, place, head.in_language(language), look["label"])
    for row, finding in enumerate(findings, start=3):
        _write_finding(sheet, look, form, finding, source, language, row)


def _write_finding(
    sheet: Any,
    look: Mapping[str, Any],
    form: Form,
    finding: FindingLike,
    source: _Source,
    language: str,
    row: int,
) -> None:
    words = describe(finding, form)
    severity = check_called(finding.check_code).severity
    more = Text("（另有 {} 处同类）", " (and {} more)").in_language(language)
    message = words.message.in_language(language) + (
        more.format(finding.more) if finding.more else ""
    )
    sheet.write(row, 0, SEVERITY_LABELS[severity].in_language(language), look[severity.value])
    sheet.write(row, 1, finding.check_code, look["cell"])
    place = _place(form, finding, source)
    target = source.names.get(finding.table)
    if place and target:
        sheet_name = target.replace("'", "''")
        link = f"internal:'{sheet_name}'!{address(*place)}"
        sheet.write_url(row, 2, link, look["link"], words.place.in_language(language))
    else:
        sheet.write(row, 2, words.place.in_language(language), look["cell"])
    texts = (message, words.cure.in_language(language), finding.value, finding.expected,
             getattr(finding, "explanation", ""))  # fmt: skip
    for column, text in enumerate(texts, start=3):
        sheet.write_string(row, column, text, look["cell"])


def _free_name(wanted: str, source: _Source) -> str:
    name = wanted
    while name.lower() in {each.lower() for each in source.sheets}:
        name += "_"
    return name[:31]


def _write_sheet(
    book: xlsxwriter.Workbook,
    look: Mapping[str, Any],
    form: Form,
    sheet: Sheet,
    marks: Mapping[tuple[int, int], _Mark],
) -> None:
    """Write one of the sender's sheets, cell for cell, in row order."""
    page = book.add_worksheet(sheet.name)
    table = next((each for each in form.tables if each.sheet == sheet.name), None)
    names = {text for t in form.tables for text in t.columns}
    page.set_column(0, 60, 14)
    header = 0
    by_row: dict[int, set[int]] = {}
    for row, column in marks:
        by_row.setdefault(row, set()).add(column)
    for number, cells in enumerate(sheet.rows, start=sheet.first_row):
        is_header = table is not None and not header and sum(str(c) in names for c in cells) > 2
        header = number if is_header else header
        flagged = by_row.get(number, set())
        for column in sorted(flagged | set(range(1, len(cells) + 1))):
            value = cells[column - 1] if column <= len(cells) else ""
            mark = marks.get((number, column))
            name = mark.look if mark else "code" if is_header else ""
            _write_cell(page, look, number - 1, column - 1, value, name)
            if mark:
                page.write_comment(number - 1, column - 1, "\n".join(mark.words)[:2000], NOTE)
    if header:
        page.freeze_panes(header, len(table.dimensions) if table else 0)
    if sheet.hidden:
        page.very_hidden()


def _write_cell(
    page: Any, look: Mapping[str, Any], row: int, column: int, value: object, name: str
) -> None:
    style = look[name] if name else None
    if value is None or value == "":
        if style:
            page.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            page.write_number(row, column, value, style)
        else:
            page.write_string(row, column, str(value), style)
    elif isinstance(value, datetime.datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), style or look["time"])
    elif isinstance(value, datetime.date):
        page.write_datetime(row, column, value, style or look["date"])
    else:
        page.write_string(row, column, str(value)[:32767], style)
