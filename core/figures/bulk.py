"""Loading and reading columns in bulk, on both databases, without a Python object per cell."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.db import connection

PG_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
PG_TRAILER = b"\xff\xff"
CHUNK = 20_000  # rows


def load(table: str, columns: Mapping[str, np.ndarray]) -> None:
    """Insert whole columns into ``table``: int64 columns, or ``S1`` for one-letter codes.

    PostgreSQL takes them by COPY in its binary form, SQLite by one ``executemany``.
    """
    if connection.vendor == "postgresql":
        _copy(table, columns)
    else:
        _insert(table, columns)


def _insert(table: str, columns: Mapping[str, np.ndarray]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["?"] * len(columns))
    lists = [
        (values.astype("U1") if values.dtype.kind == "S" else values).tolist()
        for values in columns.values()
    ]
    with connection.cursor() as cursor:
        # the driver's own cursor: Django's would rewrite the placeholders for each call
        cursor.connection.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', zip(*lists, strict=True)
        )


def _copy(table: str, columns: Mapping[str, np.ndarray]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    types = _types(table, list(columns))
    with connection.cursor() as cursor:
        statement = f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)'
        with cursor.copy(statement) as copy:
            copy.write(PG_SIGNATURE)
            count = len(next(iter(columns.values())))
            for start in range(0, count, CHUNK):
                part = {name: values[start : start + CHUNK] for name, values in columns.items()}
                copy.write(_records(part, types))
            copy.write(PG_TRAILER)


_KNOWN_TYPES: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}


def _types(table: str, names: Sequence[str]) -> dict[str, str]:
    """Return each column's binary type: big-endian int64 or int32, or one byte of text."""
    key = (table, tuple(names))
    if key not in _KNOWN_TYPES:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, data_type FROM information_schema.columns "
                "WHERE table_name = %s AND table_schema = current_schema()",
                [table],
            )
            widths = {"bigint": ">i8", "integer": ">i4", "character varying": "S1"}
            _KNOWN_TYPES[key] = {
                name: widths[kind] for name, kind in cursor.fetchall() if name in names
            }
    return _KNOWN_TYPES[key]


def _records(columns: Mapping[str, np.ndarray], types: Mapping[str, str]) -> bytes:
    """Lay out rows as PostgreSQL's binary COPY wants them: each field after its length."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name in columns:
        layout += [(f"{name}#", ">i4"), (name, types[name])]
    count = len(next(iter(columns.values())))
    records = np.empty(count, dtype=np.dtype(layout))
    records["fields"] = len(columns)
    for name, values in columns.items():
        records[f"{name}#"] = np.dtype(types[name]).itemsize
        records[name] = values
    return records.tobytes()
