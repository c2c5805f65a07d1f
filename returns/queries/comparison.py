"""A return beside what came before: last period, same period last year, earlier revision."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from core.ratio import Ratio
from core.text import Text
from returns.checking.columns import TableData
from returns.checking.context import PriorTable
from returns.checking.load import code_names
from returns.checking.prior import load_prior
from returns.forms import form as form_of
from returns.forms.declaration import Form, Measure
from returns.forms.storing import storing
from returns.intake.examine import Examination, examine
from returns.models import Return

MAX_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure now and before; a side is None where there was no such line."""

    label: Text
    unit: str
    now: Decimal | None
    previous: Decimal | None
    last_year: Decimal | None

    @property
    def change(self) -> Ratio:
        return _change(self.now, self.previous)

    @property
    def change_on_year(self) -> Ratio:
        return _change(self.now, self.last_year)


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line's measure that moved between two documents."""

    table: str
    key: str
    key_label: Text
    column: str
    column_label: Text
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    @property
    def change(self) -> Ratio:
        return _change(self.after, self.before)


def _change(now: Decimal | None, before: Decimal | None) -> Ratio:
    if now is None or before is None:
        return Ratio(None, None)
    return Ratio(now - before, before)


def examined(record: Return, *, now: datetime.datetime) -> Examination:
    """Read a return's document again: its cells, typed columns and findings."""
    return examine(
        form=form_of(record.period.form),
        data=record.document.read(),
        filename=record.document.filename,
        channel=record.document.channel,
        institution=record.institution,
        period=record.period,
        now=now,
    )


def stored(record: Return) -> Mapping[str, PriorTable]:
    """The stored figures of a return that had no error, by table."""
    codes = _codes(form_of(record.period.form))
    keeps = storing(record.period.form)
    return keeps.prior(documents=[record.document_id], codes=codes)[record.document_id]


def _codes(form: Form) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in code_names(form).items()}


def side_by_side(record: Return, *, by: str | None = None) -> list[tuple[Text, list[Compared]]]:
    """Return groups of figures now, last period and last year.

    ``by`` is a dimension of the form's first table; without it there is one group of all
    tables' sums.
    """
    form = form_of(record.period.form)
    names = code_names(form)
    codes = {name: tuple(words) for name, words in names.items()}
    now = stored(record)
    prior = load_prior(form=form, institution=record.institution, period=record.period, codes=codes)
    sides = (now, prior.previous, prior.last_year)
    if by is None:
        return [
            (table.title, [_row(m, table.name, sides, None, 0) for m in table.measures])
            for table in form.tables
        ]
    lines = form.lines
    groups = []
    for place, label in enumerate(names[by].values()):
        if any(_has(side, lines.name, by, place) for side in sides):
            rows = [_row(m, lines.name, sides, by, place) for m in lines.measures]
            groups.append((label, rows))
    return groups


def _has(side: Any, table: str, by: str, place: int) -> bool:
    return bool(side) and bool((side[table].columns[by] == place).any())


def _row(
    measure: Measure, table: str, sides: Sequence[Any], by: str | None, place: int
) -> Compared:
    values = [_sum(side, table, measure, by, place) for side in sides]
    return Compared(measure.label, str(measure.unit), *values)


def _sum(side: Any, table: str, measure: Measure, by: str | None, place: int) -> Decimal | None:
    if not side:
        return None
    columns = side[table].columns
    values = columns[measure.name]
    if by is not None:
        values = values[columns[by] == place]
    return Decimal(int(values.sum())).scaleb(-measure.scale)


def line_changes(
    record: Return, *, against: Mapping[str, PriorTable] | None, columns: Sequence[str] = ()
) -> list[LineChange]:
    """Return what differs from ``against`` line by line, the largest differences first."""
    if not against:
        return []
    form = form_of(record.period.form)
    names = code_names(form)
    found: list[LineChange] = []
    now = stored(record)
    for table in form.tables:
        before, after = against[table.name], now[table.name]
        for measure in table.measures:
            if columns and measure.name not in columns:
                continue
            found += _changes(table, measure, names, before, after)
    found.sort(key=lambda each: abs(each.difference), reverse=True)
    return found[:MAX_CHANGES]


def _changes(
    table: Any, measure: Measure, names: Any, before: PriorTable, after: PriorTable
) -> list[LineChange]:
    keys = np.union1d(before.keys, after.keys)
    old, had = _aligned(before, measure.name, keys)
    new, has = _aligned(after, measure.name, keys)
    found = []
    for place in np.flatnonzero((old != new) | (had != has)).tolist():
        if not (old[place] or new[place]):
            continue
        code, label = _key(table, names, int(keys[place]))
        found.append(
            LineChange(
                table=table.name,
                key=code,
                key_label=label,
                column=measure.name,
                column_label=measure.label,
                before=_decimal(old[place], measure) if had[place] else None,
                after=_decimal(new[place], measure) if has[place] else None,
            )
        )
    return found


def _aligned(side: PriorTable, name: str, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    values = np.zeros(len(keys), np.int64)
    has = np.isin(keys, side.keys)
    order = np.argsort(side.keys)
    values[has] = side.columns[name][order][np.searchsorted(side.keys[order], keys[has])]
    return values, has


def _decimal(value: Any, measure: Measure) -> Decimal:
    return Decimal(int(value)).scaleb(-measure.scale)


def _key(table: Any, names: Mapping[str, Mapping[str, Text]], key: int) -> tuple[str, Text]:
    codes, labels = [], []
    for dimension in reversed(table.dimensions):
        words = names[dimension.name]
        key, place = divmod(key, len(words))
        code = list(words)[place]
        codes.append(code)
        labels.append(words[code])
    zh = " · ".join(each.zh for each in reversed(labels))
    en = " · ".join(each.en for each in reversed(labels))
    return "/".join(reversed(codes)), Text(zh, en)


def grid_rows(data: TableData, *, blanks: int = 0) -> list[dict[str, Any]]:
    """The raw cells of a table as they came, for showing a draft again, bad values and all."""
    rows = []
    for place, number in enumerate(data.rows.tolist()):
        cells = {name: _text(column[place]) for name, column in data.raw.items()}
        rows.append({"number": number, "cells": cells})
    rows += [{"number": 0, "cells": {}} for _ in range(blanks)]
    return rows


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    return str(cell)
