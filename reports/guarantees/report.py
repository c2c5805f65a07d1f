"""The report on guarantee agencies, declared."""

import datetime
from typing import Any

from core.models.institutions import InstitutionKind
from guarantees.models import CaseMovement, CreditRating
from guarantees.rules.ratios import INDICATORS, GuaranteeFigures
from reports.coverage.lineage import facts_learnt
from reports.declaration import Evidence, Report
from reports.guarantees.compute import Group, GuaranteeForm, GuaranteeReport, compute
from reports.guarantees.content import TITLE, content
from reports.guarantees.definitions import DEFINITIONS
from reports.guarantees.lineage import lineage
from reports.items.evidence import accepted_since, entries_since
from reports.items.parameters import ItemParameters
from reports.plain import plain


def figures(report: GuaranteeReport) -> dict[str, Any]:
    """The figures as plain data: sums, and ratios with both their numbers."""
    return {
        "period": report.parameters.period.code if report.parameters.period else None,
        "total": _plain(report.total),
        "groups": [
            {"code": each.place.code, "name": each.place.name.zh, **_plain(each)}
            for each in report.groups
        ],
        "shenzhen": [{"code": each.place.code, **_plain(each)} for each in report.shenzhen],
        "ratings": [{"code": grade, "agencies": number} for grade, number in report.grades],
        "premium_rate": plain(report.premium),
        "trend": [
            {"code": code, "closing": plain(found.business("closing"))}
            for code, found in report.trend
        ],
        "completeness": {
            "due": report.completeness.due,
            "accepted": report.completeness.accepted,
            "missing": [plain(each) for each in report.completeness.missing],
        },
    }


def _plain(group: Group) -> dict[str, Any]:
    found: GuaranteeFigures = group.figures
    return {
        "agencies": group.agencies,
        "filed": found.agencies,
        "capital": plain(found.amount("paid_in_capital")),
        "net_assets": plain(found.amount("net_assets")),
        "closing": plain(found.business("closing")),
        "liability": plain(found.business("liability", "financing")),
        "lapsed_ratings": group.lapsed,
        "unrated": group.missing,
        "banks_share_in_losses": plain(group.banks_share),
        "borne": [
            {"code": party, "borne": plain(each.borne), "returned": plain(each.returned)}
            for party, each in sorted(group.borne.items())
        ],
        "indicators": {
            each.code: plain(each.of(found)) for each in INDICATORS.values() if not each.single
        },
    }


def learnt_since(parameters: ItemParameters, moment: datetime.datetime) -> list[Evidence]:
    """Returns accepted, facts recorded or voided, ratings and cases changed after ``moment``."""
    return [
        *accepted_since(parameters.period, moment),
        *facts_learnt(kind=InstitutionKind.GUARANTEE_AGENCY, as_of=parameters.as_of, moment=moment),
        *entries_since([CreditRating, CaseMovement], moment),
    ]


GUARANTEES = Report(
    code="guarantees",
    title=TITLE,
    form=GuaranteeForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
