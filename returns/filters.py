"""Filters of periods, obligations and returns, on page and API alike."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet, search_lookups
from core.models import Period
from core.models.calendar import PeriodKind
from core.models.institutions import InstitutionKind
from core.naming import label
from core.queries.periods import period_condition
from returns.forms import FORMS
from returns.models import Obligation, Return, ReturnState

FILERS = {kind for form in FORMS.values() for kind in form.filers}
KINDS = [choice for choice in InstitutionKind.choices if choice[0] in FILERS]
FORM_CHOICES = [(form.code, label(form.title)) for form in FORMS.values()]


class OfPeriod(StrictFilterSet):
    """What belongs to a period and an institution."""

    search_fields = search_lookups(prefix="institution__")
    period = django_filters.CharFilter(method="of_period", label=_("报告期"))
    form = django_filters.ChoiceFilter(
        field_name="period__form", choices=FORM_CHOICES, label=_("报表")
    )
    institution = django_filters.CharFilter(field_name="institution__code", label=_("机构编码"))
    prefecture = django_filters.CharFilter(
        field_name="institution__prefecture__code", label=_("地市代码")
    )
    kind = django_filters.ChoiceFilter(
        field_name="institution__kind", choices=KINDS, label=_("机构类别")
    )

    def of_period(self, queryset: Any, name: str, value: str) -> Any:
        """``2012-06``."""
        condition = period_condition(value, prefix="period__")
        return queryset.none() if condition is None else queryset.filter(condition)


class ReturnFilter(OfPeriod):
    """Filters of returns, for the queue and the API."""

    state = django_filters.ChoiceFilter(choices=ReturnState.choices, label=_("状态"))

    class Meta:
        model = Return
        fields: tuple[str, ...] = ()


class ObligationFilter(OfPeriod):
    """Filters of duties to file."""

    due_on = django_filters.DateFromToRangeFilter(label=_("截止日期"))
    waived = django_filters.BooleanFilter(
        field_name="waived_at", lookup_expr="isnull", exclude=True, label=_("免报")
    )

    class Meta:
        model = Obligation
        fields: tuple[str, ...] = ()


class PeriodFilter(StrictFilterSet):
    """Filters of reporting periods."""

    form = django_filters.CharFilter(label=_("报表"))
    kind = django_filters.ChoiceFilter(choices=PeriodKind.choices, label=_("周期"))
    year = django_filters.NumberFilter(label=_("年"), min_value=1900, max_value=2999)
    closed = django_filters.BooleanFilter(
        field_name="closed_at", lookup_expr="isnull", exclude=True, label=_("已关闭")
    )

    class Meta:
        model = Period
        fields: tuple[str, ...] = ()
