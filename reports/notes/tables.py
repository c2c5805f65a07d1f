"""The tables of the report on collective notes."""

from typing import Any

from core.naming import both
from core.rules.limits import STANDING_TONES, STANDING_WORDS
from core.tabular import Column
from core.text import Text
from listings.models.notes import NoteKind
from listings.queries.note_on import NoteOn
from listings.rules.note_life import STATE_TONES, STATE_WORDS
from listings.rules.notes import PROGRESS_TONES, PROGRESS_WORDS
from reports.content import Cell, Table
from reports.links import address
from reports.notes.compute import NoteReport

MONEY = Text("单位：万元", "Unit: 10,000 yuan")
DUE_WORDS = {
    "overdue": (Text("逾期未付", "Overdue"), "bad"),
    "coming": (Text("待付", "To come"), "info"),
}
NAME = Column("name", Text("集合票据", "Note"), width=34)


def place_name(row: NoteOn) -> Text:
    if row.prefecture is None:
        return Text("全省", "The province")
    return Text(row.prefecture.name, row.prefecture.name_en)


def note_url(row: NoteOn) -> str:
    return address("listings:collective-notes-record", row.note.code)


def named(row: NoteOn) -> Cell:
    return Cell(str(row.note), url=note_url(row))


def state(row: NoteOn) -> Cell:
    return Cell(STATE_WORDS[row.state], tone=_tone(STATE_TONES[row.state]))


def _tone(name: str) -> Any:
    return "" if name == "plain" else name


def years(report: NoteReport) -> Table:
    """Tranches issued year by year; the year asked about against its target."""
    rows = []
    for each in report.years:
        target = each.target
        asked = None
        if target is not None:
            asked = Text(f"{target.low}—{target.high} 期", f"{target.low}-{target.high}")
        standing = each.standing
        rows.append(
            [
                str(each.year),
                Cell(len(each.issued), figure=f"year:{each.year}"),
                each.amount,
                asked,
                Cell(PROGRESS_WORDS[standing], tone=PROGRESS_TONES[standing]) if standing else None,
            ]
        )
    return Table(
        key="years",
        title=Text("各年发行", "Issued by year"),
        columns=[
            Column("year", Text("年度", "Year")),
            Column("issued", Text("已发行（期）", "Tranches"), "integer"),
            Column("amount", Text("金额", "Amount"), "money"),
            Column("target", Text("方案目标", "Asked for")),
            Column("standing", Text("进度", "Progress")),
        ],
        rows=rows,
        unit=MONEY,
        note=Text(
            "按起息日所在年度计数，至少一家发行人在本省企业库；已注册未发行的不计入。",
            "Counted in the year of issue, with at least one issuer of the province's library; "
            "what is registered and not issued is not counted.",
        ),
    )


def notes(report: NoteReport) -> Table:
    return _listing("notes", Text("集合票据", "Collective notes"), report.notes)


def others(report: NoteReport) -> Table:
    """Bonds, trusts and the like, apart from notes."""
    found = _listing("others", Text("其他债务融资品种", "Other debt products"), report.others)
    kinds = {kind.value: both(kind.label) for kind in NoteKind}
    rows = [
        [kinds[row.note.kind], *cells] for row, cells in zip(report.others, found.rows, strict=True)
    ]
    return Table(
        key=found.key,
        title=found.title,
        columns=[Column("kind", Text("品种", "Kind")), *found.columns],
        rows=rows,
        unit=MONEY,
        note=Text("不计入集合票据目标。", "Never counted as collective notes."),
    )


def _listing(key: str, title: Text, rows: tuple[NoteOn, ...]) -> Table:
    return Table(
        key=key,
        title=title,
        columns=[
            NAME,
            Column("place", Text("地市", "Prefecture")),
            Column("state", Text("状态", "State")),
            Column("amount", Text("金额", "Amount"), "money"),
            Column("issuers", Text("发行人（家）", "Issuers"), "integer"),
            Column("terms", Text("期限和利率", "Term and rate")),
            Column("registered_on", Text("注册日", "Registered"), "date"),
            Column("issued_on", Text("起息日", "Issued"), "date"),
            Column("matures_on", Text("到期日", "Matures"), "date"),
            Column("outstanding", Text("未还本金", "Outstanding"), "money"),
        ],
        rows=[
            [
                named(row),
                place_name(row),
                state(row),
                row.note.amount,
                len(row.issuers),
                _terms(row),
                row.registered_on,
                row.issued_on,
                row.matures_on,
                row.outstanding,
            ]
            for row in rows
        ],
        unit=MONEY,
    )


def _terms(row: NoteOn) -> Text | None:
    if not row.note.months:
        return None
    rate = f"，{row.note.rate.normalize():f}%" if row.note.rate is not None else ""
    english = rate.replace("，", ", ")
    return Text(f"{row.note.months} 个月{rate}", f"{row.note.months} months{english}")


