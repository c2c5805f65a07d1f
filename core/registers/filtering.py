"""Lists leave voided entries out, unless they are asked for."""

from functools import cache
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet


class _Standing(StrictFilterSet):
    voided = django_filters.ChoiceFilter(
        method="with_voided",
        label=_("已作废"),
        choices=[("include", _("包括")), ("only", _("只看"))],
    )

    def with_voided(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.exclude(voided_at=None) if value == "only" else queryset

    def filter_queryset(self, queryset: QuerySet) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("voided") else rows.filter(voided_at=None)


@cache
def with_voided(filterset: type[StrictFilterSet]) -> type[StrictFilterSet]:
    """The register's filters, and whether voided entries are shown."""
    return type(filterset.__name__, (filterset, _Standing), {"Meta": filterset.Meta})
