"""Resources: declared once, then listed, paged, exported and described.

A list reads plain values with one keyset query: no model instances, no COUNT.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api import streams
from api.base import ApiView, only_parameters
from api.declaration import Resource
from api.describe import (
    AS_OF,
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    controls,
    filters,
    key_parameter,
    page_responses,
    record_schema,
)
from api.limits import ask_bulk
from api.responses import answer
from core.errors import DomainError, NotFound
from core.filters import unknown_parameters
from core.lists.keyset import Page, keyset_page
from core.lists.page import XLSX_TYPE
from core.tabular import Column, Sheet, write_xlsx
from core.text import Text

CONTROLS = ("cursor", "page_size", "ordering", "format")


def list_view(resource: Resource) -> Callable[..., HttpResponse]:
    """The view of ``GET /<resource>/``."""

    @extend_schema(
        operation_id=f"{resource.name}_list",
        summary=f"{resource.title.en} {resource.title.zh}",
        tags=[resource.name],
        parameters=[*controls(resource), *filters(resource)],
        responses=page_responses(resource),
    )
    def get(self: ApiView, request: Request) -> HttpResponse:
        return listed(resource, request)

    return _view(resource, "List", get)


def record_view(resource: Resource) -> Callable[..., HttpResponse]:
    """The view of ``GET /<resource>/{key}/``."""

    @extend_schema(
        operation_id=f"{resource.name}_retrieve",
        summary=f"{resource.title.en} {resource.title.zh}",
        tags=[resource.name],
        parameters=[key_parameter(resource), *([AS_OF] if resource.dated else [])],
        responses={200: record_schema(resource)},
    )
    def get(self: ApiView, request: Request, key: str) -> HttpResponse:
        only_parameters(request, *(["as_of"] if resource.dated else []))
        return answer(found(resource, request, key))

    return _view(resource, "Record", get)


def _view(resource: Resource, suffix: str, get: Callable) -> Callable[..., HttpResponse]:
    name = "".join(part.capitalize() for part in resource.name.split("-")) + suffix
    view = type(name, (ApiView,), {"permissions": {"GET": resource.action}, "get": get})
    return view.as_view()


def found(resource: Resource, request: Request, key: str) -> dict[str, Any]:
    """One visible row by its key. Raises NotFound alike for what is not there or not seen."""
    source = next(each.source for each in resource.fields if each.name == resource.key)
    if "\0" in key or (source in ("pk", "id") and not is_number(key)):
        raise NotFound(resource.title)
    if resource.dated:
        resource.filterset(request.query_params, queryset=resource.visible(request)).strict_qs()
    rows = resource.visible(request).filter(**{source: key})
    row = rows.values(*resource.sources()).first()
    if row is None:
        raise NotFound(resource.title)
    return resource.shaped([row])[0]


def is_number(text: str) -> bool:
    """Whether ``text`` is a key that fits the database's integers."""
    return text.isascii() and text.isdigit() and len(text) < 19


def listed(resource: Resource, request: Request) -> HttpResponse:
    """A page of a resource, or all of it in bulk."""
    sort = _sort(resource, request)
    rows = filtered(resource, request)
    wanted = request.query_params.get("format", "json")
    if wanted != "json":
        ask_bulk(request)
        return bulk(resource, rows.order_by(sort, "pk"), wanted)
    values = rows.values(*dict.fromkeys([*resource.sources(), sort.lstrip("-")]))
    page = keyset_page(
        values, sort=sort, size=page_size(request), cursor=request.query_params.get("cursor")
    )
    return answer(paged(request, page, resource.shaped(page.rows)))


def filtered(resource: Resource, request: Request) -> QuerySet:
    """The visible rows that the strict filters let through."""
    data = request.query_params.copy()
    for name in CONTROLS:
        data.pop(name, None)
    rows = resource.visible(request)
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
    language = get_language() or "zh-hans"
    if wanted in ("csv", "ndjson"):
        source = streams.fast if resource.fast else streams.plain
        response = StreamingHttpResponse(
            source(resource.fields, rows, wanted), content_type=streams.CONTENT_TYPES[wanted]
        )
    elif wanted == "xlsx":
        values = rows.values_list(*(each.source for each in resource.fields))
        values = Counted(values.iterator(chunk_size=5000))
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_xlsx(file, [Sheet(resource.title.in_language(language), columns, values)], language)
        file.seek(0)
        response = FileResponse(file, content_type=XLSX_TYPE)
        response.row_count = values.count
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


class Counted:
    """An iterable that knows how many items were taken from it."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[Any]:
        for item in self.items:
            self.count += 1
            yield item


def _address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def page_size(request: Request) -> int:
    """How many rows a page holds. Raises DomainError "bad-page-size"."""
    asked = request.query_params.get("page_size", str(PAGE_SIZE))
    if not is_number(asked) or not 1 <= int(asked) <= MAX_PAGE_SIZE:
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
