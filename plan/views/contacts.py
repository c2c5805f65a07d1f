"""Who has filed contacts and who has not; the form as printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.filters import as_of_day
from core.permissions import may, requires
from core.text import Text
from plan.models import ContactReply
from plan.queries.board import plan_of
from plan.queries.contacts import contacts_due, replies_of
from plan.reply_form import reply_pdf


@requires(get="plan.view")
def status(request: HttpRequest) -> HttpResponse:
    """Every unit of the plan, those that have not replied first."""
    day = as_of_day(request.GET, timezone.localdate())
    plan = plan_of(day.year)
    rows = replies_of(plan, as_of=day) if plan else []
    context = {
        "title": _("联系人回执报送情况"),
        "plan": plan,
        "as_of": day,
        "due": contacts_due(plan) if plan else None,
        "rows": [
            {"unit": each.unit, "reply": each.reply, "late": each.late,
             "own": may(request.user, "plan.report", each.unit)}
            for each in rows
        ],
        "missing": sum(each.reply is None for each in rows),
        "whole": len(rows),
    }  # fmt: skip
    return render(request, "plan/contacts.html", context)


@requires(get="plan.view")
def form_file(request: HttpRequest, code: str) -> HttpResponse:
    """A unit's reply form as PDF."""
    replies = ContactReply.objects.visible_to(request.user).select_related(
        "unit__prefecture", "unit__department"
    )
    reply = replies.filter(code=code).first()
    if reply is None:
        raise NotFound(Text("联系人回执", "contacts reply"))
    data = reply_pdf(reply, language=get_language() or "zh-hans", now=timezone.now())
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{reply.code}.pdf"'
    return answer
