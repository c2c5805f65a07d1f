"""Resources: declared once, then listed, paged, exported and described.

A list reads plain values with one keyset query: no model instances, no COUNT.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from api.responses import answer
from core.errors import DomainError, NotFound
from core.filters import StrictFilterSet, unknown_parameters
from core.lists.keyset import Page, keyset_page
from core.lists.page import XLSX_TYPE
from core.tabular import Column, Sheet, stream_csv, stream_ndjson, write_xlsx
from core.tabular.columns import Kind
from core.text import Text

CONTROLS = ("cursor", "page_size", "ordering", "format", "as_of")
_UNNAMED = Text("", "")
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
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name outside, where it is read, what it is.

    ``labels`` gives a Chinese label beside an English code, as ``<name>_label``.
    """

    name: str
    source: str
    kind: Kind = "text"
    label: Text = _UNNAMED
    labels: Mapping[str, Any] | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource. ``rows(user)`` must start at ``visible_to``."""

    name: str
    title: Text
    action: str
    rows: Callable[[Any], QuerySet]
    fields: tuple[Field, ...]
    filterset: type[StrictFilterSet]
    ordering: str = "pk"
    orderings: tuple[str, ...] = ()
    key: str = "id"
    extra: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    links: tuple[str, ...] = field(default=())

    def shaped(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Turn a row of values into the resource's JSON."""
        found: dict[str, Any] = {}
        for each in self.fields:
            value = row[each.source]
            found[each.name] = value
            if each.labels is not None:
                found[f"{each.name}_label"] = str(each.labels.get(value, "")) if value else ""
        return self.extra(found) if self.extra else found

    def sources(self) -> list[str]:
        return list(dict.fromkeys(["pk", *(each.source for each in self.fields)]))


def list_view(resource: Resource) -> Callable[..., HttpResponse]:
    """The view of ``GET /<resource>/``."""

    @extend_schema(
        operation_id=f"{resource.name}_list",
        summary=f"{resource.title.en} {resource.title.zh}",
        tags=[resource.name],
        parameters=[*_controls(resource), *_filters(resource)],
        responses={200: page_schema(resource)},
    )
    def get(self: APIView, request: Request) -> HttpResponse:
        return listed(resource, request)

    return _view(resource, "List", get)


def record_view(resource: Resource) -> Callable[..., HttpResponse]:
    """The view of ``GET /<resource>/{key}/``."""

    @extend_schema(
        operation_id=f"{resource.name}_retrieve",
        summary=f"{resource.title.en} {resource.title.zh}",
        tags=[resource.name],
        parameters=[OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH)],
        responses={200: record_schema(resource)},
    )
    def get(self: APIView, request: Request, key: str) -> HttpResponse:
        return answer(found(resource, request, key))

    return _view(resource, "Record", get)


def _view(resource: Resource, suffix: str, get: Callable) -> Callable[..., HttpResponse]:
    name = "".join(part.capitalize() for part in resource.name.split("-")) + suffix
    view = type(name, (APIView,), {"permissions": {"GET": resource.action}, "get": get})
    return view.as_view()


def found(resource: Resource, request: Request, key: str) -> dict[str, Any]:
    """One visible row by its key. Raises NotFound alike for what is not there or not seen."""
    source = next(each.source for each in resource.fields if each.name == resource.key)
    if source in ("pk", "id") and not key.isdigit():
        raise NotFound(resource.title)
    rows = resource.rows(request.user).filter(**{source: key})
    row = rows.values(*resource.sources()).first()
    if row is None:
        raise NotFound(resource.title)
    return resource.shaped(row)


def listed(resource: Resource, request: Request) -> HttpResponse:
    """A page of a resource, or all of it in bulk."""
    rows = filtered(resource, request)
    sort = _sort(resource, request)
    wanted = request.query_params.get("format", "json")
    if wanted != "json":
        return bulk(resource, rows.order_by(sort, "pk"), wanted)
    values = rows.values(*dict.fromkeys([*resource.sources(), sort.lstrip("-")]))
    page = keyset_page(
        values, sort=sort, size=_size(request), cursor=request.query_params.get("cursor")
    )
    return answer(paged(request, page, [resource.shaped(row) for row in page.rows]))


def filtered(resource: Resource, request: Request) -> QuerySet:
    """The visible rows that the strict filters let through."""
    data = request.query_params.copy()
    for name in CONTROLS:
        data.pop(name, None)
    rows = resource.rows(request.user)
    return resource.filterset(data, queryset=rows, request=request).strict_qs()


def paged(request: Request, page: Page, results: list[Any]) -> dict[str, Any]:
    """The envelope of a page: results and the addresses of its neighbours."""
    return {
        "results": results,
        "next": _address(request, page.next),
        "previous": _address(request, page.previous),
    }


def bulk(resource: Resource, rows: QuerySet, wanted: str) -> HttpResponse:
    """All rows as CSV, XLSX or NDJSON, streamed."""
    columns = [
        Column(each.name, each.label if each.label.zh else each.name, each.kind)
        for each in resource.fields
    ]
    values: Iterator[tuple] = rows.values_list(*(each.source for each in resource.fields)).iterator(
        chunk_size=5000
    )
    language = get_language() or "zh-hans"
    if wanted == "csv":
        response = StreamingHttpResponse(
            stream_csv([Column(c.key, c.key, c.kind) for c in columns], values, language),
            content_type="text/csv; charset=utf-8",
        )
    elif wanted == "ndjson":
        response = StreamingHttpResponse(
            stream_ndjson(columns, values), content_type="application/x-ndjson"
        )
    elif wanted == "xlsx":
        file = io.BytesIO()
        write_xlsx(file, [Sheet(resource.title.in_language(language), columns, values)], language)
        file.seek(0)
        response = FileResponse(file, content_type=XLSX_TYPE)
    else:
        raise DomainError(
            "unknown-format",
            Text(
                f"不支持的格式“{wanted}”；可用 json、csv、xlsx、ndjson。",
                f"Unknown format “{wanted}”; use json, csv, xlsx or ndjson.",
            ),
        )
    response["Content-Disposition"] = f'attachment; filename="{resource.name}.{wanted}"'
    return response


def _address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _size(request: Request) -> int:
    asked = request.query_params.get("page_size", str(PAGE_SIZE))
    if not asked.isdigit() or not 1 <= int(asked) <= MAX_PAGE_SIZE:
        raise DomainError(
            "bad-page-size",
            Text(
                f"page_size 应为 1 至 {MAX_PAGE_SIZE} 的整数。",
                f"page_size must be a whole number from 1 to {MAX_PAGE_SIZE}.",
            ),
        )
    return int(asked)


def _sort(resource: Resource, request: Request) -> str:
    asked = request.query_params.get("ordering")
    if not asked:
        return resource.ordering
    sources = {each.name: each.source for each in resource.fields}
    if asked.lstrip("-") not in resource.orderings:
        raise unknown_parameters([f"ordering={asked}"], resource.orderings)
    return ("-" if asked.startswith("-") else "") + sources[asked.lstrip("-")]


def _controls(resource: Resource) -> list[OpenApiParameter]:
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


def _filters(resource: Resource) -> list[OpenApiParameter]:
    return [
        OpenApiParameter(name, str, description=str(each.label or ""))
        for name, each in resource.filterset.base_filters.items()
    ]


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
    return {"type": "object", "properties": properties}


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
