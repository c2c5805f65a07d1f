"""Texts of several rows as one text of the row they belong to."""

from typing import Any

from django.db.models import Aggregate, CharField, QuerySet, RowRange, Subquery, Value, Window


class JoinedText(Aggregate):
    """The texts of rows, one after the other; on SQLite and PostgreSQL alike."""

    function = "GROUP_CONCAT"
    window_compatible = True

    def __init__(self, expression: Any, separator: str = "、", **extra: Any) -> None:
        extra.setdefault("output_field", CharField())
        super().__init__(expression, Value(separator), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def joined(rows: QuerySet, expression: Any, *order: Any) -> Subquery:
    """``expression`` of all ``rows`` in the given order, as one annotation.

    ``rows`` refer to the outer row by ``OuterRef``. Null where there is no row. A window
    keeps the order, which a plain aggregate would not.
    """
    window = Window(JoinedText(expression), order_by=list(order), frame=RowRange())
    return Subquery(
        rows.order_by().annotate(joined=window).values("joined")[:1], output_field=CharField()
    )
