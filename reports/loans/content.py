"""The loan report as sections: figures, goals, breakdown, trend, who is missing."""

from decimal import Decimal

from core.naming import named
from core.tabular import Column, formats
from core.text import Text
from finance.rules.goals import COMPARATORS, VERDICTS, GoalResult, TestResult, Verdict
from finance.rules.loans import LoanFigures
from reports.content import (
    Cell,
    Content,
    KeyFigure,
    KeyFigures,
    LineChart,
    MapPlace,
    MapView,
    Paragraph,
    Section,
    Series,
    Table,
    Tone,
    Value,
)
from reports.loans.comparable import gaps
from reports.loans.completeness import Completeness
from reports.loans.compute import Group, LoanReport
from reports.loans.words import DIMENSIONS, KINDS, POPULATION_LABELS, PROVINCE, TITLE

YI = Decimal(10000)
UNIT = Text("单位：万元、户、%", "Unit: 10,000 yuan; borrowers; %")
TONES: dict[Verdict, Tone] = {
    Verdict.MET: "good",
    Verdict.NOT_MET: "bad",
    Verdict.UNDECIDED: "warn",
}


def content(report: LoanReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    sections: list[Section] = [
        KeyFigures(key_figures(report)),
        Paragraph(headline(report)),
        goals_table(report.goals),
    ]
    sections.append(breakdown(report))
    if report.parameters.dimension == "prefecture":
        sections.append(map_view(report))
    sections += [trend(report), missing_table(report.completeness)]
    return Content(
        title=TITLE,
        as_of=report.parameters.period.ends_on,
        asked=_asked(report),
        sections=sections,
        notes=_notes(),
    )


def key_figures(report: LoanReport) -> list[KeyFigure]:
    """The big figures of page, PDF and cockpit."""
    total, filed = report.total, report.completeness
    full = filed.accepted == filed.due
    return [
        KeyFigure(
            Text("贷款余额", "Balance"),
            total.now.balance / YI,
            kind="money",
            unit=Text("亿元", "100 million yuan"),
            note=_signed("比年初", "since year start", total.increase / YI),
            figure="balance",
            tone="info",
        ),
        KeyFigure(
            Text("同比增速", "Growth on the year"),
            total.growth,
            kind="percent",
            note=_against(report),
            figure="growth",
            key="growth",
        ),
        KeyFigure(
            Text("有余额户数", "Borrowers"),
            total.now.borrowers,
            unit=Text("户", ""),
            figure="borrowers",
        ),
        KeyFigure(
            Text("不良率", "NPL ratio"),
            total.npl_ratio,
            kind="percent",
            figure="npl",
            key="npl_ratio",
        ),
        KeyFigure(
            Text("新发放加权平均利率", "Weighted rate of new loans"),
            total.rate,
            kind="percent",
            figure="rate",
            key="rate",
        ),
        KeyFigure(
            Text("占各项贷款", "Share of all loans"),
            total.share,
            kind="percent",
            figure="share",
            key="share",
        ),
        KeyFigure(
            Text("已接受 / 应报机构", "Accepted / due"),
            f"{filed.accepted}/{filed.due}",
            unit=Text("家", ""),
            note=Text("齐全", "complete")
            if full
            else Text(
                f"缺 {filed.due - filed.accepted} 家", f"{filed.due - filed.accepted} missing"
            ),
            tone="good" if full else "warn",
        ),
    ]


def _signed(zh: str, en: str, value: Decimal) -> Text:
    """A change in 亿元; the tile above it names the unit."""
    shown = f"{'+' if value > 0 else ''}{formats.money(value)}"
    return Text(f"{zh} {shown} 亿元", f"{shown} {en}")


def _against(report: LoanReport) -> Text:
    missing = len(gaps(report))
    if missing:
        return Text(f"缺 {missing} 家上年机构，不可比", f"{missing} of last year's are missing")
    shown = formats.percent_value(report.total.all_loans_growth.percent)
    return Text(f"各项贷款 {shown}", f"all loans {shown}")


def headline(report: LoanReport) -> Text:
    """Two sentences a leader can read out; the second names what is missing."""
    total, day = report.total, report.parameters.period.ends_on
    population = POPULATION_LABELS[report.parameters.population]
    growth = total.growth.percent
    zh = (
        f"截至{formats.day(day)}，{population.zh}贷款余额{formats.yi(total.now.balance)}亿元，"
        f"比年初{'增加' if total.increase >= 0 else '减少'}{formats.yi(abs(total.increase))}亿元"
    )
    en = (
        f"At {formats.day(day, 'en')} loans to {population.en.lower()} stood at "
        f"{formats.yi(total.now.balance / 10)} billion yuan, "
        f"{formats.yi(total.increase / 10)} billion since the year's start"
    )
    if growth is not None:
        zh += f"，同比{'增长' if growth >= 0 else '下降'}{abs(growth)}%"
        en += f", {growth}% on the year"
    zh, en = zh + "。", en + "."
    missing = report.completeness.missing
    if missing:
        names = "、".join(each.name for each in missing[:6])
        more = f"等{len(missing)}家" if len(missing) > 6 else ""
        zh += f"本期尚缺{names}{more}的数字，合计不含这些机构。"
        en += f" {len(missing)} institutions are not yet in these figures; they are named below."
    return Text(zh, en)


def goals_table(goals: tuple[GoalResult, ...]) -> Table:
    """Every goal in force with both numbers of every test."""
    rows: list[list[Value]] = []
    for goal in goals:
        for test in goal.tests:
            rows.append(
                [
                    goal.title,
                    test.title,
                    _number(test.value, test),
                    COMPARATORS[test.comparator],
                    _number(test.benchmark, test),
                    Cell(VERDICTS[test.verdict], tone=TONES[test.verdict]),
                    goal.source,
                ]
            )
    return Table(
        key="goals",
        title=Text("监管目标", "Regulatory goals"),
        columns=[
            Column("goal", Text("目标", "Goal"), width=20),
            Column("test", Text("考核项", "Test"), width=30),
            Column("value", Text("本期", "Value"), "percent"),
            Column("comparator", Text("比较", "Is")),
            Column("benchmark", Text("对照", "Benchmark"), "percent"),
            Column("verdict", Text("结论", "Verdict")),
            Column("source", Text("依据", "Source"), width=28),
        ],
        rows=rows,
        note=Text(
            "统计口径为小型、微型企业及个体工商户、小微企业主；缺对照数时为“无法判定”，不作未达标。",
            "Population: small and micro enterprises with sole traders and owners. Without a "
            "benchmark a goal “cannot be judged”; that is not “not met”.",
        ),
        empty=Text("当期没有生效的目标。", "No goal was in force."),
    )


def _number(value: Decimal | None, test: TestResult) -> str | Text:
    if value is None:
        return formats.NOTHING
    if test.unit == "%":
        return formats.percent_value(value * 100)
    shown = formats.money(value) if test.unit == "万元" else formats.count(int(value))
    return Text(f"{shown} {test.unit}", f"{shown} {named(test.unit, 'en')}")


def map_view(report: LoanReport) -> MapView:
    """Growth on the year by prefecture against the province's own growth."""
    province = report.total.growth.value
    places = []
    for group in report.groups:
        tone, letter, said = _pace(group.figures, province)
        shown = formats.percent_value(group.figures.growth.percent)
        stock = group.figures.now.balance
        places.append(
            MapPlace(
                code=group.key,
                name=group.label,
                tone=tone,
                letter=letter,
                text=Text(
                    f"{group.label.zh}：余额 {formats.yi(stock)} 亿元，同比 {shown}（{said.zh}）",
                    f"{group.label.en}: {formats.yi(stock / 10)} billion yuan, {shown} "
                    f"on the year ({said.en})",
                ),
                figure=f"balance:{group.key}",
            )
        )
    return MapView(Text("贷款增长地图", "Growth of loans"), places, list(LEGEND.values()))


LEGEND: dict[str, tuple[Tone, Text, Text]] = {
    "faster": ("opened", Text("快", "+"), Text("高于全省增速", "faster than the province")),
    "slower": ("established", Text("慢", "·"), Text("低于全省增速", "slower than the province")),
    "falling": ("pipeline", Text("降", "-"), Text("同比下降", "lower than a year ago")),
    "unknown": ("none", Text("缺", "?"), Text("无数字或无上年数", "no figures to compare")),
}


def _pace(figures: LoanFigures, province: Decimal | None) -> tuple[Tone, Text, Text]:
    growth = figures.growth.value
    if growth is None or province is None:
        return LEGEND["unknown"]
    if growth < 0:
        return LEGEND["falling"]
    return LEGEND["faster" if growth >= province else "slower"]


def breakdown(report: LoanReport) -> Table:
    """The breakdown in customary order, the total last; every figure opens."""
    dimension = report.parameters.dimension
    rows = [_row(group) for group in report.groups]
    summed = dimension != "period"  # balances of different months are not added up
    if summed:
        rows.append(_row(Group("", PROVINCE, report.total)))
    label = DIMENSIONS[dimension]
    return Table(
        key=f"by-{dimension}",
        title=Text(f"分{label.zh}情况", f"By {label.en.lower()}"),
        columns=[
            Column("group", label, width=24),
            Column("balance", Text("余额", "Balance"), "money"),
            Column("increase", Text("比年初", "Since year start"), "money"),
            Column("growth", Text("同比增速", "Growth"), "percent"),
            Column("borrowers", Text("户数", "Borrowers"), "integer"),
            Column("npl", Text("不良余额", "NPL"), "money"),
            Column("npl_ratio", Text("不良率", "NPL ratio"), "percent"),
            Column("granted", Text("本期发放", "Granted"), "money"),
            Column("rate", Text("加权利率", "Rate"), "percent"),
            Column("share", Text("占各项贷款", "Share"), "percent"),
        ],
        rows=rows,
        unit=UNIT,
        totals=int(summed),
    )


def _row(group: Group) -> list[Value]:
    figures, key = group.figures, f":{group.key}" if group.key else ""
    empty = not figures.now.lines
    return [
        group.label,
        Cell(None if empty else figures.now.balance, figure=f"balance{key}"),
        Cell(None if empty else figures.increase, figure=f"increase{key}"),
        Cell(figures.growth, figure=f"growth{key}"),
        Cell(None if empty else figures.now.borrowers, figure=f"borrowers{key}"),
        Cell(None if empty else figures.now.npl, figure=f"npl{key}"),
        figures.npl_ratio,
        Cell(None if empty else figures.now.granted_period, figure=f"granted_period{key}"),
        Cell(figures.rate, figure=f"rate{key}"),
        figures.share,
    ]


def trend(report: LoanReport) -> LineChart:
    """Balance month by month."""
    return LineChart(
        key="trend",
        title=Text("余额走势", "Balance by month"),
        labels=[each.period for each in report.trend],
        series=[
            Series(
                POPULATION_LABELS[report.parameters.population],
                [(each.balance / YI).quantize(Decimal("0.01")) for each in report.trend],
            )
        ],
        unit=Text("亿元", "100 million yuan"),
        from_zero=False,
    )


def missing_table(filed: Completeness) -> Table:
    """Who must file and is not in the figures."""
    return Table(
        key="missing",
        title=Text("未计入本期的机构", "Institutions not in these figures"),
        columns=[
            Column("code", Text("编码", "Code")),
            Column("name", Text("机构", "Institution"), width=34),
            Column("kind", Text("类别", "Kind"), width=20),
            Column("prefecture", Text("地市", "Prefecture")),
            Column("due_on", Text("截止", "Due"), "date"),
        ],
        rows=[
            [
                each.code,
                each.name,
                KINDS.get(each.kind, each.kind),
                Text(each.prefecture, each.prefecture_en or each.prefecture),
                each.due_on,
            ]
            for each in filed.missing
        ],
        empty=Text("应报机构均已计入。", "Every institution that must file is in the figures."),
    )


def _asked(report: LoanReport) -> list[tuple[Text, Text]]:
    parameters = report.parameters
    found = [
        (Text("报告期", "Period"), Text(str(parameters.period), parameters.period.code)),
        (Text("口径", "Population"), POPULATION_LABELS[parameters.population]),
    ]
    where = parameters.where
    if not where.include_shenzhen:
        found.append((Text("范围", "Scope"), Text("不含深圳", "without Shenzhen")))
    for name, value in (
        (Text("地市", "Prefecture"), where.prefecture),
        (Text("行业", "Industry"), where.industry),
    ):
        if value:
            found.append((name, Text(value, value)))
    if where.kind:
        found.append((Text("机构类别", "Kind"), KINDS[where.kind]))
    return found


def _notes() -> list[Text]:
    return [
        Text(
            "增速 =（期末 − 上年同期）/ 上年同期；比年初 = 期末 − 年初；"
            "不良率 = 不良余额 / 贷款余额；加权利率 = Σ（发放额 × 年利率）/ Σ 发放额。"
            "比率由分子分母计算，从不平均；分母为零或未知时为“—”。",
            "Growth = (now − a year ago) / a year ago; ratios come from their numerators and "
            "denominators and are never averaged; “—” where there is nothing to divide by.",
        ),
        Text(
            "数字只含已接受的报表；未报、退回或审核中的机构列于“未计入本期的机构”。",
            "Figures hold accepted returns only; who is missing is named.",
        ),
    ]
