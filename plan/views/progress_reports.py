"""Who has reported and who has not; drafting a report; its acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import NotFound
from core.filters import as_of_day
from core.permissions import may, requires
from core.text import Text
from plan.models import ReportPeriod, Unit
from plan.operations.progress_reports import (
    accept_report,
    draft_report,
    return_report,
    submit_report,
)
from plan.queries.board import plan_of
from plan.queries.progress_reports import due_day, is_in, period_on, reports_of
from plan.registers.progress_reports import REPORTS, TONES
from plan.views.acts import act_view


@requires(get="plan.view", post="plan.report")
def status(request: HttpRequest) -> HttpResponse:
    """Every unit of the plan with its report, those missing first; posting drafts one."""
    if request.method == "POST":
        return _draft(request)
    day = as_of_day(request.GET, timezone.localdate())
    period = request.GET.get("period", "")
    if period not in ReportPeriod.values:
        period = period_on(day)
    plan = plan_of(day.year)
    rows = reports_of(plan, period, as_of=day) if plan else []
    consolidated = None
    if plan is not None:
        consolidated = plan.consolidated_reports.standing().filter(period=period).first()
    context = {
        "title": _("工作情况报告报送情况"),
        "consolidated": consolidated,
        "may_draft": plan is not None and may(request.user, "plan.edit"),
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


submit = act_view(REPORTS, "plan.report", pgettext_lazy("act", "报送"), submit_report, asks=False)
accept = act_view(REPORTS, "plan.review", gettext_lazy("接受"), accept_report, asks=True)
send_back = act_view(REPORTS, "plan.review", gettext_lazy("退回"), return_report, asks=True)
