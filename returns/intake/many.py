"""Splitting one file with the returns of many institutions.

CSV: the columns ``institution`` and, unless they are said beside the file, ``form`` and
``period``, before the columns of a return's own CSV. NDJSON: a line for each institution,
the payload of ``POST /returns/``. Rows of one institution need not stand together in a CSV.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from core.errors import DomainError
from core.spreadsheets import FileProblem, Limits, read_file
from core.text import Text

MAX_PARTS = 10_000
KEYS = ("institution", "form", "period")


@dataclass(slots=True)
class Part:
    """One institution's share of the file, as a file of its own.

    ``line`` is where it begins in the whole file; ``rows`` gives for each row of the part,
    from its header on, the row of the whole file (empty for NDJSON, whose rows are counted
    within their table).
    """

    institution: str
    form: str
    period: str
    channel: str
    line: int
    data: bytes = b""
    rows: list[int] = field(default_factory=list)
    repeated: bool = False

    def row(self, number: int | None) -> int | None:
        """The row of the whole file that row ``number`` of the part is."""
        if number is None or not self.rows:
            return number
        return self.rows[number - 1] if 0 < number <= len(self.rows) else None


def split(data: bytes, *, filename: str, form: str, period: str, limit: int) -> list[Part]:
    """Split a file of at most ``limit`` bytes. Raises DomainError "bad-bulk-file"."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        parts = list(_of_ndjson(data, form, period))
    else:
        parts = _of_csv(data, filename, form, period, limit)
    if not parts:
        raise _bad(Text("文件里没有数据行。", "The file has no rows."))
    if len(parts) > MAX_PARTS:
        raise _bad(
            Text(
                f"一个文件最多 {MAX_PARTS} 家，此文件有 {len(parts)} 家；请拆开。",
                f"A file has at most {MAX_PARTS} institutions, this one {len(parts)}; split it.",
            )
        )
    return parts


def _of_ndjson(data: bytes, form: str, period: str) -> Iterator[Part]:
    seen: set[tuple[str, str, str]] = set()
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            payload = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise _bad(
                Text(
                    f"第 {number} 行不是 JSON（第 {error.colno} 个字符）；每行一家机构。",
                    f"Line {number} is not JSON (character {error.colno}); a line for each "
                    "institution.",
                )
            ) from error
        if not isinstance(payload, dict):
            raise _bad(Text(f"第 {number} 行不是对象。", f"Line {number} is not an object."))
        payload = {"form": form, "period": period} | payload
        key = tuple(_plain(payload.get(name) or "") for name in KEYS)
        yield Part(*key, "api", number, orjson.dumps(payload), repeated=key in seen)
        seen.add(key)


def _of_csv(data: bytes, filename: str, form: str, period: str, limit: int) -> list[Part]:
    try:
        workbook = read_file(data, filename=filename, limits=Limits(max_bytes=limit))
    except FileProblem as problem:
        raise DomainError("bad-bulk-file", problem.message) from problem
    if workbook.kind != "csv":
        raise _bad(
            Text("请用 CSV 或 NDJSON；工作簿只装一家机构。",
                 "Send CSV or NDJSON; a workbook holds one institution.")
        )  # fmt: skip
    rows = workbook.sheets["csv"].rows
    header = [str(cell).strip().lower() for cell in rows[0]] if rows else []
    places = {name: header.index(name) for name in KEYS if name in header}
    _ask_columns(places, form, period)
    kept = [place for place in range(len(header)) if place not in places.values()]
    return _grouped(rows, places, kept, {"form": form, "period": period})


def _ask_columns(places: dict[str, int], form: str, period: str) -> None:
    given = {"form": form, "period": period}
    missing = [name for name in KEYS if name not in places and not given.get(name)]
    if missing:
        names = "、".join(missing), ", ".join(missing)
        raise _bad(
            Text(
                f"第 1 行缺少列：{names[0]}。每行都要写明机构编码；报表和报告期可在文件外指定。",
                f"Row 1 lacks the columns {names[1]}. Each row names its institution; form and "
                "period may be said beside the file.",
            )
        )


def _grouped(
    rows: list[list[object]], places: dict[str, int], kept: list[int], given: dict[str, str]
) -> list[Part]:
    """A part for each institution, form and period, in the order of their first rows."""
    found: dict[tuple[str, ...], Part] = {}
    texts: dict[tuple[str, ...], io.StringIO] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(str(cell).strip() for cell in row if cell is not None):
            continue
        key = tuple(_cell(row, places[name]) if name in places else given[name] for name in KEYS)
        if key not in found:
            found[key], texts[key] = Part(*key, "csv", number, rows=[1]), io.StringIO()
            csv.writer(texts[key]).writerow([_cell(rows[0], place) for place in kept])
        csv.writer(texts[key]).writerow([_cell(row, place) for place in kept])
        found[key].rows.append(number)
    for key, part in found.items():
        part.data = texts[key].getvalue().encode()
    return list(found.values())


def _cell(row: list[object], place: int) -> str:
    return _plain(row[place]) if place < len(row) and row[place] is not None else ""


def _plain(value: object) -> str:
    """A cell as text; what no database keeps is shown as a gap."""
    return str(value).strip().replace("\0", "\ufffd")


def _bad(text: Text) -> DomainError:
    return DomainError("bad-bulk-file", text)
