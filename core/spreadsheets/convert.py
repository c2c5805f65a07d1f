"""Columns of cells to columns of exact whole numbers and codes, fast.

A number cell of a workbook is a binary double. For every amount within ``bound(scale)``
the nearest double of a decimal with ``scale`` places is unique, so ``rint(x * 10**scale)``
gives back exactly the decimal that was typed; nothing is stored as floating point. Whether it
was typed with ``scale`` places is asked backwards: does that decimal's nearest double equal x?
Sums that Excel computed carry noise behind the 15 digits that it shows; noise is no decimal.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np

# Up to here rint(x * 10**scale) is right: both roundings together are off by a quarter at most.
EXACT = 2**50
# What counts as noise, in units of the last place: a few bits of x, and never near a half.
_NOISE, _LEAST_NOISE, _MOST_NOISE = 2.0**-47, 1e-6, 0.05
_PARENTHESES = re.compile(r"^\((.+)\)$")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")
# What machines write: so few digits that no bound is near, read without a Decimal.
_PLAIN = re.compile(r"(-?)([0-9]{1,11})(?:\.([0-9]{1,4}))?")
_PLAIN_SCALE = 4
_DASHES = dict.fromkeys(map(ord, "−–—﹣－"), "-")
_BLANKS = frozenset({"", "-", "--", "/"})
_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA"}
)

_NUMERIC = frozenset({float, int})

# Kinds of trouble in a number cell, in the order in which they are told.
TROUBLES = (
    "not_number",
    "is_date",
    "is_boolean",
    "is_error",
    "not_finite",
    "too_large",
    "too_precise",
)


@dataclass(slots=True)
class NumberColumn:
    """``values`` are whole numbers of the last place (int64); 0 where blank or in trouble.

    ``troubles`` maps a kind of ``TROUBLES`` to the positions (int64 array) that have it.
    """

    values: np.ndarray
    blank: np.ndarray
    troubles: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(slots=True)
class CodeColumn:
    """``index`` is the position of the code in ``known`` (int32), -1 if blank or unknown."""

    index: np.ndarray
    blank: np.ndarray
    unknown: np.ndarray


def bound(scale: int) -> Decimal:
    """The largest magnitude that is read exactly with ``scale`` decimals."""
    return (Decimal(EXACT) / 10**scale).to_integral_value(ROUND_HALF_UP)


def numbers(cells: Sequence[object], *, scale: int) -> NumberColumn:
    """Convert one column. The all-number case is vectorised; other cells are told apart."""
    others = [place for place, cell in enumerate(cells) if type(cell) not in _NUMERIC]
    blank = np.zeros(len(cells), bool)
    if not others:
        return _scaled(_floats(cells), blank, scale)
    figures = list(cells)
    found: dict[str, list[int]] = {}
    exact: dict[int, int] = {}
    for place in others:
        cell, figures[place] = figures[place], 0
        answer = None if cell == "" else _one(cell, scale)
        if answer is None:
            blank[place] = True
        elif isinstance(answer, str):
            found.setdefault(answer, []).append(place)
        else:
            exact[place] = answer
    column = _scaled(_floats(figures), blank, scale)
    for place, value in exact.items():
        column.values[place] = value
    for kind, places in found.items():
        known = column.troubles.get(kind, np.empty(0, np.int64))
        column.troubles[kind] = np.union1d(known, np.array(places, np.int64))
    return column


def _floats(cells: Sequence[object]) -> np.ndarray:
    try:
        return np.array(cells, dtype=np.float64)
    except OverflowError:  # an integer beyond any double, from a payload
        return np.array([_as_float(cell) for cell in cells])


def _as_float(cell: float) -> float:
    try:
        return float(cell)
    except OverflowError:
        return math.inf if cell > 0 else -math.inf


def _scaled(floats: np.ndarray, blank: np.ndarray, scale: int) -> NumberColumn:
    """Scale doubles to whole numbers, telling what is not finite, too large, too precise."""
    factor = 10**scale
    troubles = {}
    with np.errstate(all="ignore"):
        scaled = floats * factor
        whole = np.rint(scaled)
        finite = np.isfinite(floats)
        large = finite & (np.abs(scaled) > EXACT)
        noise = np.clip(np.abs(scaled) * _NOISE, _LEAST_NOISE, _MOST_NOISE)
        precise = (np.abs(scaled - whole) <= noise) | (whole / factor == floats)
    for kind, mask in (
        ("not_finite", ~finite),
        ("too_large", large),
        ("too_precise", finite & ~large & ~precise),
    ):
        positions = np.flatnonzero(mask)
        if len(positions):
            troubles[kind] = positions
            whole[positions] = 0
    return NumberColumn(whole.astype(np.int64), blank, troubles)


def _one(cell: object, scale: int) -> int | str | None:
    """Return a cell's whole number, the kind of its trouble, or None if it is blank."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "is_boolean"
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return "is_date"
    if isinstance(cell, int | float):
        if isinstance(cell, float) and not math.isfinite(cell):
            return "not_finite"
        return _exact(Decimal(repr(cell)), scale)
    plain = _plain(cell, scale) if type(cell) is str else None
    if plain is not None:
        return plain
    text = normalise(str(cell))
    if text in _BLANKS:
        return None
    if text.upper() in _ERRORS:
        return "is_error"
    if text.lower().strip("+-") in ("nan", "inf", "infinity"):
        return "not_finite"
    number = parse_number(text)
    return "not_number" if number is None else _exact(number, scale)


def _plain(text: str, scale: int) -> int | None:
    """Return the whole number of a plain decimal such as ``-12.34``; None if it is none."""
    found = _PLAIN.fullmatch(text)
    if found is None or scale > _PLAIN_SCALE:
        return None
    minus, whole, decimals = found.groups("")
    if len(decimals) > scale:
        return None
    value = int(whole + decimals.ljust(scale, "0"))
    return -value if minus else value


def _exact(number: Decimal, scale: int) -> int | str:
    if abs(number) > bound(scale):
        return "too_large"
    whole = number.scaleb(scale)
    return int(whole) if whole == whole.to_integral_value() else "too_precise"


def normalise(text: str) -> str:
    """Bring typed text to plain form: full-width digits, spaces, dashes, a leading apostrophe."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(plain.split()).lstrip("'")


def parse_number(text: str) -> Decimal | None:
    """Parse normalised text such as ``1,234.50``, ``(0.6)`` or ``-3e2``; None if it is none."""
    negative = _PARENTHESES.match(text)
    if negative:
        text = "-" + negative[1]
    if _GROUPED.match(text):
        text = text.replace(",", "")
    if not _NUMBER.match(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def codes(cells: Sequence[object], known: Mapping[str, int]) -> CodeColumn:
    """Convert a key column. A cell holds a code, alone or before its label (``S 小型企业``).

    Distinct cells are looked up once, so a long column costs a dictionary look-up a row.
    """
    answers: dict[object, int] = {}
    index = np.empty(len(cells), np.int32)
    for position, cell in enumerate(cells):
        try:
            index[position] = answers[cell]
        except KeyError:
            index[position] = answers[cell] = _code(cell, known)
    blank = index == -2
    unknown = index == -1
    index[blank] = -1
    return CodeColumn(index, blank, unknown)


def _code(cell: object, known: Mapping[str, int]) -> int:
    """Return a code's position, -1 if it is unknown, -2 if the cell is blank."""
    if cell is None:
        return -2
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = unicodedata.normalize("NFKC", str(cell)).strip().lstrip("'").split()
    if not words:
        return -2
    for word in (words[0], words[0].upper()):
        if word in known:
            return known[word]
    return -1
