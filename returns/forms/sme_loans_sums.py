"""What several checks of ``sme-loans`` share, computed once per examination."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from finance.rules.industries import ENTERPRISE_SIZES, SIZES
from returns.checking.columns import TableData, Tables
from returns.checking.context import Context, PriorTable

TOLERANCE = "sme-loans.tolerance"
UNIT_SLIP = "sme-loans.unit-slip"
BREAKDOWNS = {
    "guarantee": ("unsecured", "guaranteed", "mortgaged", "pledged"),
    "term": ("short_term", "long_term"),
    "quality": ("normal", "special_mention", "substandard", "doubtful", "loss"),
}
BAD_CLASSES = ("substandard", "doubtful", "loss")
ENTERPRISES = tuple(place for place, code in enumerate(SIZES) if code in ENTERPRISE_SIZES)

Kept = TypeVar("Kept")


def memo(data: TableData, name: str, compute: Callable[[], Kept]) -> Kept:
    """Return ``compute()``, remembered on the table."""
    kept: dict[str, Any] = data.__dict__.setdefault("_memo", {})
    if name not in kept:
        kept[name] = compute()
    return kept[name]


def tolerance(context: Context, addends: Any) -> Any:
    """Return what rounding may leave, in hundredths of 万元 (domain facts 4.4)."""
    return (context.scaled_rule(TOLERANCE, 2) or 0) * addends


def total(data: TableData, names: tuple[str, ...]) -> np.ndarray:
    """Return the sum of some columns, line by line."""
    found = data[names[0]] + data[names[1]]
    for name in names[2:]:
        found += data[name]
    return found


def difference(lines: TableData, group: str) -> np.ndarray:
    """Return the parts of a breakdown minus the balance."""
    return memo(lines, group, lambda: total(lines, BREAKDOWNS[group]) - lines["balance"])


def npl_difference(lines: TableData) -> np.ndarray:
    """Return substandard + doubtful + loss minus NPL."""
    return memo(lines, "npl", lambda: total(lines, BAD_CLASSES) - lines["npl"])


def beyond(values: np.ndarray, limit: Any) -> np.ndarray:
    """Return where the absolute value exceeds ``limit``."""
    return np.abs(values) > limit


def balance_slipped(lines: TableData, context: Context) -> np.ndarray:
    """Return the lines whose balance disagrees with all three breakdowns by one amount."""

    def compute() -> np.ndarray:
        one, other, third = (difference(lines, group) for group in BREAKDOWNS)
        slipped = (one == other) & (one == third)
        slipped &= beyond(one, tolerance(context, max(map(len, BREAKDOWNS.values()))))
        bad = lines.any_bad(("balance", *sum(BREAKDOWNS.values(), ())))
        return slipped if bad is None else slipped & ~bad

    return memo(lines, "balance_slipped", compute)


def duplicates(data: TableData) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions that repeat an earlier key, and where that key stood first."""

    def compute() -> tuple[np.ndarray, np.ndarray]:
        keys, places = data.keys, np.arange(len(data))
        first = np.full(data.radix + 1, -1, dtype=np.int64)
        first[keys[::-1]] = places[::-1]
        found = np.flatnonzero((first[keys] != places) & (keys >= 0))
        return found, first[keys[found]]

    return memo(data, "duplicates", compute)


def keys_are_clean(data: TableData) -> bool:
    """Say whether the table came, and each key is known and stands once: else sums mean nothing."""
    names = [dimension.name for dimension in data.table.dimensions]
    return data.present and data.any_bad(names) is None and not len(duplicates(data)[0])


def group_sum(groups: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Return exact sums of 64-bit integers by group.

    ``bincount`` sums in floating point, exact below 2**53; so high and low parts go apart.
    """
    high = np.bincount(groups, weights=values >> 26, minlength=size).astype(np.int64)
    low = np.bincount(groups, weights=values & (2**26 - 1), minlength=size).astype(np.int64)
    return (high << 26) + low


def by_prefecture(tables: Tables, name: str, *, enterprises: bool = False) -> np.ndarray:
    """Return sums of a measure of the lines by prefecture (in the order of its codes)."""
    lines = tables["lines"]

    def compute() -> np.ndarray:
        groups, values = lines["prefecture"], lines[name]
        if enterprises:
            chosen = np.isin(lines["size"], ENTERPRISES)
            groups, values = groups[chosen], values[chosen]
        return group_sum(groups, values, len(lines.codes["prefecture"]))

    return memo(lines, f"{name}/{enterprises}", compute)


def line_counts(lines: TableData) -> np.ndarray:
    """Return the number of lines by prefecture."""
    return memo(
        lines,
        "counts",
        lambda: np.bincount(lines["prefecture"], minlength=len(lines.codes["prefecture"])),
    )


def doubtful_prefectures(tables: Tables, context: Context, *names: str) -> np.ndarray:
    """Return which prefectures' sums mean nothing because a line of theirs is in error."""
    lines = tables["lines"]
    found = np.zeros(len(lines.codes["prefecture"]), dtype=bool)
    bad = lines.any_bad(names)
    if bad is not None:
        found[lines["prefecture"][bad]] = True
    if "balance" in names:
        found[lines["prefecture"][balance_slipped(lines, context)]] = True
    if "npl" in names:
        found[lines["prefecture"][lines["npl"] > lines["balance"]]] = True
    return found


def previous(context: Context, table: str) -> PriorTable | None:
    """Return the accepted figures of the period before, if there were any."""
    prior = context.prior.previous
    return prior[table] if prior and len(prior[table]) else None


def december(context: Context, table: str) -> PriorTable | None:
    """Return the accepted figures of last December, if there were any."""
    prior = context.prior.december
    return prior[table] if prior and len(prior[table]) else None


def slip_bounds(context: Context) -> tuple[int, int] | None:
    """Return between which ratios a value looks like 元 written for 万元: half to twice."""
    factor = context.scaled_rule(UNIT_SLIP, 0)
    return (factor // 2, factor * 2) if factor else None


def whole_return_slipped(tables: Tables, context: Context) -> bool:
    """Say whether all balances together stand ten thousand times above or below last period."""
    lines, prior = tables["lines"], previous(context, "lines")

    def compute() -> bool:
        bounds = slip_bounds(context)
        if prior is None or bounds is None:
            return False
        now, before = int(lines["balance"].sum()), int(prior.columns["balance"].sum())
        low, high = bounds
        return low * before <= now <= high * before != 0 or low * now <= before <= high * now != 0

    return memo(lines, "whole_slip", compute)
