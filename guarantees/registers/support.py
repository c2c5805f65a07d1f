"""The registers of fiscal support and tax relief: programmes, applications, payments."""

import datetime
from typing import Any

from core.models.decisions import Decision
from core.queries.limits import near_share
from core.queries.validity import TONES, VALIDITY
from core.registers import Expiry, Extra, Panel, Register, Shown
from core.registers.judged import HEADINGS, cited, judgement_row, money
from core.rules.budgets import nearly_used
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import SupportApplication, SupportPayment, SupportProgramme
from guarantees.operations.support import keep_grant, keep_payment, keep_within_budget
from guarantees.queries.support import (
    application_rows,
    budget_of,
    eligibility_of,
    programme_rows,
)
from guarantees.rules.subsidy import (
    PREMIUM,
    VERDICT_TONES,
    VERDICT_WORDS,
    YEARS,
    Criterion,
    Verdict,
)

ROOM_UNITS = {YEARS: "年", PREMIUM: "个百分点"}  # of the numerator, where it is no amount


def programme_remarks(programme: Any, day: datetime.date) -> list[Remark]:
    """A budget that is nearly used up. What exceeds it is refused, not remarked."""
    budget = budget_of(programme, as_of=day)
    words = nearly_used(budget, near=near_share(day))
    return [Remark("support.budget-near", words, programme.document_number)] if words else []


