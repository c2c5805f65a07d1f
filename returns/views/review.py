"""The staff's desk: the queue, the side-by-side view, accepting and sending back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from core.lists import ListColumn, ListDefinition, list_page
from core.models import Period, Prefecture
from core.naming import here
from core.permissions import requires
from returns import operations as act
from returns.checking.load import code_names
from returns.checking.prior import load_prior
from returns.filters import KINDS, ReturnFilter
from returns.forms import form as form_of
from returns.forms.declaration import Form
from returns.models import Return, ReturnState
from returns.queries.comparison import line_changes, side_by_side
from returns.rules import STATE_STYLE
from returns.views.common import (
    described,
    figures_of,
    language,
    number,
    state_words,
    tell,
    visible_return,
)
from returns.web_forms import remarks_of


def _style(record: Return) -> str:
    return STATE_STYLE[record.state]


QUEUE = ListDefinition(
    key="returns",
    title=gettext_lazy("审核队列"),
    rows=lambda request: Return.objects.visible_to(request.user).select_related(
        "institution__prefecture", "period", "signed_by"
    ),
    filterset=ReturnFilter,
    columns=(
        ListColumn("institution", gettext_lazy("机构"), lambda r: r.institution.name,
                   sort="institution__code"),
        ListColumn("code", gettext_lazy("编码"), lambda r: r.institution.code, default=False),
        ListColumn("prefecture", gettext_lazy("地市"), lambda r: str(r.institution.prefecture),
                   sort="institution__prefecture__display_order"),
        ListColumn("period", gettext_lazy("报告期"), lambda r: str(here(r.period)),
                   sort="period__ends_on"),
        ListColumn("revision", gettext_lazy("版次"), lambda r: r.revision, kind="integer"),
        ListColumn("state", gettext_lazy("状态"), lambda r: r.state, sort="state",
                   shown=lambda r: r.get_state_display(), badge=_style),
        ListColumn("lines", gettext_lazy("行数"), lambda r: r.line_count, kind="integer",
                   sort="line_count"),
        ListColumn("warnings", gettext_lazy("预警"), lambda r: r.warning_count, kind="integer",
                   sort="warning_count"),
        ListColumn("signed_by", gettext_lazy("签发人"),
                   lambda r: str(r.signed_by) if r.signed_by else None),
        ListColumn("signed_at", gettext_lazy("签发时间"), lambda r: r.signed_at, kind="datetime",
                   sort="signed_at"),
        ListColumn("receipt", gettext_lazy("回执编号"), lambda r: r.receipt_number, default=False),
    ),
    default_sort="signed_at",
    record_url=lambda r: reverse(
        "returns:review" if r.state == "submitted" else "returns:return", args=[r.pk]
    ),
    defaults={"state": "submitted"},
    intro=gettext_lazy("默认列出待审核的报表，最早报送的在前。"),
    empty=gettext_lazy("没有待审核的报表。"),
)  # fmt: skip


@requires(get="return.review")
def queue(request: HttpRequest) -> HttpResponse:
    """Returns to review, the oldest first."""
    return list_page(request, QUEUE)


@requires(get="return.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A return side by side with last period and last year, its findings and changes."""
    record = visible_return(request, pk)
    form = form_of(record.period.form)
    by = request.GET.get("by", "")
    by = by if by in form.views else ""
    names = code_names(form)
    prior = load_prior(
        form=form,
        institution=record.institution,
        period=record.period,
        codes={name: tuple(words) for name, words in names.items()},
    )
    changes = line_changes(record, against=prior.previous, columns=form.watched)
    context = {
        "title": f"{_('审核')}　{record.institution}　{here(record.period)}",
        "record": record,
        "form": form,
        "state": state_words(record.state),
        "figures": figures_of(record),
        "warnings": described(list(record.findings.select_related("explained_by")), form),
        "groups": side_by_side(record, by=by or None),
        "by": by,
        "views": views_of(form),
        "changes": changes[:60],
        "neighbours": neighbours(request, record),
        "cells": cells_of(record, changes),
    }  # fmt: skip
    return render(request, "returns/review.html", context)


def views_of(form: Form) -> list[tuple[str, str]]:
    """How the first table may be grouped: in all, or by one of its dimensions."""
    found = [("", _("合计"))]
    for dimension in form.lines.dimensions:
        if dimension.name in form.views:
            found.append((dimension.name, _("按%(what)s") % {"what": here(dimension.label)}))
    return found


def cells_of(record: Return, changes: list[Any]) -> list[tuple[str, str]]:
    """Cells that a comment may name, as value and label: those that moved or were explained."""
    form = form_of(record.period.form)
    found: dict[str, str] = {}
    for finding in record.findings.exclude(key=""):
        if finding.column and finding.table:
            label = form.column(finding.table, finding.column).label.in_language(language())
            found[f"{finding.table}|{finding.key}|{finding.column}"] = f"{finding.key} {label}"
    for each in changes[:60]:
        label = each.column_label.in_language(language())
        found[f"{each.table}|{each.key}|{each.column}"] = f"{each.key} {label}"
    return list(found.items())


def neighbours(request: HttpRequest, record: Return) -> dict[str, int | None]:
    """The submitted returns before and after this one in the queue."""
    waiting = list(
        Return.objects.visible_to(request.user)
        .filter(state=ReturnState.SUBMITTED)
        .order_by("signed_at", "pk")
        .values_list("pk", flat=True)[:500]
    )
    if record.pk not in waiting:
        return {"previous": None, "next": waiting[0] if waiting else None}
    place = waiting.index(record.pk)
    return {
        "previous": waiting[place - 1] if place else None,
        "next": waiting[place + 1] if place + 1 < len(waiting) else None,
    }


@requires(post="return.review")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the return, or send it back with its reason and comments."""
    record = visible_return(request, pk)
    common = {
        "actor": request.user,
        "record": record,
        "expected_version": number(request, "version"),
        "now": timezone.now(),
    }
    following = neighbours(request, record)["next"]
    try:
        if request.POST.get("decision") == "accept":
            act.accept_return(note=request.POST.get("note", ""), **common)
            messages.success(request, _("已接受 %(name)s 的报表，数字即刻计入汇总。") % {
                "name": record.institution})  # fmt: skip
        else:
            act.send_back(
                reason=request.POST.get("note", ""), remarks=remarks_of(request.POST), **common
            )
            messages.success(request, _("已退回 %(name)s。") % {"name": record.institution})
    except DomainError as error:
        tell(request, error)
        return redirect("returns:review", pk)
    return redirect("returns:review", following) if following else redirect("returns:queue")


def board_choices() -> dict[str, Any]:
    """What the board can be narrowed by."""
    return {
        "prefectures": Prefecture.objects.all(),
        "kinds": KINDS,
        "years": sorted(set(Period.objects.values_list("year", flat=True)), reverse=True),
    }
