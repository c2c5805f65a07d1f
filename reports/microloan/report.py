"""The report on microloan companies, declared."""

import datetime
from typing import Any

from core.models.institutions import InstitutionKind
from finance.models import Shareholder
from finance.rules.microloan import MicroloanFigures
from reports.coverage.lineage import facts_learnt
from reports.declaration import Evidence, Report
from reports.items.evidence import accepted_since, entries_since
from reports.items.parameters import ItemParameters
from reports.microloan.compute import Group, MicroloanForm, MicroloanReport, compute
from reports.microloan.content import TITLE, content
from reports.microloan.definitions import DEFINITIONS
from reports.microloan.lineage import lineage
from reports.plain import plain


def figures(report: MicroloanReport) -> dict[str, Any]:
    """The figures as plain data: sums, and ratios with both their numbers."""
    return {
        "period": report.parameters.period.code if report.parameters.period else None,
        "total": _plain(report.total),
        "groups": [
            {"code": each.place.code, "name": each.place.name.zh, **_plain(each)}
            for each in report.groups
        ],
        "shenzhen": [{"code": each.place.code, **_plain(each)} for each in report.shenzhen],
        "trend": [
            {"code": code, "balance": plain(found.balance())} for code, found in report.trend
        ],
        "underdeveloped": {
            "companies": [each.code for each in report.foundings.companies],
            "founded_as_the_plan_wishes": report.foundings.as_the_plan_wishes,
            "origins": [
                {"code": f"{each.home}/{each.kind}"} | plain(each)
                for each in report.foundings.origins()
            ],
        },
        "completeness": {
            "due": report.completeness.due,
            "accepted": report.completeness.accepted,
            "missing": [plain(each) for each in report.completeness.missing],
        },
    }


def _plain(group: Group) -> dict[str, Any]:
    found: MicroloanFigures = group.figures
    return {
        "companies": group.companies,
        "filed": found.companies,
        "capital": plain(found.amount("paid_in_capital")),
        "balance": plain(found.balance()),
        "loans": plain(found.loans()),
        "granted": plain(found.flow("granted")),
        "granted_year": plain(found.flow("granted_year")),
        "agricultural_share": plain(found.agricultural_share),
        "small_share": plain(found.small_share),
        "npl": plain(found.npl),
        "npl_ratio": plain(found.npl_ratio),
        "borrowing_ratio": plain(found.borrowing_ratio),
        "rate": plain(found.rate),
    }


def learnt_since(parameters: ItemParameters, moment: datetime.datetime) -> list[Evidence]:
    """Returns accepted, facts recorded or voided, and holdings changed after ``moment``."""
    return [
        *accepted_since(parameters.period, moment),
        *facts_learnt(
            kind=InstitutionKind.MICROLOAN_COMPANY, as_of=parameters.as_of, moment=moment
        ),
        *entries_since([Shareholder], moment),
    ]


MICROLOAN = Report(
    code="microloan",
    title=TITLE,
    form=MicroloanForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