def programme_panels(programme: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Budget, granted, paid, and what is left."""
    budget = budget_of(programme, as_of=as_of)
    return [
        Panel(
            key="budget",
            title=Text("资金（万元）", "Money (10,000 yuan)"),
            headings=[
                Text("预算", "Budget"),
                Text("已批准", "Granted"),
                Text("已拨付", "Paid"),
                Text("预算结余", "Left"),
                Text("使用率", "Used"),
            ],
            rows=[
                [
                    *money(budget.budget, budget.granted, budget.paid, budget.left),
                    Shown(formats.percent_value(budget.used.percent), numeric=True),
                ]
            ],
        )
    ]


PROGRAMMES = Register(
    key="support-programmes",
    app="guarantees",
    title=Text("扶持政策", "Support programmes"),
    one=Text("扶持政策", "support programme"),
    model=SupportProgramme,
    fields=(
        "name",
        "level",
        "prefecture",
        "county",
        "kind",
        "document_number",
        "valid_from",
        "valid_to",
        "budget",
        "test",
    ),
    columns=(
        "code",
        "name",
        "level",
        "kind",
        "valid_from",
        "?valid_to",
        "?prefecture",
        "budget",
        "?document_number",
    ),
    default_sort="-valid_from",
    filterset=filters.ProgrammeFilter,
    rows=programme_rows,
    extras=(
        Extra("state", Text("状态", "State"), labels=VALIDITY, badge=lambda state: TONES[state]),
        Extra("applied", Text("申请（件）", "Applications"), "integer"),
        Extra("granted_sum", Text("已批准", "Granted"), "money"),
        Extra("paid_sum", Text("已拨付", "Paid"), "money"),
        Extra("budget_left", Text("预算结余", "Left"), "money"),
    ),
    expiry=Expiry(
        "valid_to", Text("扶持政策到期", "Support programme ends"), "valid_from", ("name",)
    ),
    saved=keep_within_budget,
    remarks=programme_remarks,
    panels=programme_panels,
    intro=Text(
        "财政补助与税收优惠。批准合计不能超过预算，拨付合计不能超过批准。",
        "Subsidies and tax relief. Grants never exceed the budget, payments never the grant.",
    ),
    icon="flag",
    examples={"name": "中小企业信用担保资金", "level": "中央", "valid_from": "2012-05-25"},
)


def application_remarks(application: Any, day: datetime.date) -> list[Remark]:
    """Granted against the test, beyond what was asked for, or outside the programme's time."""
    found = []
    programme = application.programme
    granted = application.decision == Decision.APPROVED
    tested = eligibility_of(application)
    if granted and tested is not None and tested.verdict is not Verdict.MET:
        failed = [each for each in tested.criteria if each.verdict is not Verdict.MET]
        found.append(
            Remark(
                "support.not-eligible",
                Text(
                    "已批准，但下列条件不符合或无法判定："
                    f"{'；'.join(each.title.zh for each in failed)}。",
                    "Granted, though these criteria are not met or cannot be judged: "
                    f"{'; '.join(each.title.en for each in failed)}.",
                ),
                _source(failed) or programme.document_number,
            )
        )
    if granted and application.requested and application.granted > application.requested:
        found.append(
            Remark(
                "support.more-than-requested",
                Text(
                    f"批准 {application.granted} 万元多于申请的 {application.requested} 万元。",
                    f"Granted {application.granted}, more than was asked for, "
                    f"{application.requested} (10,000 yuan).",
                ),
            )
        )
    over = programme.valid_to is not None and programme.valid_to < application.applied_on
    if over or application.applied_on < programme.valid_from:
        found.append(
            Remark(
                "support.outside-validity",
                Text(
                    f"申请日期 {application.applied_on} 不在政策有效期内。",
                    f"The application of {application.applied_on} lies outside the programme's "
                    "validity.",
                ),
                programme.document_number,
            )
        )
    return found


def _source(criteria: list[Criterion]) -> str | Text:
    for criterion in criteria:
        for judgement in criterion.judgements:
            return cited(judgement.limit)
    return ""


def application_panels(application: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The test, criterion by criterion, each with its limit, room and source."""
    tested = eligibility_of(application)
    if tested is None:
        return []
    rows = [row for criterion in tested.criteria for row in _criterion_rows(criterion)]
    whole = tested.verdict
    return [
        Panel(
            key="eligibility",
            title=Text("资格测算", "Eligibility"),
            headings=[Text("条件", "Criterion"), *HEADINGS[1:]],
            rows=rows,
            note=Text(
                f"总体：{VERDICT_WORDS[whole].zh}。按申请日有效的规则测算；缺少数据的条件不作推定。",
                f"Together: {VERDICT_WORDS[whole].en}. By the rules in force on the day of the "
                "application; a criterion without its figures is never guessed.",
            ),
        )
    ]


def _criterion_rows(criterion: Criterion) -> list[list[Shown]]:
    """A row for each limit of a criterion, with what the criterion comes to."""
    verdict = Shown(VERDICT_WORDS[criterion.verdict], tone=VERDICT_TONES[criterion.verdict.value])
    if not criterion.judgements:
        nothing = [Shown(formats.NOTHING) for _heading in HEADINGS[1:-2]]
        return [[Shown(criterion.title), *nothing, verdict, Shown(formats.NOTHING)]]
    several = len(criterion.judgements) > 1
    rows = []
    for judgement in criterion.judgements:
        title = criterion.title
        if several:
            own = judgement.limit.title
            title = Text(f"{own.zh}（满足其一）", f"{own.en} (one is enough)")
        unit = ROOM_UNITS.get(judgement.limit.code, "万元")
        row = judgement_row(judgement, title=title, unit=unit)
        row[-2] = verdict
        rows.append(row)
    return rows


APPLICATIONS = Register(
    key="support-applications",
    app="guarantees",
    title=Text("扶持申请", "Support applications"),
    one=Text("扶持申请", "support application"),
    model=SupportApplication,
    fields=(
        "institution",
        "programme",
        "year",
        "applied_on",
        "requested",
        "licensed_on",
        "new_business",
        "new_sme_business",
        "opening_net_assets",
        "closing_net_assets",
        "compensated",
        "released",
        "premium_rate",
        "decision",
        "decided_on",
        "granted",
    ),
    columns=(
        "code",
        "institution",
        "programme",
        "year",
        "applied_on",
        "?institution.prefecture",
        "requested",
        "decision",
        "granted",
        "?decided_on",
    ),
    default_sort="-applied_on",
    filterset=filters.ApplicationFilter,
    rows=application_rows,
    extras=(Extra("paid_sum", Text("已拨付", "Paid"), "money"),),
    parents=("institution", "programme"),
    saved=keep_grant,
    remarks=application_remarks,
    panels=application_panels,
    icon="card-checklist",
    examples={"year": "2011", "applied_on": "2012-06-10", "decision": "待审"},
)

PAYMENTS = Register(
    key="support-payments",
    app="guarantees",
    title=Text("扶持资金拨付", "Support payments"),
    one=Text("扶持资金拨付", "support payment"),
    model=SupportPayment,
    fields=("application", "paid_on", "amount", "document_number"),
    columns=(
        "code",
        "application.institution",
        "application.programme",
        "application.year",
        "paid_on",
        "amount",
        "?document_number",
    ),
    default_sort="-paid_on",
    filterset=filters.PaymentFilter,
    parents=("application",),
    saved=keep_payment,
    intro=Text(
        "税收优惠填写减免额。拨付合计不能超过批准金额。",
        "For tax relief give what was relieved. Payments never exceed the grant.",
    ),
    icon="send",
    examples={"paid_on": "2012-11-20", "amount": "50.00"},
)

REGISTERS = (PROGRAMMES, APPLICATIONS, PAYMENTS)
