"""Checks of forms whose rows are items, made from what they compare.

A form names its identities and limits as data (which items, which measures); the checks of
``microloan`` and the guarantee forms are these few kinds of check, declared many times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.text import Text
from returns.checking.check import Check, Hits, Severity, Tier
from returns.checking.columns import TableData, Tables
from returns.checking.context import Context

IDENTITY = Text("报表内在勾稽关系", "Identity within the form")
EXPLAIN = Text("请核对；属实请说明原因。", "Check it; if it is right, explain why.")


@dataclass(frozen=True, slots=True)
class Ref:
    """One cell of a form of items: table, item, measure."""

    table: str
    item: str
    measure: str


def position(data: TableData, item: str) -> int:
    """The place of an item's row in the table; -1 where it was left out."""
    dimension = data.table.item.name
    code = data.codes[dimension].index(item)
    found = np.flatnonzero(data[dimension] == code)
    return int(found[0]) if len(found) else -1


def amount(tables: Tables, ref: Ref) -> int | None:
    """A cell as a scaled whole number; 0 where its row was left out, None where unsound."""
    data = tables[ref.table]
    place = position(data, ref.item)
    if place < 0:
        return 0
    bad = data.bad.get(ref.measure)
    return None if bad is not None and bad[place] else int(data[ref.measure][place])


def label(tables: Tables, ref: Ref) -> Text:
    """An item's own words."""
    return tables[ref.table].table.item.codes[ref.item]


def at(tables: Tables, ref: Ref, expected: int | None = None, **parameters: object) -> Hits:
    """An objection at a cell; at the table where its row was left out."""
    data = tables[ref.table]
    place = position(data, ref.item)
    scales = {
        name: data.table.columns[ref.measure].scale
        for name, value in parameters.items()
        if isinstance(value, int)
    }
    known = {
        name: np.array([value]) if isinstance(value, int) else value
        for name, value in parameters.items()
    }
    if place < 0:
        return Hits(ref.table, ref.measure, keys=(ref.item,), parameters=parameters, scales=scales)
    wanted = None if expected is None else np.array([expected])
    return Hits(ref.table, ref.measure, np.array([place]), wanted, parameters=known, scales=scales)


def tolerance(context: Context, addends: int, scale: int) -> int:
    """What rounding may leave: a hundredth an addend, unless the dated rule says otherwise."""
    if not scale:
        return 0
    return (context.scaled_rule(f"{context.form}.tolerance", scale) or 0) * addends


def words(text: Text) -> dict[str, str]:
    """A Text as a finding's parameter keeps it."""
    return {"zh": text.zh, "en": text.en}


def adds_up(
    code: str, table: str, whole: str, parts: Sequence[str], measures: Sequence[str], title: Text
) -> Check:
    """The parts of a breakdown add up to the whole, measure by measure."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        for measure in measures:
            cells = [amount(tables, Ref(table, item, measure)) for item in parts]
            said = amount(tables, Ref(table, whole, measure))
            if said is None or None in cells:
                continue
            total = sum(cells)
            scale = data.table.columns[measure].scale
            if abs(total - said) > tolerance(context, len(parts), scale):
                yield at(tables, Ref(table, whole, measure), total, sum=total, whole=said,
                         difference=total - said)  # fmt: skip

    return Check(
        code, Tier.CROSS, Severity.ERROR, table, tuple(measures), title,
        Text("{key}，{column}：各项合计 {sum}，而总数填 {whole}，相差 {difference}。",
             "{key}, {column}: the parts add up to {sum}, the total says {whole}; difference "
             "{difference}."),
        Text("请核对各组成部分与总数，改正不符的一项。",
             "Compare the parts with the total and correct the one that differs."),
        IDENTITY, (), run,
    )  # fmt: skip


def within(
    code: str, table: str, parts: str | Sequence[str], whole: str, measures: Sequence[str],
    title: Text,
) -> Check:  # fmt: skip
    """An "of which", or several of them together, is at most what it is part of."""
    items = (parts,) if isinstance(parts, str) else tuple(parts)

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        for measure in measures:
            cells = [amount(tables, Ref(table, item, measure)) for item in items]
            every = amount(tables, Ref(table, whole, measure))
            if every is None or None in cells:
                continue
            slack = tolerance(context, len(items) - 1, data.table.columns[measure].scale)
            if sum(cells) > every + slack:
                yield at(tables, Ref(table, items[0], measure), part=sum(cells), whole=every)

    return Check(
        code, Tier.CROSS, Severity.ERROR, table, tuple(measures), title,
        Text("{key}，{column}：其中项 {part} 大于所属项 {whole}。",
             "{key}, {column}: the part, {part}, is above what it is part of, {whole}."),
        Text("请改正其中项或所属项。", "Correct one of the two."),
        IDENTITY, (), run,
    )  # fmt: skip


def rows_are_there(code: str, refs: Sequence[Ref], title: Text) -> Check:
    """Rows that everybody fills in, a zero at least: by them a report counts who filed."""
    first = refs[0]

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        for ref in refs:
            if tables[ref.table].present and position(tables[ref.table], ref.item) < 0:
                yield at(tables, ref, item=words(label(tables, ref)))

    return Check(
        code, Tier.CROSS, Severity.ERROR, first.table, (first.measure,), title,
        Text("“{item}”一行没有填写。", "The row “{item}” was left empty."),
        Text("请填写；确实没有的填 0。", "Fill it in; put 0 if there is none."),
        IDENTITY, (), run,
    )  # fmt: skip


def items_stand_once(code: str, table: str) -> Check:
    """No item has two rows: a file that says so twice is not believed once."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        keys = data.keys
        _, first = np.unique(keys, return_index=True)
        rows = np.setdiff1d(np.flatnonzero(keys >= 0), first)
        if len(rows):
            stood = np.array([np.flatnonzero(keys == keys[row])[0] for row in rows])
            yield Hits(table, data.table.item.name, rows, parameters={"first": data.rows[stood]},
                       scales={"first": 0})  # fmt: skip

    return Check(
        code, Tier.CROSS, Severity.ERROR, table, (), Text("每个项目一行", "One row for each item"),
        Text("项目 {key} 与第 {first} 行重复。", "Item {key} repeats the one in row {first}."),
        Text("请合并两行，或改正项目。", "Merge the two rows or correct the item."),
        Text("每个项目只报一行", "One row for each item"), (), run,
    )  # fmt: skip


