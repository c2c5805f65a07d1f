"""Filters of other equity and debt finance, on page and API alike."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import StrictFilterSet
from listings.filters import of_enterprise, of_prefecture, of_region
from listings.models import (
    EquityInvestment,
    ExchangeDeal,
    ProjectFinance,
    PropertyPledge,
    SecuritiesService,
)
from listings.models.other_finance import (
    ExchangeKind,
    InvestorKind,
    PropertyKind,
    Purpose,
    Service,
    ServiceFirm,
)

DEAL_SEARCH = (
    "code__istartswith",
    "enterprise__name__icontains",
    "enterprise__pinyin_initials__istartswith",
    "partner__name__icontains",
    "partner_name__icontains",
)


class DealFilter(StrictFilterSet):
    """What every deal is narrowed by."""

    search_fields = DEAL_SEARCH
    enterprise = of_enterprise()
    partner = django_filters.CharFilter(field_name="partner__code", label=_("对方机构编码"))
    region = of_region()
    prefecture = of_prefecture()
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, label=_("用途"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))


class EquityFilter(DealFilter):
    investor_kind = django_filters.ChoiceFilter(choices=InvestorKind.choices, label=_("投资者类型"))

    class Meta:
        model = EquityInvestment
        fields: list[str] = []


class ProjectFilter(DealFilter):
    search_fields = (*DEAL_SEARCH, "project__icontains")

    class Meta:
        model = ProjectFinance
        fields: list[str] = []


class PledgeFilter(DealFilter):
    search_fields = (*DEAL_SEARCH, "registration_number__icontains")
    property_kind = django_filters.ChoiceFilter(
        choices=PropertyKind.choices, label=_("知识产权类型")
    )

    class Meta:
        model = PropertyPledge
        fields: list[str] = []


class ExchangeFilter(DealFilter):
    search_fields = (*DEAL_SEARCH, "exchange__icontains")
    deal_kind = django_filters.ChoiceFilter(choices=ExchangeKind.choices, label=_("交易类型"))

    class Meta:
        model = ExchangeDeal
        fields: list[str] = []


class ServiceFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "firm__icontains", "enterprise__name__icontains")
    enterprise = of_enterprise()
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    firm_kind = django_filters.ChoiceFilter(choices=ServiceFirm.choices, label=_("机构类型"))
    service = django_filters.ChoiceFilter(choices=Service.choices, label=_("服务内容"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = SecuritiesService
        fields: list[str] = []
