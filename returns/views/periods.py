"""Periods and the board of who filed."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError
from core.models import Period
from core.naming import here
from core.permissions import requires
from core.tabular import Column, Sheet, write_xlsx
from returns import operations as act
from returns.forms import FORMS
from returns.queries.board import Board, board
from returns.rules import TIMELINESS
from returns.views.common import language, period_called, tell
from returns.views.desk import XLSX_TYPE
from returns.views.review import board_choices

FORM = "sme-loans"


@requires(get="period.view", post="period.manage")
def periods(request: HttpRequest) -> HttpResponse:
    """All periods with how far they are; the province opens the next one here."""
    if request.method == "POST":
        return _open(request)
    found = list(Period.objects.order_by("-ends_on")[:60])
    latest = found[0] if found else None
    today = timezone.localdate()
    year, month = (latest.year, latest.number + 1) if latest else (today.year, today.month)
    if month > 12:
        year, month = year + 1, 1
    context = {
        "title": pgettext("list", "报告期"),
        "periods": found,
        "board": board(user=request.user, periods=found, today=today) if found else None,
        "forms": FORMS.values(),
        "next_month": f"{year}-{month:02d}",
        "today": today,
    }
    context["rows"] = _rows(context["board"]) if found else []
    return render(request, "returns/periods.html", context)


def _rows(found: Board) -> list[dict[str, Any]]:
    rows = []
    for place, period in enumerate(found.periods):
        filed, due = found.filed(place)
        rows.append({"period": period, "filed": filed, "due": due, "counts": found.totals[place]})
    return rows[::-1]


def _open(request: HttpRequest) -> HttpResponse:
    year, _dash, month = request.POST.get("month", "").partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        messages.error(request, _("请按 2012-06 的样式填写月份。"))
        return redirect("returns:periods")
    try:
        period = act.open_period(
            actor=request.user, form=FORM, year=int(year), month=int(month), now=timezone.now()
        )
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(
            request,
            _("已开放 %(period)s，截止 %(due)s。") % {"period": period, "due": period.due_on},
        )
    return redirect("returns:periods")


@requires(post="period.manage")
def change_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a period, or open it again for a reason."""
    period = period_called(pk)
    try:
        if request.POST.get("act") == "close":
            act.close_period(actor=request.user, period=period, now=timezone.now())
            messages.success(request, _("已关闭 %(period)s。") % {"period": here(period)})
        else:
            reason = request.POST.get("reason", "")
            act.reopen_period(actor=request.user, period=period, reason=reason, now=timezone.now())
            messages.success(request, _("已重新开放 %(period)s。") % {"period": here(period)})
    except DomainError as error:
        tell(request, error)
    return redirect("returns:periods")


@requires(get="board.view")
def board_page(request: HttpRequest) -> HttpResponse:
    """Who filed, on time or late: institutions by periods of a year."""
    choices = board_choices()
    asked = request.GET.get("year", "")
    years = choices["years"]
    year = int(asked) if asked.isdigit() else (years[0] if years else timezone.localdate().year)
    where = {
        "kind": request.GET.get("kind", ""),
        "prefecture__code": request.GET.get("prefecture", ""),
    }
    found = board(
        user=request.user,
        periods=Period.objects.filter(form=FORM, year=year),
        today=timezone.localdate(),
        **where,
    )
    if request.GET.get("format") == "xlsx":
        return _export(found, year)
    context = {
        "title": _("报送进度"),
        "board": found,
        "year": year,
        "filed": [found.filed(place) for place in range(len(found.periods))],
        "legend": [(label, style, sign) for label, style, sign in TIMELINESS.values()],
        **choices,
    }
    return render(request, "returns/board.html", context)


def _export(found: Board, year: int) -> HttpResponse:
    heads = [Column("code", _("编码")), Column("name", _("机构"), width=32)]
    heads += [Column(period.code, str(here(period))) for period in found.periods]
    rows = (
        (
            row.institution.code,
            row.institution.name,
            *(mark.label.in_language(language()) if mark else "" for mark in row.marks),
        )
        for row in found.rows
    )
    file = io.BytesIO()
    write_xlsx(file, [Sheet(f"{_('报送进度')} {year}", heads, rows)], language())
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"board-{year}.xlsx", content_type=XLSX_TYPE
    )
