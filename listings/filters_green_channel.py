"""Filters of green-channel cases and what happened to them, on page and API alike."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import AsOfFilterSet, StrictFilterSet, search_lookups
from core.naming import label
from listings.filters import of_enterprise, of_prefecture, of_region
from listings.models import CaseAct, CaseEvent, GreenChannelCase
from listings.models.green_channel import CaseResult, Issue
from listings.rules.clock import STANDINGS


class CaseFilter(AsOfFilterSet):
    """Filters of cases; rows carry how they stood on the day (queries)."""

    search_fields = (
        "code__istartswith",
        "subject__icontains",
        "department__name__icontains",
        *search_lookups(prefix="enterprise__"),
    )
    enterprise = of_enterprise()
    prefecture = of_prefecture("prefecture")
    region = of_region("prefecture")
    department = django_filters.CharFilter(field_name="department__code", label=_("部门编号"))
    issue = django_filters.ChoiceFilter(choices=Issue.choices, label=_("事项类型"))
    standing = django_filters.ChoiceFilter(
        choices=[(key, label(text)) for key, text in STANDINGS.items()], label=_("办理状态")
    )
    result = django_filters.ChoiceFilter(choices=CaseResult.choices, label=_("结果"))
    opened_on = django_filters.DateFromToRangeFilter(label=_("受理日期"))
    due_on = django_filters.DateFromToRangeFilter(label=_("应办结日期"))

    class Meta:
        model = GreenChannelCase
        fields: list[str] = []


class CaseEventFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "case__code__istartswith", "document_number__icontains")
    case = django_filters.CharFilter(field_name="case__code", label=_("事项编号"))
    act = django_filters.ChoiceFilter(choices=CaseAct.choices, label=_("办理"))
    prefecture = of_prefecture("case__prefecture")
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = CaseEvent
        fields: list[str] = []
