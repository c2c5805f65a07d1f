"""Invented loan figures that hold together: every identity of the form, month after month.

Amounts are whole hundredths of 万元. A line's path through time is fixed by the seed and the
bank's code, so the same seed gives the same figures, and last December's balance is the next
year's opening balance by construction.
"""

import csv
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from finance.models.measures import LINE_MEASURES, TOTAL_MEASURES
from finance.rules.industries import ENTERPRISE_SIZES

BEFORE = 25  # months of invented past before the first period
SHARE = {"L": 1.0, "M": 0.62, "S": 0.45, "X": 0.16, "I": 0.08, "O": 0.1}
AVERAGE = {"L": 4_000_000, "M": 700_000, "S": 130_000, "X": 26_000, "I": 6_000, "O": 9_000}
RATE = {"L": 3.4, "M": 3.9, "S": 4.4, "X": 5.0, "I": 5.6, "O": 5.3}
INDUSTRY = {"C": 1.6, "F": 1.3, "E": 0.9, "A": 0.5}
GUARANTEES = ("unsecured", "guaranteed", "mortgaged", "pledged")
CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
HEADER = ("table", "prefecture", "size", "industry", *LINE_MEASURES, *TOTAL_MEASURES)


@dataclass(frozen=True, slots=True)
class Month:
    """One month's figures of a bank: columns beside the keys of lines and totals."""

    keys: tuple[tuple[str, str, str], ...]
    lines: dict[str, np.ndarray]
    places: tuple[str, ...]
    totals: dict[str, np.ndarray]


class Book:
    """The loan book of one invented bank over time. Month 0 is the first period.

    ``jumps`` are (month, line, factor): from that month on the line stands higher.
    """

    def __init__(
        self,
        *,
        code: str,
        places: Sequence[str],
        sizes: str,
        industries: str,
        scale: int,
        months: int,
        seed: int,
        jumps: Sequence[tuple[int, int, float]] = (),
        extra_rate: float = 0.0,
    ) -> None:
        chance = np.random.default_rng([seed, zlib.crc32(code.encode())])
        self.keys = tuple((p, s, i) for p in places for s in sizes for i in industries)
        self.places = tuple(places)
        count, length = len(self.keys), BEFORE + months
        weight = np.array([SHARE[s] * INDUSTRY.get(i, 0.6) for _, s, i in self.keys])
        base = scale * 100 * weight * chance.lognormal(0, 0.35, count)
        trend = np.where([s in "SXIO" for _, s, _ in self.keys], 0.0105, 0.007)
        moves = chance.normal(trend, 0.012, (length, count)).clip(-0.08, 0.08)
        level = np.cumprod(1 + moves, axis=0)
        for month, line, factor in jumps:
            level[BEFORE + month :, line % count] *= factor
        self._balance = np.rint(base * level).astype(np.int64)
        self._granted = np.rint(
            self._balance * chance.uniform(0.05, 0.11, (length, count))
        ).astype(np.int64)
        self._bad = (chance.uniform(0.006, 0.026, count)) * chance.uniform(
            0.92, 1.08, (length, count)
        )
        self._parts = chance.dirichlet((3, 4, 6, 2), count)
        self._short = chance.uniform(0.5, 0.75, count)
        self._rate = np.array([RATE[s] for _, s, _ in self.keys]) + extra_rate
        self._rate = self._rate * chance.uniform(0.93, 1.07, (length, count))
        self._chance = chance.uniform(0.55, 0.85, (length, count))
        self._whole = chance.uniform(1.5, 2.1, len(places)) * np.cumprod(
            1 + chance.normal(-0.0006, 0.002, (length, len(places))), axis=0
        )
        self._place = np.array([self.places.index(p) for p, _, _ in self.keys])
        self._enterprise = np.array([s in ENTERPRISE_SIZES for _, s, _ in self.keys])
        self._average = np.array([AVERAGE[s] for _, s, _ in self.keys])

    def month(self, place: int, calendar_month: int, *, more_bad: float = 1.0) -> Month:
        """Return the figures of month ``place``, which is January if ``calendar_month`` is 1."""
        at, december = BEFORE + place, BEFORE + place - calendar_month
        balance, granted = self._balance[at], self._granted[at]
        lines = {"balance": balance, "year_start": self._balance[december]}
        lines |= self._breakdowns(balance)
        lines |= _classes(balance, np.rint(balance * self._bad[at] * more_bad).astype(np.int64))
        lines["granted_period"] = granted
        lines["granted_year"] = self._granted[december + 1 : at + 1].sum(axis=0)
        lines["interest"] = np.rint(granted * self._rate[at]).astype(np.int64)
        lines["borrowers"] = np.maximum(1, balance // self._average)
        lines["applicants"] = np.maximum(2, lines["borrowers"] // 9)
        lines["approved"] = (lines["applicants"] * self._chance[at]).astype(np.int64)
        return Month(self.keys, lines, self.places, self._totals(at, december, lines))

    def _breakdowns(self, balance: np.ndarray) -> dict[str, np.ndarray]:
        parts = np.floor(balance[:, None] * self._parts).astype(np.int64)
        parts[:, -1] = balance - parts[:, :-1].sum(axis=1)
        short = np.floor(balance * self._short).astype(np.int64)
        found = {name: parts[:, place] for place, name in enumerate(GUARANTEES)}
        return found | {"short_term": short, "long_term": balance - short}

    def _totals(self, at: int, december: int, lines: dict) -> dict[str, np.ndarray]:
        return {
            "all_loans": self._all(at),
            "all_year_start": self._all(december),
            "all_npl": self._by_place(lines["npl"]) * 3 // 2,
            "enterprise_loans": self._by_place(lines["balance"] * self._enterprise),
        }

    def _all(self, at: int) -> np.ndarray:
        return np.rint(self._by_place(self._balance[at]) * self._whole[at]).astype(np.int64)

    def _by_place(self, values: np.ndarray) -> np.ndarray:
        found = np.zeros(len(self.places), dtype=np.int64)
        np.add.at(found, self._place, values)
        return found


def _classes(balance: np.ndarray, npl: np.ndarray) -> dict[str, np.ndarray]:
    substandard, doubtful = npl * 55 // 100, npl * 35 // 100
    mention = balance * 2 // 100
    values = (balance - npl - mention, mention, substandard, doubtful, npl - substandard - doubtful)
    return dict(zip(CLASSES, values, strict=True)) | {"npl": npl}


def csv_file(month: Month) -> bytes:
    """Return a month as the CSV that a bank's own system would send (UTF-8 with BOM)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    columns = [_texts(month.lines[name], name) for name in LINE_MEASURES]
    empty = [""] * len(TOTAL_MEASURES)
    for key, *values in zip(month.keys, *columns, strict=True):
        writer.writerow(["lines", *key, *values, *empty])
    columns = [_texts(month.totals[name], name) for name in TOTAL_MEASURES]
    empty = [""] * (2 + len(LINE_MEASURES))
    for place, *values in zip(month.places, *columns, strict=True):
        writer.writerow(["totals", place, *empty, *values])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _texts(values: np.ndarray, name: str) -> list[str]:
    if name in ("borrowers", "applicants", "approved"):
        return [str(value) for value in values.tolist()]
    unit = 10_000 if name == "interest" else 100
    digits = 4 if name == "interest" else 2
    return [f"{value // unit}.{value % unit:0{digits}d}" for value in values.tolist()]
