"""The fast checks find exactly what plain ones find, row by row, with Decimal."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import synthetic
from benchmarks.checks import plain_context
from returns.checking.columns import TableData
from returns.checking.context import Context
from returns.forms import form
from tests.engine import plain

FORM = synthetic.wide_form(form("sme-loans"))
COVERED = {f"SL-2{number:02}" for number in range(1, 14)} | {
    "SL-301", "SL-402", "SL-404", "SL-405", "SL-406",
}  # fmt: skip


def fast(tables: dict[str, TableData], context: Context) -> set[plain.Found]:
    found: set[plain.Found] = set()
    for check in FORM.checks:
        if check.code in COVERED and check.run:
            for hits in check.run(tables, context):
                assert hits.rows is not None
                found |= {(check.code, row, hits.column) for row in hits.rows.tolist()}
    return found


def context_of(past: dict[str, Any], month: int) -> Context:
    around = synthetic.wide_context(FORM, plain_context())
    return replace(synthetic.with_history(around, past), month=month)


@pytest.mark.parametrize(("share", "month"), [(0.0, 6), (0.05, 6), (0.5, 6), (0.5, 1)])
def test_thousands_of_lines(share: float, month: int) -> None:
    around = synthetic.wide_context(FORM, plain_context())
    past = synthetic.sound_tables(FORM, around, 3900, seed=5 if share == 0.5 else 1)
    context = context_of(past, month)
    tables = synthetic.sound_tables(FORM, around, 4000)
    synthetic.spoil(tables, share)
    found = fast(tables, context)
    assert found == plain.check_lines(tables, context)
    if share == 0.5:  # every check has something to find
        assert {code for code, _, _ in found} | {"SL-210"} >= COVERED - {"SL-301", "SL-208"}


small = st.integers(0, 12)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), *[small] * len(FORM.lines.measures)), min_size=1, max_size=6
    ),
    month=st.sampled_from([1, 6]),
)
@settings(max_examples=200, deadline=None)
def test_small_figures_where_everything_is_close(rows: list[tuple[int, ...]], month: int) -> None:
    around = synthetic.wide_context(FORM, plain_context())
    context = context_of(synthetic.sound_tables(FORM, around, 3), month)
    columns = {name: np.zeros(len(rows), dtype=np.int64) for name in FORM.lines.columns}
    columns["industry"] = np.array([row[0] for row in rows])
    for place, measure in enumerate(FORM.lines.measures, start=1):
        columns[measure.name] = np.array([row[place] for row in rows])
    numbers = np.arange(len(rows)) + 6
    tables = {
        "lines": TableData(FORM.lines, context.codes, numbers, columns),
        "totals": synthetic.sound_tables(FORM, around, 3)["totals"],
    }
    assert fast(tables, context) == plain.check_lines(tables, context)
