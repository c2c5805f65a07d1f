"""The watch list, declared."""

from decimal import Decimal
from typing import Any

from core.rules.limits import STANDING_TONES, STANDING_WORDS, UPPER, Limit, Standing
from core.rules.remarks import PROVINCIAL
from core.tabular import Column, formats
from core.text import Text
from reports.content import Cell, Content, KeyFigure, KeyFigures, Table
from reports.declaration import Report
from reports.items.asked import as_of_day, scope_of
from reports.items.filing import missing_table
from reports.links import institution_url
from reports.plain import plain
from reports.watch.compute import KINDS, Watched, WatchForm, WatchList, compute, narrowed
from reports.watch.definitions import DEFINITIONS
from reports.watch.lineage import learnt_since, lineage

ENGLISH_UNITS = {"倍": "times", "万元": "× 10,000 yuan"}
TITLE = Text("限额监测（预警名单）", "Watch list: limits and their room")


def content(found: WatchList) -> Content:
    asked = found.parameters
    periods = asked.periods
    if len({each.code for each in periods.values()}) == 1:  # all of the same month
        (month, *_rest) = periods.values()
        zh, en = str(month), month.code
    else:
        titles = {KINDS[name].title: each for name, each in periods.items()}
        zh = "、".join(f"{title.zh} {month}" for title, month in titles.items()) or "—"
        en = ", ".join(f"{title.en} {month.code}" for title, month in titles.items()) or "—"
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            (Text("报告期", "Periods"), Text(zh, en)),
            as_of_day(asked.as_of),
            (Text("口径", "Scope"), scope_of(asked.where, found.land)),
        ],
        sections=[
            KeyFigures(
                [
                    KeyFigure(
                        STANDING_WORDS[state],
                        found.counts[state.value],
                        unit=Text("项", ""),
                        figure=state.value,
                        tone=STANDING_TONES[state.value],
                    )
                    for state in Standing
                ]
            ),
            _table(found),
            *missing_table(found.missing),
        ],
        notes=[
            Text(
                "按剩余空间占限额的比例排序，突破的在前；分子可再增加（下限为可再减少）的数额即剩余空间。"
                "以比值的分子、分母精确判断，不按显示的百分比。“较上月”为剩余空间占限额的比例比上月"
                "扩大（↑）或缩小（↓）的百分点。",
                "Ordered by the share of the limit that is left, the broken first. Room is what "
                "the numerator may still grow (or shrink, above a floor). Judged by exact parts, "
                "never by the rounded percentage. Since last month: by how many "
                "percentage points the share that is left grew (↑) or shrank (↓).",
            ),
            Text(
                "限额为当日有效的规则参数，依据列其后；本省参数可在“规则参数”中修改。",
                "Limits are the dated rules in force on the day, with their source; the province's "
                "own can be changed under “Rules”.",
            ),
        ],
    )


def _table(found: WatchList) -> Table:
    return Table(
        key="watch",
        title=Text("名单", "List"),
        columns=[
            Column("institution", Text("机构", "Institution"), width=30),
            Column("standing", Text("状态", "State")),
            Column("limit", Text("指标", "Figure"), width=30),
            Column("value", Text("数值", "Value")),
            Column("bound", Text("限额", "Limit")),
            Column("share", Text("剩余占限额", "Left of limit"), "percent"),
            Column("trend", Text("较上月（点）", "Since last month (pp)"), width=12),
            Column("room", Text("剩余空间", "Room"), "money"),
            Column("prefecture", Text("地市", "Prefecture"), width=14),
            Column("source", Text("依据", "Source"), width=24),
        ],
        rows=[_row(each) for each in found.watched],
        empty=Text("没有突破或临近限额的机构。", "Nobody has broken a limit or is near one."),
        unit=Text("剩余空间单位：万元（家数、利率除外）", "Room in 10,000 yuan (or its own unit)"),
    )


def _row(each: Watched) -> list[Any]:
    judgement, limit = each.judgement, each.judgement.limit
    place = each.institution.prefecture
    return [
        Cell(each.institution.name, url=institution_url(each.institution)),
        Cell(STANDING_WORDS[judgement.standing], tone=STANDING_TONES[judgement.standing.value]),
        limit.title,
        Cell(in_unit(judgement.shown, limit.unit), figure=f"value:{each.code}"),
        bound(limit),
        judgement.share,
        trend(each.change),
        judgement.room,
        Text(place.name, place.name_en),
        source(limit),
    ]


def brief(each: Watched) -> dict[str, Any]:
    """One line of the list for a cockpit: whose, which figure, against which limit."""
    judgement, limit = each.judgement, each.judgement.limit
    return {
        "name": each.institution.name,
        "url": institution_url(each.institution),
        "figure": limit.title,
        "value": in_unit(judgement.shown, limit.unit),
        "bound": bound(limit),
        "state": STANDING_WORDS[judgement.standing],
        "tone": STANDING_TONES[judgement.standing.value],
        "trend": trend(each.change),
    }


def trend(change: Decimal | None) -> Text:
    """Which way the room went since last month, and by how many points of the limit."""
    if change is None:
        return Text(formats.NOTHING, formats.NOTHING)
    arrow = "↓" if change < 0 else "↑" if change else "→"
    shown = f"{arrow}\u00a0{abs(change)}"
    return Text(shown, shown)


def source(limit: Limit) -> Text:
    """What a limit rests on: regulation and article, or the province's own setting."""
    if not limit.law:
        return PROVINCIAL
    return Text(
        f"{limit.source} {limit.article}".strip(), f"{limit.source} {limit.article}".strip()
    )


def bound(limit: Limit) -> Text:
    """A limit as it is written beside a figure: ``≤ 50.00%``."""
    return in_unit(limit.value, limit.unit, "≤" if limit.comparator in UPPER else "≥")


def in_unit(value: Decimal | None, unit: str, sign: str = "") -> Text:
    """A figure or a limit in its unit, in both languages."""
    if value is None:
        return Text(formats.NOTHING, formats.NOTHING)
    bare = unit.strip()
    if bare == "%":
        return Text(*[f"{sign}{value:,.2f}%"] * 2)
    if bare in ENGLISH_UNITS:
        return Text(f"{sign}{value:,.2f}{bare}", f"{sign}{value:,.2f} {ENGLISH_UNITS[bare]}")
    return Text(f"{sign}{value:,.0f}{bare}", f"{sign}{value:,.0f}")


def figures(found: WatchList) -> dict[str, Any]:
    """The figures as plain data."""
    return {
        "counts": dict(found.counts),
        "watched": [
            {
                "code": each.code,
                "institution": each.institution.code,
                "name": found.names.get(each.institution.pk, each.institution.name),
                "prefecture": each.institution.prefecture.code,
                "period": each.period.code,
                "rule": each.judgement.limit.code,
                "measured": plain(each.judgement.measured),
                "value": plain(each.judgement.shown),
                "limit": plain(each.judgement.limit.value),
                "unit": each.judgement.limit.unit.strip(),
                "standing": each.judgement.standing.value,
                "room": plain(each.judgement.room_shown),
                "share": plain(each.judgement.share),
                "share_last_month": plain(each.before),
                "share_change": plain(each.change),
            }
            for each in found.watched
        ],
        "missing": [plain(each) for each in found.missing],
    }


WATCH_LIST = Report(
    code="watch-list",
    title=TITLE,
    form=WatchForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
    narrowed=narrowed,
    permission="watch.view",
)
