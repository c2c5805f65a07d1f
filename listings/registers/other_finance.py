"""The registers of other equity and debt finance, and of those who serve small firms with it."""

from typing import Any

from django.utils import timezone

from core.registers import Register
from core.text import Text
from listings import filters_other_finance as filters
from listings.models import (
    EquityInvestment,
    ExchangeDeal,
    ProjectFinance,
    PropertyPledge,
    SecuritiesService,
)
from listings.rules.other_finance import KIND_WORDS

PARTIES = ("enterprise", "partner", "partner_name", "amount", "happened_on", "ended_on", "purpose")
SHOWN = ("code", "enterprise", "enterprise.prefecture", "amount", "happened_on")
OTHERS = ("purpose", "partner", "?partner_name", "?ended_on")
EXAMPLES = {"amount": "3000", "happened_on": "2012-06-20"}


def happened(entry: Any) -> dict[str, Text]:
    """Only what has happened is registered."""
    if entry.happened_on and entry.happened_on > timezone.localdate():
        return {"happened_on": Text("晚于今天。", "After today.")}
    return {}


def served_check(entry: SecuritiesService) -> dict[str, Text]:
    """A service of the past; where nothing else was said it is where its enterprise is."""
    if entry.enterprise_id and entry.prefecture_id is None:
        entry.prefecture_id = entry.enterprise.prefecture_id
    return happened(entry)


EQUITY = Register(
    key="equity-investments",
    app="listings",
    title=KIND_WORDS["equity"],
    one=Text("股权投资", "equity investment"),
    model=EquityInvestment,
    fields=(*PARTIES, "investor_kind", "stake"),
    columns=(*SHOWN, "investor_kind", *OTHERS, "?stake"),
    default_sort="-happened_on",
    filterset=filters.EquityFilter,
    parents=("enterprise", "partner"),
    check=happened,
    intro=Text(
        "基金、券商等对企业的股权投资；退出的填退出日期。",
        "Equity of funds, brokers and others in enterprises, until they leave.",
    ),
    icon="graph-up",
    examples={**EXAMPLES, "investor_kind": "创业投资基金", "stake": "12.5"},
)
PROJECTS = Register(
    key="project-finances",
    app="listings",
    title=KIND_WORDS["project"],
    one=Text("项目融资", "project finance"),
    model=ProjectFinance,
    fields=("project", *PARTIES),
    columns=("code", "project", *SHOWN[1:], *OTHERS),
    default_sort="-happened_on",
    filterset=filters.ProjectFilter,
    parents=("enterprise", "partner"),
    check=happened,
    icon="diagram-3",
    examples={**EXAMPLES, "project": "演示生产线技改项目"},
)
PLEDGES = Register(
    key="property-pledges",
    app="listings",
    title=KIND_WORDS["ip_pledge"],
    one=Text("知识产权质押融资", "loan against intellectual property"),
    model=PropertyPledge,
    fields=(*PARTIES, "property_kind", "items", "appraised", "registration_number"),
    columns=(*SHOWN, "property_kind", *OTHERS, "?appraised", "?items", "?registration_number"),
    default_sort="-happened_on",
    filterset=filters.PledgeFilter,
    parents=("enterprise", "partner"),
    check=happened,
    intro=Text(
        "以专利权、商标权、著作权质押取得的贷款；方案称“知识产权抵押”。",
        "Loans against patents, trademarks and copyrights.",
    ),
    icon="key",
    examples={**EXAMPLES, "property_kind": "专利权", "items": "3"},
)
EXCHANGES = Register(
    key="exchange-deals",
    app="listings",
    title=KIND_WORDS["exchange"],
    one=Text("产权交易", "exchange deal"),
    model=ExchangeDeal,
    fields=("exchange", "deal_kind", *PARTIES),
    columns=(*SHOWN, "exchange", "deal_kind", *OTHERS),
    default_sort="-happened_on",
    filterset=filters.ExchangeFilter,
    parents=("enterprise", "partner"),
    check=happened,
    icon="link-45deg",
    examples={**EXAMPLES, "exchange": "演示产权交易所", "deal_kind": "增资扩股"},
)
SERVICES = Register(
    key="securities-services",
    app="listings",
    title=KIND_WORDS["securities"],
    one=Text("证券期货机构服务", "service of a securities firm"),
    model=SecuritiesService,
    fields=(
        "firm",
        "firm_kind",
        "service",
        "prefecture",
        "county",
        "enterprise",
        "served",
        "amount",
        "happened_on",
        "purpose",
    ),
    columns=(
        "code",
        "firm",
        "firm_kind",
        "service",
        "prefecture",
        "served",
        "amount",
        "happened_on",
        "?enterprise",
        "?purpose",
    ),
    default_sort="-happened_on",
    filterset=filters.ServiceFilter,
    parents=("enterprise",),
    check=served_check,
    intro=Text(
        "证券、期货机构为中小微企业提供的服务；未指明企业的填服务家数。",
        "What securities and futures firms did for small firms: for one, or for several counted.",
    ),
    icon="people",
    examples={"firm": "演示证券公司", "served": "12", "happened_on": "2012-06-20"},
)

REGISTERS = (EQUITY, PROJECTS, PLEDGES, EXCHANGES, SERVICES)
