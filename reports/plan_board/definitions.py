"""The plan board: what its numbers mean."""

from core.text import Text
from plan.queries.board import Board
from reports.definitions import Meaning, Meanings, means
from reports.plan_board.compute import BoardReport

TARGETS = Text("项", "targets")
BY_ROW = Text("见各行", "as its row says")

TARGET: Meanings = {
    "value": means(
        "该目标的现值：由登记自动计算，或为各单位填报进展之和",
        "the target's figure: computed from the registries, or the sum of what units entered",
        BY_ROW,
    ),
    "share": means("现值 ÷ 应达数", "figure / what is needed"),
    "time": means("已过天数 ÷ 起止天数", "days passed / days from start to due date"),
}
DEFINITIONS: Meanings = {
    **TARGET,
    "done": means("已达到的目标数", "targets that are reached", TARGETS),
    "on-track": means(
        "尚未达到、完成不落后于时间的目标数", "targets not reached yet that keep pace", TARGETS
    ),
    "at-risk": means(
        "完成落后于时间超过本省参数的目标数",
        "targets that lag behind time by more than the province's setting",
        TARGETS,
    ),
    "late": means("期限已过而未达到的目标数", "targets past their date and not reached", TARGETS),
    "under-way": means(
        "没有应达数量的目标数", "targets for which the plan gives no number", TARGETS
    ),
    "milestones-late": means(
        "期限已过而未完成的节点数",
        "milestones past their date and not done",
        Text("个", "milestones"),
    ),
}


def definitions(report: BoardReport) -> Meanings:
    """What every number means; a prefecture's number of a target bears the target's title."""
    return DEFINITIONS | targets(report.board) if report.board else DEFINITIONS


def targets(board: Board) -> dict[str, Meaning]:
    """Each target's own meaning: its title and unit."""
    return {
        each.target.key: Meaning(
            Text(
                f"该市计入目标“{each.target.title}”的数",
                f"what counts in the prefecture towards “{each.target.title_en}”",
            ),
            Text(each.target.unit, each.target.unit_en or each.target.unit),
        )
        for each in board.targets
    }
