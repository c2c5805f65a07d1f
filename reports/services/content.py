"""The report on services as sections: figures, places, platforms, events, uncovered counties."""

from typing import Any

from core.naming import both
from core.ratio import Ratio
from core.tabular import Column, formats
from core.text import Text
from finance.models.platforms import PlatformKind
from finance.rules.services import Event
from reports.content import Cell, Content, KeyFigure, KeyFigures, Table
from reports.items.asked import as_of_day, by_words, scope_of
from reports.items.words import EXCLUDED, TOTAL, YI
from reports.links import address
from reports.services.compute import WHOLE, Group, ServicesReport

TITLE = Text(
    "中小企业融资服务网点、平台与对接活动", "Service points, platforms and financing events"
)
UNIT = Text("单位：个、户、场、万元、%", "Unit: number; 10,000 yuan; %")
COLUMNS = [
    Column("points", Text("服务网点", "Points"), "integer"),
    Column("centres", Text("服务中心", "Centres"), "integer"),
    Column("counties", Text("县域覆盖", "Counties"), "integer"),
    Column("platforms", Text("合作平台", "Platforms"), "integer"),
    Column("served", Text("服务企业", "Served"), "integer"),
    Column("financed", Text("获得融资", "Financed"), "integer"),
    Column("amount", Text("融资金额", "Amount"), "money"),
    Column("events", Text("对接活动", "Events"), "integer"),
    Column("signed", Text("签约金额", "Signed"), "money"),
    Column("drawn", Text("已到位", "Drawn"), "money"),
    Column("share", Text("到位率", "Drawn %"), "percent"),
]


def content(report: ServicesReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    since = Text(f"自{formats.day(asked.since)}", f"since {formats.day(asked.since, 'en')}")
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            as_of_day(asked.as_of),
            (Text("活动与成效", "Events and results"), since),
            (Text("口径", "Scope"), scope_of(asked.where, report.land)),
        ],
        sections=[
            KeyFigures(key_figures(report.total)),
            _breakdown(report),
            _with_and_without(report),
            _platforms(report),
            _events(report),
            _uncovered(report),
        ],
        notes=[EXCLUDED, MEANING],
    )


MEANING = Text(
    "县域覆盖 = 有服务网点的县（市）÷ 当日的县（市），不含市辖区；"
    "平台成效按所选时间内已结束的半年或年度统计，有全年数的不再加半年数；"
    "到位率 = 截至当日累计到位 ÷ 签约金额，未登记到位的活动按未到位计。",
    "Counties: those with a service point of those of the day, districts aside. Results are of the "
    "half-years or years that ended in the time asked about, a whole year in place of its halves. "
    "Drawn / signed: what was drawn by the day of what was signed; where nothing is recorded, "
    "nothing was drawn.",
)


def key_figures(group: Group) -> list[KeyFigure]:
    """The big figures."""
    found = group.services
    return [
        KeyFigure(Text("服务网点", "Service points"), len(found.points), figure="points",
                  note=Text(f"其中融资服务中心 {len(found.centres)} 个",
                            f"{len(found.centres)} of them SME centres"),
                  tone="info", key="points"),
        KeyFigure(Text("县域覆盖", "Counties with a point"), found.coverage,
                  note=Text(formats.percent_value(found.coverage.percent),
                            formats.percent_value(found.coverage.percent)),
                  figure="counties", key="counties"),
        KeyFigure(Text("合作平台", "Platforms"), len(found.platforms), figure="platforms"),
        KeyFigure(Text("平台融资金额", "Financed through platforms"), found.amount / 10000,
                  "money", YI, figure="results",
                  note=Text(f"服务 {found.served} 户，获得融资 {found.financed} 户",
                            f"{found.served} served, {found.financed} financed"), key="amount"),
        KeyFigure(Text("对接活动", "Financing events"), len(found.events),
                  unit=Text("场", ""), figure="events", key="events"),
        KeyFigure(Text("签约金额", "Signed"), found.signed / 10000, "money", YI,
                  figure="signed"),
        KeyFigure(Text("已到位", "Drawn"), found.drawn / 10000, "money", YI, figure="drawn",
                  note=Text(f"{found.silent} 场未登记到位", f"{found.silent} without a record")
                  if found.silent else Text("", "")),
        KeyFigure(Text("到位率", "Drawn / signed"), found.drawn_share, "percent",
                  figure="drawn", key="share"),
    ]  # fmt: skip


def _values(group: Group) -> list[Cell]:
    found = group.services
    values: dict[str, tuple[Any, str]] = {
        "points": (len(found.points), "points"),
        "centres": (len(found.centres), "centres"),
        "counties": (found.coverage, "counties"),
        "platforms": (len(found.platforms), "platforms"),
        "served": (found.served, "results"),
        "financed": (found.financed, "results"),
        "amount": (found.amount, "results"),
        "events": (len(found.events), "events"),
        "signed": (found.signed, "signed"),
        "drawn": (found.drawn, "drawn"),
        "share": (found.drawn_share, "drawn"),
    }
    suffix = f":{group.place.code}" if group.place.code else ""
    return [Cell(value, figure=f"{figure}{suffix}") for value, figure in values.values()]


