"""What the pages of a note and of its events show beside their fields."""

import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from core.registers import Panel, Shown
from core.registers.judged import money
from core.rules.limits import STANDING_TONES, STANDING_WORDS
from core.tabular import formats
from core.text import Text
from listings.queries.note_on import NoteOn, Told
from listings.rules.note_schedule import Due

NOTHING = Decimal(0)
TOTAL = Text("合计", "Total")
DUE_WORDS = {
    "paid": Text("已付", "Paid"),
    "overdue": Text("逾期未付", "Overdue"),
    "coming": Text("待付", "To come"),
}
DUE_TONES = {"paid": "good", "overdue": "bad", "coming": "info"}
ISSUER = Text("发行人", "Issuer")
INTEREST, PRINCIPAL = Text("利息（万元）", "Interest"), Text("本金（万元）", "Principal")
SPLIT = Text(
    "按最大余数法分到分，各发行人合计与总额逐分相等。",
    "Split by largest remainder: issuers add up to the whole, to the cent.",
)


def panels_of_note(row: NoteOn, *, as_of: datetime.date, payable: bool) -> list[Panel]:
    """Issuers, rules and schedule; ``payable`` offers to record a payment."""
    return [_owed(row), _rules(row), _schedule(row, as_of, payable)]


def _owed(row: NoteOn) -> Panel:
    """Each issuer: what it issued, paid, and still owes; and how much of its assets that is."""
    paid: dict[str, tuple[Decimal, Decimal]] = {}
    for told in row.told:
        for part in told.parts:
            interest, principal = paid.get(part.issuer, (NOTHING, NOTHING))
            paid[part.issuer] = (interest + part.interest, principal + part.principal)
    rows = []
    for issuer in row.issuers:
        interest, principal = paid.get(issuer.key, (NOTHING, NOTHING))
        rows.append(
            [
                Shown(issuer.name),
                *money(issuer.amount, interest, principal, row.owed[issuer.key]),
                Shown(formats.percent_value(issuer.share.percent), numeric=True),
            ]
        )
    if rows:
        whole = [sum((each[n] for each in paid.values()), NOTHING) for n in (0, 1)]
        issued = sum((each.amount for each in row.issuers), NOTHING)
        rows.append([Shown(TOTAL), *money(issued, *whole, row.outstanding), Shown("")])
    return Panel(
        key="owed",
        title=Text("各发行人（分别负债）", "Issuers, each for its own part"),
        headings=[
            ISSUER,
            Text("发行金额（万元）", "Issued"),
            Text("已付利息", "Interest paid"),
            Text("已还本金", "Principal paid"),
            Text("未还本金", "Owed"),
            Text("占净资产", "Of net assets"),
        ],
        rows=rows,
        note=SPLIT,
        empty=Text("尚未登记发行人。", "No issuers yet."),
    )


def _rules(row: NoteOn) -> Panel:
    """Every rule on the note and its issuers, with the sum; their sources stand below."""
    sources = dict.fromkeys(each.cited for each in row.judged)
    said = Text(
        "；".join(str(each) for each in sources),
        "; ".join(each if isinstance(each, str) else each.en for each in sources),
    )
    return Panel(
        key="rules",
        title=Text("规则核对", "Against the rules"),
        headings=[
            Text("对象", "What of"),
            Text("规则", "Rule"),
            Text("数值", "Value"),
            Text("限额", "Limit"),
            Text("判定", "Judgement"),
        ],
        rows=[
            [
                Shown(each.issuer.name if each.issuer else Text("本期", "The note")),
                Shown(each.limit.title),
                Shown(each.sum),
                Shown(each.bound, numeric=True),
                Shown(
                    STANDING_WORDS[each.judgement.standing],
                    tone=STANDING_TONES[each.judgement.standing.value],
                ),
            ]
            for each in row.judged
        ],
        note=Text(
            f"依据：{said.zh}。按注册日有效的规则核对，未注册的按所选日期；突破只作提示，不阻止登记。",
            f"Source: {said.en}. By the rules in force on the day of registration, or on the day "
            "chosen; what is broken is pointed out and stops nothing.",
        )
        if row.judged
        else Text("", ""),
        empty=Text("该品种没有登记规则。", "No rules are kept for this kind."),
    )


def _schedule(row: NoteOn, as_of: datetime.date, payable: bool) -> Panel:
    return Panel(
        key="schedule",
        title=Text("付息兑付安排", "Coupons and principal"),
        headings=[
            Text("期", "No."),
            Text("应付日", "Due"),
            Text("付款日（顺延）", "Payable"),
            INTEREST,
            PRINCIPAL,
            Text("未付（万元）", "Open"),
            Text("状态", "State"),
            Text("登记", "Record"),
        ],
        rows=[_due_row(row, due, as_of, payable) for due in row.dues],
        more_url=reverse("listings:collective-notes-schedule", args=[row.note.code]),
        note=SPLIT if row.dues else Text("", ""),
        empty=Text(
            "登记起息日、期限和利率后自动排定；也可填写募集说明书的安排。",
            "It follows from the day of issue, the term and the rate; or fill in the prospectus's.",
        ),
    )


def _due_row(row: NoteOn, due: Due, as_of: datetime.date, payable: bool) -> list[Shown]:
    """An instalment; what is open leads to recording its payment, filled in."""
    state = due.state(as_of)
    open_here = payable and state != "paid" and row.issued_on is not None
    record = Shown(Text("登记付款", "Payment"), url=payment_url(row, due)) if open_here else ""
    return [
        Shown(due.instalment.number, numeric=True),
        Shown(due.instalment.due_on),
        Shown(due.pay_on),
        *money(due.instalment.interest, due.instalment.principal, due.open),
        Shown(DUE_WORDS[state], tone=DUE_TONES[state]),
        record or Shown(""),
    ]


def payment_url(row: NoteOn, due: Due) -> str:
    """The form of a new payment, begun with what is open of an instalment."""
    last = due.open_principal and due.open_principal == row.outstanding
    kind = "repaid" if last else ("principal" if due.open_principal else "coupon")
    asked = {
        "tranche": row.note.code,
        "kind": kind,
        "happened_on": due.pay_on.isoformat(),
        "interest": f"{due.open_interest:f}",
        "principal": f"{due.open_principal:f}",
    }
    return f"{reverse('listings:note-events-new')}?{urlencode(asked)}"


def parts_of_event(row: NoteOn, told: Told) -> Panel:
    """Who bore what of a payment."""
    names = {each.key: str(each) for each in row.issuer_rows}
    rows = [
        [Shown(names[part.issuer]), *money(part.interest, part.principal, part.amount)]
        for part in told.parts
    ]
    event = told.event
    rows.append([Shown(TOTAL), *money(event.interest, event.principal, event.amount)])
    return Panel(
        key="parts",
        title=Text("各发行人分摊", "Split among the issuers"),
        headings=[ISSUER, INTEREST, PRINCIPAL, Text("合计（万元）", "Together")],
        rows=rows,
        note=SPLIT,
    )
