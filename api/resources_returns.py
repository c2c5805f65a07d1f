"""Periods, obligations and returns as resources."""

from typing import Any

from django.db.models import QuerySet

from api.declaration import Field, Resource
from core.models import Period
from core.models.calendar import PeriodKind
from core.models.documents import Channel
from core.permissions import scope_filter
from core.queries.periods import period_code
from core.text import Text
from returns.filters import ObligationFilter, PeriodFilter, ReturnFilter
from returns.models import Obligation, Return
from returns.rules import STATES


def visible_periods(*, user: Any) -> QuerySet:
    rows = Period.objects.filter(scope_filter(user, "period.view"))
    return rows.annotate(period_code=period_code())


PERIODS = Resource(
    name="periods",
    title=Text("报告期", "period"),
    action="period.view",
    rows=visible_periods,
    ordering="-ends_on",
    orderings=("ends_on", "due_on"),
    filterset=PeriodFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("code", "period_code"),
        Field("form", "form"),
        Field("kind", "kind", labels=dict(PeriodKind.choices)),
        Field("year", "year", "integer"),
        Field("number", "number", "integer"),
        Field("starts_on", "starts_on", "date"),
        Field("ends_on", "ends_on", "date"),
        Field("opens_on", "opens_on", "date"),
        Field("due_on", "due_on", "date"),
        Field("closed_at", "closed_at", "datetime", nullable=True),
    ),
)


def visible_obligations(*, user: Any) -> QuerySet:
    return Obligation.objects.visible_to(user).annotate(period_code=period_code("period__"))


OBLIGATIONS = Resource(
    name="obligations",
    title=Text("填报任务", "obligation"),
    action="return.view",
    rows=visible_obligations,
    ordering="due_on",
    orderings=("due_on",),
    filterset=ObligationFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("institution", "institution__code"),
        Field("institution_name", "institution__name"),
        Field("form", "period__form"),
        Field("period", "period_code"),
        Field("due_on", "due_on", "date"),
        Field("waived_at", "waived_at", "datetime", nullable=True),
        Field("waiver_reason", "waiver_reason"),
    ),
)


def visible_returns(*, user: Any) -> QuerySet:
    return Return.objects.visible_to(user).annotate(period_code=period_code("period__"))


def with_links(row: dict[str, Any]) -> dict[str, Any]:
    """Where to go on from a return."""
    here = f"/api/v1/returns/{row['id']}/"
    names = ("findings", "events")
    return row | {"links": {"self": here} | {name: f"{here}{name}/" for name in names}}


RETURNS = Resource(
    name="returns",
    title=Text("报表", "return"),
    action="return.view",
    rows=visible_returns,
    ordering="-pk",
    orderings=("prepared_at", "signed_at", "accepted_at"),
    filterset=ReturnFilter,
    extra=with_links,
    extra_schema={
        "links": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    fields=(
        Field("id", "pk", "integer"),
        Field("institution", "institution__code", label=Text("机构编码", "Institution code")),
        Field("institution_name", "institution__name"),
        Field("form", "period__form"),
        Field("form_version", "form_version"),
        Field("period", "period_code", label=Text("报告期", "Period")),
        Field("revision", "revision", "integer", Text("版次", "Revision")),
        Field("state", "state", labels=STATES, label=Text("状态", "State")),
        Field("channel", "channel", labels=dict(Channel.choices)),
        Field("line_count", "line_count", "integer"),
        Field("error_count", "error_count", "integer"),
        Field("warning_count", "warning_count", "integer"),
        Field("unexplained_count", "unexplained_count", "integer"),
        Field("sha256", "document__sha256", label=Text("文件指纹", "Fingerprint"), nullable=True),
        Field("prepared_by", "prepared_by__display_name"),
        Field("prepared_at", "prepared_at", "datetime"),
        Field("signed_by", "signed_by__display_name", nullable=True),
        Field("signed_at", "signed_at", "datetime", nullable=True),
        Field("receipt_number", "receipt_number", label=Text("回执编号", "Receipt number")),
        Field("reviewed_at", "reviewed_at", "datetime", nullable=True),
        Field("review_note", "review_note"),
        Field("accepted_at", "accepted_at", "datetime", nullable=True),
        Field("superseded_at", "superseded_at", "datetime", nullable=True),
        Field("revision_reason", "revision_reason"),
        Field("version", "version", "integer"),
    ),
)
