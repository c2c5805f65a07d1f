"""Cells of any file: plain text of a value, and the guard against formulas in text."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
# What a spreadsheet would take for a formula when a CSV is opened.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(value: object) -> object:
    """Bring a value to text, number, or None; dates become ISO, moments local time."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        local = value.astimezone(CHINA) if value.tzinfo else value
        return local.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


def guarded(text: str) -> str:
    """Prefix text that a spreadsheet would calculate. Never used on numbers."""
    return "'" + text if text.startswith(_DANGEROUS) else text
