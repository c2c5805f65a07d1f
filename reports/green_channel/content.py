"""What the report on the green channel says."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from core.naming import both
from core.tabular import Column
from core.text import Text
from listings.models.green_channel import Issue
from listings.rules.clock import CaseState
from listings.rules.workload import CaseOn, Workload
from reports.content import Cell, Content, KeyFigure, KeyFigures, Table
from reports.green_channel.compute import (
    GreenChannelReport,
    Group,
)
from reports.items.words import TOTAL
from reports.links import address

TITLE = Text("改制上市绿色通道情况", "The green channel")
ALL = Text("全部", "all")
DAYS = Text("个工作日", "working days")
# What a figure counts: its words, and which cases of the time it means.
MEASURES: dict[str, tuple[Text, Callable[[CaseOn, datetime.date], bool]]] = {
    "opened": (Text("受理", "Opened"), lambda case, since: case.opened_on >= since),
    "closed": (Text("办结", "Closed"), lambda case, since: _closed(case, since)),
    "closed_in_time": (
        Text("其中：按期", "In time"),
        lambda case, since: _closed(case, since) and not case.clock.passed,
    ),
    "open": (Text("在办", "Open"), lambda case, since: case.closed_on is None),
    "waiting": (
        Text("其中：待企业补充", "Waiting"),
        lambda case, since: case.clock.state is CaseState.WAITING,
    ),
    "overdue": (Text("其中：已逾期", "Overdue"), lambda case, since: case.overdue),
}


def _closed(case: CaseOn, since: datetime.date) -> bool:
    return case.closed_on is not None and case.closed_on >= since


def content(report: GreenChannelReport) -> Content:
    """Return the whole report: every rendering shows these parts."""
    asked = report.parameters
    place = report.places.get(asked.prefecture)
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            (Text("统计起始", "Since"), Text(asked.since.isoformat(), asked.since.isoformat())),
            (Text("部门", "Department"), _given(asked.department)),
            (Text("地市", "Prefecture"), Text(place.name, place.name_en) if place else ALL),
        ],
        sections=[
            KeyFigures(key_figures(report.total)),
            _table(
                report,
                "departments",
                Text("按部门", "By department"),
                Text("责任部门", "Department"),
                ((each, Text(each.name, each.name)) for each in report.departments),
            ),
            _table(
                report,
                "prefectures",
                Text("按地市", "By prefecture"),
                Text("地市", "Prefecture"),
                ((each, place_name(report, each.code)) for each in report.prefectures),
            ),
            _table(
                report,
                "issues",
                Text("按事项类型", "By issue"),
                Text("事项类型", "Issue"),
                ((each, both(Issue(each.code).label)) for each in report.issues),
            ),
            _overdue(report),
        ],
        notes=[
            Text(
                "受理、办结及用时为统计起始至截至日期的发生数，在办、待补充、逾期为截至日期的时点数。",
                "Opened, closed and the days taken are those of the time; open, waiting and "
                "overdue stand on its last day.",
            ),
            Text(
                "用时为工作日，不含受理当日和待企业补充的期间；逾期后再办结的不算按期。",
                "Days taken are working days without the day of opening and the time in which "
                "the enterprise was waited for; once overdue, a case is not closed in time.",
            ),
        ],
    )


def _given(name: str) -> Text:
    return Text(name, name) if name else ALL


def place_name(report: GreenChannelReport, code: str) -> Text:
    found = report.places[code]
    return Text(found.name, found.name_en)


def key_figures(total: Workload) -> list[KeyFigure]:
    """The big figures of page and PDF."""
    closed = Text(f"本期办结 {total.closed} 件", f"{total.closed} closed")
    return [
        KeyFigure(
            Text("在办事项", "Open cases"), total.open, figure="open", tone="info", key="open"
        ),
        KeyFigure(
            Text("已逾期", "Overdue"),
            total.overdue,
            figure="overdue",
            tone="bad" if total.overdue else "good",
        ),
        KeyFigure(Text("待企业补充", "Waiting"), total.waiting, figure="waiting", tone="warn"),
        KeyFigure(
            Text("按期办结率", "Closed in time"),
            total.in_time,
            kind="percent",
            note=closed,
            figure="closed_in_time",
            key="in_time",
        ),
        KeyFigure(
            Text("平均用时", "Days taken"),
            total.mean,
            kind="money",
            unit=DAYS,
            figure="closed",
            key="mean",
        ),
    ]


def _table(
    report: GreenChannelReport,
    key: str,
    title: Text,
    heading: Text,
    groups: Iterable[tuple[Group, Text]],
) -> Table:
    rows = [[name, *_cells(each.load, each.code)] for each, name in groups]
    return Table(
        key=key,
        title=title,
        columns=[
            Column("name", heading, width=24),
            *(Column(name, words, "integer") for name, (words, _meant) in MEASURES.items()),
            Column("in_time", Text("按期率", "In time %"), "percent"),
            Column("mean", Text("平均用时", "Mean days"), "money"),
            Column("median", Text("中位用时", "Median days"), "money"),
            Column("longest", Text("最长用时", "Longest"), "integer"),
        ],
        rows=[*rows, [TOTAL, *_cells(report.total, "")]] if rows else [],
        totals=1 if rows else 0,
        unit=Text("单位：件、工作日、%", "Unit: cases, working days, %"),
    )


def _cells(load: Workload, code: str) -> list[Any]:
    tail = f":{code}" if code else ""
    return [
        *(Cell(getattr(load, name), figure=f"{name}{tail}") for name in MEASURES),
        load.in_time,
        load.mean,
        load.median,
        load.longest,
    ]


def _overdue(report: GreenChannelReport) -> Table:
    day = report.parameters.as_of
    return Table(
        key="overdue",
        title=Text("逾期未办结事项", "Overdue cases"),
        columns=[
            Column("code", Text("编号", "Code")),
            Column("enterprise", Text("企业", "Enterprise"), width=28),
            Column("subject", Text("事由", "Subject"), width=28),
            Column("department", Text("责任部门", "Department"), width=22),
            Column("prefecture", Text("地市", "Prefecture")),
            Column("opened_on", Text("受理日期", "Opened"), "date"),
            Column("due_on", Text("应办结日期", "Due"), "date"),
            Column("days", Text("逾期天数", "Days overdue"), "integer"),
        ],
        rows=[
            [
                Cell(each.code, url=case_url(each.code)),
                each.enterprise_name,
                each.subject,
                each.department_name,
                place_name(report, each.prefecture),
                each.opened_on,
                Cell(each.clock.due, tone="bad"),
                (day - each.clock.due).days,
            ]
            for each in report.overdue
        ],
        empty=Text("没有逾期的事项。", "Nothing is overdue."),
    )


def case_url(code: str) -> str:
    return address("listings:green-channel-cases-record", code)
