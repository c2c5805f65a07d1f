"""A return beside what came before: last period, same period last year, earlier revision."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from core.ratio import Ratio
from core.text import Text
from returns.checking.columns import TableData
from returns.checking.context import PriorTable
from returns.checking.load import code_names
from returns.checking.prior import load_prior
from returns.forms import form as form_of
from returns.forms.declaration import Form, Measure, Table
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
    unit: str
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
    prior = load_prior(form=form, institution=record.institution, period=record.period, codes=codes)
    sides = (stored(record), prior.previous, prior.last_year)
    if by is None:
        groups: list[tuple[Text, list[Compared]]] = []
        for table in form.tables:
            if table.fixed:
                groups += _of_items(table, sides, names[table.item.name])
            else:
                groups.append((table.title, _rows(table, [_sums(s, table) for s in sides])))
        return groups
    grouped = [_sums(side, form.lines, by=by) for side in sides]
    return [
        (label, _rows(form.lines, [_at(sums, place) for sums in grouped]))
        for place, label in enumerate(names[by].values())
        if any(_at(sums, place) is not None for sums in grouped)
    ]


def frame(side: Mapping[str, PriorTable], table: Table) -> pd.DataFrame:
    """A side's figures, a row per key, as nullable whole numbers of the last place."""
    held = side[table.name]
    columns = {name: held.columns[name] for name in table.columns}
    return pd.DataFrame(columns, index=held.keys).astype("Int64")


def _sums(side: Mapping[str, PriorTable] | None, table: Table, *, by: str | None = None) -> Any:
    """All measures summed: a series, or with ``by`` a row for each place of that dimension."""
    if not side:
        return None
    measures = [measure.name for measure in table.measures]
    figures = frame(side, table)
    return figures.groupby(by)[measures].sum() if by else figures[measures].sum()


def _of_items(
    table: Table,
    sides: Sequence[Mapping[str, PriorTable] | None],
    names: Mapping[str, Text],
) -> list[tuple[Text, list[Compared]]]:
    """A table of items, a group for each measure: items must never be summed."""
    frames = [None if side is None else frame(side, table) for side in sides]
    several = len(table.measures) > 1
    groups = []
    for measure in table.measures:
        title = _joined(table.title, measure.label) if several else table.title
        rows = []
        for place, label in enumerate(names.values()):
            values = [
                None if each is None else _decimal_at(each[measure.name], place, measure)
                for each in frames
            ]
            if any(value is not None for value in values):
                rows.append(Compared(label, str(measure.unit), *values))
        groups.append((title, rows))
    return groups


def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.zh} · {other.zh}", f"{one.en} · {other.en}")


def _decimal_at(figures: Any, place: int, measure: Measure) -> Decimal | None:
    return _decimal(figures.loc[place], measure) if place in figures.index else None


def _at(sums: Any, place: int) -> Any:
    return None if sums is None or place not in sums.index else sums.loc[place]


def _rows(table: Table, sides: Sequence[Any]) -> list[Compared]:
    return [
        Compared(
            measure.label,
            str(measure.unit),
            *(None if side is None else _decimal(side[measure.name], measure) for side in sides),
        )
        for measure in table.measures
    ]


def line_changes(
    record: Return, *, against: Mapping[str, PriorTable] | None, columns: Sequence[str] = ()
) -> list[LineChange]:
    """Return what differs from ``against`` line by line, the largest differences first."""
    if not against:
        return []
    form = form_of(record.period.form)
    names = code_names(form)
    now = stored(record)
    found: list[LineChange] = []
    for table in form.tables:
        both = frame(against, table).join(
            frame(now, table), how="outer", lsuffix="_before", rsuffix="_after"
        )
        for measure in table.measures:
            if not columns or measure.name in columns:
                found += _changes(table, measure, names, both)
    found.sort(key=lambda each: abs(each.difference), reverse=True)
    return found[:MAX_CHANGES]


def _changes(
    table: Table, measure: Measure, names: Mapping[str, Mapping[str, Text]], both: pd.DataFrame
) -> list[LineChange]:
    """The keys whose figure moved; a line that is new or gone counts if it held anything."""
    before, after = both[f"{measure.name}_before"], both[f"{measure.name}_after"]
    moved = both[before.fillna(0) != after.fillna(0)]
    found = []
    for key in moved.index.tolist():
        code, label = _key(table, names, int(key))
        found.append(
            LineChange(
                table=table.name,
                key=code,
                key_label=label,
                column=measure.name,
                column_label=measure.label,
                unit=str(measure.unit),
                before=_decimal(before[key], measure),
                after=_decimal(after[key], measure),
            )
        )
    return found


def _decimal(value: Any, measure: Measure) -> Decimal | None:
    return None if value is pd.NA else Decimal(int(value)).scaleb(-measure.scale)


def _key(table: Table, names: Mapping[str, Mapping[str, Text]], key: int) -> tuple[str, Text]:
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
