"""The summaries as SQL over the lines: what is added, rebuilt and compared.

Sums never leave the database, so that posting costs two documents' lines and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, models

ACCEPTED = "accepted_documents"  # a temporary table
DIFFERENCES_TOLD = 20


@dataclass(frozen=True)
class Summary:
    """A summary table: which columns of the lines are its key, and what is summed."""

    model: type[models.Model]
    source: type[models.Model]
    keys: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def table(self) -> str:
        return f'"{self.model._meta.db_table}"'

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.keys, "lines", *self.measures)


def _names(columns: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{column}"' for column in columns)


def _select(summary: Summary, *, sign: str, where: str) -> str:
    """Return the query that groups lines; the institution's kind is read from the registry."""
    keys = [f'i."{key}"' if key == "kind" else f'l."{key}"' for key in summary.keys]
    whole = "BIGINT" if connection.vendor == "postgresql" else "INTEGER"
    sums = [f'CAST(SUM({sign} * l."{measure}") AS {whole})' for measure in summary.measures]
    return (
        f"SELECT {', '.join(keys)}, CAST(SUM({sign}) AS {whole}), {', '.join(sums)} "
        f'FROM "{summary.source._meta.db_table}" l '
        f'JOIN "core_institution" i ON i."id" = l."institution_id" '
        f"WHERE {where} GROUP BY {', '.join(keys)}"
    )


def add_difference(summary: Summary, *, old: int | None, new: int | None) -> None:
    """Add the lines of document ``new`` and take away those of ``old``, in one statement.

    Keys come in order, so that two acceptances never wait for each other in a circle; rows
    that no line stands behind any longer are deleted.
    """
    documents = [each for each in (old, new) if each is not None]
    if not documents:
        return
    sign = 'CASE WHEN l."document_id" = %s THEN 1 ELSE -1 END'
    marks = ", ".join(["%s"] * len(documents))
    query = _select(summary, sign=sign, where=f'l."document_id" IN ({marks})')
    number = new if new is not None else -1
    changes = ", ".join(
        f'"{name}" = {summary.table}."{name}" + excluded."{name}"'
        for name in ("lines", *summary.measures)
    )
    order = ", ".join(str(place + 1) for place in range(len(summary.keys)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {summary.table} ({_names(summary.columns)}) {query} ORDER BY {order} "
            f"ON CONFLICT ({_names(summary.keys)}) DO UPDATE SET {changes}",
            [number] * (1 + len(summary.measures)) + documents,
        )


def drop_empty(summary: Summary, *, period: int) -> None:
    """Delete the period's rows that no line stands behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM {summary.table} WHERE "period_id" = %s AND "lines" = 0', [period]
        )


def keep_accepted(documents: Sequence[int]) -> None:
    """Put the ids of accepted documents where the queries below find them."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {ACCEPTED}")
        cursor.execute(f"CREATE TEMPORARY TABLE {ACCEPTED} (document_id BIGINT PRIMARY KEY)")
        cursor.executemany(
            f"INSERT INTO {ACCEPTED} VALUES (%s)", [(document,) for document in documents]
        )


def forget_accepted() -> None:
    """Drop the temporary table."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {ACCEPTED}")


def _right(summary: Summary) -> str:
    where = f'l."document_id" IN (SELECT document_id FROM {ACCEPTED})'
    return _select(summary, sign="1", where=where)


def replace(summary: Summary) -> None:
    """Compute the whole summary anew from the accepted lines."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {summary.table}")
        cursor.execute(f"INSERT INTO {summary.table} ({_names(summary.columns)}) {_right(summary)}")


def differences(summary: Summary) -> list[str]:
    """Return a sentence for each key (the first ones) whose figures differ from the lines."""
    stored = f"SELECT {_names(summary.columns)} FROM {summary.table}"
    right = _right(summary)
    keys = _names(summary.keys)
    found: list[str] = []
    for label, query in (
        ("missing or different", f"{right} EXCEPT {stored}"),
        ("without lines or different", f"{stored} EXCEPT {right}"),
    ):
        named = (
            f"WITH found({_names(summary.columns)}) AS ({query}) "
            f"SELECT {keys} FROM found ORDER BY {keys} LIMIT {DIFFERENCES_TOLD}"
        )
        with connection.cursor() as cursor:
            cursor.execute(named)
            found += [
                f"{summary.model.__name__} {'/'.join(map(str, row))}: {label}"
                for row in cursor.fetchall()
            ]
    return found
