"""From a sheet, as a person left it, to the raw cells of a table."""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from core.spreadsheets.address import address, column_letters, parse_address
from core.spreadsheets.reader import Sheet
from returns.forms import structure_checks as checks
from returns.forms.declaration import Table
from returns.intake.cells import RawTable
from returns.intake.finder import Finder

HEADER_SEARCHED = 40  # rows
TABLE_COLUMN = "table"  # of a CSV that carries several tables


def raw_from_sheet(sheet: Sheet, table: Table, finder: Finder) -> RawTable | None:
    """Find the header of ``table`` and cut the cells below it into columns.

    Columns are found by their code (or label), wherever they stand. Returns None, with a
    finding, where no header can be recognised.
    """
    known = _known_words(table)
    header = _header_row(sheet.rows, known)
    if header is None:
        names = ", ".join(list(table.columns)[:3])
        finder.add(checks.HEADER, table=table.name, sheet=sheet.name, names=names)
        return None
    start = header + 1
    while start < len(sheet.rows) and _matches(sheet.rows[start], known) >= 2:
        start += 1
    body = _columns(sheet.rows[start:])
    positions = _positions(sheet, header, table, known, body, finder)
    rows = np.arange(len(sheet.rows) - start, dtype=np.int64) + sheet.first_row + start
    raw = RawTable(
        table,
        rows,
        {name: body[place - 1] if place <= len(body) else [""] * len(rows)
         for name, place in positions.items()},
        positions,
    )  # fmt: skip
    _mark_formulas(sheet, raw)
    _tell_merged(sheet, raw, finder)
    return raw


def _known_words(table: Table) -> dict[str, str]:
    """Return the words by which each column may be headed."""
    words: dict[str, str] = {}
    for name, label in table.labels.items():
        words |= {label.en.lower(): name, label.zh: name}
    return words | {name: name for name in table.columns}


def _word(cell: object) -> str:
    return str(cell).strip().lower() if cell is not None else ""


def _matches(row: Sequence[object], known: dict[str, str]) -> int:
    return len({known[word] for word in map(_word, row) if word in known})


def _header_row(rows: Sequence[Sequence[object]], known: dict[str, str]) -> int | None:
    """Return the row with most column names; codes win over labels."""
    best, most, width = None, 1, len(set(known.values()))
    for place, row in enumerate(rows[:HEADER_SEARCHED]):
        codes = sum(known.get(word) == word for word in set(map(_word, row)))
        if codes == width:
            return place  # every column by its code: no row can say more
        score = 2 * codes + _matches(row, known)
        if score > most and _matches(row, known) >= 2:
            best, most = place, score
    return best


def _columns(rows: Sequence[Sequence[object]]) -> list[Sequence[object]]:
    """Turn rows into columns; short rows are filled with empty cells."""
    if not rows:
        return []
    width = len(rows[0])
    if all(len(row) == width for row in rows):
        return list(zip(*rows, strict=True))
    return list(zip_longest(*rows, fillvalue=""))


def _positions(
    sheet: Sheet,
    header: int,
    table: Table,
    known: dict[str, str],
    body: list[Sequence[object]],
    finder: Finder,
) -> dict[str, int]:
    """Return the column number of each column found; tell what is missing or strange."""
    number = sheet.first_row + header
    found: dict[str, int] = {}
    strange: list[tuple[int, object]] = []
    for position, cell in enumerate(sheet.rows[header], start=1):
        word = _word(cell)
        name = known.get(word)
        if name is None:
            has_data = position <= len(body) and any(_word(each) for each in body[position - 1])
            if (word and word != TABLE_COLUMN) or (not word and has_data):
                strange.append((position, cell or column_letters(position)))
        elif name in found:
            finder.add(checks.REPEATED_COLUMN, table=table.name, row=number, position=position,
                       value=cell)  # fmt: skip
        else:
            found[name] = position
    for name in (each for each in table.columns if each not in found):
        # A renamed header is one slip: tell it once, where it stands.
        position, cell = strange.pop(0) if strange else (None, "")
        finder.add(checks.MISSING_COLUMN, table=table.name, column=name, row=number,
                   position=position, value=cell, name=name)  # fmt: skip
    for position, cell in strange:
        finder.add(checks.UNKNOWN_COLUMN, table=table.name, row=number, position=position,
                   value=cell)  # fmt: skip
    return found


def _mark_formulas(sheet: Sheet, raw: RawTable) -> None:
    """Note which data cells hold a formula without a calculated value."""
    names = {position: name for name, position in raw.positions.items()}
    for cell in sheet.uncalculated:
        row, column = parse_address(cell)
        place = row - int(raw.rows[0]) if len(raw.rows) else -1
        if 0 <= place < len(raw.rows) and column in names:
            raw.uncalculated.setdefault(names[column], set()).add(place)


def _tell_merged(sheet: Sheet, raw: RawTable, finder: Finder) -> None:
    if not len(raw.rows):
        return
    names = {position: name for name, position in raw.positions.items()}
    for merged in sheet.merged:
        corners = [parse_address(corner) for corner in merged.split(":")]
        (top, left), (bottom, right) = corners[0], corners[-1]
        columns = [place for place in names if left <= place <= right]
        if bottom < raw.rows[0] or top > raw.rows[-1] or not columns:
            continue
        finder.add(
            checks.MERGED,
            table=raw.table.name,
            column=names[min(columns)],
            row=top,
            position=left,
            value=merged if ":" in merged else address(top, left),
        )
