"""Reading a workbook or CSV into cells that know where they stood.

calamine reads values; formulas, merged ranges and hidden sheets are looked up in the
sheet's XML, since a formula that was never calculated would read as an empty cell.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

import python_calamine

from core.spreadsheets.address import parse_address
from core.spreadsheets.extent import check_extent
from core.spreadsheets.guard import Limits, check_container, sniff
from core.spreadsheets.problems import FileProblem

ENCODINGS = ("utf-8-sig", "gb18030")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+\d+(?::[A-Z]+\d+)?)"')
_CELL_WITH_FORMULA = re.compile(
    rb'<(?:\w+:)?c [^>]*?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f[ />](?:(?!</(?:\w+:)?c>).)*', re.S
)
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*t="e")[^>]*?r="([A-Z]+\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb"<(?:\w+:)?v>(#[^<]{1,20})<",
    re.S,
)
_CACHED = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[0]`` is row ``first_row`` of the file (from 1); columns start at A.

    Cells are str, float, int, bool, date, datetime, time, timedelta, or "" when empty.
    ``uncalculated`` and ``merged`` are addresses in the sender's own file.
    """

    name: str
    rows: list[list[object]]
    first_row: int = 1
    hidden: bool = False
    merged: tuple[str, ...] = ()
    uncalculated: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file by name, in order. A CSV is a workbook with one sheet."""

    kind: str
    sheets: dict[str, Sheet] = field(default_factory=dict)


def read_file(data: bytes, *, filename: str, limits: Limits) -> Workbook:
    """Read any bytes. Raises FileProblem, and nothing else, for what cannot be read."""
    if sniff(data, limits) == "csv":
        return Workbook("csv", {"csv": read_csv(data, limits)})
    archive = check_container(data, limits)
    try:
        return Workbook("xlsx", _read_sheets(data, archive, limits))
    except FileProblem:
        raise
    except Exception as error:  # whatever a broken XML raises, the sender needs one answer
        raise FileProblem("file.damaged", detail=type(error).__name__) from error


def _read_sheets(data: bytes, archive: zipfile.ZipFile, limits: Limits) -> dict[str, Sheet]:
    parts = _sheet_parts(archive)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {}
    for meta in book.sheets_metadata:
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        part = parts.get(meta.name)
        if part not in archive.namelist():
            raise FileProblem("file.damaged", detail=meta.name)
        xml = archive.read(part)
        check_extent(xml, sheet=meta.name, limits=limits)
        sheet = book.get_sheet_by_name(meta.name)
        start, end = sheet.start, sheet.end
        if end is not None and end[1] >= limits.max_columns:
            raise FileProblem(
                "file.too-many-columns",
                sheet=meta.name,
                columns=end[1] + 1,
                limit=limits.max_columns,
            )
        rows = _rows(sheet, meta.name, limits) if start is not None else []
        _put_errors(xml, rows)
        hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
        sheets[meta.name] = Sheet(
            name=meta.name,
            rows=rows,
            first_row=1,
            hidden=hidden,
            **_marks(xml),
        )
    return sheets


def _rows(sheet: python_calamine.CalamineSheet, name: str, limits: Limits) -> list[list[object]]:
    """Read rows from the sheet's first row on, so that list positions are row numbers."""
    if sheet.total_height <= limits.max_rows:
        rows = sheet.to_python(skip_empty_area=False)
    else:  # perhaps a million formatted but empty rows: look without keeping them
        rows = []
        for number, row in enumerate(sheet.iter_rows()):
            if any(cell != "" for cell in row):
                if number >= limits.max_rows:
                    raise FileProblem(
                        "file.too-many-rows",
                        sheet=name,
                        rows=sheet.total_height,
                        limit=limits.max_rows,
                    )
                rows.extend([] for _ in range(number - len(rows)))
                rows.append(row)
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    return rows


def _put_errors(xml: bytes, rows: list[list[object]]) -> None:
    """Put error values (``#REF!``) back: calamine hands them out as empty cells."""
    for match in _ERROR_CELL.finditer(xml) if b't="e"' in xml else ():
        row, column = parse_address(match[1].decode())
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend("" for _ in range(column - len(cells)))
        cells[column - 1] = match[2].decode()


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the zip entry of each sheet, by sheet name."""
    with archive.open("xl/workbook.xml") as file:
        root = ElementTree.parse(file).getroot()  # DTDs were refused at the door
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        links = {
            link.get("Id"): link.get("Target", "").lstrip("/").removeprefix("xl/")
            for link in ElementTree.parse(file).getroot()
        }
    return {
        each.get("name", ""): "xl/" + links.get(each.get(_REL), "")
        for each in root.iter(f"{_NS}sheet")
    }


def _marks(xml: bytes) -> dict[str, object]:
    """Return merged ranges and formula cells of a sheet, read from its XML."""
    merged = tuple(ref.decode() for ref in (_MERGED.findall(xml) if b"mergeCell" in xml else ()))
    if b"<f>" not in xml and b"<f " not in xml and b":f>" not in xml and b"<f/>" not in xml:
        return {"merged": merged}
    cells = {
        match[1].decode(): bool(_CACHED.search(match[0]))
        for match in _CELL_WITH_FORMULA.finditer(xml)
    }
    return {
        "merged": merged,
        "formulas": frozenset(cells),
        "uncalculated": frozenset(cell for cell, cached in cells.items() if not cached),
    }


def read_csv(data: bytes, limits: Limits) -> Sheet:
    """Read a CSV in UTF-8, UTF-16 or GBK; comma, semicolon or tab. All cells are text."""
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows: list[list[object]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            if len(row) > limits.max_columns:
                raise FileProblem(
                    "file.too-many-columns",
                    sheet="CSV",
                    columns=len(row),
                    limit=limits.max_columns,
                )
            if len(rows) > limits.max_rows:
                raise FileProblem(
                    "file.too-many-rows",
                    sheet="CSV",
                    rows=f"> {limits.max_rows}",
                    limit=limits.max_rows,
                )
    except csv.Error as error:
        raise FileProblem("file.broken-csv", row=reader.line_num, detail=str(error)) from error
    while rows and not any(str(cell).strip() for cell in rows[-1]):
        rows.pop()
    return Sheet(name="csv", rows=rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    position = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            position = max(position, error.start)
            continue
        if "\x00" in text:
            raise FileProblem("file.not-a-spreadsheet", found="binary data")
        return text
    raise FileProblem("file.unknown-encoding", position=position)
