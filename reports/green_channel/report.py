"""The report on the green channel, declared."""

from typing import Any

from listings.models import GreenChannelCase
from listings.rules.workload import Workload
from reports.declaration import Report
from reports.green_channel.compute import (
    GreenChannelForm,
    GreenChannelReport,
    Group,
    compute,
    narrowed,
)
from reports.green_channel.content import MEASURES, TITLE, content
from reports.green_channel.definitions import DEFINITIONS
from reports.green_channel.lineage import learnt_since, lineage
from reports.plain import plain


def figures(report: GreenChannelReport) -> dict[str, Any]:
    """The figures as plain data."""
    return {
        "since": report.parameters.since.isoformat(),
        "department": report.parameters.department,
        "prefecture": report.parameters.prefecture,
        "total": _plain(report.total),
        "departments": [_group(each) for each in report.departments],
        "prefectures": [_group(each) for each in report.prefectures],
        "issues": [_group(each) for each in report.issues],
        "overdue": [
            {
                "code": each.code,
                "subject": each.subject,
                "enterprise": each.enterprise,
                "enterprise_name": each.enterprise_name,
                "department": each.department,
                "department_name": each.department_name,
                "prefecture": each.prefecture,
                "opened_on": each.opened_on.isoformat(),
                "promised_days": each.clock.promised,
                "due_on": plain(each.clock.due),
                "days_overdue": (report.parameters.as_of - each.clock.due).days,
            }
            for each in report.overdue
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"code": group.code, "name": group.name, **_plain(group.load)}


def _plain(load: Workload) -> dict[str, Any]:
    return {
        **{name: getattr(load, name) for name in MEASURES},
        "in_time": plain(load.in_time),
        "days_taken": {
            "cases": len(load.used),
            "sum": sum(load.used),
            "mean": plain(load.mean),
            "median": plain(load.median),
            "longest": load.longest,
        },
    }


GREEN_CHANNEL = Report(
    code="green-channel",
    title=TITLE,
    form=GreenChannelForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
    scoped_by=GreenChannelCase.VIEW,
    narrowed=narrowed,
)
