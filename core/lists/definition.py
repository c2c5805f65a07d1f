"""What a list is: its rows, its columns, how it is filtered, sorted and exported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from core.filters import StrictFilterSet
from core.tabular.columns import Kind


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. ``value(row)`` is the plain value, exported as it is.

    ``shown(row)`` is what a person reads, if that differs; ``sort`` is the field by which
    the column sorts, empty if it does not; ``badge(row)`` is a style word for a state.
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    kind: Kind = "text"
    sort: str = ""
    shown: Callable[[Any], Any] | None = None
    url: Callable[[Any], str | None] | None = None
    badge: Callable[[Any], str] | None = None
    default: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "money", "percent", "rate")


@dataclass(frozen=True, slots=True)
class ListAction:
    """A button above the list, shown to those who hold ``permission``."""

    label: Any
    url: str
    icon: str = "plus-lg"
    permission: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list. ``rows(request)`` starts at ``visible_to`` and prefetches what columns need."""

    key: str
    title: Any
    rows: Callable[[Any], QuerySet]
    filterset: type[StrictFilterSet]
    columns: tuple[ListColumn, ...]
    default_sort: str
    record_url: Callable[[Any], str] | None = None
    actions: tuple[ListAction, ...] = ()
    page_size: int = 50
    intro: Any = ""
    empty: Any = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