def _breakdown(report: ServicesReport) -> Table:
    rows = [[group.place.name, *_values(group)] for group in report.groups]
    rows.append([TOTAL, *_values(report.total)])
    return Table(
        key="breakdown",
        title=by_words(report.parameters.by),
        columns=[Column("place", Text("地区", "Place"), width=14), *COLUMNS],
        rows=rows,
        totals=1,
        unit=UNIT,
    )


def _with_and_without(report: ServicesReport) -> Table:
    return Table(
        key="shenzhen",
        title=Text("含与不含深圳", "With and without Shenzhen"),
        columns=[Column("place", Text("口径", "Scope"), width=20), *COLUMNS],
        rows=[[group.place.name, *_values(group)] for group in report.shenzhen],
        unit=UNIT,
    )


def _platforms(report: ServicesReport) -> Table:
    """Platforms and their results by kind."""
    whole = report.total.services
    rows = []
    for kind in PlatformKind:
        found = whole.of_kind(kind.value)
        figure = f"kind:{kind.value}"
        rows.append(
            [
                both(kind.label),
                Cell(len(found.platforms), figure),
                Cell(found.served, figure),
                Cell(found.financed, figure),
                found.financed_share,
                Cell(found.amount, figure),
            ]
        )
    rows.append(
        [
            TOTAL,
            Cell(len(whole.platforms), "platforms"),
            Cell(whole.served, "results"),
            Cell(whole.financed, "results"),
            whole.financed_share,
            Cell(whole.amount, "results"),
        ]
    )
    return Table(
        key="platforms",
        title=Text("合作平台及成效", "Platforms and their results"),
        columns=[
            Column("kind", Text("类别", "Kind"), width=22),
            Column("platforms", Text("平台", "Platforms"), "integer"),
            Column("served", Text("服务企业", "Served"), "integer"),
            Column("financed", Text("获得融资", "Financed"), "integer"),
            Column("share", Text("获得融资占比", "Share financed"), "percent"),
            Column("amount", Text("融资金额", "Amount"), "money"),
        ],
        rows=rows,
        totals=1,
        unit=Text("单位：个、户、万元、%", "Unit: number; 10,000 yuan; %"),
    )


def _events(report: ServicesReport) -> Table:
    """Every event with what was signed and what was later drawn, the latest first."""
    names = report.land.names
    return Table(
        key="events",
        title=Text("对接活动：签约与到位", "Events: signed and drawn"),
        columns=[
            Column("held_on", Text("日期", "Held"), "date"),
            Column("name", Text("活动", "Event"), width=26),
            Column("place", Text("地市", "Prefecture"), width=14),
            Column("enterprises", Text("企业", "Firms"), "integer"),
            Column("banks", Text("金融机构", "Banks"), "integer"),
            Column("signed", Text("签约金额", "Signed"), "money"),
            Column("drawn", Text("已到位", "Drawn"), "money"),
            Column("drawn_as_of", Text("到位截至", "Drawn by"), "date"),
            Column("share", Text("到位率", "Drawn %"), "percent"),
        ],
        rows=[_event(each, names) for each in report.total.services.events],
        unit=Text("单位：户、家、万元、%", "Unit: number; 10,000 yuan; %"),
        empty=Text("这段时间没有举办活动。", "No event was held in this time."),
    )


def _event(event: Event, names: dict[str, Text]) -> list[Any]:
    return [
        event.held_on,
        Cell(event.name, url=address("finance:financing-events-record", event.code)),
        names.get(event.prefecture, WHOLE),
        event.enterprises,
        event.banks,
        event.signed,
        event.drawn,
        event.drawn_as_of,
        event.drawn_share,
    ]


def _uncovered(report: ServicesReport) -> Table:
    """Counties without a service point, by prefecture."""
    rows = []
    for place in report.land.rows("prefecture", report.parameters.where):
        mine = report.total.services.of(place.prefectures)
        missing = [each.name for each in mine.uncovered]
        if missing:
            named = Text("、".join(missing), ", ".join(missing))
            rows.append([place.name, Ratio(len(missing), len(mine.counties)), named])
    return Table(
        key="uncovered",
        title=Text("没有服务网点的县（市）", "Counties without a service point"),
        columns=[
            Column("place", Text("地市", "Prefecture"), width=14),
            Column("number", Text("个数 / 县（市）", "Without / counties"), "integer"),
            Column("names", Text("县（市）", "Counties"), width=60),
        ],
        rows=rows,
        empty=Text("每个县（市）都有服务网点。", "Every county has a service point."),
    )
