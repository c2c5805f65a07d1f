"""From raw cells to typed columns, with a finding at every cell that does not hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from core.spreadsheets import convert
from returns.checking.columns import Codes, TableData
from returns.checking.run import plain
from returns.forms import structure_checks as checks
from returns.forms.declaration import Dimension, Measure, Table
from returns.intake.finder import Finder


@dataclass
class RawTable:
    """The cells of one table as they came: a sequence for each column that was there."""

    table: Table
    rows: np.ndarray
    cells: dict[str, Sequence[object]]
    positions: dict[str, int] = field(default_factory=dict)
    uncalculated: dict[str, set[int]] = field(default_factory=dict)  # column → places
    present: bool = True


@dataclass
class _Typed:
    values: np.ndarray
    blank: np.ndarray
    wrong: list[tuple[checks.Check, np.ndarray, str]]

    def bad(self) -> np.ndarray | None:
        if not self.wrong:
            return None
        mask = np.zeros(len(self.values), dtype=bool)
        for _, places, _ in self.wrong:
            mask[places] = True
        return mask


def typed(raw: RawTable, codes: Codes, finder: Finder) -> TableData:
    """Convert all columns, drop rows without any figure, tell every cell that does not hold."""
    table, count = raw.table, len(raw.rows)
    found = {name: _column(raw, declared, codes, count) for name, declared in table.columns.items()}
    keep = _filled_rows(found, table, count)
    rows, cells = raw.rows, raw.cells
    if keep is not None:
        rows = rows[keep]
        places = keep.tolist()
        cells = {name: [column[place] for place in places] for name, column in cells.items()}
        found = {name: _kept(column, keep, count) for name, column in found.items()}
    data = TableData(table, codes, rows, {}, {}, cells, raw.positions, raw.present)
    for name, column in found.items():
        data.columns[name] = column.values
        bad = column.bad()
        if name not in cells:
            bad = np.ones(len(rows), dtype=bool)
        if bad is not None:
            data.bad[name] = bad
        _tell(data, name, column, finder)
    return data


def _column(raw: RawTable, declared: Dimension | Measure, codes: Codes, count: int) -> _Typed:
    name = declared.name
    if name not in raw.cells:
        blank = np.ones(count, dtype=bool)
        return _Typed(np.full(count, -isinstance(declared, Dimension)), blank, [])
    if isinstance(declared, Dimension):
        return _coded(raw.cells[name], codes[name])
    column = _counted(raw.cells[name], declared)
    places = raw.uncalculated.get(name)
    if places:
        where = np.fromiter(sorted(places), dtype=np.int64)
        column.blank[where] = False
        column.wrong.append((checks.UNCALCULATED, where, ""))
    return column


def _coded(cells: Sequence[object], codes: Sequence[str]) -> _Typed:
    answer = convert.codes(cells, {code: place for place, code in enumerate(codes)})
    wrong = []
    if answer.blank.any():
        wrong.append((checks.EMPTY_CODE, np.flatnonzero(answer.blank), ""))
    if answer.unknown.any():
        wrong.append((checks.UNKNOWN_CODE, np.flatnonzero(answer.unknown), ""))
    return _Typed(answer.index.astype(np.int64), answer.blank, wrong)


def _counted(cells: Sequence[object], measure: Measure) -> _Typed:
    answer = convert.numbers(cells, scale=measure.scale)
    values, wrong = answer.values, []
    for kind, places in answer.troubles.items():
        wrong.append((checks.TROUBLES[kind], places, _limit(measure, kind)))
    factor = 10**measure.scale
    for check, limit, outside in (
        (checks.NEGATIVE, measure.minimum, values < measure.minimum * factor),
        (checks.TOO_LARGE, measure.maximum, values > measure.maximum * factor),
    ):
        if outside.any():
            places = np.flatnonzero(outside)
            wrong.append((check, places, plain(limit * factor, measure.scale)))
            values[places] = 0
    return _Typed(values, answer.blank, wrong)


def _limit(measure: Measure, kind: str) -> str:
    return str(measure.maximum) if kind == "too_large" else ""


def _filled_rows(found: dict[str, _Typed], table: Table, count: int) -> np.ndarray | None:
    """Return the places of rows with a figure; None if all rows have one."""
    empty = np.ones(count, dtype=bool)
    for measure in table.measures:
        empty &= found[measure.name].blank
        if not empty.any():
            return None
    return np.flatnonzero(~empty)


def _kept(column: _Typed, keep: np.ndarray, count: int) -> _Typed:
    """Return the column with only the rows kept; findings move with their rows."""
    moved = np.full(count, -1, dtype=np.int64)
    moved[keep] = np.arange(len(keep))
    wrong = []
    for check, places, limit in column.wrong:
        there = moved[places]
        there = there[there >= 0]
        if len(there):
            wrong.append((check, there, limit))
    return _Typed(column.values[keep], column.blank[keep], wrong)


def _tell(data: TableData, name: str, column: _Typed, finder: Finder) -> None:
    for check, places, limit in column.wrong:
        cells = data.raw[name]
        finder.add_many(
            check,
            table=data.table.name,
            column=name,
            rows=data.rows[places].tolist(),
            values=[cells[place] for place in places.tolist()],
            position=data.positions.get(name),
            expected=limit,
        )


def empty_table(table: Table, codes: Codes, *, present: bool) -> TableData:
    """Return a table without rows, for one that was not sent."""
    nothing = np.empty(0, dtype=np.int64)
    return TableData(
        table, codes, nothing, {name: nothing.copy() for name in table.columns}, present=present
    )
