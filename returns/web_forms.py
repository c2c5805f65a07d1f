"""From posted fields to what operations take."""

import re
from typing import Any

from django.http import QueryDict

from returns.forms.declaration import Table
from returns.operations.reviewing import Remark


def rows_of_grid(data: QueryDict, table: Table) -> list[dict[str, str]]:
    """Return the rows of a grid's fields ``<table>-<row>-<column>``; empty rows are none."""
    pattern = re.compile(rf"^{table.name}-(\d{{1,6}})-(\w+)$")
    rows: dict[int, dict[str, str]] = {}
    for field in data:
        match = pattern.match(field)
        if match and match[2] in table.columns:
            rows.setdefault(int(match[1]), {})[match[2]] = data[field].strip()
    keys = {dimension.name for dimension in table.dimensions}
    return [
        row
        for _, row in sorted(rows.items())
        if any(value for name, value in row.items() if name not in keys)
        or (all(row.get(key) for key in keys) and "0" in row.values())
    ]


def explanations_of(data: QueryDict) -> dict[int, str]:
    """Return the posted explanations ``explanation-<finding id>`` by finding."""
    found: dict[int, str] = {}
    for field in data:
        name, _, key = field.partition("-")
        if name == "explanation" and key.isdigit():
            found[int(key)] = data[field].strip()
    return found


def remarks_of(data: QueryDict) -> list[Remark]:
    """Return the posted comments on cells: parallel lists of place and text."""
    columns: list[Any] = [data.getlist(f"remark_{name}") for name in ("cell", "text")]
    remarks = []
    for cell, text in zip(*columns, strict=False):
        parts = cell.split("|")
        if text.strip() and len(parts) == 3:
            remarks.append(Remark(table=parts[0], key=parts[1], column=parts[2], text=text.strip()))
    return remarks
