"""Collecting what the parser finds: everything is counted, a bounded number is kept."""

from collections import Counter
from collections.abc import Iterable

from core.spreadsheets.address import address
from returns.checking.check import Check, FoundFinding, Severity
from returns.checking.run import FINDINGS_KEPT


class Finder:
    """Findings of tier 1, at most ``FINDINGS_KEPT`` of each check."""

    def __init__(self) -> None:
        self.findings: list[FoundFinding] = []
        self._numbers: Counter[str] = Counter()
        self._last: dict[str, FoundFinding] = {}
        self._severity: dict[str, Severity] = {}

    def add(
        self,
        check: Check,
        *,
        table: str = "",
        column: str = "",
        row: int | None = None,
        position: int | None = None,
        value: object = "",
        expected: str = "",
        key: str = "",
        **parameters: object,
    ) -> None:
        """Add one finding; ``row`` and ``position`` (column number) place it in the file."""
        self._severity[check.code] = check.severity
        self._numbers[check.code] += 1
        if self._numbers[check.code] > FINDINGS_KEPT:
            self._last[check.code].more += 1
            return
        finding = FoundFinding(
            check.code,
            check.severity.value,
            int(check.tier),
            table,
            row,
            column[:30],
            address(row, position) if row and position else "",
            key,
            shown(value),
            expected,
            dict(parameters),
        )
        self._last[check.code] = finding
        self.findings.append(finding)

    def add_many(
        self,
        check: Check,
        *,
        table: str,
        column: str,
        rows: Iterable[int],
        values: Iterable[object],
        position: int | None,
        expected: str = "",
    ) -> None:
        """Add one finding for each row, all in one column."""
        for row, value in zip(rows, values, strict=True):
            self.add(
                check, table=table, column=column, row=int(row), position=position,
                value=value, expected=expected,
            )  # fmt: skip

    def count(self, severity: Severity) -> int:
        """Return how many findings there were, those not kept included."""
        return sum(
            number for code, number in self._numbers.items() if self._severity[code] is severity
        )


def shown(value: object) -> str:
    """Return a cell as a short printable text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = "".join(each if each.isprintable() else " " for each in str(value))
    return text if len(text) <= 100 else text[:99] + "…"
