"""Figures that come as JSON: the grid's and the API's payload, of one shape.

``{"form", "version", "institution", "period", "tables": {"lines": [{...}], "totals": [...]}}``;
values are numbers or texts, as typed.
"""

from typing import Any

import numpy as np
import orjson

from returns.forms import structure_checks as checks
from returns.forms.declaration import Form, Table
from returns.intake.cells import RawTable
from returns.intake.finder import Finder

PLAIN = (str, int, float, bool)
MAX_ROWS = 200_000


def read_payload(data: bytes, finder: Finder) -> dict[str, Any] | None:
    """Return the payload as a dictionary, or None with a finding."""
    try:
        payload = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        finder.add(checks.BAD_PAYLOAD, problem=_both("不是 JSON", "not JSON") | _at(error))
        return None
    if not isinstance(payload, dict) or not isinstance(payload.get("tables"), dict):
        finder.add(checks.BAD_PAYLOAD, problem=_both("缺少 tables", "no “tables” object"))
        return None
    return payload


def marks_of(payload: dict[str, Any]) -> dict[str, str]:
    """Return form, version, institution and period as the payload names them."""
    names = ("form", "version", "institution", "period")
    return {name: str(payload[name]) for name in names if payload.get(name) is not None}


def raw_from_payload(payload: dict[str, Any], form: Form, finder: Finder) -> dict[str, RawTable]:
    """Return the raw tables of a payload; tell unknown tables and fields."""
    known = {table.name for table in form.tables}
    for name in payload["tables"]:
        if name not in known:
            finder.add(checks.BAD_PAYLOAD, value=name,
                       problem=_both(f"未知的表 {name}", f"unknown table {name}"))  # fmt: skip
    found = {}
    for table in form.tables:
        rows = payload["tables"].get(table.name)
        if rows is None:
            continue
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            problem = _both("表应为行的列表", "a table must be a list of rows")
            finder.add(checks.BAD_PAYLOAD, table=table.name, problem=problem)
            continue
        found[table.name] = _raw(rows, table, finder)
    return found


def _raw(rows: list[Any], table: Table, finder: Finder) -> RawTable:
    known = set(table.columns)
    sound = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            finder.add(checks.BAD_PAYLOAD, table=table.name, row=number,
                       problem=_both("行应为对象", "a row must be an object"))  # fmt: skip
            continue
        for name in row.keys() - known:
            finder.add(checks.UNKNOWN_COLUMN, table=table.name, row=number, value=name)
        sound.append((number, row))
    present = set().union(*(row.keys() for _, row in sound)) if sound else known
    for name in table.columns:
        if name not in present:
            finder.add(checks.MISSING_COLUMN, table=table.name, column=name, name=name)
    numbers = np.array([number for number, _ in sound], dtype=np.int64)
    cells = {
        name: [_plain(row.get(name, "")) for _, row in sound]
        for name in table.columns
        if name in present
    }
    return RawTable(table, numbers, cells)


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return cell if isinstance(cell, PLAIN) else str(cell)


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _at(error: orjson.JSONDecodeError) -> dict[str, str]:
    place = f"{error.lineno}:{error.colno}"
    return {"zh": f"不是 JSON（{place}）", "en": f"not JSON ({place})"}
