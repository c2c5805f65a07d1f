"""Reports computed on demand, and what stands behind their figures."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.describe import TEXT
from api.responses import answer
from reports.declaration import Report
from reports.forms import known_moment
from reports.plain import plain
from reports.registry import REPORTS, Computed, compute, lineage
from reports.rendering import FORMATS, document, render

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
