"""Reading a workbook or CSV into cells that know where they stood.

calamine reads values; formulas, error values, merged ranges and hidden sheets are looked up
in the sheet's XML, since a formula that was never calculated would read as an empty cell.

Of the ways from calamine to columns, ``to_python(skip_empty_area=False)`` and ``zip(*rows)``
is the quickest that keeps addresses; figures: ``python -m benchmarks.read_workbook``.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import python_calamine

from core.spreadsheets.address import parse_address
from core.spreadsheets.container import Container
from core.spreadsheets.extent import MAX_CELLS, check_extent
from core.spreadsheets.guard import SMALL, Limits, check_container, sniff
from core.spreadsheets.markup import markup
from core.spreadsheets.plaintext import csv_rows
from core.spreadsheets.problems import FileProblem
from core.spreadsheets.shared_texts import SharedTexts


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[0]`` is row ``first_row`` of the file (from 1); columns start at A.

    Cells are str, float, int, bool, date, datetime, time, timedelta, or "" when empty; an error
    value is its text (``#REF!``). ``uncalculated`` and ``merged`` are addresses in the file.
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
    """The sheets of a file by name, in order. A CSV is a workbook with one sheet, ``csv``."""

    kind: str
    sheets: dict[str, Sheet] = field(default_factory=dict)


def read_file(data: bytes, *, filename: str, limits: Limits) -> Workbook:
    """Read any bytes. Raises FileProblem, and nothing else, for what cannot be read."""
    if sniff(data, limits) == "csv":
        return Workbook("csv", {"csv": Sheet("csv", csv_rows(data, limits))})
    container = check_container(data, limits)
    try:
        return Workbook("xlsx", {each.name: each for each in _sheets(data, container, limits)})
    except FileProblem:
        raise
    except Exception as error:  # whatever a broken XML raises, the sender needs one answer
        raise FileProblem("file.damaged", detail=type(error).__name__) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's, not an Exception
            raise
        raise FileProblem("file.damaged", detail="XML") from None


def _sheets(data: bytes, container: Container, limits: Limits) -> Iterator[Sheet]:
    parts = _sheet_parts(container)
    shared = "xl/sharedstrings.xml"
    texts = SharedTexts(
        container.read(shared, limit=limits.max_unpacked) if shared in container.parts else b""
    )
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = 0
    for meta in book.sheets_metadata:
        if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        xml = container.read(parts.pop(meta.name), limit=limits.max_unpacked)
        check_extent(xml, sheet=meta.name, limits=limits)
        texts.spend(xml, sheet=meta.name)
        marks = markup(xml)
        del xml  # as large as all that follows
        sheet = book.get_sheet_by_name(meta.name)
        last_row, last_column = sheet.end or (-1, -1)
        cells += (last_row + 1) * (last_column + 1)
        if cells > MAX_CELLS:
            raise FileProblem("file.bomb", detail=f"> {MAX_CELLS:,} cells")
        rows = _rows(sheet, limits)
        _put_errors(marks.errors, rows)
        yield Sheet(
            name=meta.name,
            rows=rows,
            hidden=meta.visible is not python_calamine.SheetVisibleEnum.Visible,
            merged=marks.merged,
            uncalculated=marks.uncalculated,
            formulas=marks.formulas,
        )


def _rows(sheet: python_calamine.CalamineSheet, limits: Limits) -> list[Any]:
    """Return rows from the sheet's first row on, so that list positions are row numbers."""
    if sheet.end is None:
        return []
    columns = sheet.end[1] + 1
    if columns > limits.max_columns:
        raise FileProblem(
            "file.too-many-columns", sheet=sheet.name, columns=columns, limit=limits.max_columns
        )
    rows = sheet.to_python(skip_empty_area=False)
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    if len(rows) > limits.max_rows:
        raise FileProblem(
            "file.too-many-rows", sheet=sheet.name, rows=len(rows), limit=limits.max_rows
        )
    return rows


def _put_errors(errors: dict[str, str], rows: list[list[object]]) -> None:
    """Put error values (``#REF!``) back: calamine hands them out as empty cells."""
    for place, value in errors.items():
        row, column = parse_address(place)
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend("" for _ in range(column - len(cells)))
        cells[column - 1] = value


class _NoDefinitions(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise FileProblem("file.unsafe-xml", part=name)


def _tree(container: Container, name: str) -> ElementTree.Element:
    xml = container.read(name, limit=SMALL)
    return ElementTree.fromstring(xml, ElementTree.XMLParser(target=_NoDefinitions()))


def _local(name: str) -> str:
    """Return a tag or attribute without its namespace: strict workbooks have another one."""
    return name.rpartition("}")[2]


def _sheet_parts(container: Container) -> dict[str, str]:
    """Return the zip entry of each sheet, by sheet name; each entry may serve one sheet."""
    links = {
        link.get("Id"): link.get("Target", "").lstrip("/").removeprefix("xl/")
        for link in _tree(container, "xl/_rels/workbook.xml.rels")
    }
    parts = {}
    for each in _tree(container, "xl/workbook.xml").iter():
        if _local(each.tag) == "sheet":
            key = next((value for name, value in each.items() if name.endswith("}id")), "")
            parts[each.get("name", "")] = "xl/" + links.get(key, "")
    if len({part.lower() for part in parts.values()}) != len(parts):
        raise FileProblem("file.damaged", detail="xl/workbook.xml")
    return parts
