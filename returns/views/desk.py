"""The institution's desk, and filing a period by workbook, CSV or grid."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.models import Institution, Period
from core.naming import here
from core.permissions import requires
from core.spreadsheets.guard import ZIP
from core.text import Text
from returns.checking.context import Context
from returns.checking.load import load_context
from returns.checking.run import plain
from returns.checking.words import describe
from returns.forms import form as form_of
from returns.forms.declaration import Dimension, Form, Measure, Table
from returns.models import Return
from returns.operations import receive
from returns.queries.comparison import examined, grid_rows
from returns.queries.desk import duties
from returns.views.common import language, number, period_called, state_words, tell
from returns.web_forms import rows_of_grid
from returns.workbook.starting import carried, starting_keys
from returns.workbook.template import build_workbook

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPARE_ROWS = 10
MAX_STARTING_ROWS = 400  # a browser handles more, a person would rather use the workbook


@requires(get="return.view")
def desk(request: HttpRequest) -> HttpResponse:
    """What is due, what is being prepared, what waits for a signature."""
    institution = own_institution(request)
    found = duties(institution=institution, today=timezone.localdate())
    context = {"title": _("我的报表"), "institution": institution, "duties": found}
    return render(request, "returns/desk.html", context)


def own_institution(request: HttpRequest) -> Institution:
    """The visitor's own institution. Raises DomainError for staff, who have none."""
    if request.user.institution is None:
        raise DomainError(
            "no-institution",
            Text(
                "此页供填报机构使用；请从“审核队列”或“报送进度”查看报表。",
                "This page is for reporting institutions; use the queue or the board.",
            ),
        )
    return request.user.institution


@requires(get="return.prepare")
def period_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One period of one's own institution: workbook, upload, grid, state."""
    institution, period = own_institution(request), period_called(pk)
    latest = latest_return(institution, period)
    if latest is not None:
        return redirect("returns:return", latest.pk)
    context = {
        "title": f"{here(form_of(period.form).title)}　{here(period)}",
        "institution": institution,
        "period": period,
        "form": form_of(period.form),
        "max_bytes": settings.UPLOAD_MAX_BYTES,
        "open": period.is_open(timezone.localdate()),
    }
    return render(request, "returns/period.html", context)


def latest_return(institution: Institution, period: Period) -> Return | None:
    return (
        Return.objects.filter(institution=institution, period=period)
        .select_related("document", "period", "institution")
        .order_by("-revision")
        .first()
    )


@requires(get="return.prepare")
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The prefilled workbook, with the draft's figures if there is a sound one."""
    institution, period = own_institution(request), period_called(pk)
    form = form_of(period.form)
    latest = latest_return(institution, period)
    prefill = None
    if request.GET.get("filled") and latest is not None and latest.document:
        prefill = examined(latest, now=timezone.now()).tables
    data = build_workbook(
        form=form,
        institution=institution,
        period=period,
        now=timezone.now(),
        language=language(),
        prefill=prefill,
    )
    return attachment(data, f"{form.code}-{institution.code}-{period.code}.xlsx", XLSX_TYPE)


