"""The registers of yearly figures and of milestones."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.registers import Extra, Register
from core.rules.remarks import Remark
from core.text import Text
from listings import filters
from listings.models import EnterpriseYear, ListingMilestone, Milestone
from listings.queries.milestones import as_rule, calendar
from listings.queries.sizes import with_size
from listings.rules.milestones import milestone_remarks
from listings.rules.sizes import SIZE_WORDS

AMOUNTS = ("issue_price", "shares", "raised", "raised_net")


def year_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    """Years with the size that they give, by the standard of the day."""
    rows = EnterpriseYear.objects.visible_to(user).select_related("enterprise__prefecture", "file")
    return with_size(rows, as_of or timezone.localdate())


def year_problems(year: EnterpriseYear) -> dict[str, Text]:
    """What of a year's figures cannot be."""
    problems: dict[str, Text] = {}
    if year.year > timezone.localdate().year:
        problems["year"] = Text(f"{year.year} 年尚未到来。", f"{year.year} is yet to come.")
    if year.intangibles is not None and year.assets is not None and year.intangibles > year.assets:
        problems["intangibles"] = Text(
            f"无形资产 {year.intangibles} 万元大于资产总额 {year.assets} 万元。",
            f"Intangibles of {year.intangibles} exceed the assets of {year.assets}.",
        )
    if not any(getattr(year, name) is not None for name in EnterpriseYear.MEASURES):
        problems["revenue"] = Text("请至少填写一项数据。", "Give at least one figure.")
    return problems


ENTERPRISE_YEARS = Register(
    key="enterprise-years",
    app="listings",
    title=Text("年度财务", "Yearly figures"),
    one=Text("年度财务", "yearly figures"),
    model=EnterpriseYear,
    fields=("enterprise", "year", *EnterpriseYear.MEASURES, "audited"),
    columns=(
        "code",
        "enterprise",
        "enterprise.prefecture",
        "year",
        "headcount",
        "revenue",
        "net_profit",
        "assets",
        "?recurring_profit",
        "?net_assets",
        "?operating_cash",
        "?intangibles",
        "?share_capital",
        "?capital_after_issue",
        "?undistributed",
        "?audited",
    ),
    default_sort="-year",
    filterset=filters.EnterpriseYearFilter,
    rows=year_rows,
    extras=(Extra("size", Text("规模", "Size"), labels=SIZE_WORDS),),
    parents=("enterprise",),
    check=year_problems,
    icon="table",
    examples={"year": "2011", "headcount": "320", "revenue": "18500", "net_profit": "2100"},
)


def milestone_problems(milestone: ListingMilestone) -> dict[str, Text]:
    """Amounts belong to an issue; what is raised net is no more than the whole."""
    problems: dict[str, Text] = {}
    if milestone.happened_on > timezone.localdate():
        problems["happened_on"] = Text("在今天之后：只登记已发生的。", "After today.")
    if milestone.milestone not in (Milestone.ISSUED, Milestone.LISTED, Milestone.QUOTED):
        for name in AMOUNTS:
            if getattr(milestone, name) is not None:
                problems[name] = Text(
                    "只有发行、上市、挂牌填写，请清空。", "Of an issue or listing only; clear it."
                )
    gross, net = milestone.raised, milestone.raised_net
    if gross is not None and net is not None and net > gross:
        problems["raised_net"] = Text(
            f"净额 {net} 万元大于总额 {gross} 万元。", f"Net {net} exceeds the whole of {gross}."
        )
    return problems


def own_remarks(milestone: Any, day: datetime.date) -> list[Remark]:
    """What is odd about this milestone: board, regime, suspension, code."""
    return milestone_remarks(calendar(), as_rule(milestone))


LISTING_MILESTONES = Register(
    key="listing-milestones",
    app="listings",
    title=Text("上市里程碑", "Listing milestones"),
    one=Text("上市里程碑", "listing milestone"),
    model=ListingMilestone,
    fields=(
        "enterprise",
        "board",
        "milestone",
        "happened_on",
        "result",
        "authority",
        "document_number",
        "security_code",
        "security_name",
        *AMOUNTS,
    ),
    columns=(
        "code",
        "enterprise",
        "enterprise.prefecture",
        "board",
        "milestone",
        "happened_on",
        "result",
        "?authority",
        "?document_number",
        "?security_code",
        "?security_name",
        "?raised",
    ),
    default_sort="-happened_on",
    filterset=filters.ListingMilestoneFilter,
    parents=("enterprise",),
    check=milestone_problems,
    remarks=own_remarks,
    icon="flag",
    examples={"board": "创业板", "milestone": "受理", "happened_on": "2012-05-10"},
)

REGISTERS = (ENTERPRISE_YEARS, LISTING_MILESTONES)
