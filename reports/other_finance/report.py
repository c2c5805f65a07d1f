"""The report on other equity and debt finance, declared."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.tabular import Column, formats
from core.text import Text
from listings.rules.other_finance import KIND_WORDS, DealOn, Sums
from reports.content import (
    Cell,
    Content,
    KeyFigure,
    KeyFigures,
    LineChart,
    Series,
    Table,
)
from reports.declaration import Evidence, Lineage, Report
from reports.items.places import ground
from reports.items.words import TOTAL, YI
from reports.links import address
from reports.other_finance.compute import (
    PROVINCE,
    FinanceForm,
    FinanceParameters,
    FinanceReport,
    compute,
)
from reports.other_finance.definitions import DEFINITIONS
from reports.plain import plain

TITLE = Text("广东省中小企业其他股权与债权融资情况", "Other equity and debt finance in Guangdong")
WAN = Decimal(10000)
MONEY = Text("单位：笔、家、万元", "Unit: number; 10,000 yuan")
WHOLE_PROVINCE = Text("全省性", "The province's own")
PAGES = {
    "equity": "listings:equity-investments-record",
    "project": "listings:project-finances-record",
    "ip_pledge": "listings:property-pledges-record",
    "exchange": "listings:exchange-deals-record",
    "securities": "listings:securities-services-record",
}
NONE = Sums()
SUMS = [
    Column("deals", Text("笔数", "Deals"), "integer"),
    Column("enterprises", Text("企业（家）", "Enterprises"), "integer"),
    Column("amount", Text("金额", "Amount"), "money"),
    Column("innovation", Text("其中：技术创新", "For innovation"), "money"),
    Column("strategic", Text("其中：战略性新兴产业", "For strategic industries"), "money"),
]


def content(report: FinanceReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    year = Text(str(asked.year), str(asked.year))
    kind = KIND_WORDS.get(asked.kind, Text("全部", "All"))
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[(Text("年度", "Year"), year), (Text("方式", "Kind"), kind)],
        sections=[
            KeyFigures(key_figures(report)),
            _by_kind(report),
            _by_place(report),
            _trend(report),
            _by_year(report),
            _deals(report),
        ],
        notes=[
            Text(
                "融资按签约或投资日期计入年度；同一企业多笔只计一家，跨方式的合计也只计一家。"
                "证券期货机构服务的金额为其促成的融资，未指明企业的按所报家数计。",
                "Counted in the year of the deal; an enterprise with several deals, of whatever "
                "kind, is one. The amounts of securities firms are the finance they brought; where "
                "no enterprise is named the number reported counts.",
            )
        ],
    )


def key_figures(report: FinanceReport) -> list[KeyFigure]:
    """The big figures of page and PDF."""
    year = report.this_year
    return [
        KeyFigure(
            Text(f"{report.parameters.year} 年融资", f"In {report.parameters.year}"),
            year.amount / WAN,
            "money",
            YI,
            note=Text(f"{year.deals} 笔", f"{year.deals} deals"),
            figure="deals",
            tone="info", key="amount",
        ),
        KeyFigure(Text("融资企业", "Enterprises"), year.enterprises, unit=Text("家", ""),
                  figure="deals"),
        KeyFigure(Text("技术创新", "For innovation"), year.innovation / WAN, "money", YI,
                  figure="innovation", key="innovation"),
        KeyFigure(Text("战略性新兴产业", "For strategic industries"), year.strategic / WAN,
                  "money", YI, figure="strategic", key="strategic"),
        KeyFigure(Text("历年累计", "All years"), report.whole.amount / WAN, "money", YI,
                  note=Text(f"{report.whole.deals} 笔", f"{report.whole.deals} deals"),
                  figure="ever", key="ever"),
    ]  # fmt: skip


def _cells(found: Sums, figure: str = "") -> list[Any]:
    return [
        Cell(found.deals, figure=figure if found.deals else ""),
        found.enterprises,
        found.amount,
        found.innovation,
        found.strategic,
    ]


def _meant(report: FinanceReport) -> list[str]:
    kind = report.parameters.kind
    return [kind] if kind else list(KIND_WORDS)


def _by_kind(report: FinanceReport) -> Table:
    rows = [
        [
            KIND_WORDS[kind],
            *_cells(report.by_kind.get(kind, NONE), f"kind:{kind}"),
            report.ever_by_kind.get(kind, NONE).amount,
        ]
        for kind in _meant(report)
    ]
    rows.append([TOTAL, *_cells(report.this_year, "deals"), report.whole.amount])
    return Table(
        key="by-kind",
        title=Text("按方式", "By kind"),
        columns=[
            Column("kind", Text("方式", "Kind"), width=24),
            *SUMS,
            Column("ever", Text("历年累计", "All years"), "money"),
        ],
        rows=rows,
        totals=1,
        unit=MONEY,
    )


def _by_place(report: FinanceReport) -> Table:
    """Each prefecture with deals this year, by kind; what is the province's own comes last."""
    named = [(each.code, each.name) for each in report.places]
    if PROVINCE in report.by_place:
        named.append((PROVINCE, WHOLE_PROVINCE))
    kinds = _meant(report)
    rows = [
        [name, *_amounts(report.by_place[code], kinds, f"place:{code or 'province'}")]
        for code, name in named
    ]
    rows.append([TOTAL, *_amounts(report.by_kind, kinds, "deals")])
    return Table(
        key="by-place",
        title=Text("按地市", "By prefecture"),
        columns=[
            Column("place", Text("地市", "Prefecture")),
            *(Column(kind, KIND_WORDS[kind], "money") for kind in kinds),
            Column("amount", Text("合计", "Together"), "money"),
        ],
        rows=rows,
        totals=1,
        unit=MONEY,
        note=Text("按企业（机构）所在地市。", "By where the enterprise, or the firm, is."),
    )


