"""What the report on incentives says."""

from typing import Any

from core.models.decisions import GovernmentLevel
from core.naming import both
from core.rules.budgets import YearBudget
from core.tabular import Column
from core.text import Text
from reports.content import Cell, Content, KeyFigure, KeyFigures, Table
from reports.incentives.compute import (
    NOTHING,
    IncentiveReport,
    PlaceRow,
)
from reports.items.words import TOTAL
from reports.links import address

TITLE = Text("改制上市扶持奖励情况", "Incentives for restructuring and listing")
MONEY = Text("万元", "10,000 yuan")
HIGHER = Text("中央和省级政策", "Policies of nation and province")
MONEY_COLUMNS = (
    Column("budget", Text("预算", "Budget"), "money"),
    Column("granted", Text("批准", "Decided"), "money"),
    Column("paid", Text("拨付", "Paid"), "money"),
    Column("left", Text("预算结余", "Left"), "money"),
)


def content(report: IncentiveReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    place = report.names.get(asked.prefecture)
    year = Text(f"{asked.year}年", str(asked.year))
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            (Text("年度", "Year"), year),
            (
                Text("地市", "Prefecture"),
                Text(place.name, place.name_en) if place else Text("全部", "all"),
            ),
        ],
        sections=[
            KeyFigures(key_figures(report)),
            _by_policy(report),
            _by_place(report),
            _without(report),
        ],
        notes=[
            Text(
                "批准按审批日期、拨付按列支年度归入年度；结余 = 当年预算 − 当年拨付。"
                "设有预算的政策当年没有预算的按零计，从未设预算的显示“—”。",
                "What was decided belongs to the year of the decision, what was paid to the year "
                "charged; left is the year's budget less what was paid. A policy that keeps "
                "budgets has none in a year without; one that never kept any shows “—”.",
            ),
            Text(
                "“尚无政策”指截至日期没有有效的市级政策；县级政策另列。",
                "Without a policy means that none of the city's own is in force on the day; "
                "policies of counties stand beside.",
            ),
        ],
    )


def key_figures(report: IncentiveReport) -> list[KeyFigure]:
    """The big figures of page and PDF."""
    total = report.total
    in_force = sum(each.in_force for each in report.policies)
    return [
        KeyFigure(Text("有效政策", "Policies in force"), in_force, figure="policies", tone="info"),
        KeyFigure(
            Text("已出台政策的地市", "Prefectures with a policy"),
            report.covered,
            figure="without",
            note=Text(f"尚无 {len(report.without)} 市", f"{len(report.without)} without"),
        ),
        KeyFigure(Text("当年预算", "Budget"), total.budget, kind="money", unit=MONEY),
        KeyFigure(
            Text("当年批准", "Decided"),
            total.granted,
            kind="money",
            unit=MONEY,
            figure="granted",
            key="granted",
        ),
        KeyFigure(Text("当年拨付", "Paid"), total.paid, kind="money", unit=MONEY, figure="paid"),
        KeyFigure(
            Text("预算结余", "Left"),
            total.left,
            kind="money",
            unit=MONEY,
            tone="bad" if total.left is not None and total.left < 0 else "",
        ),
    ]


def _money(money: YearBudget, code: str) -> list[Any]:
    tail = f":{code}" if code else ""
    return [
        money.budget,
        Cell(money.granted, figure=f"granted{tail}"),
        Cell(money.paid, figure=f"paid{tail}"),
        Cell(money.left, tone="bad") if money.left is not None and money.left < 0 else money.left,
    ]


def place_name(report: IncentiveReport, code: str) -> Text:
    found = report.names.get(code)
    return Text(found.name, found.name_en) if found else Text("—", "—")


def _by_policy(report: IncentiveReport) -> Table:
    rows = [
        [
            Cell(each.name, url=policy_url(each.code)),
            both(GovernmentLevel(each.level).label),
            place_name(report, each.prefecture),
            each.document_number or None,
            Cell(Text("有效", "In force"), tone="good")
            if each.in_force
            else Text("已失效", "No longer"),
            each.applied,
            each.approved,
            *_money(each.money, each.code),
        ]
        for each in report.policies
    ]
    applied = sum(each.applied for each in report.policies)
    approved = sum(each.approved for each in report.policies)
    total = [TOTAL, None, None, None, None, applied, approved, *_money(report.total, "")]
    return Table(
        key="policies",
        title=Text("按政策", "By policy"),
        columns=[
            Column("name", Text("政策", "Policy"), width=32),
            Column("level", Text("层级", "Level")),
            Column("prefecture", Text("地市", "Prefecture")),
            Column("document_number", Text("文号", "Document number"), width=20),
            Column("state", Text("状态", "State")),
            Column("applied", Text("申请（件）", "Applied"), "integer"),
            Column("approved", Text("批准（件）", "Approved"), "integer"),
            *MONEY_COLUMNS,
        ],
        rows=[*rows, total] if rows else [],
        totals=1 if rows else 0,
        unit=Text("单位：件、万元", "Unit: number, 10,000 yuan"),
    )


def _by_place(report: IncentiveReport) -> Table:
    rows = [_place_row(report, each) for each in report.places]
    cities, counties = (sum(getattr(p, n) for p in report.places) for n in ("city", "counties"))
    granted = sum((each.granted for each in report.awards), NOTHING)
    paid = sum((each.paid for each in report.awards), NOTHING)
    total = [TOTAL, cities, counties, *_money(report.total, ""), granted, paid]
    return Table(
        key="prefectures",
        title=Text("按地市", "By prefecture"),
        columns=[
            Column("name", Text("地市", "Prefecture"), width=18),
            Column("city", Text("本级有效政策", "Own policies"), "integer"),
            Column("counties", Text("县级有效政策", "Of its counties"), "integer"),
            *MONEY_COLUMNS,
            Column("received_granted", Text("企业获批（各级）", "Granted by all"), "money"),
            Column("received_paid", Text("企业实得（各级）", "Paid by all"), "money"),
        ],
        rows=[*rows, total],
        totals=1,
        unit=Text("单位：项、万元", "Unit: number, 10,000 yuan"),
    )


def _place_row(report: IncentiveReport, row: PlaceRow) -> list[Any]:
    received = [None, None]
    if row.code:
        received = [
            Cell(row.granted, figure=f"received:{row.code}"),
            Cell(row.paid, figure=f"received:{row.code}"),
        ]
    return [
        place_name(report, row.code) if row.code else HIGHER,
        row.city,
        row.counties,
        *_money(row.money, row.code or "higher"),
        *received,
    ]


def _without(report: IncentiveReport) -> Table:
    return Table(
        key="without",
        title=Text("尚无政策的地市", "Prefectures without a policy"),
        columns=[
            Column("name", Text("地市", "Prefecture"), width=18),
            Column("counties", Text("县级有效政策", "Of its counties"), "integer"),
            Column("last", Text("最近失效的政策", "The last it had"), width=32),
            Column("ended", Text("失效日期", "Ended on"), "date"),
        ],
        rows=[
            [
                Text(each.prefecture.name, each.prefecture.name_en),
                each.counties,
                Cell(each.last.name, url=policy_url(each.last.code)) if each.last else None,
                each.last.ends_on if each.last else None,
            ]
            for each in report.without
        ],
        empty=Text("各市均有政策。", "Every prefecture has one."),
    )


def policy_url(code: str) -> str:
    return address("listings:incentive-policies-record", code)
