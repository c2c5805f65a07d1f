"""The cases behind the figures of the report on the green channel, and what was learnt since."""

import datetime
from typing import Any

from django.db.models import Q

from core.naming import both
from core.text import Text
from listings.models import CaseEvent, GreenChannelCase
from listings.models.green_channel import CaseAct
from listings.rules.clock import STANDINGS
from listings.rules.workload import CaseOn
from reports.declaration import Evidence, Lineage
from reports.green_channel.compute import (
    GreenChannelParameters,
    GreenChannelReport,
    compute,
)
from reports.green_channel.content import MEASURES, case_url, place_name


def lineage(
    parameters: GreenChannelParameters,
    figure: str,
    known_at: datetime.datetime | None,
    user: Any,
) -> Lineage:
    """The cases behind ``overdue``, ``closed:DP01``, ``open:440200`` and so on."""
    name, _colon, code = figure.partition(":")
    words, meant = MEASURES[name]
    report = compute(parameters, known_at)
    groups = (*report.departments, *report.prefectures, *report.issues)
    if code and code not in {each.code for each in groups}:
        raise KeyError(figure)
    return Lineage(
        title=words,
        evidence=[
            _evidence(report, each)
            for each in report.cases
            if meant(each, parameters.since)
            and code in ("", each.department, each.prefecture, each.issue)
        ],
    )


def _evidence(report: GreenChannelReport, case: CaseOn) -> Evidence:
    standing = STANDINGS[case.clock.standing_on(report.parameters.as_of)]
    return Evidence(
        on=case.closed_on or case.opened_on,
        what=Text(
            f"{case.enterprise_name}　{case.subject}　{standing.zh}"
            f"（{case.department_name}，已用 {case.used} 个工作日）",
            f"{case.enterprise_name}: {case.subject}; {standing.en} "
            f"({case.department_name}, {case.used} working days)",
        ),
        where=place_name(report, case.prefecture),
        document=case.document_number,
        url=case_url(case.code),
        keys=(case.department, case.prefecture, case.issue, case.code),
    )


def learnt_since(parameters: GreenChannelParameters, moment: datetime.datetime) -> list[Evidence]:
    """Cases and events that were recorded or voided after ``moment``."""
    after = Q(created_at__gt=moment) | Q(voided_at__gt=moment)
    cases = GreenChannelCase.objects.filter(after, opened_on__lte=parameters.as_of)
    events = CaseEvent.objects.filter(after, happened_on__lte=parameters.as_of)
    found = [
        (each.opened_on, each, Text("受理", "opened"), each.voided_at)
        for each in cases.select_related("department", "prefecture")
    ]
    found += [
        (each.happened_on, each.case, both(CaseAct(each.act).label), each.voided_at)
        for each in events.select_related("case__department", "case__prefecture")
    ]
    return [
        Evidence(
            on=on,
            what=Text(
                f"{'作废：' if voided else ''}{case}　{what.zh}",
                f"{'voided: ' if voided else ''}{case}: {what.en}",
            ),
            where=Text(case.prefecture.name, case.prefecture.name_en),
            url=case_url(case.code),
            keys=(case.department.code, case.prefecture.code, case.issue, case.code),
        )
        for on, case, what, voided in sorted(found, key=lambda each: each[0])
    ]
