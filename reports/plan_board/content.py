"""The plan board as sections: states, a table a measure, milestones, prefecture by prefecture."""

from decimal import Decimal
from typing import Any

from core.tabular import Column, formats
from core.text import Text
from plan.queries.board import Board, MeasureOn, MilestoneOn, TargetOn
from plan.rules.progress import STATE_TONES, STATE_WORDS, State
from plan.sources import SOURCES
from reports.content import Cell, Content, KeyFigure, KeyFigures, Paragraph, Section, Table
from reports.numerals import chinese
from reports.plan_board.compute import BoardReport

TITLE = Text("行动计划看板", "Action plan board")
NOTHING = Text(formats.NOTHING, formats.NOTHING)
ALL = Text("各地、各有关部门", "All units")


def content(report: BoardReport) -> Content:
    board = report.board
    if board is None:
        return Content(
            title=TITLE,
            as_of=report.parameters.as_of,
            asked=[],
            sections=[Paragraph(Text("还没有登记行动计划。", "No plan is registered yet."))],
        )
    sections: list[Section] = [_states(board)]
    sections += [_measure(report, each) for each in board.measures if each.targets]
    sections += [_milestones(board), _places(board)]
    return Content(
        title=TITLE,
        as_of=board.as_of,
        asked=[
            (Text("计划", "Plan"), Text(board.plan.title, board.plan.title_en or board.plan.title)),
            (Text("截至", "As of"), _day(board.as_of)),
        ],
        sections=sections,
        notes=[
            Text(
                "目标按原文表述列出；有取数来源的由登记自动计算，点开数字可见依据；其余为各单位填报进展之和。"
                "“约”的允许差额、落后多少为有风险、提前多少天提醒由本省参数设定。",
                "Targets stand in their own words. Those with a source are computed from the "
                "registries and open to their evidence; the others are sums of what units "
                "entered. How much “about” may fall short, and when a lag is a risk, are the "
                "province's own settings.",
            ),
            Text(
                "完成 = 现值 ÷ 应达数；时间 = 已过天数 ÷ 起止天数。未定数量的只列现值。",
                "Reached = figure / what is needed; time = days passed / days from start to due "
                "date. Where the plan gives no number, the figure stands alone.",
            ),
        ],
    )


def _states(board: Board) -> KeyFigures:
    found = board.states()
    late = sum(each.state is State.LATE for each in board.milestones)
    figures = [
        KeyFigure(
            STATE_WORDS[state],
            found[state],
            unit=Text("项", ""),
            tone=STATE_TONES[state.value] or "",
            figure=f"state:{state.value}",
        )
        for state in State
    ]
    return KeyFigures(
        [
            *figures,
            KeyFigure(
                Text("逾期节点", "Milestones late"),
                late,
                unit=Text("个", ""),
                tone="bad" if late else "good",
                figure="milestones:late",
            ),
        ]
    )


# On a telephone the first columns are seen: what it is, how it stands, how much.
COLUMNS = (
    Column("key", Text("代号", "Key"), width=7),
    Column("title", Text("目标", "Target"), width=26),
    Column("state", Text("状态", "State"), width=9),
    Column("value", Text("现值", "Figure"), "integer"),
    Column("unit", Text("单位", "Unit"), width=8),
    Column("share", Text("完成", "Reached"), "percent"),
    Column("time", Text("时间", "Time"), "percent"),
    Column("moved", Text("比上月末", "Since last month"), width=9),
    Column("due", Text("期限", "Due"), width=12),
    Column("words", Text("原文", "In the plan"), width=26),
)


def _measure(report: BoardReport, found: MeasureOn) -> Table:
    measure = found.measure
    return Table(
        key=f"measure-{measure.number}",
        title=Text(
            f"（{chinese(measure.number)}）{measure.title}",
            f"({measure.number}) {measure.title_en or measure.title}",
        ),
        columns=COLUMNS,
        rows=[_row(report, each) for each in found.targets],
    )


def _row(report: BoardReport, each: TargetOn) -> list[Any]:
    target = each.target
    moved = report.moved(each)
    return [
        target.key,
        Text(target.title, target.title_en or target.title),
        Cell(STATE_WORDS[each.state], tone=STATE_TONES[each.state.value]),
        Cell(each.value, figure=f"target:{target.key}"),
        Text(target.unit, target.unit_en or target.unit),
        each.share,
        (each.time * 100).quantize(Decimal("0.01")),
        f"{moved:+,}" if moved else "0",
        target.due_on,
        target.words,
    ]


def _milestones(board: Board) -> Table:
    return Table(
        key="milestones",
        title=Text("节点", "Milestones"),
        columns=[
            Column("key", Text("代号", "Key"), width=7),
            Column("title", Text("节点", "Milestone"), width=40),
            Column("owner", Text("责任部门", "Owner"), width=22),
            Column("due", Text("到期", "Due"), width=12),
            Column("done", Text("完成", "Done"), width=12),
            Column("state", Text("状态", "State"), width=9),
        ],
        rows=[_milestone(each) for each in board.milestones],
    )


def _milestone(each: MilestoneOn) -> list[Any]:
    row = each.milestone
    owner = Text(row.owner.name, row.owner.name) if row.owner else ALL
    return [
        Cell(row.key, url=f"/plan-milestones/{row.code}/"),
        Text(row.title, row.title_en or row.title),
        owner,
        row.due_on,
        row.done_on,
        Cell(STATE_WORDS[each.state], tone=STATE_TONES[each.state.value]),
    ]


def by_place(board: Board) -> list[TargetOn]:
    """The targets whose figure lies in prefectures: what a prefecture can be told of."""
    return [
        each
        for each in board.targets
        if each.target.source in SOURCES and any(code for code in each.counted)
    ]


def _places(board: Board) -> Table:
    """Prefecture by prefecture: what the registries count there."""
    shown = by_place(board)
    rows: list[list[Any]] = [
        [
            Text(place.name, place.name_en),
            *(
                Cell(
                    each.counted.get(place.code, 0), figure=f"target:{each.target.key}:{place.code}"
                )
                for each in shown
            ),
        ]
        for place in board.prefectures
    ]
    return Table(
        key="places",
        title=Text("分地市情况（由登记计算）", "Prefecture by prefecture (from the registries)"),
        columns=[
            Column("place", Text("地市", "Prefecture"), width=14),
            *(
                Column(
                    each.target.key,
                    Text(each.target.title, each.target.title_en or each.target.title),
                    "integer",
                    width=10,
                )
                for each in shown
            ),
        ],
        rows=rows,
    )


def _day(day: Any) -> Text:
    return Text(formats.day(day), formats.day(day, "en"))
