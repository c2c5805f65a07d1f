"""Bulk formats: rows to CSV and NDJSON, streamed with flat memory.

``plain`` serves every resource through the ORM. ``fast`` lets the database write whole lines:
PostgreSQL by COPY, SQLite by one ``printf`` a row. A test holds the two equal.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from api.declaration import Field
from api.lines import line_expression
from core.tabular import Column, stream_csv, stream_ndjson

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
CHUNK_ROWS = 2000


def plain(fields: Sequence[Field], rows: QuerySet, wanted: str) -> Iterator[bytes]:
    """Yield ``rows`` as ``csv`` or ``ndjson``, each value through Python."""
    values = rows.values_list(*(each.source for each in fields)).iterator(chunk_size=CHUNK_ROWS)
    columns = [Column(each.name, each.name, each.kind) for each in fields]
    if wanted == "csv":
        return stream_csv(columns, values, "en")
    return stream_ndjson(columns, values)


def fast(
    fields: Sequence[Field],
    rows: QuerySet,
    wanted: str,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[bytes]:
    """Yield the same lines, written by the database; in NDJSON with ``words`` beside codes."""
    names = [f"c{place}" for place in range(len(fields))]
    aliased = rows.annotate(**{n: F(f.source) for n, f in zip(names, fields, strict=True)})
    if wanted == "csv":
        yield b"\xef\xbb\xbf" + ",".join(each.name for each in fields).encode() + b"\r\n"
    try:
        inner, parameters = aliased.values_list(*names).query.sql_with_params()
    except EmptyResultSet:  # no row can meet the filters: the database is not asked
        return
    expression = line_expression(fields, names, wanted, connection.vendor, words)
    statement = f"SELECT {expression} AS line FROM ({inner}) AS figures"
    if connection.vendor == "postgresql":
        yield from _copied(statement, parameters)
    else:
        yield from _fetched(statement, parameters)


def _copied(statement: str, parameters: Sequence[Any]) -> Iterator[bytes]:
    """Lines by COPY, whose text form doubles backslashes and writes line ends as ``\\n``."""
    command = f"COPY ({statement}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(command, parameters) as copy:
        source = iter(copy)
        while rows := list(islice(source, CHUNK_ROWS)):
            chunk = b"".join(rows)
            yield _unescaped(chunk) if b"\\" in chunk else chunk


def _unescaped(chunk: bytes) -> bytes:
    """Undo COPY's escapes: backslash, line feed, carriage return, tab."""
    parts = bytes(chunk).split(b"\\\\")
    for escaped, raw in ((rb"\n", b"\n"), (rb"\r", b"\r"), (rb"\t", b"\t")):
        parts = [part.replace(escaped, raw) for part in parts]
    return b"\\".join(parts)


def _fetched(statement: str, parameters: Sequence[Any]) -> Iterator[bytes]:
    connection.ensure_connection()
    # the driver's own cursor: no wrapper per row
    marked = statement.replace("%s", "?").replace("%%", "%")
    with contextlib.closing(connection.connection.cursor()) as cursor:
        cursor.execute(marked, parameters)
        while rows := cursor.fetchmany(CHUNK_ROWS):
            yield "".join([row[0] for row in rows]).encode()
