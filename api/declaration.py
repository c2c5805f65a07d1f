"""What a resource is: its rows, its fields and the words beside its codes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext
from rest_framework.request import Request

from core.filters import StrictFilterSet, as_of_day
from core.tabular.columns import Kind
from core.text import Text

_UNNAMED = Text("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name outside, where it is read, what it is.

    ``labels`` gives a Chinese label beside an English code, as ``<name>_label``.
    """

    name: str
    source: str
    kind: Kind = "text"
    label: Text = _UNNAMED
    labels: Mapping[str, Any] | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource. ``rows(user=…)`` must start at ``visible_to`` or ``scope_filter``.

    The rows of a ``dated`` resource are those of a day: ``rows(user=…, as_of=…)``.
    """

    name: str
    title: Text
    action: str
    rows: Callable[..., QuerySet]
    fields: tuple[Field, ...]
    filterset: type[StrictFilterSet]
    ordering: str = "pk"
    orderings: tuple[str, ...] = ()
    key: str = "id"
    dated: bool = False
    extra: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    attach: Callable[[list[dict[str, Any]]], None] | None = None
    extra_schema: Mapping[str, Any] = field(default_factory=dict)
    fast: bool = False

    def shaped(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Rows of values as the resource's JSON, with labels in the caller's language."""
        keys: list[tuple[str, str, dict[Any, str] | None]] = []
        for each in self.fields:
            keys.append((each.name, each.source, None))
            if each.labels is not None:  # put into words once a page, not once a row
                words = {code: said(label) for code, label in each.labels.items()}
                keys.append((f"{each.name}_label", each.source, words))
        found = [
            {
                name: row[source] if words is None else words.get(row[source], "")
                for name, source, words in keys
            }
            for row in rows
        ]
        if self.attach is not None:
            self.attach(found)
        return [self.extra(row) for row in found] if self.extra else found

    def visible(self, request: Request) -> QuerySet:
        """The rows that the caller may see, on the day asked for."""
        if not self.dated:
            return self.rows(user=request.user)
        day = as_of_day(request.query_params, timezone.localdate())
        return self.rows(user=request.user, as_of=day)

    def sources(self) -> list[str]:
        return list(dict.fromkeys(["pk", *(each.source for each in self.fields)]))


def said(label: Any) -> str:
    """A label in the caller's language."""
    if isinstance(label, Text):
        return label.in_language(get_language() or "zh-hans")
    return gettext(str(label)) if label else ""
