"""Who has reported and who has not; drafting a report; its acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import DomainError, NotFound
from core.filters import as_of_day
from core.forms.base import show_refusal
from core.permissions import may, require, requires
from core.registers.views import visible_entry
from core.text import Text
from core.views.shared import saved
from plan.models import ProgressReport, ReportPeriod, Unit
from plan.operations.progress_reports import (
    accept_report,
    draft_report,
    return_report,
    submit_report,
)
from plan.queries.board import plan_of
from plan.queries.progress_reports import due_day, is_in, reports_of
from plan.registers.progress_reports import REPORTS, TONES


@requires(get="plan.view", post="plan.report")
def status(request: HttpRequest) -> HttpResponse:
    """Every unit of the plan with its report, those missing first; posting drafts one."""
    if request.method == "POST":
        return _draft(request)
    day = as_of_day(request.GET, timezone.localdate())
    period = request.GET.get("period", "")
    if period not in ReportPeriod.values:
        period = (ReportPeriod.HALF if day.month < 10 else ReportPeriod.YEAR).value
    plan = plan_of(day.year)
    rows = reports_of(plan, period, as_of=day) if plan else []
    context = {
        "title": _("工作情况报告报送情况"),
        "plan": plan,
        "period": period,
        "periods": ReportPeriod.choices,
        "as_of": day,
        "due": due_day(plan, period) if plan else None,
        "rows": [
            {
                "unit": each.unit,
                "report": each.report,
                "late": each.late,
                "tone": TONES[each.report.state] if each.report else "",
                "own": may(request.user, "plan.report", each.unit),
            }
            for each in rows
        ],
        "missing": sum(not is_in(each.report) for each in rows),
        "whole": len(rows),
    }
    return render(request, "plan/report_status.html", context)


def _draft(request: HttpRequest) -> HttpResponse:
    unit = Unit.objects.standing().filter(code=request.POST.get("unit", "")).first()
    period = request.POST.get("period", "")
    if unit is None or period not in ReportPeriod.values:
        raise NotFound(Text("地区/单位", "unit"))
    report = draft_report(actor=request.user, unit=unit, period=period, now=timezone.now())
    return redirect(REPORTS.url_name("edit"), report.code)


class ActForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("审核说明"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


def act_view(
    permission: str, words: Any, operation: Callable[..., Any], *, asks: bool
) -> Callable[..., HttpResponse]:
    """The page of one act: it asks for a remark, or only for the last word."""

    @requires(get=permission, post=permission)
    def page(request: HttpRequest, code: str) -> HttpResponse:
        report: ProgressReport = visible_entry(REPORTS, request, code)
        require(request.user, permission, report)
        form = ActForm(request.POST or None, initial={"expected_version": report.version})
        if not asks:
            del form.fields["note"]
        back = reverse(REPORTS.url_name("record"), args=[code])
        if request.method == "POST" and form.is_valid():
            more = {"note": form.cleaned_data["note"]} if asks else {}
            try:
                operation(
                    actor=request.user,
                    report=report,
                    expected_version=form.cleaned_data["expected_version"],
                    now=timezone.now(),
                    **more,
                )
            except DomainError as error:
                show_refusal(form, error)
            else:
                return saved(request, back)
        context = {
            "title": f"{words}{_('：')}{report}",
            "form": form,
            "submit": words,
            "cancel_url": back,
        }
        status = 422 if form.errors else 200
        return render(request, "components/form_page.html", context, status=status)

    return page


submit = act_view("plan.report", pgettext_lazy("act", "报送"), submit_report, asks=False)
accept = act_view("plan.review", gettext_lazy("接受"), accept_report, asks=True)
send_back = act_view("plan.review", gettext_lazy("退回"), return_report, asks=True)