def attachment(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """An answer that the browser saves."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


@requires(post="return.prepare")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a workbook or CSV; whatever it holds, the answer is a page that says so."""
    institution, period = own_institution(request), period_called(pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("请先选择要上传的文件。"))
        return redirect("returns:period", pk)
    if file.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 2**20
        messages.error(request, _("文件超过 %(limit)s MB 的上限，未上传。") % {"limit": limit})
        return redirect("returns:period", pk)
    data = file.read()
    channel = "workbook" if data.startswith(ZIP) else "csv"
    record = _received(request, institution, period, data, file.name, channel)
    return redirect("returns:return", record.pk) if record else redirect("returns:period", pk)


def _received(
    request: HttpRequest,
    institution: Institution,
    period: Period,
    data: bytes,
    filename: str,
    channel: str,
) -> Return | None:
    try:
        record, _found = receive(
            actor=request.user,
            institution=institution,
            period=period,
            data=data,
            filename=filename,
            channel=channel,
            now=timezone.now(),
            expected_version=number(request, "version"),
        )
    except DomainError as error:
        tell(request, error)
        return None
    if record.error_count:
        messages.warning(
            request,
            _("已收到，发现 %(count)s 处错误，请按提示更正。") % {"count": record.error_count},
        )
    else:
        messages.success(request, _("已收到，没有错误。"))
    return record


@requires(get="return.prepare", post="return.prepare")
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Type or paste the figures in the browser. Works as a plain form without script."""
    institution, period = own_institution(request), period_called(pk)
    form = form_of(period.form)
    if request.method == "POST":
        payload = {
            "form": form.code,
            "version": form.version,
            "institution": institution.code,
            "period": period.code,
            "tables": {t.name: rows_of_grid(request.POST, t) for t in form.tables},
        }
        data = json.dumps(payload, ensure_ascii=False).encode()
        name = f"grid-{period.code}.json"
        record = _received(request, institution, period, data, name, "grid")
        if record is not None:
            target = "returns:grid" if record.error_count else "returns:return"
            return redirect(target, period.pk if record.error_count else record.pk)
    latest = latest_return(institution, period)
    context = {
        "title": f"{here(form.title)}　{_('网页填报')}　{here(period)}",
        "institution": institution,
        "period": period,
        "record": latest,
        "tables": _grid_tables(form, institution, period, latest),
        "state": state_words(latest.state) if latest else None,
    }
    return render(request, "returns/grid.html", context)


def _grid_tables(
    form: Form, institution: Institution, period: Period, latest: Return | None
) -> list[dict[str, Any]]:
    """Tables of the grid: the draft's own cells, or the keys of last period to start from."""
    now = timezone.now()
    context = load_context(form=form, institution=institution, period=period, now=now)
    names = context.names
    tables = None
    marks: dict[tuple[str, int, str], Any] = {}
    if latest is not None and latest.document:
        found = examined(latest, now=now)
        tables = found.tables
        for each in found.findings:
            if each.row is not None:
                marks.setdefault((each.table, each.row, each.column), each)
    shown = []
    for table in form.tables:
        rows = grid_rows(tables[table.name]) if tables else starting_rows(table, context)
        fixed = table.fixed and not _has_strange_items(rows, table)
        if fixed:
            rows = _whole(rows, table)
        else:
            rows += [{"number": 0, "cells": {}} for _ in range(SPARE_ROWS if not rows else 3)]
        shown.append(
            {
                "table": table,
                "fixed": fixed,
                "columns": [_column(table, name, names) for name in table.columns],
                "rows": [_grid_row(table, row, marks, form) for row in rows],
                "names": names,
            }
        )
    return shown


def _has_strange_items(rows: list[dict[str, Any]], table: Table) -> bool:
    """Whether a draft has rows that are no items of the table, or one twice: to be mended."""
    found = [_item(row, table) for row in rows]
    return len(set(found)) < len(found) or not set(found) <= set(table.item.codes)


def _whole(rows: list[dict[str, Any]], table: Table) -> list[dict[str, Any]]:
    """Every item of the table in order: its row as it came, or an empty one."""
    known = {_item(row, table): row for row in rows}
    return [
        known.get(item, {"number": 0, "cells": {table.item.name: item}})
        for item in table.item.codes
    ]


def _item(row: dict[str, Any], table: Table) -> str:
    """The code of a row's item, of ``code name`` as a workbook has it."""
    return row["cells"].get(table.item.name, "").strip().split(" ")[0]


def starting_rows(table: Table, context: Context) -> list[dict[str, Any]]:
    """Last period's keys with the year's start from December, as text; none if too many."""
    places = starting_keys(table, context)
    if len(places[0]) > MAX_STARTING_ROWS:
        return []
    known = carried(table, context, places)
    scales = {measure.name: measure.scale for measure in table.measures}
    rows = []
    for line in range(len(places[0])):
        cells = {
            dimension.name: context.codes[dimension.name][column[line]]
            for dimension, column in zip(table.dimensions, places, strict=True)
        }
        cells |= {name: plain(column[line], scales[name]) for name, column in known.items()}
        rows.append({"number": 0, "cells": cells})
    return rows


def _column(table: Table, name: str, names: Any) -> dict[str, Any]:
    declared = table.columns[name]
    is_key = isinstance(declared, Dimension)
    return {
        "name": name,
        "label": declared.label,
        "help": declared.help,
        "is_key": is_key,
        "choices": list(names[name].items()) if is_key else [],
        "unit": "" if is_key else str(declared.unit),
    }


def _written(text: str, declared: Dimension | Measure) -> str:
    """A cell as the grid shows it: the code of a key, a sound number with all its decimals."""
    if isinstance(declared, Dimension):
        return text.split()[0] if text.split() else text
    whole, point, decimals = text.strip().partition(".")
    plain = whole.removeprefix("-").isdigit() and (not point or decimals.isdigit())
    if not plain or not declared.scale or len(decimals) > declared.scale:
        return text
    return f"{whole}.{decimals.ljust(declared.scale, '0')}"


def _grid_row(table: Table, row: dict[str, Any], marks: Any, form: Form) -> dict[str, Any]:
    cells = []
    for name, declared in table.columns.items():
        text = row["cells"].get(name, "")
        finding = marks.get((table.name, row["number"], name)) if row["number"] else None
        note = ""
        if finding is not None:
            words = describe(finding, form)
            note = f"{words.message.in_language(language())} {words.cure.in_language(language())}"
        is_key = isinstance(declared, Dimension)
        value = _written(text, declared)
        cells.append(
            {
                "name": name,
                "label": declared.label,
                "value": value,
                "is_key": is_key,
                "word": declared.codes.get(value) if is_key else None,
                "note": note,
                "style": {"error": "bad", "warning": "warn"}.get(
                    finding.severity if finding else "", ""
                ),
            }
        )
    return {"cells": cells}
