"""The register of consolidated reports: each save is a version, approval is an act."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from core.models import Prefecture
from core.permissions import may
from core.registers import Extra, Panel, RecordAction, Register, Shown
from core.text import Text
from plan import filters
from plan.models import ConsolidatedReport
from plan.queries.consolidated_reports import (
    APPROVED,
    STATES,
    accepted_since,
    figures_for,
    rows_of,
    unknown_names,
    versions_of,
)
from plan.queries.progress_reports import is_in


def figures_check(report: ConsolidatedReport) -> dict[str, Text]:
    """Every figure that the text names is there."""
    places = Prefecture.objects.values_list("code", flat=True)
    wrong = unknown_names(report.text, plan=report.plan_id, places=places)
    if not wrong:
        return {}
    said = [(line, f"{{{name}}}") for line, name in wrong]
    where = "；".join(f"正文第{line}行的{name}" for line, name in said)
    there = "; ".join(f"{name} in line {line}" for line, name in said)
    return {
        "text": Text(
            f"没有这样的数字：{where}。请改用目标代号，如 {{T17}}；各地市的写作 {{T17:440200}}。",
            f"There is no such figure: {there}. Write a target's key, such as {{T17}}; a "
            "prefecture's figure is {T17:440200}.",
        )
    }


def report_url(report: ConsolidatedReport, version: int) -> str:
    """The page on which a version is read with its figures."""
    asked = {"year": report.plan.year, "period": report.period, "version": version}
    return f"{reverse('reports:consolidated-report')}?{urlencode(asked)}"


def report_actions(report: ConsolidatedReport, *, user: Any) -> list[RecordAction]:
    """Read it; approve it, or publish what is approved."""
    if report.voided_at is not None:
        return []
    read = Text("阅读", "Read")
    found = [RecordAction(read, report_url(report, report.version), "eye", primary=True)]
    if not report.approved and may(user, "plan.approve", report):
        address = reverse("plan:consolidated-reports-approve", args=[report.code])
        found.append(RecordAction(Text("批准", "Approve"), address, "check-lg"))
    if report.approved and may(user, "report.publish"):
        asked = report_url(report, report.version).partition("?")[2]
        address = f"{reverse('reports:publish', args=['consolidated-report'])}?{asked}"
        found.append(RecordAction(Text("发布", "Publish"), address, "send"))
    return found


def report_panels(report: ConsolidatedReport, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Its versions, and what is missing in it."""
    figures = figures_for(report.plan, report.period, today=timezone.localdate())
    return [_versions(report), _missing(report, figures)]


def report_aids(report: ConsolidatedReport) -> list[Panel]:
    """The figures that the text may name."""
    figures = figures_for(report.plan, report.period, today=timezone.localdate())
    return [_offered(report, figures)]


def _versions(report: ConsolidatedReport) -> Panel:
    rows = versions_of(report.code).select_related("history_user")
    return Panel(
        key="versions",
        title=Text("版本", "Versions"),
        headings=[
            Text("版本", "Version"),
            Text("状态", "State"),
            Text("时间", "Saved"),
            Text("由", "By"),
        ],
        rows=[
            [
                Shown(row.version, url=report_url(report, row.version), numeric=True),
                Shown(STATES[APPROVED], tone="good")
                if row.version == row.approved_version
                else Shown(STATES["draft"]),
                Shown(timezone.localtime(row.history_date).strftime("%Y-%m-%d %H:%M")),
                Shown(str(row.history_user or "")),
            ]
            for row in rows
        ],
        note=Text(
            "每次保存为一个新版本；批准只对当时的版本有效。",
            "Each save is a new version; approval holds for the version that it was given to.",
        ),
    )


def _missing(report: ConsolidatedReport, figures: Any) -> Panel:
    rows = [
        [
            Shown(str(each.unit)),
            Shown(Text("逾期", "Late"), tone="bad") if each.late else Shown(""),
        ]
        for each in figures.units
        if not is_in(each.report)
    ]
    later = accepted_since(report)
    return Panel(
        key="missing",
        title=Text("未报送单位", "Units that have not reported"),
        headings=[Text("地区/单位", "Unit"), Text("状态", "State")],
        rows=rows,
        note=Text(
            f"正文最后修改后又接受的报告：{'、'.join(str(each.unit) for each in later)}。",
            f"Accepted since the text was last changed: "
            f"{', '.join(str(each.unit) for each in later)}.",
        )
        if later
        else Text("", ""),
    )


def _offered(report: ConsolidatedReport, figures: Any) -> Panel:
    behind = reverse("reports:plan-board-lineage")
    day = figures.board.as_of.isoformat()

    def address(figure: str) -> str:
        if figure.startswith("units:"):
            return ""
        asked = {"as_of": day, "year": report.plan.year, "figure": figure}
        return f"{behind}?{urlencode(asked)}"

    return Panel(
        key="offered",
        title=Text("可引用的数字", "Figures that the text may name"),
        headings=[
            Text("写法", "Written"),
            Text("含义", "What it is"),
            Text("现值", "Figure now"),
        ],
        rows=[
            [
                Shown(f"{{{each.name}}}"),
                Shown(each.label),
                Shown(each.shown, url=address(each.figure), numeric=True),
            ]
            for each in figures.offered()
        ],
        note=Text(
            "各地市的数字在代号后加冒号和地市代码，如 {T17:440200}。",
            "A prefecture's figure has its code after a colon: {T17:440200}.",
        ),
    )


CONSOLIDATED = Register(
    key="consolidated-reports",
    app="plan",
    title=Text("落实情况汇总报告", "Consolidated reports"),
    one=Text("落实情况汇总报告", "consolidated report"),
    model=ConsolidatedReport,
    fields=("plan", "period", "title", "recipients", "text", "signatory", "signed_on"),
    columns=("code", "plan", "period", "title", "?signed_on"),
    default_sort="-updated_at",
    filterset=filters.ConsolidatedReportFilter,
    rows=rows_of,
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=STATES,
            badge=lambda state: "good" if state == APPROVED else "",
        ),
        Extra("approved_at", Text("批准时间", "Approved"), "datetime"),
        Extra("approved_version", Text("批准的版本", "Version approved"), "integer", in_list=False),
    ),
    check=figures_check,
    panels=report_panels,
    aids=report_aids,
    long=("text",),
    actions=report_actions,
    icon="journal-check",
    intro=Text(
        "报省委、省政府的半年和全年落实情况：由登记和已接受的报告起草，修改、批准后发布；"
        "正文中的数字随登记变化并可点开依据。",
        "What the province tells of the half year and the year: drafted from the registries and "
        "the accepted reports, edited, approved, published; figures in the text stay linked.",
    ),
    examples={"period": "上半年", "title": "关于2012年上半年落实情况的报告"},
)
