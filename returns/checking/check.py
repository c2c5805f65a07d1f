"""What a check is: one small named function with a declaration for the reader.

A check takes the typed columns of a return and what is known around it, and answers with
``Hits``: the lines it objects to, as arrays. Messages are written later, and only for the
findings that are kept, so that a check's cost does not depend on how much is wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from core.text import Text

if TYPE_CHECKING:
    from returns.checking.columns import Tables
    from returns.checking.context import Context


class Severity(StrEnum):
    """An error blocks signing; a warning asks for an explanation."""

    ERROR = "error"
    WARNING = "warning"


class Tier(IntEnum):
    """How far a check looks."""

    STRUCTURE = 1
    LINE = 2
    CROSS = 3
    HISTORY = 4
    SYSTEM = 5


TIER_LABELS = {
    Tier.STRUCTURE: Text("结构", "structure"),
    Tier.LINE: Text("行内", "line"),
    Tier.CROSS: Text("行间与表间", "across lines and tables"),
    Tier.HISTORY: Text("历史", "history"),
    Tier.SYSTEM: Text("全局", "whole system"),
}
SEVERITY_LABELS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("预警", "warning"),
}


@dataclass(frozen=True, slots=True)
class Hits:
    """Where a check objects: positions within a table, and what it would have expected.

    ``rows`` are positions (not the file's row numbers); None for what has no line of its own,
    which then takes its key from ``keys``. ``expected`` is an array of scaled integers beside
    ``rows``. ``parameters`` are arrays beside ``rows`` (scaled as ``scales`` says) or single
    values; they fill the placeholders of the message.
    """

    table: str
    column: str
    rows: "np.ndarray | None" = None
    expected: "np.ndarray | None" = None
    keys: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        if self.rows is not None:
            return len(self.rows)
        return len(self.keys) if self.keys else 1


Run = Callable[["Tables", "Context"], Iterable[Hits]]


@dataclass(frozen=True)
class Check:
    """A check's declaration. ``columns`` are those whose structure must hold first."""

    code: str
    tier: Tier
    severity: Severity
    table: str
    columns: tuple[str, ...]
    title: Text
    message: Text
    cure: Text
    source: Text
    parameters: tuple[str, ...] = ()
    run: Run | None = None


def check(
    code: str,
    *,
    tier: Tier,
    severity: Severity,
    table: str,
    columns: Iterable[str],
    title: Text,
    message: Text,
    cure: Text,
    source: Text,
    parameters: Iterable[str] = (),
) -> Callable[[Run], Check]:
    """Declare the decorated function as a check; ``parameters`` are codes of dated rules."""

    def declare(run: Run) -> Check:
        return Check(
            code, tier, severity, table, tuple(columns), title, message, cure, source,
            tuple(parameters), run,
        )  # fmt: skip

    return declare


@dataclass(slots=True)
class FoundFinding:
    """One finding, as ``returns.models.Finding`` stores it."""

    check_code: str
    severity: str
    tier: int
    table: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    key: str = ""
    value: str = ""
    expected: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    more: int = 0
