"""What every field of every form and register means: unit, definition, source."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.describe import TEXT
from api.responses import answer
from core.dictionary import KINDS, FieldEntry
from core.errors import DomainError
from core.text import Text
from reports.plain import plain
from returns.dictionary import chosen, dictionary_file, entries

ENTRY = fields_schema(
    ("kind", "of", "of_title", "part", "name", "label", "type", "unit", "decimals", "required",
     "computed", "values", "definition", "source"),
    kind={"type": "string", "enum": list(KINDS)}, of="string", of_title=TEXT,
    part={"type": "string", "description": "A form's table, or the rows of an entry."},
    name="string", label=TEXT, type=TEXT, unit=TEXT, decimals={"type": ["integer", "null"]},
    computed="boolean", definition=TEXT, source=TEXT,
    values={"type": "array", "items": fields_schema(("code", "label"), code="string", label=TEXT)},
)  # fmt: skip
ENTRY["properties"]["required"] = {"type": "boolean"}


class Dictionary(ApiView):
    """The data dictionary, from the same declarations as forms, registers and this interface."""

    permissions: ClassVar = {"GET": "reference.view"}

    @extend_schema(
        operation_id="dictionary", tags=["dictionary"], summary="Data dictionary 数据字典",
        parameters=[
            OpenApiParameter("kind", str, enum=list(KINDS)),
            OpenApiParameter("of", str, description="A form's code or a register's key."),
            OpenApiParameter("q", str, description="In names, definitions and sources."),
            OpenApiParameter("format", str, enum=["json", "csv"]),
        ],
        responses={
            (200, "application/json"): fields_schema(
                ("count", "results"), count="integer", results={"type": "array", "items": ENTRY}),
            (200, "text/csv"): OpenApiTypes.BINARY,
        },
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request, "kind", "of", "q", "format")
        asked = request.query_params
        wanted = asked.get("format", "json")
        _known("format", wanted, ("json", "csv"), "unknown-format")
        _known("kind", asked.get("kind") or "form", KINDS, "bad-filter")
        _known("of", asked.get("of") or "sme-loans", {e.of for e in entries()}, "bad-filter")
        found = chosen(kind=asked.get("kind", ""), of=asked.get("of", ""), words=asked.get("q", ""))
        if wanted == "csv":
            return dictionary_file("csv", found, get_language() or "")
        return answer({"count": len(found), "results": [_told(each) for each in found]})


def _told(each: FieldEntry) -> dict[str, Any]:
    values = [{"code": code, "label": plain(label)} for code, label in each.values]
    return plain(each) | {"values": values}


def _known(name: str, given: str, known: Any, code: str) -> None:
    if given not in known:
        words = Text(f"没有“{given}”。", f"There is no “{given}”.")
        raise DomainError(code, words, fields={name: words})
