"""The loan report, declared."""

import datetime
from typing import Any

from finance.rules.loans import LoanFigures
from reports.declaration import Report
from reports.loans.comparable import comparable
from reports.loans.compute import LoanParameters, LoanReport, compute_loans
from reports.loans.content import content
from reports.loans.definitions import DEFINITIONS
from reports.loans.lineage import learnt_since, lineage
from reports.loans.parameters import LoanForm, as_of
from reports.loans.words import TITLE
from reports.plain import plain


def compute(parameters: LoanParameters, known_at: datetime.datetime | None) -> LoanReport:
    return comparable(compute_loans(parameters=parameters, known_at=known_at))


def figures(report: LoanReport) -> dict[str, Any]:
    """The figures as plain data: sums, and ratios with both their numbers."""
    return {
        "period": report.parameters.period.code,
        "total": figures_of(report.total),
        "groups": [
            {"code": each.key, "name": each.label.zh, **figures_of(each.figures)}
            for each in report.groups
        ],
        "goals": [plain(each) for each in report.goals],
        "trend": [plain(each) | {"code": each.period} for each in report.trend],
        "completeness": {
            "due": report.completeness.due,
            "accepted": report.completeness.accepted,
            "missing": [plain(each) for each in report.completeness.missing],
        },
    }


def figures_of(found: LoanFigures) -> dict[str, Any]:
    """One group's figures. Money in 万元."""
    return {
        "balance": plain(found.now.balance),
        "year_start": plain(found.now.year_start),
        "increase": plain(found.increase),
        "growth": plain(found.growth),
        "all_loans_growth": plain(found.all_loans_growth),
        "borrowers": found.now.borrowers,
        "npl": plain(found.now.npl),
        "npl_ratio": plain(found.npl_ratio),
        "granted_period": plain(found.now.granted_period),
        "rate": plain(found.rate),
        "share": plain(found.share),
        "approval": plain(found.approval),
        "lines": found.now.lines,
    }


LOANS = Report(
    code="loans",
    title=TITLE,
    form=LoanForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
