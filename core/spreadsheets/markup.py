"""What a sheet's own XML tells and calamine does not: formulas, error values, merged ranges.

All scans are plain byte searches that look closer only where something is found, so that a
sheet of 100,000 rows without formulas costs a tenth of a second.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

MAX_MERGED = 10_000  # more than anybody merges by hand; the rest is not reported

_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)["']"""
)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3}[1-9]\d{0,6})["']""")
_TEXT_RESULT = re.compile(rb"""\st\s*=\s*["']str["']""")
_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]{1,40})<")


@dataclass(frozen=True, slots=True)
class Markup:
    """Addresses in the sender's file. ``errors`` holds the error value of each error cell."""

    merged: tuple[str, ...] = ()
    formulas: frozenset[str] = frozenset()
    uncalculated: frozenset[str] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)


def markup(xml: bytes) -> Markup:
    """Scan the XML of one sheet."""
    end = max(xml.rfind(b"sheetData>"), 0)
    formulas = dict(_formulas(xml, end))
    return Markup(
        merged=tuple(each[1].decode() for each in islice(_MERGED.finditer(xml, end), MAX_MERGED)),
        formulas=frozenset(formulas),
        uncalculated=frozenset(cell for cell, calculated in formulas.items() if not calculated),
        errors=dict(_errors(xml, end)),
    )


def _formulas(xml: bytes, end: int) -> Iterator[tuple[str, bool]]:
    """Yield each cell with a formula, and whether its result was stored with it.

    A result that is an empty text is a result: ``t="str"`` tells it from no result at all.
    """
    for opening in (b"<f", b":f"):
        place = xml.find(opening, 0, end)
        while place >= 0:
            after = xml[place + 2 : place + 3]
            if after in (b">", b"/") or after.isspace():
                cell = _cell_around(xml, place, end)
                reference = _REFERENCE.search(cell)
                if reference:
                    calculated = _VALUE.search(cell) or _TEXT_RESULT.search(cell)
                    yield reference[1].decode(), bool(calculated)
            place = xml.find(opening, place + 2, end)


def _errors(xml: bytes, end: int) -> Iterator[tuple[str, str]]:
    for mark in (b'"e"', b"'e'"):
        place = xml.find(mark, 0, end)
        while place >= 0:
            cell = _cell_around(xml, place, end)
            reference, value = _REFERENCE.search(cell), _VALUE.search(cell)
            if reference and value and _ERROR_TYPE.search(cell):
                yield reference[1].decode(), value[1].decode(errors="replace")
            place = xml.find(mark, place + 3, end)


def _cell_around(xml: bytes, place: int, end: int) -> bytes:
    """Return the cell that ``place`` lies in, from its opening tag on."""
    start = max(xml.rfind(b"<c ", max(0, place - 400), place), 0)
    prefixed = xml.rfind(b":c ", max(0, place - 400), place)
    close = xml.find(b"c>", place, min(end, place + 70_000))
    return xml[max(start, prefixed) : close if close >= 0 else place + 400]
