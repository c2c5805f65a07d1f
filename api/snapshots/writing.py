"""The files of a snapshot: rows as NDJSON, CSV and Parquet."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from django.db.models import Count, Max, Min, QuerySet

from api.renderers import dumps
from api.representing import Representation, Rows
from core.tabular.csv import csv_lines

FORMATS = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
PART_ROWS = 250_000  # lines of one file


class Writer(Protocol):
    """What makes one file."""

    def write(self, rows: Rows) -> None: ...

    def close(self) -> None: ...


class NDJSONWriter:
    """A record a line, as its address answers it."""

    def __init__(self, path: Path, _kinds: dict[str, str]) -> None:
        self.file = path.open("wb")

    def write(self, rows: Rows) -> None:
        self.file.write(b"".join([dumps(row) + b"\n" for row in rows]))

    def close(self) -> None:
        self.file.close()


class CSVWriter:
    """As ``format=csv`` of a list; lists and objects are JSON."""

    def __init__(self, path: Path, kinds: dict[str, str]) -> None:
        self.file = path.open("wb")
        self.kinds = kinds
        numeric = ("integer", "money", "percent", "rate")
        self.texts = [place for place, kind in enumerate(kinds.values()) if kind not in numeric]
        self.file.write(b"\xef\xbb\xbf" + csv_lines([list(kinds)], ()))

    def write(self, rows: Rows) -> None:
        self.file.write(csv_lines([_flat(self.kinds, row) for row in rows], self.texts))

    def close(self) -> None:
        self.file.close()


class ParquetWriter:
    """Typed columns: decimals exact, moments in UTC; objects are JSON, lists of codes lists."""

    def __init__(self, path: Path, kinds: dict[str, str]) -> None:
        import pyarrow as pa  # heavy, and only the worker that takes snapshots needs it
        import pyarrow.parquet as pq

        types = {
            "integer": pa.int64(),
            "money": pa.decimal128(20, 2),
            "percent": pa.decimal128(20, 4),
            "rate": pa.decimal128(20, 4),
            "date": pa.date32(),
            "datetime": pa.timestamp("us", "UTC"),
            "bool": pa.bool_(),
        }
        self.kinds, self.arrow = kinds, pa
        self.schema = pa.schema(
            [(name, types.get(kind, pa.string())) for name, kind in kinds.items()]
        )
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")

    def write(self, rows: Rows) -> None:
        columns = list(zip(*(_flat(self.kinds, row) for row in rows), strict=True))
        arrays = [
            self.arrow.array(column, each.type)
            for column, each in zip(columns, self.schema, strict=True)
        ]
        self.writer.write_table(self.arrow.Table.from_arrays(arrays, schema=self.schema))

    def close(self) -> None:
        self.writer.close()


WRITERS = {"ndjson": NDJSONWriter, "csv": CSVWriter, "parquet": ParquetWriter}


def _flat(kinds: dict[str, str], row: dict[str, Any]) -> list[Any]:
    return [
        dumps(row[name]).decode() if kind == "json" else row[name] for name, kind in kinds.items()
    ]


def kinds_of(shape: Representation) -> dict[str, str]:
    """What each name of a record is: a column's kind, or ``json`` for lists and objects."""
    fields = {each.name: each.kind for each in shape.resource.fields}
    structured = {*shape.resource.extra_schema, *shape.more}
    return {
        name: "json"
        if name in structured or fields.get(name) == "list"
        else fields.get(name, "text")
        for name in shape.names
    }


def sealed(path: Path) -> tuple[int, str]:
    """A file's size and SHA-256."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def write_resource(
    folder: Path,
    shape: Representation,
    formats: Sequence[str],
    rows: QuerySet,
    user: Any,
    day: datetime.date,
    progress: Callable[[int], None],
) -> Iterator[dict[str, Any]]:
    """Write a resource's rows in every format; yield an entry of the manifest for each file.

    What the database writes as lines itself comes in parts, so that a reader can load one while
    it fetches the next.
    """
    name = shape.resource.name
    if list(formats) == ["ndjson"] and shape.lines(rows) is not None:
        yield from _write_parts(folder, shape, rows, progress)
        return
    paths = {each: folder / f"{name}.{each}" for each in formats}
    count = _write_all(shape, paths, shape.chunks(rows, user, day), progress)
    yield from (_entry(path, name, wanted, count) for wanted, path in paths.items())


def _entry(path: Path, resource: str, wanted: str, rows: int) -> dict[str, Any]:
    size, sha256 = sealed(path)
    return {"name": path.name, "resource": resource, "format": wanted, "rows": rows,
            "bytes": size, "sha256": sha256}  # fmt: skip


def _write_parts(
    folder: Path, shape: Representation, rows: QuerySet, progress: Callable[[int], None]
) -> Iterator[dict[str, Any]]:
    """Write lines in parts of about ``PART_ROWS`` rows, by their keys."""
    name = shape.resource.name
    parts = _parted(rows)
    numbers = [f".{number}" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
    for number, part in zip(numbers, parts, strict=True):
        path = folder / f"{name}{number}.ndjson"
        count = _write_lines(path, shape.lines(part) or (), progress)
        yield _entry(path, name, "ndjson", count)


def _parted(rows: QuerySet) -> list[QuerySet]:
    """The rows by ranges of their keys; whole where they are few."""
    found = rows.order_by().aggregate(rows=Count("pk"), first=Min("pk"), last=Max("pk"))
    number = -(-found["rows"] // PART_ROWS)
    if number <= 1:
        return [rows]
    span = -(-(found["last"] + 1 - found["first"]) // number)
    starts = range(found["first"], found["last"] + 1, span)
    return [rows.filter(pk__gte=start, pk__lt=start + span) for start in starts]


def _write_lines(path: Path, lines: Iterable[bytes], progress: Callable[[int], None]) -> int:
    """Write what is lines already."""
    count = 0
    with path.open("wb") as file:
        for chunk in lines:
            file.write(chunk)
            found = chunk.count(b"\n")
            count += found
            progress(found)
    return count


def _write_all(
    shape: Representation,
    paths: dict[str, Path],
    chunks: Iterable[Rows],
    progress: Callable[[int], None],
) -> int:
    """Write rows in several formats at once."""
    kinds = kinds_of(shape)
    writers = [WRITERS[each](path, kinds) for each, path in paths.items()]
    count = 0
    try:
        for rows in chunks:
            for writer in writers:
                writer.write(rows)
            count += len(rows)
            progress(len(rows))
    finally:
        for writer in writers:
            writer.close()
    return count
