"""Stored figures as numpy columns, read without an object per row."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import connection, models

from core.models import Prefecture
from finance.models import LoanLine, LoanTotal
from finance.models.measures import LINE_MEASURES, TOTAL_MEASURES

Codes = Mapping[str, Sequence[str]]
LINE_KEYS = ("prefecture", "size", "industry")
TOTAL_KEYS = ("prefecture",)


def line_columns(*, documents: Sequence[int], codes: Codes) -> dict[str, np.ndarray]:
    """Return the lines of documents: ``document``, ``row``, codes as places, scaled measures."""
    return _columns(LoanLine, LINE_KEYS, LINE_MEASURES, documents, codes)


def total_columns(*, documents: Sequence[int], codes: Codes) -> dict[str, np.ndarray]:
    """Return the totals of documents, as ``line_columns`` does for lines."""
    return _columns(LoanTotal, TOTAL_KEYS, TOTAL_MEASURES, documents, codes)


def _columns(
    model: type[models.Model],
    keys: tuple[str, ...],
    measures: tuple[str, ...],
    documents: Sequence[int],
    codes: Codes,
) -> dict[str, np.ndarray]:
    """One query. Column by column, scaled integers as they are stored; never floats."""
    names = ("document", "row", *keys, *measures)
    rows = _fetch(model, ("document_id", "row", "prefecture_id", *keys[1:], *measures), documents)
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    found = {}
    for name, values in zip(names, columns, strict=True):
        if name in keys:
            found[name] = _places(name, values, codes[name])
        else:
            found[name] = np.array(values, dtype=np.int64)
    return found


def _fetch(
    model: type[models.Model], columns: tuple[str, ...], documents: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Read raw columns: the fields' own conversion to Decimal would cost most of the time."""
    if not documents:
        return []
    marks = ", ".join(["%s"] * len(documents))
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {names} FROM "{model._meta.db_table}" WHERE document_id IN ({marks}) '
            "ORDER BY document_id, row",
            list(documents),
        )
        return cursor.fetchall()


def _places(name: str, values: Sequence[Any], codes: Sequence[str]) -> np.ndarray:
    known: dict[Any, int] = {code: place for place, code in enumerate(codes)}
    if name == "prefecture":
        known = {
            pk: known[code]
            for pk, code in Prefecture.objects.values_list("pk", "code")
            if code in known
        }
    return np.array([known[value] for value in values], dtype=np.int64)