def _amounts(found: Mapping[str, Sums], kinds: list[str], figure: str) -> list[Any]:
    amounts = [found.get(kind, NONE).amount for kind in kinds]
    return [*amounts, Cell(sum(amounts, Decimal(0)), figure=figure)]


def _by_year(report: FinanceReport) -> Table:
    kinds = _meant(report)
    return Table(
        key="by-year",
        title=Text("按年度", "By year"),
        columns=[
            Column("year", Text("年度", "Year")),
            *(Column(kind, KIND_WORDS[kind], "money") for kind in kinds),
            Column("amount", Text("合计", "Together"), "money"),
        ],
        rows=[
            [str(year), *_amounts(found, kinds, f"year:{year}")]
            for year, found in report.by_year.items()
        ],
        unit=MONEY,
    )


def _trend(report: FinanceReport) -> LineChart:
    years = report.by_year
    return LineChart(
        key="trend",
        title=Text("各年融资金额", "Amounts by year"),
        labels=[str(year) for year in years],
        series=[
            Series(
                KIND_WORDS[kind],
                [round(found.get(kind, NONE).amount / WAN, 2) for found in years.values()],
            )
            for kind in _meant(report)
        ],
        unit=YI,
    )


def _deals(report: FinanceReport) -> Table:
    return Table(
        key="deals",
        title=Text("本年明细", "Deals of the year"),
        columns=[
            Column("on", Text("日期", "On"), "date"),
            Column("kind", Text("方式", "Kind"), width=20),
            Column("enterprise", Text("企业", "Enterprise"), width=30),
            Column("partner", Text("对方", "With"), width=24),
            Column("amount", Text("金额", "Amount"), "money"),
        ],
        rows=[
            [
                each.on,
                Cell(KIND_WORDS[each.kind], url=_url(each)),
                each.enterprise_name or Text(f"{each.served} 家", f"{each.served} enterprises"),
                each.partner,
                each.amount,
            ]
            for each in report.of_the_year
        ],
        unit=MONEY,
    )


def _url(deal: DealOn) -> str:
    return address(PAGES[deal.kind], deal.code)


def figures(report: FinanceReport) -> dict[str, Any]:
    """The figures as plain data."""
    return {
        "year": report.parameters.year,
        "this_year": plain(report.this_year),
        "whole": plain(report.whole),
        "kinds": _plain(report.by_kind),
        "kinds_ever": _plain(report.ever_by_kind),
        "years": [
            {"code": str(year), "kinds": _plain(found)} for year, found in report.by_year.items()
        ],
        "places": [
            {"code": code or "province", "kinds": _plain(found)}
            for code, found in report.by_place.items()
        ],
        "deals": [
            plain(each) | {"code": f"{each.kind}/{each.code}", "entry": each.code}
            for each in report.of_the_year
        ],
    }


def _plain(found: Mapping[str, Sums]) -> list[dict[str, Any]]:
    return [{"code": kind} | plain(found[kind]) for kind in KIND_WORDS if kind in found]


def lineage(
    parameters: FinanceParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """The deals behind ``deals``, ``ever``, ``innovation``, ``kind:equity``, ``year:2012``,
    ``place:440200``.
    """
    report = compute(parameters, known_at)
    name, _colon, which = figure.partition(":")
    if name == "ever":
        found = list(report.deals)
    elif name == "year":
        found = [each for each in report.deals if str(each.year) == which]
        if which not in {str(year) for year in report.by_year}:
            raise KeyError(figure)
    else:
        found = [each for each in report.of_the_year if TESTS[name](each, which)]
    where = {each.code: each.name for each in ground().rows("prefecture", parameters.where)}
    return Lineage(
        Text("融资明细", "Deals"),
        [_evidence(each, where.get(each.prefecture, WHOLE_PROVINCE)) for each in found],
    )


TESTS: Mapping[str, Any] = {
    "deals": lambda each, which: True,
    "innovation": lambda each, which: each.purpose == "innovation",
    "strategic": lambda each, which: each.purpose == "strategic",
    "kind": lambda each, which: each.kind == which,
    "place": lambda each, which: (each.prefecture or "province") == which,
}


def _evidence(deal: DealOn, place: Text) -> Evidence:
    amount, words = formats.money(deal.amount), KIND_WORDS[deal.kind]
    who = deal.enterprise_name or deal.partner
    return Evidence(
        on=deal.on,
        what=Text(f"{who} {words.zh}　{amount} 万元", f"{who}, {words.en}: {amount} (10,000 yuan)"),
        where=place,
        document=deal.code,
        url=_url(deal),
        keys=(deal.prefecture, deal.kind),
    )


OTHER_FINANCE = Report(
    code="other-finance",
    title=TITLE,
    form=FinanceForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
)
