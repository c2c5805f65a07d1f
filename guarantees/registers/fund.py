"""The registers of the credit guarantee fund: funds, and what came and went."""

import datetime
from typing import Any

from core.naming import both
from core.registers import Extra, Panel, Register, Shown
from core.registers.judged import money
from core.rules.remarks import Remark
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import FundEntry, GuaranteeFund
from guarantees.models.fund import Direction, FundKind
from guarantees.operations.support import keep_balance
from guarantees.queries.fund import account_of, fund_rows
from guarantees.rules.fund import KINDS_OF, NOTHING, KindSum

STATE_WORDS = {"founded": Text("已设立", "Founded"), "planned": Text("未设立", "Not founded")}
STATE_TONES = {"founded": "good", "planned": "plain"}
DIRECTION_WORDS = {
    Direction.SOURCE: Text("来源", "Source"),
    Direction.USE: Text("运用", "Use"),
}


def fund_remarks(fund: Any, day: datetime.date) -> list[Remark]:
    """Not founded by the day; money that moved before the founding."""
    found = []
    if fund.founded_on is None or fund.founded_on > day:
        found.append(
            Remark(
                "fund.not-founded",
                Text(f"截至 {day} 尚未设立。", f"Not founded by {day}."),
                Text("2012年行动计划（七）", "Action plan of 2012, measure 7"),
            )
        )
    moved = FundEntry.objects.standing().filter(fund=fund, paid__gt=0).order_by("happened_on")
    first = moved.values_list("happened_on", flat=True).first()
    if first is not None and (fund.founded_on is None or first < fund.founded_on):
        found.append(
            Remark(
                "fund.paid-before-founding",
                Text(
                    f"{first} 已有资金收付，早于设立；请核对设立日期。",
                    f"Money moved on {first}, before the founding; check its day.",
                ),
            )
        )
    return found


def fund_panels(fund: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The account by kind, and the identity it keeps."""
    account = account_of(fund, as_of=as_of)
    words = dict(FundKind.choices)
    rows = []
    for direction, sums in ((Direction.SOURCE, account.sources), (Direction.USE, account.uses)):
        for kind in KINDS_OF[direction]:
            if kind in sums:
                rows.append(_row(DIRECTION_WORDS[direction], words[kind], sums[kind]))
    for title, sums, outstanding in (
        (Text("来源合计", "All sources"), account.sources, account.to_come),
        (Text("运用合计", "All uses"), account.uses, account.promised),
    ):
        if rows:
            committed = sum((each.committed for each in sums.values()), NOTHING)
            paid = sum((each.paid for each in sums.values()), NOTHING)
            rows.append([Shown(title), Shown(""), *money(committed, paid, outstanding)])
    if rows:
        rows.append([Shown(Text("余额", "Balance")), Shown(""), Shown(""),
                     *money(account.balance), Shown("")])  # fmt: skip
    return [
        Panel(
            key="account",
            title=Text("来源与运用（万元）", "Sources and uses (10,000 yuan)"),
            headings=[
                Text("方向", "Direction"),
                Text("类别", "Kind"),
                Text("承诺", "Committed"),
                Text("实付", "Paid"),
                Text("未到位", "Outstanding"),
            ],
            rows=rows,
            note=Text(
                "余额＝实付来源－实付运用；承诺不动用资金。",
                "The balance is paid sources less paid uses; a promise moves no money.",
            ),
        )
    ]


def _row(direction: Text, kind: Any, sums: KindSum) -> list[Shown]:
    return [Shown(direction), Shown(kind), *money(sums.committed, sums.paid, sums.outstanding)]


FUNDS = Register(
    key="guarantee-funds",
    app="guarantees",
    title=Text("信用担保基金", "Guarantee funds"),
    one=Text("信用担保基金", "guarantee fund"),
    model=GuaranteeFund,
    fields=("name", "prefecture", "founded", "founded_on", "document_number", "manager"),
    columns=("code", "name", "prefecture", "founded_on", "manager"),
    filterset=filters.FundFilter,
    rows=fund_rows,
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=STATE_WORDS,
            badge=lambda state: STATE_TONES[state],
        ),
        Extra("received", Text("来源到位", "Received"), "money"),
        Extra("used", Text("已运用", "Used"), "money"),
        Extra("balance", Text("余额", "Balance"), "money"),
    ),
    remarks=fund_remarks,
    panels=fund_panels,
    intro=Text(
        "广东省中小企业信用担保基金及各市同类基金；不填地市的为省级。",
        "The province's credit guarantee fund for small firms, and those of the prefectures; "
        "without a prefecture it is the province's.",
    ),
    icon="archive",
    examples={"name": "演示中小企业信用担保基金", "founded": "是", "founded_on": "2012-06-01"},
)


def entry_check(entry: FundEntry) -> dict[str, Text]:
    """A kind of its direction; only a use has a beneficiary."""
    problems: dict[str, Text] = {}
    if entry.kind not in KINDS_OF[entry.direction]:
        words = [both(FundKind(kind).label) for kind in KINDS_OF[entry.direction]]
        problems["kind"] = Text(
            f"与方向不符；可选：{'、'.join(each.zh for each in words)}。",
            f"Not of this direction; choose one of: {', '.join(each.en for each in words)}.",
        )
    if entry.direction == Direction.SOURCE and entry.beneficiary_id is not None:
        problems["beneficiary"] = Text("来源没有受益机构。", "A source has no beneficiary.")
    if entry.committed < NOTHING or entry.paid < NOTHING:
        problems["paid"] = Text(
            "金额不能为负；退回请记为“收回”。",
            "Amounts are not negative; record a return as “returned”.",
        )
    return problems


ENTRIES = Register(
    key="fund-entries",
    app="guarantees",
    title=Text("基金收支", "Fund entries"),
    one=Text("基金收支", "fund entry"),
    model=FundEntry,
    fields=(
        "fund",
        "happened_on",
        "direction",
        "kind",
        "committed",
        "paid",
        "payer",
        "beneficiary",
    ),
    columns=(
        "code",
        "fund",
        "happened_on",
        "direction",
        "kind",
        "committed",
        "paid",
        "?payer",
        "?beneficiary",
    ),
    default_sort="-happened_on",
    filterset=filters.FundEntryFilter,
    parents=("fund", "beneficiary"),
    check=entry_check,
    saved=keep_balance,
    icon="arrow-repeat",
    examples={"happened_on": "2012-06-15", "direction": "来源", "kind": "省财政", "paid": "5000"},
)

REGISTERS = (FUNDS, ENTRIES)
