"""Cell addresses: rows and columns count from 1, as a spreadsheet shows them."""

import re

_ADDRESS = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$")


def column_letters(column: int) -> str:
    """``1 -> "A"``, ``27 -> "AA"``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """``(12, 6) -> "F12"``."""
    return f"{column_letters(column)}{row}"


def parse_address(text: str) -> tuple[int, int]:
    """``"F12" -> (12, 6)``. Raises ValueError for anything else."""
    match = _ADDRESS.match(text)
    if not match:
        raise ValueError(text)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
