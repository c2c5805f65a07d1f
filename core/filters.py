"""Filters that are strict: a misspelt parameter is an error, never "all rows"."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from core.errors import DomainError
from core.text import Text


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet for page, API and export alike.

    ``search_fields`` are searched by ``q``; names match anywhere, codes and pinyin initials
    from their start.
    """

    search_fields: tuple[str, ...] = ()
    q = django_filters.CharFilter(method="search", label="搜索")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        condition = Q()
        for field in self.search_fields:
            condition |= Q(**{field: value.strip()})
        return queryset.filter(condition)

    def strict_qs(self, *, also_known: Iterable[str] = ()) -> QuerySet:
        """Return the filtered rows. Raises DomainError for unknown names and bad values."""
        known = {*self.filters, *also_known}
        for name in list(self.filters):
            known |= {f"{name}_min", f"{name}_max", f"{name}_after", f"{name}_before"}
        unknown = sorted(set(self.data) - known)
        if unknown:
            raise unknown_parameters(unknown, known)
        if not self.is_valid():
            raise DomainError(
                "bad-filter",
                Text("筛选条件不正确，请改正后重试。", "A filter is not right; mend it and retry."),
                fields={
                    field: Text(" ".join(map(str, errors)), " ".join(map(str, errors)))
                    for field, errors in self.form.errors.items()
                },
            )
        return self.qs


def unknown_parameters(unknown: Iterable[str], known: Iterable[str]) -> DomainError:
    """The refusal of parameters that mean nothing here, with those that do."""
    names, allowed = ", ".join(unknown), ", ".join(sorted(known))
    return DomainError(
        "unknown-parameter",
        Text(
            f"地址中有不认识的参数：{names}。可用的参数：{allowed}。",
            f"Unknown parameters: {names}. Known are: {allowed}.",
        ),
        fields={name: Text("不认识的参数", "unknown parameter") for name in unknown},
    )


def search_lookups(*names: str, prefix: str = "") -> tuple[str, ...]:
    """Lookups by which an institution-like row is found; ``prefix`` leads to it."""
    plain = ("name__icontains", "pinyin_initials__istartswith", "pinyin__istartswith")
    return tuple(f"{prefix}{name}" for name in (*plain, "code__istartswith", *names))


def values_of(choices: Any) -> list[tuple[str, str]]:
    """Choices of a filter from a TextChoices class."""
    return list(choices.choices)
