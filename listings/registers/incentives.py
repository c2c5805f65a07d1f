"""The registers of incentives: policies, reports of events, awards, payments."""

import datetime
from typing import Any

from django.db.models import QuerySet

from core.models.decisions import Decision
from core.naming import both
from core.queries.limits import near_share
from core.queries.validity import TONES, VALIDITY
from core.registers import Expiry, Extra, Panel, Part, Register, Shown
from core.registers.judged import money
from core.rules.budgets import nearly_spent
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from listings import filters_incentives as filters
from listings.models import (
    EventReport,
    IncentiveAward,
    IncentivePayment,
    IncentivePolicy,
    PolicyBudget,
    PolicyTranche,
)
from listings.models.incentives import Basis
from listings.operations.incentives import (
    keep_award,
    keep_budgets,
    keep_incentive_payment,
    one_budget_a_year,
    one_tranche_an_event,
    policy_problems,
    prepared_award,
    prepared_payment,
)
from listings.queries.incentives import (
    award_rows,
    budgets_of,
    criteria_of,
    policy_rows,
    rule_of,
    tranche_of,
)
from listings.registers.green_channel import enterprises_kept
from listings.rules.incentives import failed

MET = (Text("符合", "Met"), "good")
UNMET = (Text("不符合", "Not met"), "bad")


def policy_remarks(policy: IncentivePolicy, day: datetime.date) -> list[Remark]:
    """A year's budget that is nearly used up, exceeded for a reason, or promised beyond."""
    found = []
    near = near_share(day)
    for year in budgets_of(policy, as_of=day):
        if year.budget is None:
            continue
        if year.granted > year.budget:
            words = Text(
                f"{year.year} 年批准合计 {year.granted} 万元，超过当年预算 {year.budget} 万元。",
                f"{year.granted} was granted in {year.year}, more than its budget of "
                f"{year.budget} (10,000 yuan).",
            )
            found.append(Remark("incentive.granted-beyond", words, policy.document_number))
        if year.left < 0:
            words = Text(
                f"{year.year} 年已说明理由超预算拨付 {-year.left} 万元。",
                f"{-year.left} was paid beyond the budget of {year.year}, with its reason "
                "(10,000 yuan).",
            )
            found.append(Remark("incentive.paid-beyond", words, policy.document_number))
        elif year.year == day.year:
            words = nearly_spent(year, near=near)
            if words is not None:
                found.append(Remark("incentive.budget-near", words, policy.document_number))
    return found


