"""How far a sheet reaches, looked up before it is read.

The reader lays a sheet out as one rectangle from its first to its last cell. One stray cell
in XFD1048576 would ask for 400 GB and end the process, so such a sheet is refused first. So is
one that shows a single long text in half a million cells: stored once, read half a million times.
"""

import re

import numpy as np

from core.spreadsheets.address import parse_address
from core.spreadsheets.container import CHUNK
from core.spreadsheets.guard import Limits, check_xml
from core.spreadsheets.problems import FileProblem

MAX_CELLS = 8_000_000  # of the rectangle; 200,000 rows of 40 columns
MAX_TEXT = 256 * 2**20  # bytes of text in the cells of one file

# A reference beyond column AN or beyond row 199,999; without one, MAX_CELLS holds.
_FAR = re.compile(
    rb"""r\s*=\s*["'](?:[A-Za-z]{3,9}\d|(?:[Aa][O-Zo-z]|[B-Zb-z][A-Za-z])\d"""
    rb"""|[A-Za-z]{1,2}(?:[2-9]\d{5}|\d{7}))"""
)
_SHARED = re.compile(rb"<(?:\w+:)?si[\s/>]")
_TEXT_CELL = re.compile(rb"""["']s["'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<""")
# A cell that is not closed at once, as cells with a format and no value are.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r\s*=\s*["']([A-Za-z]{1,9}\d{1,12})["'][^>]*?(?<!/)>""")


def check_extent(xml: bytes, *, sheet: str, limits: Limits) -> None:
    """Raise FileProblem where the used area of a sheet is beyond the limits."""
    check_xml(xml[:CHUNK], sheet)
    if not _FAR.search(xml):
        return
    last_row, last_column = 0, 0
    for match in _CELL.finditer(xml):
        row, column = _place(match[1].decode())
        last_row, last_column = max(row, last_row), max(column, last_column)
    if last_column > limits.max_columns:
        raise FileProblem(
            "file.too-many-columns", sheet=sheet, columns=last_column, limit=limits.max_columns
        )
    most = min(limits.max_rows, MAX_CELLS // max(1, last_column))
    if last_row > most:
        raise FileProblem("file.too-many-rows", sheet=sheet, rows=last_row, limit=most)


def _place(reference: str) -> tuple[int, int]:
    try:
        return parse_address(reference)
    except ValueError:  # more letters or digits than any sheet has
        return 10**9, 10**9


class SharedTexts:
    """The lengths of a workbook's shared texts, and what is left to spend on showing them."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._lengths: np.ndarray | None = None
        self._left = MAX_TEXT

    def spend(self, sheet_xml: bytes, *, sheet: str) -> None:
        """Raise FileProblem where the cells of a sheet would unfold to too much text."""
        cells = sheet_xml.count(b'"s"') + sheet_xml.count(b"'s'")
        if cells * len(self._xml) <= MAX_TEXT // 100:  # whatever they show, it is little
            return
        lengths = self._measured(sheet)
        longest = int(lengths.max(initial=0))
        size = cells * longest
        if size > self._left:  # look closer: which text does each cell show?
            places = np.array(_TEXT_CELL.findall(sheet_xml), dtype=np.int64)
            places = places[places < len(lengths)]
            size = int(lengths[places].sum()) + (cells - len(places)) * longest
        if size > self._left:
            raise FileProblem("file.bomb", detail=f"{sheet}: {size / 2**20:.0f} MB")
        self._left -= size

    def _measured(self, sheet: str) -> np.ndarray:
        if self._lengths is None:
            if self._xml.count(b"si") > 3 * MAX_CELLS:
                raise FileProblem("file.bomb", detail=sheet)
            starts = [match.start() for match in _SHARED.finditer(self._xml)]
            self._lengths = np.diff(np.array([*starts, len(self._xml)], dtype=np.int64))
        return self._lengths
