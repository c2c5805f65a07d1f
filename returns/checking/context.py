"""What is known around a return when it is checked. Plain data; ``load`` fetches it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from core.text import Text


@dataclass(frozen=True)
class PriorTable:
    """Accepted figures of another period: keys as in ``TableData.keys``, and scaled columns."""

    keys: np.ndarray
    columns: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.keys)

    def aligned(self, keys: np.ndarray, radix: int, name: str) -> np.ndarray:
        """Return column ``name`` beside ``keys``: 0 where the key was absent or is unknown."""
        return spread(self.keys, self.columns[name], radix + 1)[keys]

    def has(self, keys: np.ndarray, radix: int) -> np.ndarray:
        """Return which of ``keys`` existed."""
        known = np.zeros(radix + 1, dtype=bool)
        known[self.keys] = True
        return known[keys]


def spread(keys: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Return a dense array of ``size`` places with ``values`` at ``keys``; the last stays 0."""
    dense = np.zeros(size, dtype=np.int64)
    dense[keys] = values
    return dense


@dataclass(frozen=True)
class Prior:
    """The figures that a period is compared with; None where nothing was accepted."""

    previous: Mapping[str, PriorTable] | None = None
    december: Mapping[str, PriorTable] | None = None
    last_year: Mapping[str, PriorTable] | None = None
    previous_in_same_year: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """Another return that carries the very same file."""

    institution: str
    period: str
    same_return: bool
    revision: int


@dataclass(frozen=True)
class Context:
    """Around one return. ``rules`` are the dated parameters in force at ``ends_on``."""

    form: str
    institution: str
    institution_name: str
    institution_kind: str
    period: str
    month: int
    ends_on: datetime.date
    codes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, Text]]
    rules: Mapping[str, Decimal] = field(default_factory=dict)
    prior: Prior = Prior()
    licensed: bool = True
    home_prefecture: str = ""
    active_prefectures: frozenset[str] = frozenset()
    sendings: tuple[Sending, ...] = ()

    def rule(self, code: str) -> Decimal | None:
        """Return the value of a dated rule on the date judged; None where none is in force."""
        return self.rules.get(code)

    def scaled_rule(self, code: str, scale: int) -> int | None:
        """Return a dated rule as a whole number of its ``scale``-th decimal."""
        value = self.rules.get(code)
        return None if value is None else int(value.scaleb(scale))
