"""The report on services, declared."""

import datetime
from typing import Any

from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.platforms import PlatformKind
from reports.declaration import Evidence, Report
from reports.items.evidence import entries_since
from reports.plain import plain
from reports.services.compute import (
    Group,
    ServicesForm,
    ServicesParameters,
    ServicesReport,
    compute,
)
from reports.services.content import TITLE, content
from reports.services.definitions import DEFINITIONS
from reports.services.lineage import lineage

MODELS = (ServicePoint, CooperationPlatform, PlatformResult, FinancingEvent, EventDrawing)


def figures(report: ServicesReport) -> dict[str, Any]:
    """The figures as plain data: sums, and ratios with both their numbers."""
    whole = report.total.services
    return {
        "since": plain(report.parameters.since),
        "total": _plain(report.total),
        "groups": [
            {"code": each.place.code, "name": each.place.name.zh, **_plain(each)}
            for each in report.groups
        ],
        "shenzhen": [{"code": each.place.code, **_plain(each)} for each in report.shenzhen],
        "platforms": [
            {"code": kind.value, **_results(Group(report.total.place, whole.of_kind(kind.value)))}
            for kind in PlatformKind
        ],
        "events": [
            {**plain(each), "drawn_share": plain(each.drawn_share)} for each in whole.events
        ],
        "uncovered": [plain(each) for each in whole.uncovered],
    }


def _results(group: Group) -> dict[str, Any]:
    found = group.services
    return {
        "platforms": len(found.platforms),
        "served": found.served,
        "financed": found.financed,
        "financed_share": plain(found.financed_share),
        "amount": plain(found.amount),
    }


def _plain(group: Group) -> dict[str, Any]:
    found = group.services
    return {
        "points": len(found.points),
        "centres": len(found.centres),
        "counties_covered": plain(found.coverage),
        **_results(group),
        "events": len(found.events),
        "signed": plain(found.signed),
        "drawn": plain(found.drawn),
        "drawn_share": plain(found.drawn_share),
        "events_without_drawing": found.silent,
    }


def learnt_since(parameters: ServicesParameters, moment: datetime.datetime) -> list[Evidence]:
    """Entries that were made, changed or voided after ``moment``."""
    return entries_since(MODELS, moment)


SERVICES = Report(
    code="services",
    title=TITLE,
    form=ServicesForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
