"""The registers of insurance pilots and their figures."""

import datetime
from collections.abc import Sequence
from typing import Any

from core.models.institutions import BANK_KINDS, InstitutionKind
from core.queries.validity import TONES, VALIDITY
from core.registers import Expiry, Extra, Panel, Part, Register, Shown
from core.registers.judged import HEADINGS, cited, judgement_row, money
from core.rules.limits import Judgement, Standing
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import InsurancePilot, PilotFigure, PilotParticipant
from guarantees.models.pilots import PilotRole
from guarantees.operations.support import keep_recoveries
from guarantees.queries.pilots import figure_rows, pilot_on, pilot_rows
from guarantees.rules.pilots import STOP_TONES, STOP_WORDS

KINDS_OF_ROLE = {
    PilotRole.INSURER: (InstitutionKind.INSURER.value,),
    PilotRole.BANK: BANK_KINDS,
}


def participants_check(pilot: InsurancePilot, rows: Sequence[PilotParticipant]) -> dict[str, Text]:
    """Insurers insure and banks lend; nobody joins after the end."""
    for row in rows:
        if row.institution is not None and row.institution.kind not in KINDS_OF_ROLE[row.role]:
            kind = row.institution.get_kind_display()
            return {
                "participants": Text(
                    f"{row.institution.name}是{kind}，与所选角色不符；请改选角色或机构。",
                    f"{row.institution.name} is of another kind ({kind}) than its role; choose "
                    "another role or institution.",
                )
            }
        if row.joined_on and pilot.ended_on and row.joined_on > pilot.ended_on:
            return {
                "participants": Text(
                    f"{row}的加入日期 {row.joined_on} 晚于试点结束日期 {pilot.ended_on}。",
                    f"{row} joined on {row.joined_on}, after the end of {pilot.ended_on}.",
                )
            }
    return {}


def pilot_remarks(pilot: Any, day: datetime.date) -> list[Remark]:
    """A line reached or near, a fund used up, nobody to insure or lend."""
    standing = pilot_on(pilot, as_of=day)
    found = [_stop(each, pilot) for each in standing.judgement.lines if standing.running]
    fund = standing.judgement.fund
    if fund is not None and fund.standing is Standing.BROKEN:
        found.append(
            Remark(
                "pilot.fund-used-up",
                Text(
                    f"财政补偿累计 {standing.sums.fiscal_compensation} 万元，"
                    f"已超过专项资金 {fund.limit.value} 万元。",
                    f"{standing.sums.fiscal_compensation} was compensated, more than the fund of "
                    f"{fund.limit.value} (10,000 yuan).",
                ),
                cited(fund.limit),
            )
        )
    roles = set(pilot.participants.values_list("role", flat=True))
    for role, who in ((PilotRole.INSURER, Text("保险公司", "insurer")),
                      (PilotRole.BANK, Text("银行", "bank"))):  # fmt: skip
        if role not in roles:
            found.append(
                Remark(
                    f"pilot.no-{role.value}",
                    Text(f"未登记参与的{who.zh}。", f"No {who.en} takes part as recorded."),
                )
            )
    return [each for each in found if each is not None]


def _stop(judgement: Judgement, pilot: InsurancePilot) -> Remark | None:
    limit = judgement.limit
    value, line = formats.percent_value(judgement.shown), formats.percent_value(limit.value)
    if judgement.standing is Standing.BROKEN:
        words = Text(
            f"{limit.title.zh} {value}，已达停办线 {line}；按试点规定应停办新业务。",
            f"{limit.title.en} {value} has reached the line of {line}; by the pilot's own rule no "
            "new business is to be written.",
        )
        return Remark(f"{limit.code}-reached", words, cited(limit))
    if judgement.standing is Standing.NEAR:
        words = Text(
            f"{limit.title.zh} {value}，临近停办线 {line}。",
            f"{limit.title.en} {value} is near the line of {line}.",
        )
        return Remark(f"{limit.code}-near", words, cited(limit))
    return None


