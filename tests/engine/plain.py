"""The checks of lines again, row by row with Decimal, as plainly as they can be said.

Slow on purpose: what the fast checks find is compared with this, finding by finding.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from returns.checking.columns import TableData, Tables
from returns.checking.context import Context, PriorTable

Row = dict[str, Decimal]
Found = tuple[str, int, str]  # check, position, column
GUARANTEE = ("unsecured", "guaranteed", "mortgaged", "pledged")
TERM = ("short_term", "long_term")
CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
BAD = CLASSES[2:]


def rows_of(data: TableData) -> list[Row]:
    """Return the lines as dictionaries of Decimal."""
    columns = {
        m.name: [Decimal(v).scaleb(-m.scale) for v in data[m.name].tolist()]
        for m in data.table.measures
    }
    return [{name: values[place] for name, values in columns.items()} for place in range(len(data))]


def _past(prior: Mapping[str, PriorTable] | None, data: TableData) -> dict[int, Row]:
    if not prior:
        return {}
    table = prior["lines"]
    return {
        key: {
            m.name: Decimal(int(table.columns[m.name][place])).scaleb(-m.scale)
            for m in data.table.measures
        }
        for place, key in enumerate(table.keys.tolist())
    }


def check_lines(tables: Tables, context: Context) -> set[Found]:
    """Return what is wrong with the lines, from SL-201 to SL-406."""
    data = tables["lines"]
    before = _past(context.prior.previous, data)
    december = _past(context.prior.december, data)
    found: set[Found] = set()
    seen: set[int] = set()
    for place, (row, key) in enumerate(zip(rows_of(data), data.keys.tolist(), strict=True)):
        found |= {(code, place, column) for code, column in _line(row, context)}
        if key in seen:
            found.add(("SL-301", place, "industry"))
        seen.add(key)
        found |= {
            (code, place, column)
            for code, column in _history(row, before.get(key), december.get(key), context)
        }
    return found


def _line(row: Row, context: Context) -> Iterator[tuple[str, str]]:
    cent, balance = context.rules["sme-loans.tolerance"], row["balance"]
    off = {
        name: sum((row[part] for part in parts), Decimal(0)) - balance
        for name, parts in (("guarantee", GUARANTEE), ("term", TERM), ("classes", CLASSES))
    }
    npl_off = sum((row[part] for part in BAD), Decimal(0)) - row["npl"]
    slipped = len(set(off.values())) == 1 and abs(off["term"]) > 5 * cent
    if slipped:
        yield "SL-201", "balance"
    else:
        if abs(off["guarantee"]) > 4 * cent:
            yield "SL-202", "unsecured"
        if abs(off["term"]) > 2 * cent:
            yield "SL-203", "short_term"
        if abs(off["classes"]) > 5 * cent:
            yield "SL-204", "substandard" if npl_off == off["classes"] else "normal"
        if row["npl"] > balance:
            yield "SL-206", "npl"
    if abs(npl_off) > 3 * cent and npl_off != off["classes"] and row["npl"] <= balance:
        yield "SL-205", "npl"
    if balance > 0 and row["borrowers"] == 0:
        yield "SL-207", "borrowers"
    if balance == 0 and row["borrowers"] > 0 and not slipped:
        yield "SL-208", "borrowers"
    if row["granted_period"] - row["granted_year"] > cent:
        yield "SL-209", "granted_year"
    if context.month == 1 and row["granted_year"] - row["granted_period"] > cent:
        yield "SL-210", "granted_year"
    yield from _loans(row, context)


def _loans(row: Row, context: Context) -> Iterator[tuple[str, str]]:
    granted, interest = row["granted_period"], row["interest"]
    if granted == 0 and interest > 0:
        yield "SL-211", "interest"
    floor, ceiling = (context.rules[f"sme-loans.rate-{side}"] for side in ("min", "max"))
    if granted > 0 and not floor * granted <= interest * 100 <= ceiling * granted:
        yield "SL-212", "interest"
    if row["approved"] > row["applicants"]:
        yield "SL-213", "approved"


def _history(
    row: Row, before: Row | None, december: Row | None, context: Context
) -> Iterator[tuple[str, str]]:
    cent, balance = context.rules["sme-loans.tolerance"], row["balance"]
    if context.prior.december:
        start = december["balance"] if december else Decimal(0)
        if abs(row["year_start"] - start) > cent:
            yield "SL-402", "year_start"
    if before is None:
        return
    past = before["balance"]
    within = row["granted_period"] - row["granted_year"] <= cent
    if before["granted_year"] - row["granted_year"] > cent and within:
        yield "SL-404", "granted_year"
    factor = context.rules["sme-loans.unit-slip"]
    low, high = factor // 2, factor * 2
    both = past > 0 and balance > 0
    slip = both and (
        low * past <= balance <= high * past or low * balance <= past <= high * balance
    )
    if slip:
        yield "SL-405", "balance"
    limit = context.rules["sme-loans.change-max"]
    moved = abs(balance - past) * 100 > past * limit and past > 0 and not slip
    floor = context.rules["sme-loans.change-floor"]
    spoiled = any(code == "SL-201" for code, _ in _line(row, context))
    if moved and (past >= floor or balance >= floor) and not spoiled:
        yield "SL-406", "balance"
