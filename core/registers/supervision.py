"""Delegations, licences, officers and penalties: what supervision keeps of any institution."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core import supervision_filters as filters
from core.models import Delegation, Licence, Officer, Penalty
from core.models.facts import FactKind
from core.naming import both
from core.queries.delegations import authority_remarks, decisions_of_prefectures
from core.queries.validity import TONES, VALIDITY, validity
from core.registers import checks
from core.registers.declaration import Expiry, Extra, Panel, Register, Shown
from core.text import Text

STATE = Extra("state", Text("状态", "State"), labels=VALIDITY, badge=TONES.get)
POSTS = {**VALIDITY, "current": Text("在任", "In post"), "past": Text("已离任", "Left")}
CARRIED_OUT = {
    "current": Text("执行中", "Being carried out"),
    "past": Text("已执行", "Carried out"),
}
FINDING_HEADINGS = (
    Text("决定日期", "Decided on"),
    Text("机构", "Institution"),
    Text("事项", "Matter"),
    Text("文号", "Document number"),
    Text("报省备案", "Filed on"),
    Text("核查意见", "Findings"),
)


def delegations(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    day = as_of or timezone.localdate()
    rows = Delegation.objects.visible_to(user).select_related("prefecture", "county", "file")
    return rows.annotate(state=validity(day, first="valid_from", last="valid_to"))


def licences(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    day = as_of or timezone.localdate()
    rows = Licence.objects.visible_to(user).select_related("institution__prefecture", "file")
    return rows.annotate(
        state=validity(day, first="issued_on", last="valid_until", gone="ended_on")
    )


def officers(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    day = as_of or timezone.localdate()
    rows = Officer.objects.visible_to(user).select_related("institution__prefecture", "file")
    return rows.annotate(state=validity(day, first="appointed_on", gone="left_on"))


def penalties(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    day = as_of or timezone.localdate()
    rows = Penalty.objects.visible_to(user).select_related("institution__prefecture", "file")
    return rows.annotate(state=validity(day, gone="carried_out_on"))


def decisions_under(entry: Delegation, *, user: Any, as_of: datetime.date) -> Sequence[Panel]:
    """What was decided by this delegation, each with what is wrong about its authority."""
    decisions = decisions_of_prefectures(user=user, as_of=as_of).filter(delegation=entry)
    decisions = list(decisions.order_by("-happened_on", "-pk"))
    remarks = authority_remarks(decisions=decisions, as_of=as_of)
    return [
        Panel(
            key="decisions",
            title=Text("依此作出的决定", "Decisions taken under it"),
            headings=FINDING_HEADINGS,
            rows=[
                [
                    Shown(fact.happened_on),
                    Shown(
                        fact.institution.name,
                        url=reverse("core:institution", args=[fact.institution.code]) + "#facts",
                    ),
                    Shown(both(FactKind(fact.kind).label)),
                    Shown(fact.document_number or "—"),
                    Shown(fact.filed_on or "—"),
                    findings_cell(remarks[fact.pk]),
                ]
                for fact in decisions
            ],
        )
    ]


def findings_cell(remarks: Sequence[Any]) -> Shown:
    """Findings in one cell; a good word where there is none."""
    if not remarks:
        return Shown(Text("无", "None"), tone="good")
    said = [each.message for each in remarks]
    words = Text("".join(each.zh for each in said), " ".join(each.en for each in said))
    return Shown(words, tone="warn")


DELEGATIONS = Register(
    key="delegations",
    app="core",
    title=Text("下放审批权限", "Delegations"),
    one=Text("下放权限", "delegation"),
    model=Delegation,
    fields=(
        "prefecture",
        "matters",
        "grantor",
        "document_number",
        "valid_from",
        "valid_to",
        "capital_ceiling",
        "needs_filing",
        "filing_days",
        "conditions",
    ),
    columns=(
        "code",
        "prefecture",
        "matters",
        "document_number",
        "valid_from",
        "valid_to",
        "capital_ceiling",
        "filing_days",
        "?grantor",
        "?needs_filing",
    ),
    extras=(STATE,),
    rows=delegations,
    filterset=filters.DelegationFilter,
    check=checks.delegation,
    panels=decisions_under,
    expiry=Expiry(
        "valid_to",
        Text("下放权限到期", "Delegation expires"),
        "valid_from",
        ("prefecture", "matters"),
    ),
    intro=Text(
        "省把哪些事项交由哪个市决定，到何时为止；市级决定与此不符的列为核查意见。",
        "What the province lets a prefecture decide, and until when; decisions that do not "
        "agree with it are findings.",
    ),
    icon="key",
    examples={
        "prefecture": Text("韶关市", "Shaoguan"),
        "matters": "设立、增资",
        "document_number": "粤金〔2012〕30号",
        "valid_from": "2012-05-01",
        "valid_to": "2013-04-30",
        "needs_filing": "是",
        "filing_days": "10",
    },
)

LICENCES = Register(
    key="licences",
    app="core",
    title=Text("证照", "Licences"),
    one=Text("证照", "licence"),
    model=Licence,
    fields=(
        "institution",
        "kind",
        "number",
        "scope",
        "issued_by",
        "issued_on",
        "valid_until",
        "ended_on",
        "end_reason",
    ),
    columns=(
        "code",
        "institution",
        "institution.prefecture",
        "kind",
        "number",
        "issued_on",
        "valid_until",
        "?issued_by",
        "?ended_on",
        "?end_reason",
    ),
    extras=(STATE,),
    rows=licences,
    filterset=filters.LicenceFilter,
    check=checks.licence,
    parents=("institution",),
    expiry=Expiry(
        "valid_until",
        Text("证照到期", "Licence expires"),
        "issued_on",
        ("institution", "kind"),
        unless=Q(ended_on__isnull=False),
    ),
    icon="card-checklist",
    examples={
        "kind": "经营许可证",
        "number": "粤0001",
        "issued_on": "2011-03-01",
        "valid_until": "2016-02-28",
    },
)

OFFICERS = Register(
    key="officers",
    app="core",
    title=Text("高管人员", "Officers"),
    one=Text("高管人员", "officer"),
    model=Officer,
    fields=(
        "institution",
        "name",
        "post",
        "appointed_on",
        "left_on",
        "document_number",
        "experience_years",
    ),
    columns=(
        "code",
        "name",
        "institution",
        "institution.prefecture",
        "post",
        "appointed_on",
        "left_on",
        "?document_number",
        "?experience_years",
    ),
    extras=(Extra("state", Text("状态", "State"), labels=POSTS, badge=TONES.get),),
    rows=officers,
    filterset=filters.OfficerFilter,
    parents=("institution",),
    icon="people",
    intro=Text("不登记身份证号码。", "Numbers of identity cards are not kept."),
    examples={"name": "示例人", "post": "总经理", "appointed_on": "2011-03-01"},
)

PENALTIES = Register(
    key="penalties",
    app="core",
    title=Text("处罚与监管措施", "Penalties and measures"),
    one=Text("处罚或监管措施", "penalty or measure"),
    model=Penalty,
    fields=(
        "institution",
        "decided_on",
        "decided_by",
        "document_number",
        "measure",
        "ground",
        "amount",
        "carried_out_on",
    ),
    columns=(
        "code",
        "institution",
        "institution.prefecture",
        "decided_on",
        "measure",
        "ground",
        "amount",
        "?decided_by",
        "?document_number",
        "carried_out_on",
    ),
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=CARRIED_OUT,
            badge=lambda state: "good" if state == "past" else "warn",
        ),
    ),
    rows=penalties,
    filterset=filters.PenaltyFilter,
    check=checks.penalty,
    default_sort="-decided_on",
    parents=("institution",),
    icon="exclamation-octagon",
    examples={
        "decided_on": "2012-05-10",
        "decided_by": "广东省金融办",
        "measure": "责令改正",
        "ground": "未按期报送月报",
    },
)

REGISTERS = (DELEGATIONS, LICENCES, OFFICERS, PENALTIES)
