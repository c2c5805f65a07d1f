"""Copying a plan into a new year."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError, NotFound
from core.forms.base import show_refusal
from core.permissions import requires
from core.text import Text
from plan.models import Plan
from plan.operations.copying import copy_plan


class CopyForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("新年度"), min_value=2012, max_value=2100)


@requires(get="plan.edit", post="plan.edit")
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the year, copy, and open the new plan."""
    plan = Plan.objects.visible_to(request.user).standing().filter(code=code).first()
    if plan is None:
        raise NotFound(Text("行动计划", "action plan"))
    form = CopyForm(request.POST or None, initial={"year": plan.year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            fresh = copy_plan(
                actor=request.user,
                plan=plan,
                year=form.cleaned_data["year"],
                now=timezone.now(),
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("plan:plans-record", fresh.code)
    context = {
        "title": _("沿用到新年度：%s") % plan.title,
        "form": form,
        "submit": _("沿用"),
        "cancel_url": reverse("plan:plans-record", args=[code]),
        "intro": _("措施、分项、目标、节点和单位一并沿用，日期顺延；进展和活动不沿用。"),
    }
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)
