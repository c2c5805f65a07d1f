"""The report on microloan companies as sections: figures, places, underdeveloped counties."""

from decimal import Decimal
from typing import Any

from core.naming import both
from core.tabular import Column
from core.text import Text
from finance.models.microloan_companies import HolderKind
from reports.content import (
    Cell,
    Content,
    KeyFigure,
    KeyFigures,
    LineChart,
    Section,
    Series,
    Table,
)
from reports.items.asked import asked_of
from reports.items.breakdown import breakdown, with_and_without
from reports.items.filing import filed_figure, missing_note, missing_table
from reports.items.words import DIVISION, EXCLUDED, TOTAL, YI
from reports.microloan.compute import Group, MicroloanReport

TITLE = Text("广东省小额贷款公司情况", "Microloan companies in Guangdong")
WAN = Decimal(10000)


def content(report: MicroloanReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    sections: list[Section] = [
        KeyFigures(key_figures(report)),
        breakdown(report, COLUMNS, _values),
        with_and_without(report, COLUMNS, _values),
    ]
    if report.trend:
        sections.append(_trend(report))
    sections += [
        _underdeveloped(report),
        _founders(report),
        *missing_table(report.completeness.missing),
    ]
    return Content(
        title=TITLE,
        as_of=report.parameters.as_of,
        asked=asked_of(report.parameters, report.land),
        sections=sections,
        notes=[EXCLUDED, DIVISION, RATIOS],
    )


RATIOS = Text(
    "涉农占比 = 涉农贷款 ÷ 贷款余额；小额占比 = 单笔50万元及以下 ÷ 贷款余额；"
    "不良率 =（次级 + 可疑 + 损失）÷ 贷款余额；融资比例 = 银行融入余额 ÷ 资本净额。"
    "点开数字可见各机构所报的单元格。",
    "Agricultural share = agricultural / balance; small share = loans of up to 500,000 yuan / "
    "balance; NPL ratio = (substandard + doubtful + loss) / balance; borrowing ratio = borrowed "
    "from banks / net capital. Every figure opens to the cells that were filed.",
)


def key_figures(report: MicroloanReport) -> list[KeyFigure]:
    """The big figures of page, PDF and cockpit."""
    total, figures, filed = report.total, report.total.figures, report.completeness
    return [
        filed_figure(Text("小额贷款公司", "Companies"), total.companies, filed, "companies"),
        KeyFigure(Text("实收资本", "Paid-in capital"), _yi(figures.amount("paid_in_capital")),
                  "money", YI, figure="capital", key="capital"),
        KeyFigure(Text("贷款余额", "Loans"), _yi(figures.balance()), "money", YI,
                  figure="balance", key="balance"),
        KeyFigure(Text("当年累放", "Granted this year"), _yi(figures.flow("granted_year")),
                  "money", YI, figure="granted_year", key="granted_year"),
        KeyFigure(Text("涉农占比", "Agricultural share"), figures.agricultural_share,
                  "percent", figure="agricultural", key="agricultural"),
        KeyFigure(Text("50万元及以下占比", "Small loans"), figures.small_share, "percent",
                  figure="small", key="small"),
        KeyFigure(Text("不良率", "NPL ratio"), figures.npl_ratio, "percent",
                  figure="npl", key="npl"),
        KeyFigure(Text("融资比例", "Borrowings to net capital"), figures.borrowing_ratio,
                  "percent", figure="borrowing", key="borrowing"),
    ]  # fmt: skip


def _yi(value: Decimal | None) -> Decimal | None:
    return None if value is None else value / WAN


COLUMNS = [
    Column("companies", Text("家数", "Number"), "integer"),
    Column("capital", Text("实收资本", "Capital"), "money"),
    Column("balance", Text("贷款余额", "Balance"), "money"),
    Column("granted", Text("当月发放", "Granted"), "money"),
    Column("granted_year", Text("当年累放", "This year"), "money"),
    Column("agricultural", Text("涉农占比", "Farm share"), "percent"),
    Column("small", Text("小额占比", "Small share"), "percent"),
    Column("npl", Text("不良率", "NPL ratio"), "percent"),
    Column("borrowing", Text("融资比例", "Borrowing"), "percent"),
]


def _values(group: Group) -> list[Cell]:
    figures = group.figures
    values = {
        "companies": group.companies,
        "capital": figures.amount("paid_in_capital"),
        "balance": figures.balance(),
        "granted": figures.flow("granted"),
        "granted_year": figures.flow("granted_year"),
        "agricultural": figures.agricultural_share,
        "small": figures.small_share,
        "npl": figures.npl_ratio,
        "borrowing": figures.borrowing_ratio,
    }
    suffix = f":{group.place.code}" if group.place.code else ""
    return [Cell(value, figure=f"{name}{suffix}") for name, value in values.items()]


def _trend(report: MicroloanReport) -> LineChart:
    def line(name: Text, item: str) -> Series:
        values = [_yi(figures.cell("balances", item, "balance")) for _code, figures in report.trend]
        return Series(name, [None if each is None else round(each, 2) for each in values])

    return LineChart(
        key="trend",
        title=Text("贷款余额走势", "Loans, month by month"),
        labels=[code for code, _figures in report.trend],
        series=[
            line(Text("各项贷款", "All loans"), "total"),
            line(Text("涉农", "Agricultural"), "agricultural"),
        ],
        unit=YI,
        note=missing_note(report.completeness),
    )


def _underdeveloped(report: MicroloanReport) -> Table:
    """Companies of underdeveloped counties by prefecture, against all in business."""
    found = report.foundings
    rows: list[list[Any]] = []
    named: list[str] = []
    for place in report.land.rows("prefecture", report.parameters.where):
        mine = found.within(place.prefectures)
        if mine.number:
            named += place.prefectures
            rows.append([place.name, *_of_foundings(mine, f":{place.code}")])
    if rows:
        in_business = sum(found.within(named).in_business.values())  # of the places named above
        rows.append([TOTAL, in_business, *_of_foundings(found, "")[1:]])
    return Table(
        key="underdeveloped",
        title=Text("欠发达地区的小额贷款公司", "Companies in underdeveloped counties"),
        columns=[
            Column("place", Text("地市", "Prefecture"), width=14),
            Column("all", Text("在营", "In business"), "integer"),
            Column("inside", Text("设于欠发达县（市、区）", "Underdeveloped county"), "integer"),
            Column("wished", Text("外市优质企业主发起", "As the plan wishes"), "integer"),
            Column("unknown", Text("未登记主发起人", "Founder not recorded"), "integer"),
        ],
        rows=rows,
        totals=1 if rows else 0,
        note=Text(
            "方案“鼓励符合条件的优质企业在欠发达地区发起设立小额贷款公司”，未定数量目标。按当日的欠发达"
            "标记和开业时的主发起人统计；“外市优质企业主发起”即主发起人中至少有一家优质企业来自本市以外。",
            "The plan wishes that enterprises of quality found companies in underdeveloped areas "
            "and sets no number. By the flag of the day and the main sponsors at the opening; as "
            "the plan wishes: at least one main sponsor is an enterprise of quality from outside "
            "of the prefecture.",
        ),
        empty=Text(
            "没有设于欠发达县（市、区）的在营公司。",
            "No company in business stands in an underdeveloped county.",
        ),
    )


def _of_foundings(found: Any, suffix: str) -> list[Cell]:
    return [
        Cell(sum(found.in_business.values()), f"companies{suffix}"),
        Cell(found.number, f"poor{suffix}"),
        Cell(found.as_the_plan_wishes, f"wished{suffix}"),
        Cell(found.without_sponsor, f"unfounded{suffix}"),
    ]


def _founders(report: MicroloanReport) -> Table:
    homes = report.land.names
    kinds = {kind.value: both(kind.label) for kind in HolderKind}
    return Table(
        key="founders",
        title=Text("欠发达地区公司的主发起人来自何处", "Where their founders come from"),
        columns=[
            Column("home", Text("来源地", "From"), width=14),
            Column("kind", Text("类型", "Kind"), width=20),
            Column("companies", Text("发起公司（家）", "Companies"), "integer"),
            Column("quality", Text("其中优质企业", "of which of quality"), "integer"),
        ],
        rows=[
            [
                homes.get(each.home, Text(each.home or "—", each.home or "—")),
                kinds.get(each.kind, Text(each.kind, each.kind)),
                Cell(each.companies, f"founders:{each.home}/{each.kind}"),
                each.quality,
            ]
            for each in report.foundings.origins()
        ],
        empty=Text("没有登记主发起人。", "No main sponsor is recorded."),
    )
