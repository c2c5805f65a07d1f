"""The registers of service points and of cooperation platforms with their results."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from core.models import Institution
from core.registers import Extra, Register
from core.rules.remarks import Remark
from core.text import Text
from finance import filters_platforms as filters
from finance.models import CooperationPlatform, PlatformResult, ServicePoint
from finance.models.platforms import Span
from finance.queries.platforms import (
    PLATFORM_STATES,
    POINT_STATES,
    platform_rows,
    result_rows,
    service_point_rows,
)

TONES = {"current": "good", "coming": "info", "past": "plain"}


def point_check(point: Any) -> dict[str, Text]:
    """A service point stands somewhere, and is a bank's."""
    problems: dict[str, Text] = {}
    if point.prefecture_id is None:
        problems["prefecture"] = Text(
            "请选择网点所在地市。", "Choose the prefecture in which it stands."
        )
    if point.institution.kind not in ServicePoint.INSTITUTION_KINDS:
        problems["institution"] = Text(
            f"{point.institution.name}不是银行；请选择银行。",
            f"{point.institution.name} is no bank; choose one.",
        )
    return problems


def _banks(actor: Any) -> QuerySet:
    """Every bank in sight: a bank of elsewhere may have its point in one's own prefecture."""
    return Institution.objects.visible_to(actor).banks().order_by("name")


SERVICE_POINTS = Register(
    key="service-points",
    app="finance",
    title=Text("服务网点", "Service points"),
    one=Text("服务网点", "service point"),
    model=ServicePoint,
    fields=(
        "institution",
        "kind",
        "name",
        "prefecture",
        "county",
        "address",
        "opened_on",
        "closed_on",
        "staff",
    ),
    columns=(
        "code",
        "name",
        "institution",
        "kind",
        "prefecture",
        "county",
        "opened_on",
        "?closed_on",
        "staff",
        "?address",
    ),
    rows=service_point_rows,
    extras=(Extra("state", Text("状态", "State"), labels=POINT_STATES, badge=TONES.get),),
    filterset=filters.ServicePointFilter,
    parents=("institution",),
    check=point_check,
    limit_choices={"institution": _banks},
    intro=Text(
        "银行的分支网点与中小企业融资服务中心，按所在地登记。",
        "Outlets of banks and their centres for the financing of small firms, where they stand.",
    ),
    icon="house",
    examples={
        "kind": "中小企业融资服务中心",
        "name": "示例融资服务中心",
        "prefecture": Text("韶关市", "Shaoguan"),
        "county": "440222",
        "opened_on": "2012-06-01",
        "staff": "12",
    },
)

PLATFORMS = Register(
    key="cooperation-platforms",
    app="finance",
    title=Text("融资服务合作平台", "Cooperation platforms"),
    one=Text("融资服务合作平台", "cooperation platform"),
    model=CooperationPlatform,
    fields=(
        "name",
        "kind",
        "prefecture",
        "county",
        "park",
        "operator",
        "established_on",
        "ended_on",
        "banks",
        "members",
    ),
    columns=(
        "code",
        "name",
        "kind",
        "prefecture",
        "park",
        "established_on",
        "?ended_on",
        "banks",
        "members",
        "?county",
        "?operator",
    ),
    rows=platform_rows,
    extras=(
        Extra("state", Text("状态", "State"), labels=PLATFORM_STATES, badge=TONES.get),
        Extra("last_year", Text("最近成效年度", "Year of the last result"), in_list=False),
        Extra(
            "last_span",
            Text("最近成效期间", "Part of the year of the last result"),
            labels=dict(Span.choices),
            in_list=False,
        ),
        Extra("last_amount", Text("最近融资金额（万元）", "Financed, last result"), "money"),
    ),
    filterset=filters.PlatformFilter,
    icon="columns",
    examples={
        "name": "示例园区融资服务平台",
        "kind": "工业园区平台",
        "prefecture": Text("韶关市", "Shaoguan"),
        "established_on": "2012-05-01",
        "banks": "6",
        "members": "80",
    },
)


def result_check(result: Any) -> dict[str, Text]:
    """One result a platform and time, not before the platform; who was financed was served."""
    problems: dict[str, Text] = {}
    if None not in (result.financed, result.served) and result.financed > result.served:
        problems["financed"] = Text(
            f"获得融资 {result.financed} 户多于服务 {result.served} 户。",
            f"{result.financed} were financed, more than the {result.served} served.",
        )
    if result.amount is not None and result.amount < 0:
        problems["amount"] = Text("金额不能为负。", "The amount is not negative.")
    began = result.platform.established_on
    if result.year is not None and result.year < began.year:
        problems["year"] = Text(
            f"平台 {began} 才成立。", f"The platform was established on {began} only."
        )
    same = PlatformResult.objects.standing().filter(
        platform=result.platform_id, year=result.year, span=result.span
    )
    taken = same.exclude(pk=result.pk).values_list("code", flat=True).first()
    if taken:
        problems["span"] = Text(
            f"该平台此期间的成效已登记为 {taken}；请修改那一条。",
            f"The result of this time is there already, {taken}; change that entry.",
        )
    return problems


def result_remarks(result: Any, day: datetime.date) -> list[Remark]:
    """A year that is not the sum of its halves."""
    of_year = PlatformResult.objects.standing().filter(
        platform=result.platform_id, year=result.year
    )
    amounts: dict[str, Decimal] = dict(of_year.values_list("span", "amount"))
    if len(amounts) < len(Span):
        return []
    halves = amounts[Span.FIRST_HALF] + amounts[Span.SECOND_HALF]
    if halves == amounts[Span.YEAR]:
        return []
    return [
        Remark(
            "platform.year-and-halves",
            Text(
                f"{result.year} 年全年融资 {amounts[Span.YEAR]} 万元，上、下半年合计 {halves} "
                "万元，两者不符；请核对。",
                f"{amounts[Span.YEAR]} was financed in {result.year}, but {halves} in its halves "
                "(10,000 yuan); check them.",
            ),
        )
    ]


RESULTS = Register(
    key="platform-results",
    app="finance",
    title=Text("平台成效", "Results of platforms"),
    one=Text("平台成效", "platform result"),
    model=PlatformResult,
    fields=("platform", "year", "span", "served", "financed", "amount"),
    columns=(
        "code",
        "platform",
        "platform.prefecture",
        "year",
        "span",
        "served",
        "financed",
        "amount",
    ),
    default_sort="-year",
    rows=result_rows,
    filterset=filters.PlatformResultFilter,
    parents=("platform",),
    check=result_check,
    remarks=result_remarks,
    intro=Text(
        "按半年或全年登记，金额为该期间发生额，不是累计。",
        "Of a half-year or a year; amounts are of that time alone, not cumulative.",
    ),
    icon="graph-up",
    examples={
        "year": "2012",
        "span": "上半年",
        "served": "60",
        "financed": "25",
        "amount": "5200",
    },
)

REGISTERS = (SERVICE_POINTS, PLATFORMS, RESULTS)
