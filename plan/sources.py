"""Where computed targets take their figures from: one name, one count, one page of evidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.text import Text
from plan.queries.registries import Counted, Registries


@dataclass(frozen=True, slots=True)
class Source:
    """A count that the registries know. ``page`` opens what is behind it, as of the day.

    A ``flow`` happened within the target's days and stops counting after them; what stands on
    a day is counted on whatever day is asked about.
    """

    title: Text
    count: Callable[[Registries], Counted]
    page: str
    flow: bool = False


def _report(code: str) -> str:
    return f"/reports/{code}/?as_of={{as_of}}"


def _events(kind: str) -> str:
    return f"/plan-events/?kind={kind}"


SOURCES: Mapping[str, Source] = {
    "village_bank_prefectures": Source(
        Text("村镇银行覆盖（开业）", "Coverage by village banks (open)"),
        Registries.village_banks,
        _report("coverage"),
    ),
    "collective_notes": Source(
        Text("已发行集合票据", "Collective notes issued"),
        Registries.collective_notes,
        _report("collective-notes"),
        flow=True,
    ),
    "service_points": Source(
        Text("服务网点登记", "Register of service points"),
        Registries.service_points,
        _report("services"),
    ),
    "delegations": Source(
        Text("下放权限登记", "Register of delegations"), Registries.delegations, "/delegations/"
    ),
    "underdeveloped_microloan": Source(
        Text("小额贷款公司登记", "Register of microloan companies"),
        Registries.underdeveloped_microloan,
        _report("microloan"),
    ),
    "platforms": Source(
        Text("合作平台登记", "Register of platforms"), Registries.platforms, _report("services")
    ),
    "financing_events": Source(
        Text("融资对接活动登记", "Register of financing events"),
        Registries.financing_events,
        _report("services"),
        flow=True,
    ),
    "securities_services": Source(
        Text("证券期货机构服务登记", "Register of securities institutions' services"),
        Registries.securities_services,
        _report("other-finance"),
        flow=True,
    ),
    "insurance_pilots": Source(
        Text("保证保险试点登记", "Register of insurance pilots"),
        Registries.insurance_pilots,
        "/insurance-pilots/",
    ),
    "pipeline": Source(
        Text("上市梯度培育报告", "Report on the five batches"),
        Registries.pipeline,
        _report("pipeline"),
    ),
    "green_channel": Source(
        Text("绿色通道报告", "Report on the green channel"),
        Registries.green_channel,
        _report("green-channel"),
        flow=True,
    ),
    "incentive_policies": Source(
        Text("奖励政策登记", "Register of incentive policies"),
        Registries.incentive_policies,
        _report("incentives"),
    ),
    "other_finance": Source(
        Text("其他股权与债权融资报告", "Report on other equity and debt finance"),
        Registries.other_finance,
        _report("other-finance"),
        flow=True,
    ),
    "shared_agreements": Source(
        Text("银担合作协议登记", "Register of cooperation agreements"),
        Registries.shared_agreements,
        "/cooperation-agreements/",
    ),
    "reguarantee": Source(
        Text("再担保公司登记", "Register of re-guarantee companies"),
        Registries.reguarantee,
        "/re-guarantee-companies/",
    ),
    "rated_agencies": Source(
        Text("融资性担保报告", "Report on guarantee agencies"),
        Registries.rated_agencies,
        _report("guarantees"),
    ),
    "guarantee_funds": Source(
        Text("信用担保基金登记", "Register of guarantee funds"),
        Registries.guarantee_funds,
        "/guarantee-funds/",
    ),
    "credit_platform": Source(
        Text("征信平台接入登记", "Register of the credit platform"),
        Registries.credit_platform,
        "/platform-participants/",
    ),
    "tour_cities": Source(
        Text("计划活动登记：巡回宣讲", "Plan events: tour of talks"),
        Registries.cities_toured,
        _events("tour_city"),
        flow=True,
    ),
    "tour_bases": Source(
        Text("计划活动登记：基地宣讲", "Plan events: talks at bases"),
        lambda known: known.events_of("tour_base"),
        _events("tour_base"),
        flow=True,
    ),
    "market_events": Source(
        Text("计划活动登记：广货市场开拓", "Plan events: Guangdong goods"),
        lambda known: known.events_of("market"),
        _events("market"),
        flow=True,
    ),
    "service_events": Source(
        Text("计划活动登记：服务年", "Plan events: the service year"),
        lambda known: known.events_of("launch", "service", "local", "joint"),
        "/plan-events/",
        flow=True,
    ),
    "local_events": Source(
        Text("计划活动登记：各市县服务活动", "Plan events of prefectures and counties"),
        Registries.places_with_an_event,
        _events("local"),
        flow=True,
    ),
    "joint_days": Source(
        Text("计划活动登记：省市联办", "Plan events: joint days"),
        lambda known: known.events_of("joint"),
        _events("joint"),
        flow=True,
    ),
    "directors_courses": Source(
        Text("计划活动登记：局长培训班", "Plan events: directors' courses"),
        lambda known: known.events_of("directors"),
        _events("directors"),
        flow=True,
    ),
    "leaders_courses": Source(
        Text("计划活动登记：区县领导培训班", "Plan events: county leaders' courses"),
        lambda known: known.events_of("leaders"),
        _events("leaders"),
        flow=True,
    ),
    "consolidated_reports": Source(
        Text("计划节点：汇总上报", "Milestones: summaries sent"),
        Registries.summaries_sent,
        "/plan-milestones/",
        flow=True,
    ),
}


def page_of(source: Source, as_of: str) -> str:
    """The address of the evidence on a day."""
    return source.page.format(as_of=as_of)
