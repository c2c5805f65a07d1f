"""The first text of a consolidated report, in the official Chinese that it is sent in.

Figures stand in it by their names (``plan.rules.linked_text``), so that they stay linked.
"""

from collections.abc import Iterable, Iterator

from core.tabular import formats
from plan.models import Plan
from plan.queries.board import Board, TargetOn
from plan.queries.consolidated_reports import Figures, accepted_sections
from plan.queries.progress_reports import PERIODS, UnitReport, is_in
from plan.rules.progress import State

RECIPIENTS = "省委、省政府"


def title_of(plan: Plan, period: str) -> str:
    """What the report is called."""
    return f"关于{plan.year}年{PERIODS[period].zh}创新帮扶中小企业行动计划落实情况的报告"


def first_draft(plan: Plan, period: str, figures: Figures) -> Iterator[str]:
    """Its lines: the whole, measure by measure, what lags, who is missing, what comes next."""
    board = figures.board
    span = f"{plan.year}年{PERIODS[period].zh}"
    yield f"按照《{plan.title}》的要求，现将{span}的落实情况报告如下。"
    yield "# 总体情况"
    yield (
        f"截至{formats.day(board.as_of)}，行动计划所列目标中，已完成{{state:done}}，"
        "按进度推进{state:on_track}，有风险{state:at_risk}，逾期未完成{state:late}，"
        "未定数量、正在进行{state:open}；逾期节点{milestones:late}。"
        "应报送工作情况的地区和部门{units:all}，未报送{units:missing}。"
    )
    yield "# 各项措施落实情况"
    told = accepted_sections(plan.pk, period)
    for each in board.measures:
        yield f"## {each.measure.title}"
        targets = list(_told(each.targets))
        if targets:
            words = [
                f"{one.target.title}{{{one.target.key}}}，计划：{one.target.words.rstrip('。')}"
                for one in targets
            ]
            yield "；".join(words) + "。"
        for unit, text in told.get(each.measure.number, []):
            yield f"{unit}：{' '.join(text.split())}"
        if not targets and each.measure.number not in told:
            yield "各地、各有关部门未报送本项进展。"
    yield from _problems(board)
    yield from _missing(figures.units)
    yield from _next(board)


def _problems(board: Board) -> Iterator[str]:
    late = [each.target.title for each in board.targets if each.state is State.LATE]
    risky = [each.target.title for each in board.targets if each.state is State.AT_RISK]
    overdue = [each.milestone.title for each in board.milestones if each.state is State.LATE]
    if not (late or risky or overdue):
        return
    yield "# 存在问题"
    for words, titles in (
        ("逾期未完成的目标", late), ("进度落后的目标", risky), ("逾期未办结的节点", overdue),
    ):  # fmt: skip
        if titles:
            yield f"{words}：{'；'.join(titles)}。"


def _missing(units: Iterable[UnitReport]) -> Iterator[str]:
    missing = [each for each in units if not is_in(each.report)]
    if missing:
        yield "# 未报送情况"
        yield f"以下单位未报送本期工作情况：{'、'.join(str(each.unit) for each in missing)}。"


def _next(board: Board) -> Iterator[str]:
    coming = [each.milestone for each in board.milestones if each.milestone.due_on > board.as_of]
    if coming:
        yield "# 下一步工作"
        words = [f"{each.title}（{formats.day(each.due_on)}前）" for each in coming]
        yield "按计划安排，继续抓好以下工作：" + "；".join(words) + "。"


def _told(targets: Iterable[TargetOn]) -> Iterable[TargetOn]:
    """The targets with a number in the plan, or with something done."""
    return (each for each in targets if each.goal.lower is not None or each.value)
