"""Streaming CSV for spreadsheets: UTF-8 with BOM, text that stays text."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from core.tabular.cells import guarded, plain
from core.tabular.columns import Column

CHUNK_ROWS = 2000


def stream_csv(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], language: str
) -> Iterator[bytes]:
    """Yield a CSV in chunks; memory stays flat however many rows there are."""
    yield b"\xef\xbb\xbf" + csv_lines([[column.heading(language) for column in columns]], ())
    texts = [place for place, column in enumerate(columns) if not column.numeric]
    source = iter(rows)
    while chunk := list(islice(source, CHUNK_ROWS)):
        yield csv_lines(chunk, texts)


def csv_lines(rows: Sequence[Sequence[object]], texts: Sequence[int]) -> bytes:
    """Rows as lines; ``texts`` are the places whose text must not be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        cells = [plain(value) for value in row]
        for place in texts:
            if isinstance(row[place], str):
                cells[place] = guarded(row[place])
        writer.writerow(cells)
    return out.getvalue().encode()
