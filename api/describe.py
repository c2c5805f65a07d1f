"""What the schema says of resources: parameters, records, pages."""

from typing import Any

from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from api.declaration import Resource
from core.lists.page import XLSX_TYPE

PAGE_SIZE, MAX_PAGE_SIZE = 100, 1000
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "money": {"type": "string", "format": "decimal", "description": "万元"},
    "percent": {"type": "string", "format": "decimal", "description": "%"},
    "rate": {"type": "string", "format": "decimal"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "bool": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
}
TEXT = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
AS_OF = OpenApiParameter(
    "as_of", OpenApiTypes.DATE, description="States are those of this day; today if unset."
)


def controls(resource: Resource) -> list[OpenApiParameter]:
    """The parameters that every list takes."""
    return [
        OpenApiParameter("cursor", str, description="From `next` or `previous` of a page."),
        OpenApiParameter("page_size", int, description=f"1-{MAX_PAGE_SIZE}, {PAGE_SIZE} if unset."),
        OpenApiParameter(
            "ordering",
            str,
            enum=[sign + name for name in resource.orderings for sign in ("", "-")] or None,
        ),
        OpenApiParameter("format", str, enum=["json", "csv", "xlsx", "ndjson"]),
    ]


def filters(resource: Resource) -> list[OpenApiParameter]:
    """The filters of a list. The schema is one for all readers: it has the Chinese labels."""
    with translation.override("zh-hans"):
        return [
            OpenApiParameter(
                name,
                str,
                description=str(each.label or ""),
                enum=[str(code) for code, _ in each.extra.get("choices", ())] or None,
            )
            for name, each in resource.filterset.base_filters.items()
        ]


def key_parameter(resource: Resource) -> OpenApiParameter:
    """The key in the address of a record."""
    return OpenApiParameter(
        "key", OpenApiTypes.STR, OpenApiParameter.PATH, description=f"The `{resource.key}`."
    )


def record_schema(resource: Resource) -> dict[str, Any]:
    """The JSON schema of one record."""
    properties: dict[str, Any] = {}
    for each in resource.fields:
        kind = dict(TYPES[each.kind])
        if each.nullable:
            kind["type"] = [kind["type"], "null"]
        if each.label.zh:
            kind["description"] = f"{each.label.en} {each.label.zh}"
        properties[each.name] = kind
        if each.labels is not None:
            properties[f"{each.name}_label"] = {"type": "string"}
    properties |= resource.extra_schema
    return {"type": "object", "required": list(properties), "properties": properties}


def page_schema(resource: Resource) -> dict[str, Any]:
    """The JSON schema of a page."""
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["results", "next", "previous"],
        "properties": {
            "results": {"type": "array", "items": record_schema(resource)},
            "next": address,
            "previous": address,
        },
    }


def page_responses(resource: Resource) -> dict[Any, Any]:
    """What a list answers: a page, or everything in a bulk format."""
    types = ("text/csv", "application/x-ndjson", XLSX_TYPE)
    bulk = {(200, each): OpenApiTypes.BINARY for each in types}
    return {(200, "application/json"): page_schema(resource), **bulk}
