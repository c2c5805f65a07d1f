"""Figures as plain data, and their fingerprint."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from core.ratio import Ratio
from core.text import Text


def plain(value: Any) -> Any:
    """Bring figures to JSON's types: decimals as strings, ratios with both their numbers."""
    if isinstance(value, Ratio):
        return {
            "numerator": plain(value.numerator),
            "denominator": plain(value.denominator),
            "percent": plain(value.percent),
        }
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value


def canonical(figures: Mapping[str, Any]) -> str:
    """Return figures as canonical JSON: keys sorted, no spaces, UTF-8."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(figures: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(figures).encode()).hexdigest()


def flat(figures: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of every single figure: ``regions.delta.numerator``.

    Members of a list that have a ``code`` are named by it, so that places compare with
    themselves and not with their neighbours.
    """
    if isinstance(figures, Mapping):
        for key, value in figures.items():
            yield from flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(figures, list):
        for number, value in enumerate(figures):
            name = value.get("code", number) if isinstance(value, Mapping) else number
            yield from flat(value, f"{path}.{name}")
    else:
        yield path, figures
