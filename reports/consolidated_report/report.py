"""The consolidated report, declared."""

import datetime
from typing import Any

from core.errors import StateConflict
from core.text import Text
from plan.models import (
    ConsolidatedReport,
    Milestone,
    PlanEvent,
    ProgressEntry,
    ProgressReport,
    Target,
)
from plan.queries.consolidated_reports import plain_values
from plan.queries.progress_reports import is_in
from reports.consolidated_report.compute import (
    Consolidated,
    ReportForm,
    ReportParameters,
    compute,
)
from reports.consolidated_report.content import TITLE, content
from reports.consolidated_report.lineage import lineage
from reports.declaration import Evidence, Report
from reports.items.evidence import entries_since
from reports.plain import plain
from reports.plan_board.definitions import TARGET

MODELS = (ConsolidatedReport, Target, Milestone, ProgressEntry, PlanEvent, ProgressReport)


def figures(report: Consolidated) -> dict[str, Any]:
    """The text as written, the figures that it names, every target, and who reported what."""
    found = report.figures
    if found is None:
        return {"plan": None, "text": None, "named": {}, "targets": [], "units": []}
    text = report.text
    return {
        "plan": found.board.plan.code,
        "year": report.parameters.year,
        "period": report.parameters.period,
        "text": None
        if text is None
        else {
            "report": text.code,
            "version": text.version,
            "approved": report.approved,
            "title": text.title,
            "recipients": text.recipients,
            "text": text.text,
            "signatory": text.signatory,
            "signed_on": plain(text.signed_on),
        },
        "named": plain_values(report.named),
        "targets": [
            {
                "key": each.target.key,
                "title": each.target.title,
                "words": each.target.words,
                "value": each.value,
                "unit": each.target.unit,
                "share": plain(each.share),
                "state": each.state.value,
            }
            for each in found.board.targets
        ],
        "milestones": [
            {"key": each.milestone.key, "state": each.state.value}
            for each in found.board.milestones
        ],
        "units": [
            {
                "code": each.unit.code,
                "unit": str(each.unit),
                "state": each.report.state if each.report else None,
                "late": each.late,
            }
            for each in found.units
        ],
        "missing": [str(each.unit) for each in found.units if not is_in(each.report)],
    }


def ready(report: Consolidated) -> None:
    """Only what was approved is published, with the figures that were approved.

    Raises StateConflict "not-approved" or "figures-moved".
    """
    if not report.approved:
        raise StateConflict(
            "not-approved",
            Text(
                "这一版还没有批准，不能发布；请先批准。",
                "This version is not approved; have it approved before it is published.",
            ),
        )
    before, now = report.text.approved_figures, plain_values(report.named)
    moved = [name for name in now if now[name] != before.get(name)]
    if moved:
        said = "；".join(f"{{{name}}} {before.get(name, '—')} → {now[name]}" for name in moved)
        raise StateConflict(
            "figures-moved",
            Text(
                f"批准后数字已变化：{said}。请核对正文后重新批准。",
                f"Figures have moved since it was approved: {said}. Check the text and have it "
                "approved again.",
            ),
        )


def learnt_since(parameters: ReportParameters, moment: datetime.datetime) -> list[Evidence]:
    """What of the plan, its progress and its reports was made, changed or voided since."""
    return entries_since(MODELS, moment)


CONSOLIDATED_REPORT = Report(
    code="consolidated-report",
    title=TITLE,
    form=ReportForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.day,
    definitions=lambda result: TARGET,
    lineage=lineage,
    learnt_since=learnt_since,
    permission="plan.view",
    ready=ready,
)
