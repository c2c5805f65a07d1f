"""The registers of re-guarantee companies and of what was put into them."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.models import Licence
from core.naming import listed
from core.queries.institutions import STATE_BADGES, STATES
from core.queries.rules import remark_rules
from core.registers import Detail, Extra, Panel, Register, Shown
from core.registers.judged import money
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import Contribution, ReguaranteeCompany
from guarantees.models.reguarantee import ReguaranteeMode
from guarantees.operations.support import keep_holdings
from guarantees.queries.reguarantee import contributors_of, reguarantee_rows
from guarantees.rules.reguarantee import ReguaranteeFacts, reguarantee_remarks

NOTHING = Decimal(0)


def remarks(rows: QuerySet, as_of: datetime.date) -> Mapping[int, Sequence[Remark]]:
    """What is odd about each company of ``rows``. Three queries."""
    companies = list(rows)
    rules = remark_rules("guarantee.reguarantee")
    licensed = set(
        Licence.objects.standing()
        .filter(institution__in=[each.pk for each in companies], issued_on__lte=as_of)
        .filter(kind="operating")
        .values_list("institution_id", flat=True)
    )
    return {
        each.pk: reguarantee_remarks(
            ReguaranteeFacts(
                prefecture=each.institution.prefecture.code,
                state=each.state,
                promoter=each.promoter,
                capital=each.capital_now,
                subscribed=each.subscribed_now,
                paid_in=each.paid_now,
                contributors=each.contributors,
                licence_until=each.licence_until,
                has_licence=each.pk in licensed,
            ),
            rules=rules,
            as_of=as_of,
        )
        for each in companies
    }


def panels(company: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Who holds what on the day."""
    held = contributors_of(company.pk, as_of=as_of)
    subscribed = sum((each.subscribed for each in held), NOTHING)
    rows = [
        [
            Shown(each.contributor),
            *money(each.subscribed, each.paid_in),
            Shown(formats.percent_value(each.share_of(subscribed).percent), numeric=True),
        ]
        for each in held
    ]
    if rows:
        paid = sum((each.paid_in for each in held), NOTHING)
        rows.append([Shown(Text("合计", "Total")), *money(subscribed, paid), Shown("")])
    return [
        Panel(
            key="contributors",
            title=Text("出资人", "Contributors"),
            headings=[
                Text("出资人", "Contributor"),
                Text("认缴（万元）", "Subscribed (10,000 yuan)"),
                Text("实缴（万元）", "Paid in (10,000 yuan)"),
                Text("占认缴", "Share"),
            ],
            rows=rows,
        )
    ]


def facts(company: Any) -> list[dict[str, Any]]:
    """The record page's own facts."""
    modes = dict(ReguaranteeMode.choices)
    return [
        {"label": _("发起政府"), "text": company.promoter or "—"},
        {"label": _("组织形式"), "text": _(company.get_legal_form_display())},
        {
            "label": _("再担保方式"),
            "text": listed(_(str(modes[code])) for code in company.modes) or "—",
        },
        {"label": _("注册资本（万元）"), "text": formats.money(company.capital_now)},
        {"label": _("认缴合计（万元）"), "text": formats.money(company.subscribed_now)},
        {"label": _("实缴合计（万元）"), "text": formats.money(company.paid_now)},
        {"label": _("许可证有效期至"), "text": company.licence_until or "—"},
    ]


COMPANIES = Detail(
    key="re-guarantee-companies",
    app="guarantees",
    kind="reguarantee_company",
    title=Text("融资性再担保公司", "Re-guarantee companies"),
    one=Text("融资性再担保公司", "re-guarantee company"),
    model=ReguaranteeCompany,
    fields=("promoter", "legal_form", "modes", "capital"),
    rows=reguarantee_rows,
    columns=(
        "institution.code",
        "institution",
        "institution.prefecture",
        "promoter",
        "?legal_form",
    ),
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=STATES,
            badge=lambda state: STATE_BADGES[state],
        ),
        Extra("opened_on", Text("开业日期", "Opened on"), "date", in_list=False),
        Extra("capital_now", Text("注册资本（万元）", "Capital"), "money"),
        Extra("subscribed_now", Text("认缴合计", "Subscribed"), "money"),
        Extra("paid_now", Text("实缴合计", "Paid in"), "money"),
        Extra("contributors", Text("出资人（个）", "Contributors"), "integer"),
        Extra("licence_until", Text("许可证有效期至", "Licence valid until"), "date"),
    ),
    filterset=filters.ReguaranteeFilter,
    detail_title=Text("发起与再担保方式", "Promoter and re-guarantee modes"),
    remarks=remarks,
    panels=panels,
    facts=facts,
    icon="shield-check",
    intro=Text(
        "由地级以上市政府发起、多方出资组建；出资逐笔登记，持有额为累计数。",
        "Promoted by a prefecture's government with several contributors; each contribution is "
        "recorded, and what somebody holds is the sum.",
    ),
    examples={"promoter": "演示市人民政府", "capital": "30000"},
)

CONTRIBUTIONS = Register(
    key="contributions",
    app="guarantees",
    title=Text("再担保公司出资", "Contributions to re-guarantee companies"),
    one=Text("出资", "contribution"),
    model=Contribution,
    fields=("institution", "contributor", "kind", "happened_on", "subscribed", "paid_in"),
    columns=(
        "code",
        "institution",
        "contributor",
        "kind",
        "happened_on",
        "subscribed",
        "paid_in",
        "?institution.prefecture",
    ),
    default_sort="-happened_on",
    filterset=filters.ContributionFilter,
    parents=("institution",),
    saved=keep_holdings,
    intro=Text(
        "减资或转让填负数。任何一天，各出资人实缴不能大于认缴，也不能为负。",
        "A withdrawal or a sale is negative. On no day has anybody paid in more than subscribed, "
        "or holds less than nothing.",
    ),
    icon="columns",
    examples={"contributor": "演示市财政局", "subscribed": "10000", "paid_in": "10000"},
)

REGISTERS = (COMPANIES, CONTRIBUTIONS)