def roles(report: NoteReport) -> Table:
    """Who underwrites, enhances (against what), rates and organises."""
    rows = []
    for row in report.notes:
        enhancers = [each for each in row.role_holders if each.role == "enhancer"]
        counter = [each.counter_guarantee for each in enhancers if each.counter_guarantee]
        rows.append(
            [
                named(row),
                _names(row, "lead_underwriter", "joint_underwriter"),
                _names(row, "enhancer", "re_guarantor", "mitigation_fund"),
                "；".join(counter) or None,
                _names(row, "rater"),
                _names(row, "organiser"),
            ]
        )
    return Table(
        key="roles",
        title=Text("参与机构", "Role holders"),
        columns=[
            NAME,
            Column("underwriters", Text("主承销商", "Underwriters")),
            Column("enhancers", Text("信用增进", "Enhancers")),
            Column("counter", Text("反担保", "Counter-guarantee")),
            Column("raters", Text("评级", "Raters")),
            Column("organisers", Text("组织单位", "Organisers")),
        ],
        rows=rows,
    )


def _names(row: NoteOn, *roles: str) -> str | None:
    return "、".join(row.holders(*roles)) or None


def issuers(report: NoteReport) -> Table:
    """Every issuer: what it issued, what stood before, and how much of its net assets."""
    rows = []
    for row in report.notes:
        for issuer in row.issuers:
            rows.append(
                [
                    issuer.name,
                    named(row),
                    issuer.amount,
                    issuer.existing,
                    issuer.net_assets,
                    issuer.share,
                    row.owed[issuer.key],
                ]
            )
    return Table(
        key="issuers",
        title=Text("发行人", "Issuers"),
        columns=[
            Column("issuer", Text("发行人", "Issuer"), width=30),
            NAME,
            Column("amount", Text("发行金额", "Issued"), "money"),
            Column("existing", Text("已有余额", "Standing before"), "money"),
            Column("net_assets", Text("净资产", "Net assets"), "money"),
            Column("share", Text("合计占净资产", "Of net assets"), "percent"),
            Column("owed", Text("未还本金", "Owed"), "money"),
        ],
        rows=rows,
        unit=MONEY,
    )


def payments(report: NoteReport) -> Table:
    """What is overdue and what falls due, soonest first."""
    day = report.parameters.as_of
    rows = []
    for each in report.payments:
        words, tone = DUE_WORDS[each.due.state(day)]
        rows.append(
            [
                each.due.pay_on,
                Cell(words, tone=tone),
                (each.due.pay_on - day).days,
                named(each.row),
                each.due.open_interest,
                each.due.open_principal,
                each.due.open,
            ]
        )
    return Table(
        key="payments",
        title=Text("偿付日历", "Payment calendar"),
        columns=[
            Column("on", Text("付款日", "Payable"), "date"),
            Column("state", Text("状态", "State")),
            Column("days", Text("剩余天数", "Days left"), "integer"),
            NAME,
            Column("interest", Text("利息", "Interest"), "money"),
            Column("principal", Text("本金", "Principal"), "money"),
            Column("open", Text("应付", "To pay"), "money"),
        ],
        rows=rows,
        unit=MONEY,
        empty=Text("期限内没有应付的利息和本金。", "Nothing falls due in this time."),
    )


def parts(report: NoteReport) -> Table:
    """Each coming payment, issuer by issuer; parts sum to the payment to the cent."""
    rows = []
    for each in report.payments:
        names = {issuer.key: issuer.name for issuer in each.row.issuers}
        for part in each.due.parts:
            rows.append(
                [each.due.pay_on, named(each.row), names[part.issuer], part.interest,
                 part.principal, part.amount]
            )  # fmt: skip
    return Table(
        key="payment-parts",
        title=Text("各发行人应付", "By issuer"),
        columns=[
            Column("on", Text("付款日", "Payable"), "date"),
            NAME,
            Column("issuer", Text("发行人", "Issuer"), width=30),
            Column("interest", Text("利息", "Interest"), "money"),
            Column("principal", Text("本金", "Principal"), "money"),
            Column("amount", Text("合计", "Together"), "money"),
        ],
        rows=rows,
        unit=MONEY,
        note=Text(
            "为各期应付总额的分摊（未扣已付），按最大余数法分到分。",
            "Of the whole instalment, before what was paid; by largest remainder, to the cent.",
        ),
        empty=Text("无。", "None."),
    )


def findings(report: NoteReport) -> Table:
    """What is wrong, with rule, value, sum, limit and source."""
    return Table(
        key="findings",
        title=Text("规则核对意见", "Findings"),
        columns=[
            Column("name", Text("简称", "Note")),
            Column("issuer", Text("发行人", "Issuer"), width=24),
            Column("rule", Text("规则", "Rule")),
            Column("message", Text("数值、算式与说明", "Value, sum and what is wrong"), width=60),
            Column("limit", Text("限额", "Limit")),
            Column("standing", Text("判定", "Judgement")),
            Column("source", Text("依据", "Source"), width=30),
        ],
        rows=[
            [
                Cell(row.note.short_name or str(row.note), url=note_url(row)),
                each.issuer or None,
                each.title,
                each.message,
                each.limit if each.limit.zh else None,
                Cell(STANDING_WORDS[each.standing], tone=STANDING_TONES[each.standing.value]),
                each.source or None,
            ]
            for row, each in report.findings
        ],
        empty=Text("没有突破规则或次序有误的票据。", "No note breaks a rule or is out of order."),
    )
