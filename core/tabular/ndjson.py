"""Streaming NDJSON: one JSON object a line, decimals as strings."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

import orjson

from core.tabular.columns import Column

CHUNK_ROWS = 2000


def _default(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def stream_ndjson(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield lines in chunks; keys are the columns' machine names."""
    keys = [column.key for column in columns]
    source = iter(rows)
    while chunk := list(islice(source, CHUNK_ROWS)):
        yield b"".join(
            orjson.dumps(
                dict(zip(keys, row, strict=True)),
                default=_default,
                option=orjson.OPT_APPEND_NEWLINE,
            )
            for row in chunk
        )
