"""Filters of published reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet
from reports.models import PublishedReport


class PublishedFilter(StrictFilterSet):
    search_fields = ("number__istartswith", "title__icontains")
    report = django_filters.CharFilter(label=_("报告"))
    as_of = django_filters.DateFilter(label=_("截至"))

    class Meta:
        model = PublishedReport
        fields: list[str] = []
