"""Sections and divisions of GB/T 4754-2011 (the national classification of industries). Pure."""

import re

# Section: its first and last division.
DIVISIONS = {
    "A": (1, 5),
    "B": (6, 12),
    "C": (13, 43),
    "D": (44, 46),
    "E": (47, 50),
    "F": (51, 52),
    "G": (53, 60),
    "H": (61, 62),
    "I": (63, 65),
    "J": (66, 69),
    "K": (70, 70),
    "L": (71, 72),
    "M": (73, 75),
    "N": (76, 78),
    "O": (79, 81),
    "P": (82, 82),
    "Q": (83, 84),
    "R": (85, 89),
    "S": (90, 95),
    "T": (96, 96),
}
SHAPE = re.compile(r"([A-T])?(\d{2,4})?", re.ASCII)


def parts_of(code: str) -> tuple[str, str] | None:
    """Section letter and digits of ``C``, ``39``, ``C39`` or ``3911``; None where none fits.

    >>> parts_of("3911")
    ('C', '3911')
    """
    match = SHAPE.fullmatch(code.strip().upper())
    if not match or not (match[1] or match[2]):
        return None
    letter, digits = match[1] or "", match[2] or ""
    if not digits:
        return letter, ""
    division = int(digits[:2])
    section = next((s for s, (low, high) in DIVISIONS.items() if low <= division <= high), "")
    if not section or (letter and letter != section):
        return None
    return section, digits


def canonical(code: str) -> str:
    """A code as it is kept: its digits, or the section's letter alone; as given if it is none.

    >>> canonical("c39")
    '39'
    """
    found = parts_of(code) if code.strip() else None
    return (found[1] or found[0]) if found else code.strip().upper()


def section_of(code: str) -> str:
    """The section letter of a code; empty where it is none."""
    found = parts_of(code) if code else None
    return found[0] if found else ""
