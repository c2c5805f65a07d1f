"""Filters of incentive policies, reports of events, awards and payments."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import AsOfFilterSet, StrictFilterSet, search_lookups
from core.models.decisions import Decision, GovernmentLevel
from core.queries.validity import VALIDITY
from core.supervision_filters import states_of
from listings.filters import of_enterprise, of_prefecture, of_region
from listings.models import EventReport, IncentiveAward, IncentivePayment, IncentivePolicy
from listings.models.incentives import Topic


def of_policy(path: str = "policy") -> django_filters.CharFilter:
    return django_filters.CharFilter(field_name=f"{path}__code", label=_("奖励政策编号"))


class PolicyFilter(AsOfFilterSet):
    """Filters of policies; rows carry their state on the day (queries)."""

    search_fields = ("name__icontains", "code__istartswith", "document_number__icontains")
    prefecture = of_prefecture("prefecture")
    region = of_region("prefecture")
    level = django_filters.ChoiceFilter(choices=GovernmentLevel.choices, label=_("政府层级"))
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))

    class Meta:
        model = IncentivePolicy
        fields: list[str] = []


class EventReportFilter(StrictFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="enterprise__"))
    enterprise = of_enterprise()
    prefecture = of_prefecture()
    region = of_region()
    topic = django_filters.ChoiceFilter(choices=Topic.choices, label=pgettext_lazy("event", "事项"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("发生日期"))
    reported_on = django_filters.DateFromToRangeFilter(label=_("报告日期"))

    class Meta:
        model = EventReport
        fields: list[str] = []


class AwardFilter(AsOfFilterSet):
    """Filters of awards; rows carry what was paid by the day (queries)."""

    search_fields = ("code__istartswith", *search_lookups(prefix="enterprise__"))
    enterprise = of_enterprise()
    policy = of_policy()
    prefecture = of_prefecture("prefecture")
    region = of_region("prefecture")
    topic = django_filters.ChoiceFilter(choices=Topic.choices, label=_("奖励事项"))
    decision = django_filters.ChoiceFilter(choices=Decision.choices, label=_("审批结果"))
    applied_on = django_filters.DateFromToRangeFilter(label=_("申请日期"))
    decided_on = django_filters.DateFromToRangeFilter(label=_("审批日期"))

    class Meta:
        model = IncentiveAward
        fields: list[str] = []


class IncentivePaymentFilter(StrictFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="award__enterprise__"))
    award = django_filters.CharFilter(field_name="award__code", label=_("奖励申请编号"))
    policy = of_policy("award__policy")
    prefecture = of_prefecture("award__prefecture")
    year = django_filters.NumberFilter(label=_("列支年度"))
    paid_on = django_filters.DateFromToRangeFilter(label=_("拨付日期"))

    class Meta:
        model = IncentivePayment
        fields: list[str] = []
