"""The page of one act on a report of the plan."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from core.forms.base import show_refusal
from core.permissions import require, requires
from core.registers import Register
from core.registers.views import visible_entry
from core.views.shared import saved


class ActForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("审核说明"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


def act_view(
    register: Register,
    permission: str,
    words: Any,
    operation: Callable[..., Any],
    *,
    asks: bool,
) -> Callable[..., HttpResponse]:
    """The page of one act: it asks for a remark, or only for the last word."""

    @requires(get=permission, post=permission)
    def page(request: HttpRequest, code: str) -> HttpResponse:
        report = visible_entry(register, request, code)
        require(request.user, permission, report)
        form = ActForm(request.POST or None, initial={"expected_version": report.version})
        if not asks:
            del form.fields["note"]
        back = reverse(register.url_name("record"), args=[code])
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
