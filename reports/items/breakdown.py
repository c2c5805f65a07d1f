"""The tables by place that every report on an item form shows."""

from collections.abc import Callable, Sequence
from typing import Any

from core.tabular import Column
from core.text import Text
from reports.content import Cell, Table
from reports.items.asked import by_words
from reports.items.words import MONEY_UNIT

Values = Callable[[Any], Sequence[Cell]]


def breakdown(report: Any, columns: Sequence[Column], values: Values) -> Table:
    """A row a place in the official order, and the total; ``values`` are a group's cells."""
    rows = [[group.place.name, *values(group)] for group in (*report.groups, report.total)]
    return Table(
        key="breakdown",
        title=by_words(report.parameters.by),
        columns=[Column("place", Text("地区", "Place"), width=14), *columns],
        rows=rows,
        totals=1,
        unit=MONEY_UNIT,
    )


def with_and_without(report: Any, columns: Sequence[Column], values: Values) -> Table:
    """The province without Shenzhen, Shenzhen, and both, side by side."""
    return Table(
        key="shenzhen",
        title=Text("含与不含深圳", "With and without Shenzhen"),
        columns=[Column("place", Text("口径", "Scope"), width=20), *columns],
        rows=[[group.place.name, *values(group)] for group in report.shenzhen],
        unit=MONEY_UNIT,
    )
