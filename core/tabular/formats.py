"""Figures as people read them; None reads "—" (domain facts 8.2)."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"


def _fixed(value: Decimal | int | None, places: int) -> str:
    if value is None:
        return NOTHING
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded + 0:,}"  # + 0 turns -0.00 into 0.00


def money(value: Decimal | int | None) -> str:
    """万元 with two decimals: ``1,234.50``."""
    return _fixed(value, 2)


def yi(value: Decimal | int | None) -> str:
    """万元 shown in 亿元 with two decimals: 12345678 -> ``1,234.57``."""
    return _fixed(None if value is None else Decimal(value) / 10000, 2)


def count(value: int | None) -> str:
    """A whole number with separators."""
    return _fixed(value, 0)


def figure(value: Decimal | int | str | None, unit: str) -> str:
    """A figure by the unit of its measure: money with its decimals, counts whole.

    Where each row has a unit of its own (按行), zeros at the end say nothing and are left out.
    """
    if value is None or value == "":
        return NOTHING
    number = Decimal(value)
    if unit == "万元":
        return f"{number:,f}"
    if unit == "按行":
        return f"{number.normalize():,f}"
    return count(number)


def percent_value(value: Decimal | None) -> str:
    """A percentage that was already computed: 12.34 -> ``12.34%``."""
    return NOTHING if value is None else f"{_fixed(value, 2)}%"


def percent(numerator: Decimal | int | None, denominator: Decimal | int | None) -> str:
    """``numerator / denominator`` in percent; without a denominator "—"."""
    if numerator is None or not denominator:
        return NOTHING
    return percent_value(Decimal(numerator) / Decimal(denominator) * 100)


def points(value: Decimal | None, language: str = "zh-hans") -> str:
    """A change of a percentage, in percentage points 个百分点, with its sign."""
    if value is None:
        return NOTHING
    sign = "+" if value > 0 else ""
    unit = " pp" if language.startswith("en") else " 个百分点"
    return f"{sign}{_fixed(value, 2)}{unit}"


def day(value: datetime.date | None, language: str = "zh-hans") -> str:
    """``2012年6月30日`` or ``30 June 2012``."""
    if value is None:
        return NOTHING
    if language.startswith("en"):
        months = "January February March April May June July August September October November"
        name = [*months.split(), "December"][value.month - 1]
        return f"{value.day} {name} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"
