"""Storing figures by document, and keeping summaries equal to what is accepted.

Everything here runs inside the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, models, transaction

from core.errors import DomainError
from core.figures import summaries
from core.figures.summaries import Summary
from core.models import Institution, Period, SourceDocument
from core.text import Text

Accepted = Iterable[tuple[int, int, int]]  # document id, period id, institution id


def discard(lines: Sequence[type[models.Model]], document: SourceDocument) -> None:
    """Delete the lines of a draft's document that was replaced."""
    with transaction.atomic():
        for model in lines:
            rows = model.objects.filter(document=document)
            rows._raw_delete(rows.db)


def post(
    sums: Sequence[Summary],
    *,
    period: Period,
    old: SourceDocument | None,
    new: SourceDocument | None,
) -> None:
    """Bring summaries from one document (superseded, or None) to another, or to nothing.

    Adds the difference of the two documents, group by group: the cost depends on these two
    documents alone. Rows are touched in the order of their keys, so that two acceptances
    cannot wait for each other in a circle.
    """
    before, after = (each.pk if each else None for each in (old, new))
    with transaction.atomic():
        for summary in sums:
            summaries.add_difference(summary, old=before, new=after)
            if before is not None:  # only what is taken away can leave nothing behind
                summaries.drop_empty(summary, period=period.pk)


def rebuild(sums: Sequence[Summary], *, accepted: Accepted, verify: bool = False) -> list[str]:
    """Recompute summaries from the lines of accepted documents.

    Returns the differences that were found, one sentence each; with ``verify`` nothing is
    written.
    """
    found: list[str] = []
    with transaction.atomic():
        summaries.keep_accepted([document for document, _, _ in accepted])
        for summary in sums:
            found += summaries.differences(summary)
            if not verify:
                summaries.replace(summary)
        summaries.forget_accepted()
    return found


@dataclass(frozen=True)
class ItemTable:
    """Where a table of items is kept: its lines, its summary, its dimension and measures."""

    name: str
    dimension: str
    lines: type[models.Model]
    summary: type[models.Model]
    measures: tuple[str, ...]

    @property
    def sums(self) -> Summary:
        return Summary(
            self.summary, self.lines, ("period_id", "prefecture_id", "item"), self.measures
        )


def store_items(
    tables: Sequence[ItemTable],
    *,
    document: SourceDocument,
    institution: Institution,
    period: Period,
    data: Mapping[str, Any],
) -> int:
    """Store the rows of an error-free document; return how many. They lie where it sits.

    ``data`` holds typed columns (``returns.checking.columns.TableData``). Raises DomainError
    for an item that is not known.
    """
    stored = 0
    with transaction.atomic():
        for table in tables:
            rows = data[table.name]
            codes = rows.codes[table.dimension]
            places = rows[table.dimension]
            if len(places) and (places.min() < 0 or places.max() >= len(codes)):
                raise DomainError(
                    "unknown-code",
                    Text("含有未知项目，未保存。", "Holds an unknown item; nothing saved."),
                )
            place = (document.pk, institution.pk, period.pk, institution.prefecture_id)
            _insert(
                table,
                [
                    (*place, *cells)
                    for cells in zip(
                        rows.rows.tolist(),
                        [codes[each] for each in places.tolist()],
                        *(rows[name].tolist() for name in table.measures),
                        strict=True,
                    )
                ],
            )
            stored += len(places)
    return stored


def _insert(table: ItemTable, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert whole rows; measures are whole numbers already, as the columns keep them."""
    names = ("document_id", "institution_id", "period_id", "prefecture_id", "row", "item")
    columns = [*names, *table.measures]
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table.lines._meta.db_table}" ({listed}) VALUES ({marks})', rows
        )


def item_columns(
    table: ItemTable, *, documents: Sequence[int], codes: Sequence[str]
) -> dict[str, np.ndarray]:
    """The rows of documents as columns: ``document``, ``row``, the item's place, measures.

    One query; scaled integers as they are stored, never floats.
    """
    names = ("document", "row", table.dimension, *table.measures)
    rows: list[tuple[Any, ...]] = []
    if documents:
        marks = ", ".join(["%s"] * len(documents))
        columns = ", ".join(f'"{name}"' for name in ("document_id", "row", "item", *table.measures))
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {columns} FROM "{table.lines._meta.db_table}" '
                f"WHERE document_id IN ({marks}) ORDER BY document_id, row",
                list(documents),
            )
            rows = cursor.fetchall()
    known = {code: place for place, code in enumerate(codes)}
    rows = [row for row in rows if row[2] in known]  # an item that a later version dropped
    found: dict[str, np.ndarray] = {}
    for place, name in enumerate(names):
        values = [known[row[2]] if place == 2 else row[place] for row in rows]
        found[name] = np.array(values, dtype=np.int64)
    return found
