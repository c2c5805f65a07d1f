"""What prefectures decided, and what is wrong about their authority, as a resource."""

import datetime
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.utils.dateparse import parse_date

from api.declaration import Field, Resource
from api.remarks import REMARKS, remark_json
from core.models import Fact
from core.models.facts import FactKind
from core.queries.delegations import authority_remarks, decisions_of_prefectures
from core.supervision_filters import DecisionFilter
from core.text import Text


def decisions(*, user: Any, as_of: datetime.date) -> QuerySet[Fact]:
    """Decisions of prefectures about microloan companies, each with the day it is judged on."""
    rows = decisions_of_prefectures(user=user, as_of=as_of)
    return rows.annotate(judged_on=Value(as_of, output_field=DateField()))


def _findings(rows: list[dict[str, Any]]) -> None:
    """Put beside each decision what is wrong about its authority. Three queries a page."""
    if not rows:
        return
    day = rows[0]["as_of"]
    day = parse_date(day) if isinstance(day, str) else day
    facts = Fact.objects.filter(pk__in=[row["id"] for row in rows])
    judged = authority_remarks(decisions=facts.select_related("institution__prefecture"), as_of=day)
    for row in rows:
        row["findings"] = [remark_json(each) for each in judged[row["id"]]]


DELEGATION_FINDINGS = Resource(
    name="delegation-findings",
    title=Text("市级决定及其权限核查", "prefecture's decision and its authority"),
    action="register.view",
    rows=decisions,
    dated=True,
    ordering="-happened_on",
    orderings=("happened_on",),
    filterset=DecisionFilter,
    attach=_findings,
    extra_schema={"findings": REMARKS},
    fields=(
        Field("id", "pk", "integer"),
        Field("as_of", "judged_on", "date", Text("核查截至", "Judged on")),
        Field("institution", "institution__code", label=Text("机构编码", "Institution code")),
        Field("institution_name", "institution__name"),
        Field("prefecture", "institution__prefecture__code"),
        Field("prefecture_name", "institution__prefecture__name"),
        Field("kind", "kind", labels=dict(FactKind.choices), label=Text("事项", "Fact")),
        Field("happened_on", "happened_on", "date", Text("决定日期", "Decided on")),
        Field("document_number", "document_number", label=Text("文号", "Document number")),
        Field("decided_by", "decided_by", label=Text("批准机关", "Decided by")),
        Field("delegation", "delegation__code", label=Text("所依下放权限", "Delegation"),
              nullable=True),
        Field("filed_on", "filed_on", "date", Text("报省备案日期", "Filed on"), nullable=True),
        Field("capital", "capital", "money", Text("注册资本", "Capital"), nullable=True),
    ),
)  # fmt: skip