def not_negative(
    code: str, table: str, measure: str, title: Text, *, but: Sequence[str] = ()
) -> Check:
    """Nothing is below zero but the items of ``but``, such as a loss."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        dimension = data.table.item.name
        allowed = [data.codes[dimension].index(item) for item in but]
        wrong = (data[measure] < 0) & ~np.isin(data[dimension], allowed)
        rows = data.sound(wrong, dimension, measure)
        if len(rows):
            yield Hits(table, measure, rows)

    return Check(
        code, Tier.LINE, Severity.ERROR, table, (measure,), title,
        Text("{key} 的{column}填 {value}，不能为负数。",
             "{column} of {key} says {value}; it cannot be negative."),
        Text("请核对符号。", "Check the sign."),
        IDENTITY, (), run,
    )  # fmt: skip


def filled_together(code: str, table: str, one: str, other: str, title: Text) -> Check:
    """A row that holds ``one`` holds ``other``: a balance is of some number of loans."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        rows = data.sound((data[one] > 0) & (data[other] == 0), one, other)
        if len(rows):
            scale = data.table.columns[one].scale
            yield Hits(table, other, rows, parameters={"one": data[one][rows]},
                       scales={"one": scale})  # fmt: skip

    return Check(
        code, Tier.LINE, Severity.ERROR, table, (one, other), title,
        Text("{key} 填了 {one}，{column}却为 0。", "{key} holds {one}, yet {column} is 0."),
        Text("请补填或改正。", "Fill it in or correct it."),
        IDENTITY, (), run,
    )  # fmt: skip


def row_identity(
    code: str,
    table: str,
    column: str,
    plus: Sequence[str],
    minus: Sequence[str],
    title: Text,
) -> Check:
    """In each row a column equals others added and taken away: opening + new − released."""
    columns = (column, *plus, *minus)

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        if not len(data):
            return
        expected = sum((data[name] for name in plus), np.zeros(len(data), dtype=np.int64))
        for name in minus:
            expected = expected - data[name]
        scale = data.table.columns[column].scale
        slack = tolerance(context, len(plus) + len(minus), scale)
        rows = data.sound(np.abs(expected - data[column]) > slack, *columns)
        if len(rows):
            yield Hits(table, column, rows, expected[rows],
                       parameters={"sum": expected[rows]}, scales={"sum": scale})  # fmt: skip

    return Check(
        code, Tier.LINE, Severity.ERROR, table, columns, title,
        Text("{key}的{column}填 {value}，按本行其他各栏应为 {expected}。",
             "{key}: {column} says {value}; by the other columns of the row it is {expected}."),
        Text("请核对本行各栏。", "Check the columns of this row."),
        IDENTITY, (), run,
    )  # fmt: skip


def at_most_column(code: str, table: str, small: str, large: str, title: Text) -> Check:
    """In each row one column is at most another: the month is within the year."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data = tables[table]
        rows = data.sound(data[small] > data[large], small, large)
        if len(rows):
            scale = data.table.columns[small].scale
            yield Hits(table, small, rows, parameters={"large": data[large][rows]},
                       scales={"large": scale})  # fmt: skip

    return Check(
        code, Tier.LINE, Severity.ERROR, table, (small, large), title,
        Text("{key}的{column}填 {value}，大于应包含它的 {large}。",
             "{key}: {column} says {value}, above {large}, which should include it."),
        Text("请改正其中一栏。", "Correct one of the two columns."),
        IDENTITY, (), run,
    )  # fmt: skip


def stands_against(
    code: str, whole: Ref, others: Sequence[tuple[int, Ref]], title: Text, message: Text, cure: Text
) -> Check:
    """A cell equals others added and taken away, across tables: assets and liabilities."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        said = amount(tables, whole)
        cells = [amount(tables, ref) for _sign, ref in others]
        if said is None or None in cells:
            return
        total = sum(sign * cell for (sign, _ref), cell in zip(others, cells, strict=True))
        scale = tables[whole.table].table.columns[whole.measure].scale
        if abs(said - total) > tolerance(context, len(others), scale):
            yield at(tables, whole, total, sum=total, whole=said, difference=total - said)

    return Check(
        code, Tier.CROSS, Severity.ERROR, whole.table, (whole.measure,), title, message, cure,
        IDENTITY, (), run,
    )  # fmt: skip
