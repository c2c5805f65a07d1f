"""How far a sheet reaches, looked up before it is read.

The reader lays a sheet out as one rectangle from its first to its last cell. One stray cell
in XFD1048576 would ask for 400 GB and end the process, so such a sheet is refused first.
"""

import re

from core.spreadsheets.address import parse_address
from core.spreadsheets.guard import Limits
from core.spreadsheets.problems import FileProblem

MAX_CELLS = 8_000_000  # of the rectangle; 200,000 rows of 40 columns

# A reference beyond column AN or beyond row 199,999; without one, MAX_CELLS holds.
_FAR = re.compile(
    rb"""r\s*=\s*["'](?:[A-Za-z]{3,9}\d|(?:[Aa][O-Zo-z]|[B-Zb-z][A-Za-z])\d"""
    rb"""|[A-Za-z]{1,2}(?:[2-9]\d{5}|\d{7}))"""
)
# A cell that is not closed at once, as cells with a format and no value are.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?r\s*=\s*["']([A-Za-z]{1,9}\d{1,12})["'][^>]*?(?<!/)>""")


def check_extent(xml: bytes, *, sheet: str, limits: Limits) -> None:
    """Raise FileProblem where the used area of a sheet is beyond the limits."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in xml[:400]:
        raise FileProblem("file.damaged", detail="UTF-16")  # nobody's program writes sheets so
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
