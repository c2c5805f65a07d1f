"""The tables of the coverage report."""

from core.ratio import Ratio
from core.tabular import Column
from core.text import Text
from finance.rules.coverage import Change, Coverage, PlaceCoverage
from finance.rules.pipeline import BLOCKING, WAY, Pipeline
from reports.content import Cell, Table, Value
from reports.coverage.words import EVENTS, EXITS, REGIONS, both

ALL = Text("全省", "Province")


def region_table(answer: Coverage) -> Table:
    """Regions n/9, n/4, n/3, n/5, and their counties; the province last."""
    rows = [
        _counts(REGIONS[each.region], each.prefectures, each.counties, each.region)
        for each in answer.regions
    ]
    return Table(
        key="regions",
        title=Text("分区域覆盖情况", "Coverage by region"),
        columns=[
            Column("region", Text("区域", "Region"), width=18),
            Column("covered", Text("已覆盖市", "Prefectures covered"), "integer"),
            Column("prefectures", Text("地级以上市", "Prefectures"), "integer"),
            Column("percent", Text("覆盖率", "Coverage"), "percent"),
            Column("counties_covered", Text("已覆盖县（市）", "Counties covered"), "integer"),
            Column("counties", Text("县（市）", "Counties"), "integer"),
            Column("counties_percent", Text("县域覆盖率", "County coverage"), "percent"),
        ],
        rows=[*rows, _counts(ALL, answer.covered, answer.county_covered, "")],
        totals=1,
    )


def _counts(label: Text, cities: Ratio, counties: Ratio, region: str) -> list[Value]:
    one, two = (
        (f"region:{region}", f"region-counties:{region}") if region else ("total", "counties")
    )
    return [
        label,
        Cell(cities.numerator, figure=one),
        cities.denominator,
        cities,
        Cell(counties.numerator, figure=two),
        counties.denominator,
        counties,
    ]


def prefecture_table(answer: Coverage) -> Table:
    """The prefectures in their display order with the banks that cover them."""
    rows = []
    named = zip(answer.territory.prefectures, answer.prefectures, strict=True)
    for order, (place, covered) in enumerate(named, start=1):
        counties = [each for each in answer.counties if each.prefecture == place.code]
        rows.append(
            [
                order,
                Text(place.name, place.name_en),
                REGIONS[place.region],
                _mark(covered, f"prefecture:{place.code}"),
                len(covered.banks),
                bank_names(answer, covered),
                min((each.since for each in covered.presences), default=None),
                Ratio(sum(each.covered for each in counties), len(counties)) if counties else None,
            ]
        )
    return Table(
        key="prefectures",
        title=Text("各地级以上市覆盖情况", "Coverage by prefecture"),
        columns=[
            Column("order", Text("序号", "No."), "integer", width=6),
            Column("prefecture", Text("地市", "Prefecture"), width=12),
            Column("region", Text("区域", "Region"), width=18),
            Column("covered", Text("是否覆盖", "Covered"), width=10),
            Column("banks", Text("家数", "Banks"), "integer", width=8),
            Column("names", Text("村镇银行", "Village banks"), width=46),
            Column("since", Text("最早日期", "Since"), "date", width=16),
            Column("counties", Text("县（市）", "Counties"), width=10),
        ],
        rows=rows,
    )


def _mark(place: PlaceCoverage, figure: str) -> Cell:
    if place.covered:
        return Cell(Text("已覆盖", "Covered"), figure=figure, tone="good")
    return Cell(Text("未覆盖", "Not covered"), tone="bad")


def bank_names(answer: Coverage, place: PlaceCoverage) -> Text:
    """The banks of a place, earliest first; an outlet is told from a head office."""
    zh, en = [], []
    for bank in place.banks:
        outlets = [each.outlet for each in place.presences if each.bank == bank]
        name = answer.banks[bank].name
        known = [each for each in outlets if not each.startswith("#")]
        elsewhere = "" not in outlets
        zh.append(name + (f"（{'、'.join(known) or '网点'}）" if elsewhere else ""))
        en.append(name + (f" ({', '.join(known) or 'outlet'})" if elsewhere else ""))
    return Text("、".join(zh), ", ".join(en))