def pilot_panels(pilot: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The pilot's lines with their room, and its sums since it began."""
    standing = pilot_on(pilot, as_of=as_of)
    sums = standing.sums
    amounts = (
        (Text("承保贷款（万元）", "Insured loans (10,000 yuan)"), sums.insured_loans),
        (Text("保费（万元）", "Premium (10,000 yuan)"), sums.premium),
        (Text("赔付（万元）", "Paid (10,000 yuan)"), sums.paid),
        (Text("追偿收回（万元）", "Recovered (10,000 yuan)"), sums.recovered),
        (Text("财政补偿（万元）", "Fiscal compensation (10,000 yuan)"), sums.fiscal_compensation),
        (Text("期末贷款余额（万元）", "Balance (10,000 yuan)"), sums.balance),
        (Text("期末逾期贷款（万元）", "Overdue (10,000 yuan)"), sums.overdue),
    )
    ratios = (
        (Text("简单赔付率（赔付÷保费）", "Simple loss ratio (paid to premium)"), sums.loss_ratio),
        (Text("逾期率（逾期÷余额）", "Overdue rate (overdue to balance)"), sums.overdue_rate),
        (Text("追偿率（收回÷赔付）", "Recovery rate (recovered to paid)"), sums.recovery_rate),
    )
    counts = (
        (Text("保单（份）", "Policies"), sums.policies),
        (Text("报案（件）", "Claims"), sums.claims),
        (Text("期末借款户数（户）", "Borrowers"), sums.borrowers),
    )
    rows = [[Shown(name), *money(amount)] for name, amount in amounts]
    rows += [
        [Shown(name), Shown(formats.percent_value(ratio.percent), numeric=True)]
        for name, ratio in ratios
    ]
    rows += [[Shown(name), Shown(formats.count(number), numeric=True)] for name, number in counts]
    return [
        Panel(
            key="stop-rule",
            title=Text("停办规则", "Stop rule"),
            headings=HEADINGS,
            rows=[judgement_row(each) for each in standing.judgement.all],
            note=Text(
                "停办线由本试点文件规定，属可配置参数，达到即停办。",
                "The lines are the pilot's own parameters; one that is reached stops it.",
            ),
            empty=Text("本试点未规定停办线。", "The pilot has no lines of its own."),
        ),
        Panel(
            key="pilot-sums",
            title=Text("启动以来累计", "Since it began"),
            headings=[Text("项目", "Item"), Text("数值", "Value")],
            rows=rows if standing.last else [],
            note=Text(f"统计至 {standing.last}。", f"Reported up to {standing.last}.")
            if standing.last
            else Text("", ""),
            empty=Text("尚无统计。", "Nothing was reported yet."),
        ),
    ]


PILOTS = Register(
    key="insurance-pilots",
    app="guarantees",
    title=Text("小额贷款保证保险试点", "Insurance pilots"),
    one=Text("保证保险试点", "insurance pilot"),
    model=InsurancePilot,
    fields=(
        "name",
        "prefecture",
        "county",
        "document_number",
        "started_on",
        "ended_on",
        "eligible_borrowers",
        "borrower_cap",
        "max_term_months",
        "interest_cap",
        "premium_rate",
        "scheme",
        "fund_size",
        "stop_overdue_rate",
        "stop_loss_ratio",
    ),
    columns=(
        "code",
        "name",
        "prefecture",
        "started_on",
        "?ended_on",
        "?premium_rate",
        "?fund_size",
        "?scheme",
    ),
    filterset=filters.PilotFilter,
    rows=pilot_rows,
    parts=(
        Part(
            "participants",
            Text("参与方", "Participants"),
            PilotParticipant,
            ("role", "institution", "name", "joined_on"),
            check=participants_check,
        ),
    ),
    extras=(
        Extra("state", Text("状态", "State"), labels=VALIDITY, badge=lambda state: TONES[state]),
        Extra("premium_sum", Text("累计保费", "Premium"), "money"),
        Extra("paid_sum", Text("累计赔付", "Paid"), "money"),
        Extra("insured_sum", Text("累计承保贷款", "Insured loans"), "money", in_list=False),
        Extra(
            "compensation_sum",
            Text("累计财政补偿", "Fiscal compensation"),
            "money",
            in_list=False,
        ),
        Extra("balance_now", Text("贷款余额", "Balance"), "money", in_list=False),
        Extra("overdue_now", Text("逾期贷款", "Overdue"), "money", in_list=False),
        Extra("loss_ratio", Text("简单赔付率", "Simple loss ratio"), "percent"),
        Extra("overdue_rate", Text("逾期率", "Overdue rate"), "percent"),
        Extra("last_period", Text("统计至", "Reported up to"), "date", in_list=False),
        Extra(
            "stop_state",
            Text("停办规则", "Stop rule"),
            labels={key.value: text for key, text in STOP_WORDS.items()},
            badge=lambda state: STOP_TONES[state],
        ),
    ),
    parents=("scheme",),
    expiry=Expiry(
        "ended_on",
        Text("保证保险试点到期", "Insurance pilot ends"),
        "started_on",
        ("name",),
        lapses=False,
    ),
    remarks=pilot_remarks,
    panels=pilot_panels,
    intro=Text(
        "保险公司承保、银行放贷、财政资金补偿的小额贷款试点；停办线由各试点自行规定。",
        "Small loans of banks, covered by insurers and a fiscal fund; each pilot sets the lines at "
        "which it stops.",
    ),
    icon="shield-lock",
    examples={"name": "演示市小额贷款保证保险试点", "started_on": "2012-03-01"},
)


def figure_check(figure: PilotFigure) -> dict[str, Text]:
    """A period of the pilot's own time."""
    pilot = figure.pilot
    if figure.period_end < pilot.started_on:
        return {
            "period_end": Text(
                f"早于试点启动日期 {pilot.started_on}。",
                f"Before the pilot began, {pilot.started_on}.",
            )
        }
    return {}


FIGURES = Register(
    key="pilot-figures",
    app="guarantees",
    title=Text("保证保险试点统计", "Figures of insurance pilots"),
    one=Text("试点统计", "pilot figures"),
    model=PilotFigure,
    fields=(
        "pilot",
        "period_end",
        "policies",
        "premium",
        "insured_loans",
        "borrowers",
        "balance",
        "overdue",
        "claims",
        "paid",
        "recovered",
        "fiscal_compensation",
    ),
    columns=(
        "code",
        "pilot",
        "period_end",
        "policies",
        "premium",
        "balance",
        "overdue",
        "paid",
        "?insured_loans",
        "?borrowers",
        "?claims",
        "?recovered",
        "?fiscal_compensation",
    ),
    default_sort="-period_end",
    filterset=filters.PilotFigureFilter,
    rows=figure_rows,
    extras=(
        Extra("loss_ratio", Text("本期简单赔付率", "Simple loss ratio of the period"), "percent"),
        Extra("overdue_rate", Text("逾期率", "Overdue rate"), "percent"),
    ),
    parents=("pilot",),
    check=figure_check,
    saved=keep_recoveries,
    intro=Text(
        "发生额为上一期末以来的数，余额和户数为期末数；简单赔付率＝赔付÷保费。",
        "Flows are since the end of the period before, stocks stand at its end; the simple loss "
        "ratio is what was paid to the premium.",
    ),
    icon="bar-chart-line",
    examples={"period_end": "2012-06-30", "premium": "120.00"},
)

REGISTERS = (PILOTS, FIGURES)
