"""Reports computed on demand, and those that were published."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
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
from reports.declaration import Report
from reports.filters import PublishedFilter
from reports.forms import known_moment
from reports.models import PublishedReport
from reports.operations.publishing import publish
from reports.plain import plain
from reports.queries.comparison import Comparison, compared_with_today, recomputed
from reports.queries.publications import visible_publications
from reports.registry import REPORTS, Computed, compute, lineage
from reports.rendering import FORMATS, document, render

TEXT = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
NUMBER = {"type": ["string", "null"], "description": "A decimal number in full."}
INDICATOR = acts.fields_schema(
    ("id", "name", "unit", "definition", "decimals"),
    id="string", name=TEXT, unit=TEXT, definition=TEXT, decimals="integer",
)  # fmt: skip
OBSERVATION = acts.fields_schema(
    ("indicator", "item", "item_name", "unit", "value", "numerator", "denominator", "figure",
     "source"),
    indicator="string",
    item={"type": "string", "description": "A place's or group's code; _T for the whole."},
    item_name=TEXT, unit=TEXT, value=NUMBER, numerator=NUMBER, denominator=NUMBER,
    figure="string",
    source={"type": "string", "description": "Where what stands behind it is read; may be empty."},
)  # fmt: skip
DOCUMENT = {
    "type": "object",
    "required": ["report", "title", "as_of", "parameters", "figures", "indicators",
                 "observations"],
    "properties": {
        "report": {"type": "string"},
        "title": {"type": "string"},
        "title_en": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "known_at": {"type": ["string", "null"], "format": "date-time"},
        "parameters": {"type": "object"},
        "figures": {"type": "object"},
        "indicators": {"type": "array", "items": INDICATOR},
        "observations": {"type": "array", "items": OBSERVATION},
    },
}  # fmt: skip
EVIDENCE = acts.fields_schema(
    ("on", "what", "where", "document", "files", "url", "keys"),
    on={"type": ["string", "null"], "format": "date"},
    what=TEXT, where=TEXT, document="string",
    files={"type": "array", "items": acts.fields_schema(
        ("name", "url"), name="string", url="string")},
    url="string", keys={"type": "array", "items": {"type": "string"}},
)  # fmt: skip
CHOICE = acts.fields_schema(("value", "label"), value="string", label="string")
ASKED = {
    "type": "object",
    "required": ["name", "label", "help", "required", "choices", "default"],
    "properties": {
        **{name: {"type": "string"} for name in ("name", "label", "help", "default")},
        "required": {"type": "boolean"},
        "choices": {"type": "array", "items": CHOICE},
    },
}
REPORT = acts.fields_schema(
    ("code", "title", "parameters", "asks", "formats", "url"),
    code="string", title=TEXT,
    parameters={"type": "array", "items": {"type": "string"}},
    asks={"type": "array", "items": ASKED},
    formats={"type": "array", "items": {"type": "string"}}, url="string",
)  # fmt: skip
CODE = OpenApiParameter("key", str, OpenApiParameter.PATH, enum=list(REPORTS))
KNOWN = OpenApiParameter(
    "known_at", OpenApiTypes.DATETIME,
    description="Compute with what was known at this past moment; without it, with today's.",
)  # fmt: skip


class Reports(ApiView):
    """Which reports there are and what may be asked of them."""

    permissions: ClassVar = {"GET": "report.view"}

    @extend_schema(
        operation_id="reports_list", tags=["reports"], summary="Reports 报告种类",
        responses={200: acts.fields_schema(
            ("results",), results={"type": "array", "items": REPORT})},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        return answer({"results": [_described(report) for report in REPORTS.values()]})


def _described(report: Report) -> dict[str, Any]:
    """What may be asked of a report, and in which form it answers."""
    defaults = report.form.defaults(timezone.localdate())
    return {
        "code": report.code,
        "title": plain(report.title),
        "parameters": sorted(report.form.base_fields),
        "asks": [
            {
                "name": name,
                "label": str(field.label or name),
                "help": str(field.help_text),
                "required": field.required and not defaults.get(name),
                "choices": [
                    {"value": str(value), "label": str(label)}
                    for value, label in getattr(field, "choices", ())
                ],
                "default": str(defaults.get(name, "")),
            }
            for name, field in report.form.base_fields.items()
        ],
        "formats": list(FORMATS),
        "url": f"/api/v1/reports/{report.code}/",
    }


def _report_parameters() -> list[OpenApiParameter]:
    """Every parameter of every report; each report refuses those it does not have."""
    names: dict[str, list[str]] = {}
    for report in REPORTS.values():
        for name in report.form.base_fields:
            names.setdefault(name, []).append(report.code)
    return [
        OpenApiParameter(name, str, description=f"Of: {', '.join(codes)}")
        for name, codes in names.items()
    ]


def _computed(request: Request, key: str, asked: dict[str, str]) -> Computed:
    now = timezone.now()
    known_at = known_moment(asked.pop("known_at", ""), now=now)
    return compute(key, asked, user=request.user, today=timezone.localdate(now), known_at=known_at)


class ReportDocument(ApiView):
    """A report, computed as its page is; as known now or at a moment of the past."""

    permissions: ClassVar = {"GET": "report.view"}

    @extend_schema(
        operation_id="reports_retrieve", tags=["reports"], summary="Report 报告",
        parameters=[CODE, *_report_parameters(), KNOWN,
                    OpenApiParameter("format", str, enum=list(FORMATS))],
        responses={
            (200, "application/json"): DOCUMENT,
            **{(200, kind.split(";")[0]): OpenApiTypes.BINARY
               for name, kind in FORMATS.items() if name != "json"},
        },
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        asked = request.query_params.dict()
        wanted = asked.pop("format", "json")
        computed = _computed(request, key, asked)
        if wanted == "json":
            return answer(document(computed))
        file = render(computed, wanted, get_language() or "zh-hans", now=timezone.now())
        return HttpResponse(
            file.data,
            content_type=file.content_type,
            headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
        )


class ReportLineage(ApiView):
    """What stands behind one number of a report: facts, entries, the cells that were filed."""

    permissions: ClassVar = {"GET": "report.view"}

    @extend_schema(
        operation_id="reports_lineage", tags=["reports"], summary="Behind a figure 数字依据",
        parameters=[CODE, OpenApiParameter("figure", str, required=True,
                                           description="As an observation's `figure` says."),
                    *_report_parameters(), KNOWN],
        responses={200: acts.fields_schema(
            ("report", "figure", "title", "note", "evidence"),
            report="string", figure="string", title=TEXT, note=TEXT,
            evidence={"type": "array", "items": EVIDENCE})},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        asked = request.query_params.dict()
        figure = asked.pop("figure", "")
        found = lineage(_computed(request, key, asked), figure, user=request.user)
        return answer(
            {
                "report": key,
                "figure": figure,
                "title": plain(found.title),
                "note": plain(found.note),
                "evidence": [
                    plain(each)
                    | {"files": [{"name": name, "url": url} for name, url in each.files]}
                    for each in found.evidence
                ],
            }
        )


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
