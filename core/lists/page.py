"""A list as a page or as a file of exactly what the page shows."""

import io
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.filters import unknown_parameters
from core.lists.definition import ListColumn, ListDefinition
from core.lists.keyset import keyset_page
from core.permissions import scope_of
from core.tabular import Column, Sheet, formats, stream_csv, write_xlsx

CONTROLS = ("sort", "columns", "cursor", "format")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_page(
    request: HttpRequest,
    definition: ListDefinition,
    *,
    template: str = "components/list_page.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a list request: the page, or with ``?format=csv|xlsx`` all its rows as a file.

    Two queries a page (rows and their number), and those of prefetched relations.
    """
    data = request.GET.copy()
    for name in CONTROLS:
        data.pop(name, None)
    for name, value in definition.defaults.items():
        data.setdefault(name, value)
    filterset = definition.filterset(data, queryset=definition.rows(request), request=request)
    rows = filterset.strict_qs()
    columns = _columns(request, definition)
    sort = _sort(request, definition)
    wanted = request.GET.get("format")
    if wanted in ("csv", "xlsx"):
        return _export(definition, columns, rows, sort, wanted)
    page = keyset_page(rows, sort=sort, size=definition.page_size, cursor=request.GET.get("cursor"))
    context = {
        "list": definition,
        "title": definition.title,
        "filter": filterset,
        "filters_set": _filters_set(request, filterset),
        "table": {
            "columns": [_heading(request, column, sort) for column in columns],
            "rows": [_row(definition, columns, row) for row in page.rows],
        },
        "all_columns": [
            {"key": c.key, "label": c.label, "chosen": c in columns} for c in definition.columns
        ],
        "total": rows.count(),
        "previous_url": page.previous and address(request, cursor=page.previous),
        "next_url": page.next and address(request, cursor=page.next),
        "export_csv_url": address(request, format="csv", cursor=None),
        "export_xlsx_url": address(request, format="xlsx", cursor=None),
        "actions": [
            action
            for action in definition.actions
            if not action.permission or scope_of(request.user, action.permission)
        ],
        **(extra or {}),
    }
    return render(request, template, context)


def address(request: HttpRequest, **changes: str | None) -> str:
    """The present address with some parameters changed, or dropped by None."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


def _columns(request: HttpRequest, definition: ListDefinition) -> list[ListColumn]:
    chosen = request.GET.getlist("columns")
    keys = [key for part in chosen for key in part.split(",") if key]
    if not keys:
        return [column for column in definition.columns if column.default]
    known = {column.key: column for column in definition.columns}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise unknown_parameters(unknown, known)
    return [column for column in definition.columns if column.key in keys]


def _sort(request: HttpRequest, definition: ListDefinition) -> str:
    wanted = request.GET.get("sort")
    if not wanted:
        return definition.default_sort
    fields = {column.key: column.sort for column in definition.columns if column.sort}
    if wanted.lstrip("-") not in fields:
        raise unknown_parameters([wanted], fields)
    return ("-" if wanted.startswith("-") else "") + fields[wanted.lstrip("-")]


def _heading(request: HttpRequest, column: ListColumn, sort: str) -> dict[str, Any]:
    sorted_by = column.sort and sort.lstrip("-") == column.sort
    descending = sort.startswith("-")
    turn = f"-{column.key}" if sorted_by and not descending else column.key
    return {
        "key": column.key,
        "label": column.label,
        "numeric": column.numeric,
        "sort_url": address(request, sort=turn, cursor=None) if column.sort else None,
        "sorted": ("descending" if descending else "ascending") if sorted_by else None,
    }


def _row(definition: ListDefinition, columns: list[ListColumn], row: Any) -> dict[str, Any]:
    cells = []
    for column in columns:
        shown = column.shown(row) if column.shown else _shown(column, column.value(row))
        cells.append(
            {
                "text": shown,
                "numeric": column.numeric,
                "date": column.kind in ("date", "datetime"),
                "url": column.url(row) if column.url else None,
                "badge": column.badge(row) if column.badge else None,
            }
        )
    return {"url": definition.record_url(row) if definition.record_url else None, "cells": cells}


def _shown(column: ListColumn, value: Any) -> Any:
    if value is None or value == "":
        return formats.NOTHING
    if column.kind == "money":
        return formats.money(value)
    if column.kind == "integer":
        return formats.count(value)
    if column.kind == "percent":
        return formats.percent_value(value)
    if column.kind == "date":
        return value.isoformat()
    if column.kind == "datetime":
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value


def _filters_set(request: HttpRequest, filterset: Any) -> list[dict[str, str]]:
    """Chips of the filters in force, each with the address without it."""
    chips = []
    for name, field in filterset.form.fields.items():
        value = request.GET.get(name)
        if value:
            choices = dict(getattr(field, "choices", None) or {})
            label = field.label or name
            shown = choices.get(value, value)
            chips.append(
                {
                    "text": f"{label}{_('：')}{shown}",
                    "url": address(request, **{name: None}, cursor=None),
                }
            )
    return chips


def _export(
    definition: ListDefinition, columns: list[ListColumn], rows: Any, sort: str, wanted: str
) -> HttpResponse:
    language = get_language() or "zh-hans"
    heads = [Column(c.key, str(c.label), c.kind) for c in columns]
    ordered = rows.order_by(sort, "pk")
    values = (
        tuple(column.value(row) for column in columns) for row in ordered.iterator(chunk_size=2000)
    )
    name = f"{definition.key}-{timezone.localdate():%Y%m%d}.{wanted}"
    if wanted == "csv":
        response = StreamingHttpResponse(
            stream_csv(heads, values, language), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    file = io.BytesIO()
    write_xlsx(file, [Sheet(str(definition.title), heads, values)], language)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX_TYPE)
