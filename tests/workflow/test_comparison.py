"""Side by side: this period, last period, last year, and what moved line by line."""

from decimal import Decimal

import pytest

from returns.checking.context import PriorTable
from returns.queries.comparison import line_changes, side_by_side, stored
from tests.filing import month

pytestmark = pytest.mark.django_db


def balances(groups):
    return [(each.now, each.previous, each.last_year) for each in
            (rows[0] for _title, rows in groups)]  # fmt: skip


def test_sums_stand_beside_last_period_and_last_year(bank, june, accepted) -> None:
    accepted(bank, month(2011, 6, bank), balance="800.00")
    accepted(bank, month(2012, 5, bank), balance="950.00", granted_year="60.00")
    record = accepted(bank, june)
    whole = side_by_side(record)
    expected = (Decimal("1000.00"), Decimal("950.00"), Decimal("800.00"))
    assert balances(whole)[0] == expected
    assert whole[0][1][0].change_on_year.percent == Decimal("25.00")
    for by in ("prefecture", "size", "industry"):
        assert balances(side_by_side(record, by=by)) == [expected]


def test_without_a_year_before_there_is_nothing_to_compare(bank, june, accepted) -> None:
    record = accepted(bank, june)
    row = side_by_side(record)[0][1][0]
    assert (row.previous, row.last_year, row.change.value) == (None, None, None)


def test_a_moved_a_new_and_a_vanished_line_are_told(bank, june, accepted) -> None:
    record = accepted(bank, june)
    now = stored(record)
    lines = now["lines"]
    columns = {name: values.copy() for name, values in lines.columns.items()}
    columns["balance"] -= 5000
    moved = {**now, "lines": PriorTable(lines.keys, columns)}
    changes = line_changes(record, against=moved)
    assert [(each.key, each.column, each.difference) for each in changes] == [
        ("440200/S/C", "balance", Decimal("50.00"))
    ]
    gone = {**now, "lines": PriorTable(lines.keys + 1, lines.columns)}
    both = {each.key: (each.before, each.after) for each in
            line_changes(record, against=gone, columns=["balance"])}  # fmt: skip
    assert both == {
        "440200/S/C": (None, Decimal("1000.00")),
        "440200/S/D": (Decimal("1000.00"), None),
    }
    assert line_changes(record, against=now) == []
