"""Running a form's checks and writing down what they found."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from core.spreadsheets.address import address
from returns.checking.check import Check, FoundFinding, Hits, Severity
from returns.checking.columns import TableData, Tables
from returns.checking.context import Context
from returns.forms.declaration import Dimension

FINDINGS_KEPT = 200  # of one check; the rest is counted


def run_checks(
    checks: Iterable[Check], tables: Tables, context: Context
) -> tuple[list[FoundFinding], int, int]:
    """Run all ``checks``; return the findings kept, and the number of errors and warnings."""
    found: list[FoundFinding] = []
    counts = {Severity.ERROR: 0, Severity.WARNING: 0}
    for each in checks:
        if each.run is None:
            continue
        hits = list(each.run(tables, context))
        if hits:
            kept, number = findings_of(each, hits, tables)
            counts[each.severity] += number
            found += kept
    return found, counts[Severity.ERROR], counts[Severity.WARNING]


def findings_of(
    check: Check, hits: Sequence[Hits], tables: Tables
) -> tuple[list[FoundFinding], int]:
    """Return up to ``FINDINGS_KEPT`` findings of one check, and how many there were."""
    number = sum(len(each) for each in hits)
    kept: list[FoundFinding] = []
    for each in hits:
        kept += _written(check, each, tables, FINDINGS_KEPT - len(kept))
    if kept and number > len(kept):
        kept[-1].more = number - len(kept)
    return kept, number


def _written(check: Check, hits: Hits, tables: Tables, limit: int) -> list[FoundFinding]:
    data = tables.get(hits.table)
    count = max(0, min(len(hits), limit))
    return [_finding(check, hits, data, place) for place in range(count)]


def _finding(check: Check, hits: Hits, data: TableData | None, place: int) -> FoundFinding:
    scale = getattr(data.table.columns.get(hits.column), "scale", 0) if data else 2
    finding = FoundFinding(
        check.code, check.severity.value, int(check.tier), hits.table, column=hits.column
    )
    finding.parameters = {
        name: _parameter(value, place, hits.scales.get(name, 2))
        for name, value in hits.parameters.items()
    }
    if hits.expected is not None:
        finding.expected = plain(hits.expected[place], scale)
    if hits.keys:
        finding.key = hits.keys[place]
    if hits.rows is not None and data is not None:
        locate(finding, data, int(hits.rows[place]))
    return finding


def locate(finding: FoundFinding, data: TableData, position: int) -> None:
    """Fill in row, cell, key and value of a finding on the line at ``position``."""
    finding.row = int(data.rows[position])
    finding.key = data.key_text(int(data.keys[position]))
    column = finding.column
    if column in data.positions:
        finding.cell = address(finding.row, data.positions[column])
    if not finding.value and column in data.columns:
        finding.value = value_text(data, column, position)


def value_text(data: TableData, column: str, position: int) -> str:
    """Return a cell's value as plain text, a code as it stands."""
    declared = data.table.columns[column]
    value = int(data.columns[column][position])
    if isinstance(declared, Dimension):
        return data.codes[column][value] if value >= 0 else ""
    return plain(value, declared.scale)


def plain(value: Any, scale: int) -> str:
    """Return a scaled whole number as a plain decimal: ``123456, 2 -> "1234.56"``."""
    return f"{Decimal(int(value)).scaleb(-scale):f}"


def _parameter(value: Any, place: int, scale: int) -> Any:
    if isinstance(value, str | dict):  # a dict holds words in both languages
        return value
    if isinstance(value, np.ndarray):
        value = value[place]
    return plain(value, scale)
