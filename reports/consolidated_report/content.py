"""The consolidated report as a letter with its annexes."""

from collections.abc import Iterator
from typing import Any

from core.tabular import Column, formats
from core.text import Text
from plan.queries.board import TargetOn
from plan.queries.consolidated_reports import APPROVED, DRAFT, STATES, Figures
from plan.queries.progress_reports import PERIODS, UnitReport
from plan.rules.linked_text import Token, blocks
from plan.rules.progress import STATE_TONES, STATE_WORDS
from reports.consolidated_report.compute import Consolidated
from reports.content import Cell, Content, Letter, Line, Paragraph, Section, Table

TITLE = Text("落实情况汇总报告", "Consolidated report")
REPORT_STATES = {
    "": Text("未报", "Nothing filed"),
    "draft": Text("草稿", "Draft"),
    "submitted": Text("已报送", "Submitted"),
    "returned": Text("已退回", "Sent back"),
    "accepted": Text("已接受", "Accepted"),
}
TONES = {"": "bad", "draft": "warn", "submitted": "info", "returned": "warn", "accepted": "good"}


def content(report: Consolidated) -> Content:
    figures = report.figures
    if figures is None:
        return Content(
            title=TITLE,
            as_of=report.parameters.as_of,
            asked=[],
            sections=[Paragraph(Text("还没有登记行动计划。", "No plan is registered yet."))],
        )
    sections: list[Section] = [_letter(report) if report.text is not None else NOT_YET]
    sections += [_targets(figures), _milestones(figures), _units(figures)]
    return Content(
        title=_title(report),
        as_of=report.parameters.day,
        asked=list(_asked(report, figures)),
        sections=sections,
    )


NOT_YET = Paragraph(
    Text(
        "本期汇总报告还没有起草；下面是登记中的数字和各单位报送情况。",
        "The report of this period is not drafted yet; below is what the registries and the "
        "units say.",
    )
)


def _title(report: Consolidated) -> Text:
    return Text(report.text.title, report.text.title) if report.text is not None else TITLE


def _asked(report: Consolidated, figures: Figures) -> Iterator[tuple[Text, Text]]:
    day = report.parameters.day
    yield Text("数字截至", "Figures as of"), Text(formats.day(day), formats.day(day, "en"))
    if report.text is not None:
        state = STATES[APPROVED if report.approved else DRAFT]
        number = report.parameters.version
        yield (
            Text("版本", "Version"),
            Text(f"第{number}版（{state.zh}）", f"{number} ({state.en.lower()})"),
        )
    year, period = report.parameters.year, PERIODS[report.parameters.period]
    yield Text("报告期", "Period"), Text(f"{year}年{period.zh}", f"{year}, {period.en}")
    title = figures.board.plan.title
    yield Text("计划", "Plan"), Text(title, figures.board.plan.title_en or title)


def _letter(report: Consolidated) -> Letter:
    text = report.text
    return Letter(
        recipients=text.recipients,
        lines=[
            Line(block.level, [_piece(each, report) for each in block.pieces])
            for block in blocks(text.text)
        ],
        signatory=text.signatory,
        signed_on=text.signed_on,
    )


def _piece(piece: str | Token, report: Consolidated) -> str | Cell:
    if isinstance(piece, str):
        return piece
    known = report.named[piece.name]
    return Cell(known.shown, figure=known.figure)


def _targets(figures: Figures) -> Table:
    return Table(
        key="targets",
        title=Text("目标完成情况", "Targets"),
        columns=[
            Column("key", Text("代号", "Key"), width=7),
            Column("title", Text("目标", "Target"), width=28),
            Column("words", Text("计划原文", "In the plan"), width=26),
            Column("value", Text("现值", "Figure"), "integer"),
            Column("unit", Text("单位", "Unit"), width=8),
            Column("share", Text("完成", "Reached"), "percent"),
            Column("due", Text("期限", "Due"), width=12),
            Column("state", Text("状态", "State"), width=10),
        ],
        rows=[_target(each) for each in figures.board.targets],
    )


def _target(each: TargetOn) -> list[Any]:
    target = each.target
    return [
        target.key,
        Text(target.title, target.title_en or target.title),
        target.words,
        Cell(each.value, figure=f"target:{target.key}"),
        Text(target.unit, target.unit_en or target.unit),
        each.share,
        target.due_on,
        Cell(STATE_WORDS[each.state], tone=STATE_TONES[each.state.value]),
    ]


def _milestones(figures: Figures) -> Table:
    return Table(
        key="milestones",
        title=Text("节点办理情况", "Milestones"),
        columns=[
            Column("key", Text("代号", "Key"), width=7),
            Column("title", Text("节点", "Milestone"), width=40),
            Column("due", Text("到期", "Due"), width=12),
            Column("done", Text("完成", "Done"), width=12),
            Column("state", Text("状态", "State"), width=10),
        ],
        rows=[
            [
                Cell(each.milestone.key, url=f"/plan-milestones/{each.milestone.code}/"),
                Text(each.milestone.title, each.milestone.title_en or each.milestone.title),
                each.milestone.due_on,
                each.milestone.done_on,
                Cell(STATE_WORDS[each.state], tone=STATE_TONES[each.state.value]),
            ]
            for each in figures.board.milestones
        ],
    )


def _units(figures: Figures) -> Table:
    return Table(
        key="units",
        title=Text("各单位报送情况", "What units have reported"),
        columns=[
            Column("unit", Text("地区/单位", "Unit"), width=24),
            Column("state", Text("状态", "State"), width=12),
            Column("submitted", Text("首次报送日期", "First submitted"), width=14),
            Column("late", Text("是否逾期", "Late"), width=10),
        ],
        rows=[_unit(each) for each in figures.units],
    )


def _unit(each: UnitReport) -> list[Any]:
    state = each.report.state if each.report else ""
    unit, report = each.unit, each.report
    place = unit.prefecture
    name = Text(place.name, place.name_en) if place else Text(str(unit), str(unit))
    return [
        name,
        Cell(
            REPORT_STATES[state],
            tone=TONES[state],
            url=f"/progress-reports/{report.code}/" if report else "",
        ),
        report.first_submitted_on if report else None,
        Cell(Text("逾期", "Late"), tone="bad") if each.late else None,
    ]
