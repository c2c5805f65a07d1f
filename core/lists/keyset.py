"""Keyset pages: a page deep in a million rows costs what the first one costs.

The cursor is the sort value and key of a page's edge row, not a position.
"""

import base64
import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import F, Q, QuerySet

from core.errors import DomainError
from core.text import Text


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a page and the cursors of its neighbours (None at either end)."""

    rows: list[Any]
    previous: str | None
    next: str | None


def keyset_page(rows: QuerySet, *, sort: str, size: int, cursor: str | None) -> Page:
    """Return a page of ``rows`` ordered by ``sort`` (``-`` for descending), then by key.

    Rows without a value come last in either direction. One query. Raises DomainError for a
    cursor that is not ours.
    """
    field, down = sort.lstrip("-"), sort.startswith("-")
    empties = may_be_empty(rows, field)
    backwards, edge = _decoded(cursor) if cursor else (False, None)
    down = down != backwards
    ordered = rows.order_by(*_order(field, down, backwards, empties))
    if edge is not None:
        try:
            ordered = ordered.filter(_beyond(field, down, backwards, empties, *edge))
        except (ValidationError, ValueError, TypeError) as error:
            raise _bad_cursor() from error
    try:
        found = list(ordered[: size + 1])
    except (DataError, OverflowError, ValueError) as error:
        if edge is None:
            raise
        raise _bad_cursor() from error
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    earlier = more if backwards else edge is not None
    later = edge is not None if backwards else more
    return Page(
        rows=found,
        previous=_encoded(True, found[0], field) if found and earlier else None,
        next=_encoded(False, found[-1], field) if found and later else None,
    )


def may_be_empty(rows: QuerySet, path: str) -> bool:
    """Whether the field at ``a__b`` can be without a value; what is computed always can."""
    model = rows.model
    for name in path.split("__"):
        if name == "pk":
            return False
        if name in rows.query.annotations or model is None:
            return True
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        model = field.related_model
    return False


def _order(field: str, down: bool, backwards: bool, empties: bool) -> list[Any]:
    """By the field, then by the key in the same direction: as an index on the field is kept.

    Where to put rows without a value is said only where there can be any, since an index does
    not have them there.
    """
    key = "-pk" if down else "pk"
    if field == "pk":
        return [key]
    if not empties:
        return [f"-{field}" if down else field, key]
    ends = {"nulls_first": True} if backwards else {"nulls_last": True}
    expression = F(field)
    return [expression.desc(**ends) if down else expression.asc(**ends), key]


def _beyond(field: str, down: bool, backwards: bool, empties: bool, value: Any, key: Any) -> Q:
    """The rows after the edge in the direction of travel."""
    further = Q(pk__lt=key) if down else Q(pk__gt=key)
    if field == "pk":
        return further
    if value is None:
        same = Q(**{f"{field}__isnull": True}) & further
        return same | Q(**{f"{field}__isnull": False}) if backwards else same
    passed = Q(**{f"{field}__{'lt' if down else 'gt'}": value}) | (Q(**{field: value}) & further)
    return passed | Q(**{f"{field}__isnull": True}) if empties and not backwards else passed


def value_at(row: Any, field: str) -> Any:
    """Follow ``a__b`` from a row (model instance or dict) to its value."""
    if isinstance(row, dict):
        return row[field]
    for name in field.split("__"):
        row = getattr(row, name, None)
    return row


def _encoded(backwards: bool, row: Any, field: str) -> str:
    value = value_at(row, field)
    if isinstance(value, Decimal | datetime.date):
        value = str(value)
    key = row["pk"] if isinstance(row, dict) else row.pk
    body = json.dumps([backwards, value, key], default=str).encode()
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def _decoded(cursor: str) -> tuple[bool, tuple[Any, Any]]:
    try:
        body = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, value, key = body
        int(key)
    except (ValueError, TypeError) as error:
        raise _bad_cursor() from error
    return bool(backwards), (value, key)


def _bad_cursor() -> DomainError:
    return DomainError(
        "bad-cursor",
        Text("翻页标记无效，请从第一页重新开始。", "The page cursor is not valid; start over."),
    )