def policy_panels(policy: IncentivePolicy, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Each year: budget, granted, paid, and what is left."""
    return [
        Panel(
            key="years",
            title=Text("各年度资金（万元）", "Money by year (10,000 yuan)"),
            headings=[
                Text("年度", "Year"),
                Text("预算", "Budget"),
                Text("批准", "Granted"),
                Text("拨付", "Paid"),
                Text("预算结余", "Left"),
                Text("使用率", "Used"),
            ],
            rows=[
                [
                    Shown(str(year.year)),
                    *money(year.budget, year.granted, year.paid, year.left),
                    Shown(formats.percent_value(year.used.percent), numeric=True),
                ]
                for year in budgets_of(policy, as_of=as_of)
            ],
            note=Text(
                "批准按审批日期、拨付按列支年度归入各年。",
                "Grants belong to the year of their decision, payments to the year charged.",
            ),
        )
    ]


POLICIES = Register(
    key="incentive-policies",
    app="listings",
    title=Text("改制上市奖励政策", "Incentive policies"),
    one=Text("奖励政策", "incentive policy"),
    model=IncentivePolicy,
    fields=(
        "name",
        "level",
        "prefecture",
        "county",
        "document_number",
        "issued_by",
        "issued_on",
        "valid_from",
        "valid_to",
        "repealed_on",
        "repealed_by",
        "duty",
        "duty_days",
        "may_exceed",
    ),
    columns=(
        "code",
        "name",
        "level",
        "prefecture",
        "?county",
        "?document_number",
        "?issued_by",
        "valid_from",
        "?valid_to",
        "?repealed_on",
    ),
    default_sort="-valid_from",
    filterset=filters.PolicyFilter,
    rows=policy_rows,
    extras=(
        Extra("state", Text("状态", "State"), labels=VALIDITY, badge=lambda state: TONES[state]),
        Extra("applied", Text("申请（件）", "Applications"), "integer"),
        Extra("granted_sum", Text("已批准", "Granted"), "money"),
        Extra("paid_sum", Text("已拨付", "Paid"), "money"),
        Extra("budget_now", Text("当年预算", "This year's budget"), "money"),
        Extra("left_now", Text("当年结余", "Left this year"), "money"),
    ),
    parts=(
        Part(
            "tranches",
            Text("分阶段奖励", "Tranches"),
            PolicyTranche,
            ("topic", "stage", "basis", "amount", "percent", "cap"),
            check=one_tranche_an_event,
            minimum=1,
        ),
        Part(
            "budgets",
            Text("年度预算", "Budgets by year"),
            PolicyBudget,
            ("year", "amount", "document_number"),
            check=one_budget_a_year,
        ),
    ),
    expiry=Expiry(
        "valid_to", Text("奖励政策到期", "Incentive policy ends"), "valid_from", ("name",)
    ),
    check=policy_problems,
    saved=keep_budgets,
    remarks=policy_remarks,
    panels=policy_panels,
    intro=Text(
        "各级政府的改制上市扶持奖励。拨付不能超过列支年度的预算，除非政策允许并写明理由。",
        "What governments pay enterprises on their way to a listing. Payments never exceed the "
        "year's budget, unless the policy allows it and the reason is given.",
    ),
    icon="flag",
    examples={"name": "演示市鼓励企业上市办法", "level": "市级", "valid_from": "2012-01-01"},
)

REPORTS = Register(
    key="event-reports",
    app="listings",
    title=Text("企业事项报告", "Event reports"),
    one=Text("事项报告", "event report"),
    model=EventReport,
    fields=("enterprise", "topic", "happened_on", "reported_on", "evidence"),
    columns=(
        "code",
        "enterprise",
        "enterprise.prefecture",
        "topic",
        "happened_on",
        "reported_on",
        "?evidence",
    ),
    default_sort="-reported_on",
    filterset=filters.EventReportFilter,
    parents=("enterprise",),
    limit_choices={"enterprise": enterprises_kept},
    intro=Text(
        "企业向主管部门报告的改制、中介、辅导、申报、发行等事项；政策要求报告的，未报告即丧失资格。",
        "What enterprises told the office of; where a policy asks for it, one that did not "
        "report loses what the policy offers.",
    ),
    icon="inbox",
    examples={"topic": "改制完成", "happened_on": "2012-03-01", "reported_on": "2012-03-05"},
)


def award_remarks(award: IncentiveAward, day: datetime.date) -> list[Remark]:
    """What stands in the way of an award that is not decided; what became of a granted one."""
    tranche = tranche_of(award)
    if award.voided_at is not None or tranche is None:
        return []
    if award.decision not in (Decision.PENDING, Decision.APPROVED):
        return []
    return [
        Remark(
            f"incentive.{each.code}",
            Text(f"{each.title.zh}：{each.found.zh}。", f"{each.title.en}: {each.found.en}."),
            award.policy.document_number,
        )
        for each in failed(criteria_of(award, tranche))
    ]


def award_panels(award: IncentiveAward, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Each condition of the policy, and the amount that is due."""
    tranche = tranche_of(award)
    if tranche is None:
        return []
    rows = []
    for each in criteria_of(award, tranche):
        words, tone = MET if each.met else UNMET
        rows.append([Shown(each.title), Shown(each.found), Shown(words, tone=tone)])
    due = rule_of(tranche).entitlement(award.base)
    return [
        Panel(
            key="eligibility",
            title=Text("奖励条件", "Conditions"),
            headings=[Text("条件", "Condition"), Text("情况", "Found"), Text("判定", "Judgement")],
            rows=rows,
            note=_due_words(tranche, due),
        )
    ]


def _due_words(tranche: PolicyTranche, due: Any) -> Text:
    basis = both(Basis(tranche.basis).label)
    amount = formats.money(due)
    share = "" if tranche.percent is None else f" {formats.percent_value(tranche.percent)}"
    cap = formats.money(tranche.cap)
    return Text(
        f"按政策应奖励 {amount} 万元（{basis.zh}{share}；上限 {cap}）。",
        f"Due under the policy: {amount} (10,000 yuan; {basis.en}{share}; cap {cap}).",
    )


AWARDS = Register(
    key="incentive-awards",
    app="listings",
    title=Text("奖励申请", "Incentive awards"),
    one=Text("奖励申请", "incentive award"),
    model=IncentiveAward,
    fields=(
        "enterprise",
        "policy",
        "topic",
        "applied_on",
        "base",
        "requested",
        "decision",
        "decided_on",
        "granted",
        "document_number",
    ),
    columns=(
        "code",
        "enterprise",
        "prefecture",
        "policy",
        "topic",
        "applied_on",
        "?requested",
        "decision",
        "?decided_on",
        "granted",
    ),
    default_sort="-applied_on",
    filterset=filters.AwardFilter,
    rows=award_rows,
    extras=(Extra("paid_sum", Text("已拨付", "Paid"), "money"),),
    parents=("enterprise", "policy"),
    check=prepared_award,
    saved=keep_award,
    remarks=award_remarks,
    panels=award_panels,
    limit_choices={"enterprise": enterprises_kept},
    icon="card-checklist",
    examples={"topic": "改制完成", "applied_on": "2012-06-10", "decision": "待审"},
)


def payment_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[IncentivePayment]:
    """Payments that ``user`` sees. One query."""
    return IncentivePayment.objects.visible_to(user).select_related(
        "award__enterprise", "award__policy", "award__prefecture", "file"
    )


PAYMENTS = Register(
    key="incentive-payments",
    app="listings",
    title=Text("奖励资金拨付", "Incentive payments"),
    one=Text("奖励资金拨付", "incentive payment"),
    model=IncentivePayment,
    fields=("award", "paid_on", "year", "amount", "document_number", "beyond_budget"),
    columns=(
        "code",
        "award.enterprise",
        "award.policy",
        "award.topic",
        "award.prefecture",
        "paid_on",
        "year",
        "amount",
        "?document_number",
        "?beyond_budget",
    ),
    default_sort="-paid_on",
    filterset=filters.IncentivePaymentFilter,
    rows=payment_rows,
    parents=("award",),
    check=prepared_payment,
    saved=keep_incentive_payment,
    intro=Text(
        "拨付合计不能超过批准金额，也不能超过列支年度的预算。",
        "Payments never exceed the grant, nor the budget of the year charged.",
    ),
    icon="send",
    examples={"paid_on": "2012-12-20", "amount": "50.00"},
)

REGISTERS = (POLICIES, REPORTS, AWARDS, PAYMENTS)
