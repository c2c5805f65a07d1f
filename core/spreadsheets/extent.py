"""How far a sheet reaches, looked up before it is read.

The reader lays a sheet out as one rectangle from its first to its last cell. One stray cell
in XFD1048576 would ask for 400 GB and end the process, so such a sheet is refused first.

A sheet as every office program writes it is cleared by one search. Only one that reaches far,
or whose cells are written in another way, is walked through by a strict parser.
"""

import re
from xml.parsers import expat

from core.spreadsheets.address import parse_address
from core.spreadsheets.container import CHUNK
from core.spreadsheets.guard import Limits, check_xml
from core.spreadsheets.problems import FileProblem

MAX_CELLS = 8_000_000  # of the rectangle; 200,000 rows of 40 columns

# A cell other than every office program writes within column AN and row 199,999. As long as
# there is none, MAX_CELLS holds.
_STRANGE = re.compile(rb"""<c(?! r="(?:A[A-N]|[A-Z])1?\d{1,5}"(?: [st]="[A-Za-z\d]*")*/?>)""")


def check_extent(xml: bytes, *, sheet: str, limits: Limits) -> None:
    """Raise FileProblem where the used area of a sheet is beyond the limits."""
    check_xml(xml[:CHUNK], sheet)
    if not _is_plain(xml):
        _Walk(sheet, limits).through(xml)


def _is_plain(xml: bytes) -> bool:
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData>")
    if start < 0 or xml.find(b":c", start, end) >= 0:  # cells may hide behind a prefix
        return False
    return not _STRANGE.search(xml, start, end)


class _Walk:
    """Follows rows and cells as the reader does; cells without a value do not count."""

    def __init__(self, sheet: str, limits: Limits) -> None:
        self._sheet, self._limits = sheet, limits
        self._row = self._column = 1  # of the next cell that does not name its place
        self._here = (1, 1)
        self._last_row = self._last_column = 0

    def through(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.buffer_text = True
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise FileProblem("file.damaged", detail=self._sheet) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            place = attributes.get("r")
            self._here = _place(place) if place else (self._row, self._column)
            self._column = self._here[1] + 1
        elif kind in ("v", "is"):
            self._count(*self._here)
        elif kind == "row" and "r" in attributes:
            self._row = int(attributes["r"])

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "row":
            self._row += 1
            self._column = 1

    def _count(self, row: int, column: int) -> None:
        if row <= self._last_row and column <= self._last_column:
            return
        self._last_row = max(row, self._last_row)
        self._last_column = max(column, self._last_column)
        if self._last_column > self._limits.max_columns:
            raise FileProblem(
                "file.too-many-columns",
                sheet=self._sheet,
                columns=self._last_column,
                limit=self._limits.max_columns,
            )
        most = min(self._limits.max_rows, MAX_CELLS // self._last_column)
        if self._last_row > most:
            raise FileProblem(
                "file.too-many-rows", sheet=self._sheet, rows=self._last_row, limit=most
            )

    def _refuse(self, *_: object) -> None:
        raise FileProblem("file.unsafe-xml", part=self._sheet)


def _place(reference: str) -> tuple[int, int]:
    try:
        return parse_address(reference)
    except ValueError as error:  # such as A1048576000, or 5A
        raise FileProblem("file.damaged", detail=reference[:20]) from error
