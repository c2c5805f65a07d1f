"""Typed columns of a return: what checks compute on and storing writes.

Money is int64 in the measure's last place, codes are small integers (the code's place in
its dimension). ``bad`` marks cells whose structure does not hold; they count as 0 or -1, and
no later check looks at them, so that one slip does not rain findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from returns.forms.declaration import Table

Codes = Mapping[str, Sequence[str]]


@dataclass
class TableData:
    """One table of a return, ``n`` lines long.

    ``rows`` are the row numbers of the user's own file, ``positions`` the 1-based column
    numbers there (empty for payloads). ``raw`` keeps every cell as it came.
    """

    table: "Table"
    codes: Codes
    rows: np.ndarray
    columns: dict[str, np.ndarray]
    bad: dict[str, np.ndarray] = field(default_factory=dict)
    raw: dict[str, Sequence[object]] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    present: bool = True

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    @property
    def radix(self) -> int:
        """How many different keys there can be."""
        return int(np.prod([max(1, len(self.codes[d.name])) for d in self.table.dimensions]))

    @property
    def keys(self) -> np.ndarray:
        """One integer per line for its key, -1 where a code of it is unknown."""
        if "_keys" not in self.__dict__:
            dimensions = [d.name for d in self.table.dimensions]
            found = combine([self.columns[d] for d in dimensions],
                            [len(self.codes[d]) for d in dimensions])  # fmt: skip
            bad = self.any_bad(dimensions)
            if bad is not None:
                found[bad] = -1
            self.__dict__["_keys"] = found
        return self.__dict__["_keys"]

    def key_text(self, key: int) -> str:
        """Return a key in the form's own words, such as ``440100/S/C``; "" for an unknown one."""
        if key < 0:
            return ""
        words = []
        for dimension in reversed(self.table.dimensions):
            codes = self.codes[dimension.name]
            key, place = divmod(int(key), len(codes))
            words.append(codes[place])
        return "/".join(reversed(words))

    def any_bad(self, names: Sequence[str]) -> np.ndarray | None:
        """Return where any of the columns is unsound; None where all of them are sound."""
        masks = [self.bad[name] for name in names if name in self.bad]
        return reduce(np.logical_or, masks) if masks else None

    def sound(self, mask: np.ndarray, *names: str) -> np.ndarray:
        """Return the positions where ``mask`` holds and all the columns are sound."""
        bad = self.any_bad(names)
        return np.flatnonzero(mask if bad is None else mask & ~bad)


Tables = Mapping[str, TableData]


def combine(columns: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """Return one mixed-radix integer per line; the last column runs fastest."""
    found = columns[0].astype(np.int64)
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        found *= size
        found += column
    return found
