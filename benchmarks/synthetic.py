"""Synthetic returns for the benchmarks: sound lines, any number of them, in numpy columns."""

from dataclasses import replace

import numpy as np

from core.text import Text
from returns.checking.columns import TableData
from returns.checking.context import Context, Prior, PriorTable
from returns.forms.declaration import Dimension, Form

SYNTHETIC = tuple(f"S{place:03}" for place in range(840))


def wide_form(form: Form) -> Form:
    """Return a variant of the form with 840 "prefectures": 840 × 6 × 20 = 100,800 keys."""
    tables = []
    for table in form.tables:
        dimensions = tuple(
            replace(each, source="", codes={code: Text(code, code) for code in SYNTHETIC})
            if each.name == "prefecture"
            else each
            for each in table.dimensions
        )
        assert isinstance(dimensions[0], Dimension)
        tables.append(replace(table, dimensions=dimensions))
    return replace(form, tables=tuple(tables))


def wide_context(form: Form, context: Context) -> Context:
    """Return ``context`` with the codes of the variant."""
    codes = dict(context.codes) | {"prefecture": SYNTHETIC}
    names = dict(context.names) | {"prefecture": dict(form.lines.dimensions[0].codes)}
    return replace(
        context, codes=codes, names=names, active_prefectures=frozenset(SYNTHETIC),
        home_prefecture=SYNTHETIC[0],
    )  # fmt: skip


def sound_tables(form: Form, context: Context, count: int, seed: int = 1) -> dict[str, TableData]:
    """Return ``count`` sound lines with different keys, and the totals above them."""
    chance = np.random.default_rng(seed)
    sizes = [len(context.codes[d.name]) for d in form.lines.dimensions]
    keys = np.arange(count)
    lines: dict[str, np.ndarray] = {}
    for dimension, size in reversed(list(zip(form.lines.dimensions, sizes, strict=True))):
        keys, lines[dimension.name] = np.divmod(keys, size)
    lines |= _sound_measures(chance, count)
    totals = _totals(lines, len(context.codes["prefecture"]))
    found = {"lines": lines, "totals": totals}
    return {
        table.name: TableData(
            table,
            context.codes,
            np.arange(len(found[table.name][table.measures[0].name])) + 6,
            {name: np.ascontiguousarray(found[table.name][name]) for name in table.columns},
        )
        for table in form.tables
    }


def _sound_measures(chance: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    classes = chance.integers(0, 10**6, (5, count)) * np.array([[90], [3], [2], [1], [1]])
    balance = classes.sum(axis=0) + 100
    classes[0] += 100
    quarter, half = balance // 4, balance // 2
    granted = chance.integers(1, 10**6, count)
    applicants = chance.integers(1, 500, count)
    rates = chance.integers(400, 1200, count)
    names = ("normal", "special_mention", "substandard", "doubtful", "loss")
    return {
        "balance": balance, "year_start": balance * 9 // 10,
        "unsecured": quarter, "guaranteed": quarter, "mortgaged": quarter,
        "pledged": balance - 3 * quarter, "short_term": half, "long_term": balance - half,
        **dict(zip(names, classes, strict=True)), "npl": classes[2:].sum(axis=0),
        "granted_period": granted, "granted_year": granted * 5, "interest": granted * rates // 100,
        "borrowers": chance.integers(1, 500, count), "applicants": applicants,
        "approved": applicants * 7 // 10,
    }  # fmt: skip


def _totals(lines: dict[str, np.ndarray], size: int) -> dict[str, np.ndarray]:
    used = np.unique(lines["prefecture"])

    def sums(values: np.ndarray) -> np.ndarray:
        found = np.zeros(size, dtype=np.int64)
        np.add.at(found, lines["prefecture"], values)
        return found[used]

    enterprises = np.where(lines["size"] < 4, lines["balance"], 0)
    return {
        "prefecture": used,
        "all_loans": sums(lines["balance"]) * 2,
        "all_year_start": sums(lines["year_start"]) * 2,
        "all_npl": sums(lines["npl"]) * 2,
        "enterprise_loans": sums(enterprises),
    }


def as_prior(tables: dict[str, TableData]) -> dict[str, PriorTable]:
    """Return tables as figures accepted earlier."""
    return {name: PriorTable(data.keys, dict(data.columns)) for name, data in tables.items()}


def with_history(context: Context, tables: dict[str, TableData]) -> Context:
    """Return ``context`` with these figures as last period's and last December's."""
    past = as_prior(tables)
    lines = past["lines"]
    december = {
        "lines": PriorTable(
            lines.keys, dict(lines.columns) | {"balance": lines.columns["year_start"]}
        ),
        "totals": PriorTable(
            past["totals"].keys,
            dict(past["totals"].columns) | {"all_loans": past["totals"].columns["all_year_start"]},
        ),
    }  # fmt: skip
    return replace(
        context, prior=Prior(previous=past, december=december, previous_in_same_year=True)
    )


def spoil(tables: dict[str, TableData], share: float, seed: int = 2) -> None:
    """Spoil a share of the lines, one cell each, in every measure alike."""
    chance = np.random.default_rng(seed)
    lines = tables["lines"]
    measures = [measure.name for measure in lines.table.measures]
    rows = chance.choice(len(lines), int(len(lines) * share), replace=False)
    for row, column in zip(rows, chance.integers(0, len(measures), len(rows)), strict=True):
        values = lines.columns[measures[column]]
        values[row] = int(values[row]) * int(chance.choice([0, 2, 10_000])) % 10**12
