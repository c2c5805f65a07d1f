"""How much text the cells of a workbook unfold to.

A text is stored once and read as often as cells show it: a megabyte can hold a text of 32,000
letters and a million cells that show it, which would unfold to 64 GB and end the process.
"""

import re

import numpy as np

from core.spreadsheets.extent import MAX_CELLS
from core.spreadsheets.problems import FileProblem

MAX_TEXT = 256 * 2**20  # bytes of text in the cells of one file

_SHARED = re.compile(rb"<(?:\w+:)?si[\s/>]")
_TEXT_CELL = re.compile(rb"""["']s["'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<""")


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