def uncovered_table(answer: Coverage) -> Table:
    """Prefectures without a bank: who is on the way, what holds them up, what comes next."""
    names = {place.code: Text(place.name, place.name_en) for place in answer.territory.prefectures}
    rows: list[list[Value]] = []
    for each in answer.uncovered:
        if not each.pipeline:
            nothing = Text("尚无发起意向", "No intention yet")
            step = Text("引导主发起行提出意向", "Find a main sponsor")
            rows.append([names[each.code], None, nothing, None, None, step])
        for one in each.pipeline:
            rows.append([names[each.code], *_underway(answer, one, each.code)])
    return Table(
        key="uncovered",
        title=Text(
            "尚未覆盖的地市及筹建进展", "Prefectures not yet covered, and what is under way"
        ),
        columns=[
            Column("prefecture", Text("地市", "Prefecture"), width=12),
            Column("bank", Text("拟设机构", "Bank intended"), width=32),
            Column("state", Text("进展", "State"), width=18),
            Column("since", Text("自", "Since"), "date", width=16),
            Column("blocked", Text("受阻原因", "Blocking reason"), width=18),
            Column("next", Text("下一步", "Next step"), width=32),
        ],
        rows=rows,
        empty=Text("全部地级以上市均已覆盖。", "Every prefecture is covered."),
    )


def _underway(answer: Coverage, one: Pipeline, code: str) -> list[Value]:
    state, step = WAY[one.state]
    blocked = Cell(BLOCKING[one.blocked], tone="warn") if one.blocked in BLOCKING else None
    name = both(answer.banks[one.bank].name)
    return [name, Cell(state, figure=f"pipeline:{code}"), one.since, blocked, step]


def change_table(answer: Coverage) -> Table:
    """What was gained and lost since the second date, by which bank and which fact."""
    return Table(
        key="changes",
        title=Text("与对比日期相比的增减", "Gained and lost since the second date"),
        columns=[
            Column("change", Text("增减", "Change"), width=10),
            Column("place", Text("地区", "Place"), width=18),
            Column("level", Text("层级", "Level"), width=12),
            Column("bank", Text("村镇银行", "Village bank"), width=32),
            Column("event", Text("事项", "Event"), width=22),
            Column("on", Text("日期", "Date"), "date", width=16),
            Column("document", Text("文号", "Document"), width=26),
        ],
        rows=[_change(answer, each) for each in answer.changes],
        empty=Text("无增减。", "No change."),
    )


def _change(answer: Coverage, change: Change) -> list[Value]:
    bank = answer.banks[change.bank]
    fact = next(each for each in bank.facts if each.id == change.fact)
    event = EVENTS.get(fact.kind, both(fact.kind))
    if fact.reason in EXITS:
        why = EXITS[fact.reason]
        event = Text(f"{event.zh}（{why.zh}）", f"{event.en} ({why.en})")
    level = {"prefecture": Text("地级以上市", "Prefecture"), "county": Text("县（市）", "County")}
    gained = Cell(Text("新增", "Gained"), figure="gains", tone="good")
    lost = Cell(Text("减少", "Lost"), figure="losses", tone="bad")
    return [
        gained if change.gained else lost,
        place_name(answer, change.code),
        level[change.level],
        both(bank.name),
        event,
        change.on,
        fact.document_number or None,
    ]


def place_name(answer: Coverage, code: str) -> Text:
    """The name of a prefecture or county."""
    for place in answer.territory.prefectures:
        if place.code == code:
            return Text(place.name, place.name_en)
    return next(both(place.name) for place in answer.territory.counties if place.code == code)


def county_table(answer: Coverage) -> Table:
    """Every county of the divisions asked for."""
    prefectures = {
        each.code: Text(each.name, each.name_en) for each in answer.territory.prefectures
    }
    names = {each.code: each.name for each in answer.territory.counties}
    rows = [
        [
            both(names[place.code]),
            prefectures[place.prefecture],
            _mark(place, f"county:{place.code}"),
            bank_names(answer, place) if place.covered else None,
            min((each.since for each in place.presences), default=None),
        ]
        for place in answer.counties
    ]
    return Table(
        key="counties",
        title=Text("县域覆盖情况", "Coverage by county"),
        columns=[
            Column("county", Text("县（市）", "County"), width=18),
            Column("prefecture", Text("地市", "Prefecture"), width=12),
            Column("covered", Text("是否覆盖", "Covered"), width=10),
            Column("names", Text("村镇银行", "Village banks"), width=46),
            Column("since", Text("最早日期", "Since"), "date", width=16),
        ],
        rows=rows,
    )
