"""The report on incentives, declared."""

from typing import Any

from core.rules.budgets import YearBudget
from reports.declaration import Report
from reports.incentives.compute import IncentiveForm, IncentiveReport, compute
from reports.incentives.content import TITLE, content
from reports.incentives.definitions import DEFINITIONS
from reports.incentives.lineage import learnt_since, lineage
from reports.plain import plain


def figures(report: IncentiveReport) -> dict[str, Any]:
    """The figures as plain data."""
    return {
        "year": report.parameters.year,
        "covered": plain(report.covered),
        "total": _plain(report.total),
        "policies": [
            {
                "code": each.code,
                "name": each.name,
                "level": each.level,
                "prefecture": each.prefecture or None,
                "document_number": each.document_number,
                "in_force": each.in_force,
                "ends_on": plain(each.ends_on),
                "applied": each.applied,
                "approved": each.approved,
                **_plain(each.money),
            }
            for each in report.policies
        ],
        "prefectures": [
            {
                "code": each.code or "higher",
                "city_policies": each.city,
                "county_policies": each.counties,
                **_plain(each.money),
                "received_granted": plain(each.granted),
                "received_paid": plain(each.paid),
            }
            for each in report.places
        ],
        "without": [
            {
                "code": each.prefecture.code,
                "name": each.prefecture.name,
                "county_policies": each.counties,
                "last": each.last.code if each.last else None,
                "ended_on": plain(each.last.ends_on) if each.last else None,
            }
            for each in report.without
        ],
    }


def _plain(money: YearBudget) -> dict[str, Any]:
    return {
        "budget": plain(money.budget),
        "granted": plain(money.granted),
        "paid": plain(money.paid),
        "left": plain(money.left),
    }


INCENTIVES = Report(
    code="incentives",
    title=TITLE,
    form=IncentiveForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
