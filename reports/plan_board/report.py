"""The plan board, declared."""

import datetime
from typing import Any

from plan.models import Milestone, PlanEvent, ProgressEntry, Target
from reports.declaration import Evidence, Report
from reports.items.evidence import entries_since
from reports.plain import plain
from reports.plan_board.compute import BoardForm, BoardParameters, BoardReport, compute
from reports.plan_board.content import TITLE, content
from reports.plan_board.definitions import definitions
from reports.plan_board.lineage import lineage

MODELS = (Target, Milestone, ProgressEntry, PlanEvent)


def figures(report: BoardReport) -> dict[str, Any]:
    """The figures as plain data: every target with its wording, figure and state."""
    board = report.board
    if board is None:
        return {"plan": None, "measures": [], "milestones": []}
    return {
        "plan": board.plan.code,
        "year": board.plan.year,
        "measures": [
            {
                "number": each.measure.number,
                "title": each.measure.title,
                "targets": [
                    {
                        "key": one.target.key,
                        "title": one.target.title,
                        "words": one.target.words,
                        "comparator": one.target.comparator,
                        "lower": one.target.lower,
                        "upper": one.target.upper,
                        "unit": one.target.unit,
                        "source": one.target.source,
                        "value": one.value,
                        "moved": report.moved(one),
                        "share": plain(one.share),
                        "due_on": one.target.due_on.isoformat(),
                        "state": one.state.value,
                        "prefectures": {
                            code: number for code, number in sorted(one.counted.items()) if code
                        },
                    }
                    for one in each.targets
                ],
            }
            for each in board.measures
        ],
        "milestones": [
            {
                "key": each.milestone.key,
                "title": each.milestone.title,
                "due_on": each.milestone.due_on.isoformat(),
                "done_on": plain(each.milestone.done_on),
                "state": each.state.value,
            }
            for each in board.milestones
        ],
    }


def learnt_since(parameters: BoardParameters, moment: datetime.datetime) -> list[Evidence]:
    """Targets, milestones, progress and events that were made, changed or voided since."""
    return entries_since(MODELS, moment)


PLAN_BOARD = Report(
    code="plan-board",
    title=TITLE,
    form=BoardForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=definitions,
    lineage=lineage,
    learnt_since=learnt_since,
    permission="plan.view",
)
