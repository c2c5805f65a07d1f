"""Forms as they are declared: tables, measures, codes, checks, and the schema of a payload."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.responses import answer
from core.errors import NotFound
from core.text import Text
from reports.plain import plain
from returns.checking.load import code_names
from returns.forms import FORMS
from returns.forms.declaration import Form
from returns.forms.documentation import dictionary
from returns.forms.schema import payload_schema

SHORT = fields_schema(
    ("code", "version", "title", "period_kind", "due_days", "url"),
    code="string", version="string", title={"type": "object"}, period_kind="string",
    due_days="integer", url="string",
)  # fmt: skip


def _short(form: Form) -> dict[str, Any]:
    return {
        "code": form.code,
        "version": form.version,
        "title": plain(form.title),
        "period_kind": str(form.period_kind),
        "due_days": form.due.days,
        "url": f"/api/v1/forms/{form.code}/",
    }


class Forms(ApiView):
    """All forms."""

    permissions: ClassVar = {"GET": "reference.view"}

    @extend_schema(
        operation_id="forms_list", tags=["forms"], summary="Forms 报表种类",
        responses={200: fields_schema(("results",), results={"type": "array", "items": SHORT})},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        return answer({"results": [_short(form) for form in FORMS.values()]})


class FormRecord(ApiView):
    """One form's whole declaration."""

    permissions: ClassVar = {"GET": "reference.view"}

    @extend_schema(
        operation_id="forms_retrieve", tags=["forms"], summary="Form 报表声明",
        parameters=[OpenApiParameter("key", str, OpenApiParameter.PATH)],
        responses={200: {
            "type": "object", "required": ["code", "tables", "checks", "payload_schema"],
            "properties": {
                "code": {"type": "string"}, "tables": {"type": "array"},
                "checks": {"type": "array"}, "payload_schema": {"type": "object"}},
        }},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        form = FORMS.get(key)
        if form is None:
            raise NotFound(Text("这种报表", "form"))
        codes = {name: list(words) for name, words in code_names(form).items()}
        declared = plain(dictionary(form))
        return answer(_short(form) | declared | {"payload_schema": payload_schema(form, codes)})
