"""The report on guarantee agencies as sections: figures, places, ratings, losses."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.ratio import HUNDREDTH, Ratio
from core.tabular import Column, formats
from core.text import Text
from guarantees.rules.loss_schemes import PARTY_WORDS
from guarantees.rules.ratings import RATING_STATES
from guarantees.rules.ratios import INDICATORS
from reports.content import (
    Bar,
    BarChart,
    Cell,
    Content,
    KeyFigure,
    KeyFigures,
    LineChart,
    Section,
    Series,
    Table,
)
from reports.guarantees.compute import Group, GuaranteeReport
from reports.items.asked import asked_of
from reports.items.breakdown import breakdown, with_and_without
from reports.items.filing import filed_figure, missing_note, missing_table
from reports.items.words import DIVISION, EXCLUDED, TOTAL, YI
from reports.links import address

TITLE = Text("广东省融资性担保机构情况", "Guarantee agencies in Guangdong")
WAN = Decimal(10000)
SHOWN = ("compensation-ratio", "recovery-ratio")  # of the breakdown; the table has them all


def content(report: GuaranteeReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    sections: list[Section] = [
        KeyFigures(key_figures(report)),
        breakdown(report, COLUMNS, _values),
        with_and_without(report, COLUMNS, _values),
        _ratings(report),
        _lapsed(report),
        _indicators(report),
        _losses(report),
    ]
    if report.trend:
        sections.append(_trend(report))
    sections += missing_table(report.completeness.missing)
    return Content(
        title=TITLE,
        as_of=report.parameters.as_of,
        asked=asked_of(report.parameters, report.land),
        sections=sections,
        notes=[EXCLUDED, DIVISION, LOSSES],
    )


LOSSES = Text(
    "损失分担按代偿案件逐分汇总，为开业以来净额（代偿减收回）；两种“损失率”口径不同，均以全称列出。",
    "Shares in losses are summed from the cases to the cent, net of recoveries; the two loss "
    "ratios measure different things and go by their full names.",
)


def key_figures(report: GuaranteeReport) -> list[KeyFigure]:
    """The big figures of page, PDF and cockpit."""
    total, figures, filed = report.total, report.total.figures, report.completeness
    leverage = INDICATORS["leverage"].of(figures)
    return [
        filed_figure(Text("融资性担保机构", "Agencies"), total.agencies, filed, "agencies"),
        KeyFigure(Text("实收资本", "Paid-in capital"), _yi(figures.amount("paid_in_capital")),
                  "money", YI, figure="capital", key="capital"),
        KeyFigure(Text("在保余额", "In force"), _yi(figures.business("closing")), "money", YI,
                  figure="closing", key="closing"),
        KeyFigure(Text("放大倍数", "Leverage"), times(leverage), "money", Text("倍", "times"),
                  note=Text("责任余额 ÷ 净资产", "liability / net assets"), figure="leverage"),
        KeyFigure(Text("担保代偿率", "Compensation ratio"),
                  INDICATORS["compensation-ratio"].of(figures), "percent",
                  figure="compensation-ratio"),
        KeyFigure(Text("代偿回收率", "Recovery ratio"),
                  INDICATORS["recovery-ratio"].of(figures), "percent",
                  figure="recovery-ratio"),
        KeyFigure(Text("评级已过期", "Lapsed ratings"), total.lapsed, unit=Text("家", ""),
                  note=Text(f"未评级 {total.missing} 家", f"{total.missing} without a rating"),
                  figure="lapsed", tone="bad" if total.lapsed else "good", key="lapsed"),
        KeyFigure(Text("银行分担损失", "Banks' share in losses"), total.banks_share,
                  "percent", figure="losses", key="banks"),
    ]  # fmt: skip


def times(ratio: Ratio) -> Decimal | None:
    """A quotient in times 倍, two decimals; None where there is nothing to divide by."""
    return None if ratio.value is None else ratio.value.quantize(HUNDREDTH, ROUND_HALF_UP)


def _yi(value: Decimal | None) -> Decimal | None:
    return None if value is None else value / WAN


COLUMNS = [
    Column("agencies", Text("家数", "Number"), "integer"),
    Column("capital", Text("实收资本", "Capital"), "money"),
    Column("closing", Text("在保余额", "In force"), "money"),
    Column("leverage", Text("放大倍数", "Leverage"), "money"),
    Column("compensation-ratio", Text("担保代偿率", "Paid ratio"), "percent"),
    Column("recovery-ratio", Text("代偿回收率", "Recovery ratio"), "percent"),
    Column("banks", Text("银行分担", "Banks' share"), "percent"),
    Column("lapsed", Text("评级过期", "Lapsed"), "integer"),
    Column("missing", Text("未评级", "Unrated"), "integer"),
]


def _values(group: Group) -> list[Cell]:
    figures = group.figures
    values = {
        "agencies": group.agencies,
        "capital": figures.amount("paid_in_capital"),
        "closing": figures.business("closing"),
        "leverage": times(INDICATORS["leverage"].of(figures)),
        **{code: INDICATORS[code].of(figures) for code in SHOWN},
        "losses": group.banks_share,
        "lapsed": group.lapsed,
        "unrated": group.missing,
    }
    suffix = f":{group.place.code}" if group.place.code else ""
    return [Cell(value, figure=f"{name}{suffix}") for name, value in values.items()]


def _ratings(report: GuaranteeReport) -> BarChart:
    """The distribution of valid ratings, and those that lapsed or were never given."""
    bars = [
        Bar(Text(grade, grade), number, str(number), figure=f"grade:{grade}")
        for grade, number in report.grades
    ]
    total = report.total
    for state, number in (("lapsed", total.lapsed), ("missing", total.missing)):
        figure = state if state == "lapsed" else "unrated"
        bars.append(Bar(RATING_STATES[state], number, str(number), figure=figure, tone="bad"))
    return BarChart(
        key="ratings",
        title=Text("信用评级分布", "Distribution of credit ratings"),
        bars=bars,
        unit=Text("家", "agencies"),
        note=Text(
            "按当日有效的主体评级统计；监管评级另列，不在此图。",
            "By the issuer ratings valid on the day; supervisory grades are another thing.",
        ),
    )


def _lapsed(report: GuaranteeReport) -> Table:
    """Agencies whose rating lapsed, by name, the longest ago first."""
    names = report.land.names
    rows = []
    for each in report.agencies:
        rating = report.ratings.get(each.id)
        if rating is not None and rating.state == "lapsed":
            agency = address("guarantees:guarantee-agencies-record", each.code)
            entry = address("guarantees:credit-ratings-record", rating.code)
            rows.append(
                [
                    Cell(each.name, url=agency),
                    names[each.prefecture],
                    Cell(rating.grade, url=entry),
                    rating.valid_until,
                ]
            )
    return Table(
        key="lapsed",
        title=Text("信用评级已过期的机构", "Agencies with a lapsed rating"),
        columns=[
            Column("name", Text("机构", "Agency"), width=34),
            Column("prefecture", Text("地市", "Prefecture"), width=14),
            Column("grade", Text("原等级", "Grade")),
            Column("until", Text("有效期至", "Valid until"), "date"),
        ],
        rows=sorted(rows, key=lambda row: row[3]),
        empty=Text("没有评级过期的机构。", "No agency's rating has lapsed."),
    )


def _indicators(report: GuaranteeReport) -> Table:
    """Every indicator with numerator, denominator and definition."""
    figures = report.total.figures
    rows = [
        _indicator(each.code, each.name, each.of(figures), each.unit, each.definition)
        for each in INDICATORS.values()
        if not each.single
    ]
    premium = Text("综合费率", "Premium rate")
    definition = Text("担保费收入 ÷ 当年各月平均在保余额", "premiums / average in force this year")
    rows.append(_indicator("premium-rate", premium, report.premium, "%", definition))
    return Table(
        key="indicators",
        title=Text("监管指标", "Indicators"),
        columns=[
            Column("name", Text("指标", "Indicator"), width=30),
            Column("value", Text("数值", "Value"), "percent"),
            Column("numerator", Text("分子", "Numerator"), "money"),
            Column("denominator", Text("分母", "Denominator"), "money"),
            Column("definition", Text("定义", "Definition"), width=44),
        ],
        rows=rows,
        unit=Text("分子、分母单位：万元", "Numerators and denominators in 10,000 yuan"),
    )


def _indicator(code: str, name: Text, ratio: Ratio, unit: str, definition: Text) -> list[Any]:
    value: Any = ratio
    if unit != "%":
        quotient = formats.money(times(ratio))
        value = Text(f"{quotient} 倍", f"{quotient} times") if ratio.value is not None else None
    return [
        name,
        Cell(value, figure=code),
        Cell(ratio.numerator, figure=code),
        Cell(ratio.denominator, figure=code),
        definition,
    ]


def _losses(report: GuaranteeReport) -> Table:
    """Who bore the losses of all cases, net of what came back."""
    borne = report.total.borne
    whole = sum((each.net for each in borne.values()), Decimal(0))
    rows: list[list[Any]] = []
    for party, words in PARTY_WORDS.items():
        share = borne.get(party)
        if share is not None:
            figure = f"party:{party}"
            rows.append(
                [
                    words,
                    Cell(share.borne, figure),
                    Cell(share.returned, figure),
                    Cell(share.net, figure),
                    Ratio(share.net, whole or None),
                ]
            )
    if rows:
        rows.append(
            [
                TOTAL,
                Cell(sum((each.borne for each in borne.values()), Decimal(0)), "losses"),
                Cell(sum((each.returned for each in borne.values()), Decimal(0)), "losses"),
                Cell(whole, "losses"),
                Ratio(whole, whole or None),
            ]
        )
    return Table(
        key="losses",
        title=Text("代偿损失由谁分担", "Who bears the losses"),
        columns=[
            Column("party", Text("分担方", "Participant"), width=16),
            Column("borne", Text("承担代偿", "Borne"), "money"),
            Column("returned", Text("收回归还", "Returned"), "money"),
            Column("net", Text("净承担", "Net"), "money"),
            Column("share", Text("占比", "Share"), "percent"),
        ],
        rows=rows,
        totals=1 if rows else 0,
        unit=Text("单位：万元", "Unit: 10,000 yuan"),
        empty=Text("没有代偿案件。", "There is no compensation case."),
    )


def _trend(report: GuaranteeReport) -> LineChart:
    def line(name: Text, table: str, item: str, measure: str) -> Series:
        values = [_yi(figures.cell(table, item, measure)) for _code, figures in report.trend]
        return Series(name, [None if each is None else round(each, 2) for each in values])

    return LineChart(
        key="trend",
        title=Text("在保余额与净资产", "In force and net assets, month by month"),
        labels=[code for code, _figures in report.trend],
        series=[
            line(Text("在保余额", "In force"), "business", "total", "closing"),
            line(Text("净资产", "Net assets"), "amounts", "net_assets", "amount"),
        ],
        unit=YI,
        note=missing_note(report.completeness),
    )
