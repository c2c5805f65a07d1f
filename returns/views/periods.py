"""Periods and the board of who filed."""

import datetime
import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError
from core.models import Period
from core.models.calendar import PeriodKind
from core.naming import here
from core.permissions import requires
from core.queries.periods import year_and_number
from core.tabular import Column, Sheet, write_xlsx
from returns import operations as act
from returns.forms import FORMS
from returns.forms.declaration import Form
from returns.queries.board import Board, board
from returns.rules import TIMELINESS
from returns.views.common import language, period_called, tell
from returns.views.desk import XLSX_TYPE
from returns.views.review import board_choices


@requires(get="period.view", post="period.manage")
def periods(request: HttpRequest) -> HttpResponse:
    """All periods with how far they are; the province opens the next one here."""
    if request.method == "POST":
        return _open(request)
    form = form_asked(request)
    found = list(Period.objects.filter(form=form.code).order_by("-ends_on")[:60])
    today = timezone.localdate()
    context = {
        "title": pgettext("list", "报告期"),
        "periods": found,
        "board": board(user=request.user, periods=found, today=today) if found else None,
        "form": form,
        "forms": FORMS.values(),
        "next_period": next_period(form, found[0] if found else None, today),
        "today": today,
    }
    context["rows"] = _rows(context["board"]) if found else []
    return render(request, "returns/periods.html", context)


def form_asked(request: HttpRequest) -> Form:
    """The form of ``?form=``, else the first one."""
    return FORMS.get(request.GET.get("form", "")) or next(iter(FORMS.values()))


def next_period(form: Form, latest: Period | None, today: datetime.date) -> str:
    """The code of the period after the latest one, or of today's if there is none."""
    if form.period_kind == PeriodKind.HALF_YEAR:
        year, number = (latest.year, latest.number + 1) if latest else (today.year, 1)
        return f"{year + 1}-H1" if number > 2 else f"{year}-H{number}"
    year, number = (latest.year, latest.number + 1) if latest else (today.year, today.month)
    return f"{year + 1}-01" if number > 12 else f"{year}-{number:02d}"


def _rows(found: Board) -> list[dict[str, Any]]:
    rows = []
    for place, period in enumerate(found.periods):
        filed, due = found.filed(place)
        rows.append({"period": period, "filed": filed, "due": due, "counts": found.totals[place]})
    return rows[::-1]


def _open(request: HttpRequest) -> HttpResponse:
    form = FORMS.get(request.POST.get("form", "")) or form_asked(request)
    asked = year_and_number(request.POST.get("period", ""))
    back = f"{reverse('returns:periods')}?form={form.code}"
    if asked is None:
        messages.error(request, _("请按 2012-06 或 2012-H1 的样式填写报告期。"))
        return redirect(back)
    try:
        period = act.open_period(
            actor=request.user, form=form.code, year=asked[0], number=asked[1], now=timezone.now()
        )
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(
            request,
            _("已开放 %(period)s，截止 %(due)s。") % {"period": here(period), "due": period.due_on},
        )
    return redirect(back)


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
    return redirect(f"{reverse('returns:periods')}?form={period.form}")


@requires(get="board.view")
def board_page(request: HttpRequest) -> HttpResponse:
    """Who filed, on time or late: institutions by periods of a year."""
    choices = board_choices()
    asked = request.GET.get("year", "")
    years = choices["years"]
    year = int(asked) if asked.isdigit() else (years[0] if years else timezone.localdate().year)
    form = form_asked(request)
    where = {
        "kind": request.GET.get("kind", ""),
        "prefecture__code": request.GET.get("prefecture", ""),
    }
    found = board(
        user=request.user,
        periods=Period.objects.filter(form=form.code, year=year),
        today=timezone.localdate(),
        **where,
    )
    if request.GET.get("format") == "xlsx":
        return _export(found, year)
    context = {
        "title": _("报送进度"),
        "board": found,
        "form": form,
        "forms": FORMS.values(),
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
