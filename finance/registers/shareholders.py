"""The register of who holds microloan companies, from when and until when."""

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.registers import Extra, Register
from core.rules import identifiers
from core.rules.remarks import Remark
from core.text import Text
from finance.filters_microloan import ShareholderFilter
from finance.models import Shareholder
from finance.models.microloan_companies import HolderKind
from finance.queries.holders import STATES, shareholder_rows

TONES = {"current": "good", "coming": "info", "past": "plain"}
CREDIT_CODE_LENGTH = 18


def holder_check(holder: Any) -> dict[str, Text]:
    """What contradicts itself: of a stake, a home, a person, a related holder, the figures."""
    problems: dict[str, Text] = {}
    if holder.stake is not None and holder.stake <= 0:
        problems["stake"] = Text(
            f"持股比例 {holder.stake}% 应大于 0；已退出的请填持股止。",
            f"A stake of {holder.stake}% holds nothing; of who left give the last day.",
        )
    if holder.kind == HolderKind.PERSON and holder.organisation_code:
        problems["organisation_code"] = Text(
            "自然人不填代码，请清空；身份证号码不登记。",
            "A person has no such code; clear it. Identity card numbers are not kept.",
        )
    if holder.home_prefecture_id and holder.home_place:
        problems["home_place"] = Text(
            "已选省内地市，不再填外省；请清空其一。",
            "A prefecture of the province is chosen already; clear one of the two.",
        )
    if holder.contributed is not None and holder.contributed < 0:
        problems["contributed"] = Text("出资额不能为负。", "A contribution is not negative.")
    return problems | _related(holder) | _figures(holder)


def _related(holder: Any) -> dict[str, Text]:
    other = holder.related_with
    if other is None:
        return {}
    if other.pk == holder.pk and holder.pk is not None:
        words = Text("不能与自身关联。", "A shareholder is not related to itself.")
    elif other.institution_id != holder.institution_id:
        words = Text(
            f"“{other.name}”是 {other.institution.name} 的股东；请选同一公司的股东。",
            f"“{other.name}” holds {other.institution.name}; choose a shareholder of this company.",
        )
    else:
        return {}
    return {"related_with": words}


def _figures(holder: Any) -> dict[str, Text]:
    today = timezone.localdate()
    problems: dict[str, Text] = {}
    profits = (holder.profit_last, holder.profit_second, holder.profit_third)
    if holder.profit_year is None and any(each is not None for each in profits):
        problems["profit_year"] = Text(
            "已填净利润，请填其最近年度。", "Profits are given; say of which last year."
        )
    if holder.profit_year is not None and holder.profit_year > today.year:
        problems["profit_year"] = Text(
            f"{holder.profit_year} 年尚未到来。", f"The year {holder.profit_year} has not begun."
        )
    if holder.financials_as_of and holder.financials_as_of > today:
        problems["financials_as_of"] = Text(
            f"{holder.financials_as_of} 晚于今天。", f"{holder.financials_as_of} is after today."
        )
    return problems


def holder_remarks(holder: Any, day: datetime.date) -> list[Remark]:
    """A code that fails its check, and a name that holds the company twice at one time."""
    code = identifiers.normalised(holder.organisation_code)
    name = "credit_code" if len(code) == CREDIT_CODE_LENGTH else "organisation_code"
    found = [
        Remark("shareholder.code", each.message) for each in identifiers.doubts(**{name: code})
    ]
    same = Shareholder.objects.standing().filter(
        Q(held_until=None) | Q(held_until__gte=holder.held_from),
        institution=holder.institution_id,
        name=holder.name,
    )
    if holder.held_until:
        same = same.filter(held_from__lte=holder.held_until)
    twice = same.exclude(pk=holder.pk).first() if holder.voided_at is None else None
    if twice is not None:
        found.append(
            Remark(
                "shareholder.twice",
                Text(
                    f"同名股东 {twice.code} 在同一时期也持股，合计会重复；"
                    "如为股权变动，请填前一条的持股止。",
                    f"{twice.code} holds under the same name at the same time, so that both are "
                    "counted; if the stake changed, give the last day of the earlier entry.",
                ),
            )
        )
    return found


SHAREHOLDERS = Register(
    key="shareholders",
    app="finance",
    title=Text("小额贷款公司股东", "Shareholders"),
    one=Text("股东", "shareholder"),
    model=Shareholder,
    fields=(
        "institution",
        "name",
        "kind",
        "role",
        "organisation_code",
        "home_prefecture",
        "home_place",
        "stake",
        "contributed",
        "held_from",
        "held_until",
        "related_with",
        "is_quality_enterprise",
        "financials_as_of",
        "net_assets",
        "debt_ratio",
        "profit_year",
        "profit_last",
        "profit_second",
        "profit_third",
        "taxes",
    ),
    columns=(
        "code",
        "name",
        "institution",
        "institution.prefecture",
        "role",
        "stake",
        "held_from",
        "held_until",
        "home_prefecture",
        "?kind",
        "?home_place",
        "?contributed",
        "?is_quality_enterprise",
        "?net_assets",
        "?debt_ratio",
        "?taxes",
    ),
    default_sort="institution__code",
    rows=shareholder_rows,
    extras=(
        Extra("state", Text("状态", "State"), labels=STATES, badge=TONES.get),
        Extra("profit_sum", Text("三年净利润合计（万元）", "Three years' profit"), "money"),
    ),
    filterset=ShareholderFilter,
    check=holder_check,
    remarks=holder_remarks,
    intro=Text(
        "持股变动时，前一条填持股止，再新增一条；过去的持股由此保留。不登记身份证号码。",
        "When a stake changes, end the entry and add another, so that the past stays. Numbers of "
        "identity cards are not kept.",
    ),
    icon="people",
    examples={
        "name": "示例实业有限公司",
        "kind": "企业法人",
        "role": "主发起人",
        "stake": "30",
        "contributed": "3000",
        "held_from": "2011-03-01",
        "is_quality_enterprise": "是",
    },
)
