"""Reports that were published: their figures, and what they would be today."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import checked, read_body
from api.declaration import Field, Resource
from api.describe import controls, filters, key_parameter, page_responses, record_schema
from api.idempotency import idempotent
from api.resources import found, listed
from api.responses import answer
from core.errors import NotFound
from core.text import Text
from reports.filters import PublishedFilter
from reports.models import PublishedReport
from reports.operations.publishing import publish
from reports.plain import plain
from reports.queries.comparison import Comparison, compared_with_today, recomputed
from reports.queries.publications import visible_publications

PUBLISHED = Resource(
    name="published-reports",
    title=Text("已发布报告", "published report"),
    action="report.view",
    rows=visible_publications,
    key="number",
    ordering="-published_at",
    orderings=("published_at", "as_of"),
    filterset=PublishedFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("number", "number", label=Text("编号", "Number")),
        Field("report", "report"),
        Field("title", "title"),
        Field("as_of", "as_of", "date"),
        Field("known_at", "known_at", "datetime"),
        Field("figures_sha256", "figures_sha256", label=Text("数字指纹", "Fingerprint")),
        Field("pdf_sha256", "pdf__sha256"),
        Field("published_at", "published_at", "datetime"),
        Field("published_by", "published_by__display_name"),
        Field("note", "note"),
    ),
)
FIGURES = {"parameters": {"type": "object"}, "figures": {"type": "object"}}


def publication_called(request: Request, key: str) -> PublishedReport:
    record = None
    if "\0" not in key:
        record = visible_publications(user=request.user).filter(number=key).first()
    if record is None:
        raise NotFound(PUBLISHED.title)
    return record


def publication_json(request: Request, record: PublishedReport) -> dict[str, Any]:
    row = found(PUBLISHED, request, record.number)
    return row | {"parameters": record.parameters, "figures": record.figures}


def _with_figures() -> dict[str, Any]:
    schema = record_schema(PUBLISHED)
    properties = schema["properties"] | FIGURES
    return schema | {"properties": properties, "required": list(properties)}


class Publish(ApiView):
    """What was published; publish a report as it stands now."""

    permissions: ClassVar = {"GET": "report.view", "POST": "report.publish"}

    @extend_schema(
        operation_id="published_reports_list", tags=["published-reports"],
        summary="Published reports 已发布报告",
        parameters=[*controls(PUBLISHED), *filters(PUBLISHED)],
        responses=page_responses(PUBLISHED),
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        return listed(PUBLISHED, request)

    @acts.written(
        name="published_reports_create", tag="published-reports", summary="Publish 发布",
        request=acts.fields_schema(
            ("report",), report="string", parameters={"type": "object"}, note="string"),
        parameters=(acts.KEY,), responses={201: _with_figures()},
    )  # fmt: skip
    @idempotent
    def post(self, request: Request) -> HttpResponse:
        only_parameters(request)
        body = read_body(request, required=("report",), report=str, parameters=dict, note=str)
        asked = body["parameters"] or {}
        checked(asked, kinds=dict.fromkeys(asked, str))
        record = publish(
            code=body["report"],
            asked=asked,
            actor=request.user,
            now=timezone.now(),
            note=body["note"] or "",
        )
        headers = {"Location": f"/api/v1/published-reports/{record.number}/"}
        return answer(publication_json(request, record), status=201, headers=headers)


class Publication(ApiView):
    """A published report with its figures."""

    permissions: ClassVar = {"GET": "report.view"}

    @extend_schema(
        operation_id="published_reports_retrieve", tags=["published-reports"],
        summary="Published report 已发布报告", parameters=[key_parameter(PUBLISHED)],
        responses={200: _with_figures()},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        return answer(publication_json(request, publication_called(request, key)))


class PublicationComparison(ApiView):
    """A published report computed again: as it was known then, and as it is known today."""

    permissions: ClassVar = {"GET": "report.view"}

    @extend_schema(
        operation_id="published_reports_comparison", tags=["published-reports"],
        summary="Recomputed and compared 重算比对", parameters=[key_parameter(PUBLISHED)],
        responses={200: {
            "type": "object", "required": ["number", "reproduced", "then", "today"],
            "properties": {
                "number": {"type": "string"},
                "reproduced": {"type": "boolean"},
                "then": {"type": "object"}, "today": {"type": "object"}},
        }},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        record = publication_called(request, key)
        again, today = recomputed(record), compared_with_today(record)
        return answer(
            {
                "number": record.number,
                "figures_sha256": record.figures_sha256,
                "reproduced": again.sha256 == record.figures_sha256,
                "then": _comparison(again),
                "today": _comparison(today),
            }
        )


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "equal": found.equal,
        "sha256": found.sha256,
        "differences": [plain(each) for each in found.differences],
    }
