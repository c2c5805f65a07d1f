"""Drafting a consolidated report, and approving one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import NotFound
from core.permissions import requires
from core.text import Text
from plan.models import Plan, ReportPeriod
from plan.operations.consolidated_reports import approve_consolidated, draft_consolidated
from plan.registers.consolidated_reports import CONSOLIDATED
from plan.views.acts import act_view


@requires(post="plan.edit")
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the report of a plan's period; goes on to its record."""
    plan = Plan.objects.standing().filter(code=request.POST.get("plan", "")).first()
    period = request.POST.get("period", "")
    if plan is None or period not in ReportPeriod.values:
        raise NotFound(Text("行动计划", "action plan"))
    report = draft_consolidated(actor=request.user, plan=plan, period=period, now=timezone.now())
    return redirect(CONSOLIDATED.url_name("record"), report.code)


approve = act_view(CONSOLIDATED, "plan.approve", _("批准"), approve_consolidated, asks=True)
