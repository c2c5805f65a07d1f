"""The register of progress reports, with what can be done with one."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.permissions import may
from core.registers import Extra, Panel, Part, RecordAction, Register, Shown
from core.text import Text
from plan import filters
from plan.models import ProgressReport, ReportSection, ReportState
from plan.operations.progress_reports import OPEN
from plan.queries.progress_reports import figures_of
from plan.registers.reporting import own_units, rows_of

TONES = {"draft": "", "submitted": "info", "returned": "bad", "accepted": "good"}


def report_check(report: ProgressReport) -> dict[str, Text]:
    """What was submitted is changed only after it was sent back."""
    if report.pk and report.state not in OPEN:
        return {
            "summary": Text(
                f"报告{report.get_state_display()}，不能修改；需要修改的请省里退回。",
                f"The report is {report.state} and cannot change; ask for it to be sent back.",
            )
        }
    return {}


def sections_check(report: ProgressReport, rows: Sequence[ReportSection]) -> dict[str, Text]:
    """Measures of the unit's own plan, each once."""
    measures = [row.measure for row in rows if row.measure_id]
    if any(each.plan_id != report.unit.plan_id for each in measures):
        return {"": Text("措施须属于本单位的计划。", "Measures must be of the unit's plan.")}
    if len({each.pk for each in measures}) != len(measures):
        return {"": Text("同一措施只填一行。", "Each measure stands once.")}
    return {}


def report_panels(report: ProgressReport, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The unit's figures: as frozen when submitted, else as the registries have them now."""
    frozen = report.state not in OPEN
    rows = report.figures if frozen else figures_of(
        report.unit, report.period, today=timezone.localdate()
    )  # fmt: skip
    board = reverse("reports:plan-board-lineage")
    place = f":{report.unit.prefecture.code}" if report.unit.prefecture else ""
    return [
        Panel(
            key="figures",
            title=Text("登记中本单位的数字", "What the registries know of the unit"),
            headings=[
                Text("目标", "Target"),
                Text("数字", "Figure"),
                Text("单位", "Unit"),
                Text("截至", "As of"),
            ],
            rows=[
                [
                    Shown(Text(f"{row['key']} {row['title']}", f"{row['key']} {row['title_en']}")),
                    Shown(
                        row["value"],
                        url=f"{board}?as_of={row['as_of']}&year={report.unit.plan.year}"
                        f"&figure=target:{row['key']}{place}",
                        numeric=True,
                    ),
                    Shown(row["unit"]),
                    Shown(row["as_of"]),
                ]
                for row in rows
            ],
            note=Text("报送时的数字，已固定。", "As they were when it was submitted.")
            if frozen
            else Text("现在的数字；报送时固定。", "As they are now; frozen when submitted."),
        )
    ]


def report_actions(report: ProgressReport, *, user: Any) -> list[RecordAction]:
    """The acts that the state allows, for those who may do them."""
    if report.voided_at is not None:
        return []

    def act(name: str, words: Text, icon: str, *, primary: bool = False) -> RecordAction:
        address = reverse(f"plan:progress-reports-{name}", args=[report.code])
        return RecordAction(words, address, icon, primary=primary)

    found = []
    if report.state in OPEN and may(user, ProgressReport.EDIT, report):
        found.append(act("submit", Text("报送", "Submit"), "send", primary=True))
    if report.state == ReportState.SUBMITTED and may(user, "plan.review", report):
        found.append(act("accept", Text("接受", "Accept"), "check-lg", primary=True))
        found.append(act("return", Text("退回", "Send back"), "x-lg"))
    return found


REPORTS = Register(
    key="progress-reports",
    app="plan",
    title=Text("工作情况报告", "Progress reports"),
    one=Text("工作情况报告", "progress report"),
    model=ProgressReport,
    fields=("unit", "period", "summary"),
    columns=("code", "unit", "period"),
    default_sort="-updated_at",
    filterset=filters.ProgressReportFilter,
    rows=rows_of(ProgressReport, "unit__plan"),
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=dict(ReportState.choices),
            badge=lambda state: TONES[state],
        ),
        Extra("submitted_at", Text("报送时间", "Submitted"), "datetime"),
        Extra("review_note", Text("审核说明", "Remark")),
    ),
    parents=("unit",),
    check=report_check,
    parts=(
        Part(
            key="sections",
            title=Text("分项进展", "Progress by measure"),
            model=ReportSection,
            fields=("measure", "text"),
            check=sections_check,
            spare=2,
        ),
    ),
    panels=report_panels,
    actions=report_actions,
    limit_choices={"unit": own_units},
    icon="file-earmark-text",
    intro=Text(
        "各地、各部门上半年和全年工作情况；由登记数字起草，报送后由省里接受或退回。",
        "What units report of the half year and the year; drafted from the registries, accepted "
        "or sent back by the province.",
    ),
    examples={"period": "上半年", "summary": "总体情况"},
)
