"""CSV as offices send it: UTF-8, UTF-16 or GBK; comma, semicolon or tab."""

import csv
import re

from core.spreadsheets.extent import MAX_CELLS
from core.spreadsheets.guard import Limits
from core.spreadsheets.problems import FileProblem

DELIMITERS = ",;\t"
STRANGE_DELIMITERS = "|，；、"  # seen in files, but they stand within text as well
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
SAMPLE = 50  # lines looked at to find the delimiter
# Chinese in UTF-8; a GBK text does not hold three such characters in a row by accident.
_UTF8_CHINESE = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3}")


def csv_rows(data: bytes, limits: Limits) -> list[list[object]]:
    """Return the records, all cells text; positions in the list are positions in the file.

    Empty records keep their place; those at the end are dropped and cost nothing.
    """
    text = decoded(data)
    delimiter = _delimiter(text)
    if text.count(delimiter) > MAX_CELLS:
        raise FileProblem(
            "file.too-many-columns", sheet="CSV", columns="?", limit=limits.max_columns
        )
    rows: list[list[object]] = []
    empty = 0
    lines = (match[0] for match in _LINE.finditer(text))  # StringIO would take 4 bytes a letter
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if not any(map(str.strip, row)):
                empty += 1
                continue
            _check_size(len(row), len(rows) + empty + 1, limits)
            rows.extend([] for _ in range(empty))
            empty = 0
            rows.append(row)
    except csv.Error as error:
        raise FileProblem("file.broken-csv", row=reader.line_num, detail=str(error)) from error
    return rows


def _check_size(columns: int, row: int, limits: Limits) -> None:
    if columns > limits.max_columns:
        raise FileProblem(
            "file.too-many-columns", sheet="CSV", columns=columns, limit=limits.max_columns
        )
    if row > limits.max_rows:
        raise FileProblem(
            "file.too-many-rows", sheet="CSV", rows=f"> {limits.max_rows}", limit=limits.max_rows
        )


def _delimiter(text: str) -> str:
    """Return the delimiter that the first lines have most of, whatever a title line holds."""
    lines = text[:200_000].splitlines()[:SAMPLE]
    sample = "\n".join(lines)
    best = max(DELIMITERS, key=sample.count)
    filled = [line for line in lines if line.strip()]
    if best not in sample and len(filled) > 1:
        for strange in STRANGE_DELIMITERS:
            if all(line.count(strange) >= 2 for line in filled):
                raise FileProblem("file.wrong-delimiter", found=strange)
    return best


def decoded(data: bytes) -> str:
    """Return the text of a CSV. Raises FileProblem where no encoding fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _by(data, "utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = _not_quite_utf8(data, error)
    if "\x00" in text:
        raise FileProblem("file.not-a-spreadsheet", found="binary data")
    return text


def _not_quite_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    """Tell a UTF-8 text with broken bytes from a text in GBK.

    Most UTF-8 decodes as GBK too, into nonsense that would surprise the sender.
    """
    is_utf8 = data.startswith(b"\xef\xbb\xbf") or _UTF8_CHINESE.search(data, 0, error.start)
    if not is_utf8:
        return _by(data, "gb18030")
    if error.start >= len(data) - 3:
        raise FileProblem("file.damaged", detail="CSV") from error
    raise FileProblem("file.unknown-encoding", position=error.start) from error


def _by(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # A last character without its second half: the file was cut, not written strangely.
        if "incomplete" in error.reason or "truncated" in error.reason:
            raise FileProblem("file.damaged", detail="CSV") from error
        raise FileProblem("file.unknown-encoding", position=error.start) from error
