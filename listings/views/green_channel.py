"""The acts on a green-channel case, each on its page: one event, recorded as the register does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.permissions import require, requires
from core.registers.uploads import UploadForm
from core.registers.views import attach, visible_entry
from core.views.shared import saved
from listings.forms_green_channel import act_form, record_act
from listings.models import CaseAct
from listings.registers.green_channel import CASES, REACHES
from listings.rules.clock import Act


def act_view(act: Act) -> Callable[..., HttpResponse]:
    """The page of one act: ``green-channel-cases/<code>/<act>/``."""

    @requires(get=REACHES[act], post=REACHES[act])
    def page(request: HttpRequest, code: str) -> HttpResponse:
        case = visible_entry(CASES, request, code)
        require(request.user, REACHES[act], case)
        form = act_form(
            act, request.POST or None, case=case, actor=request.user, today=timezone.localdate()
        )
        upload = UploadForm(request.POST or None, request.FILES or None)
        back = reverse(CASES.url_name("record"), args=[code])
        if request.method == "POST" and form.is_valid() and upload.is_valid():
            try:
                attach(form.instance, upload, request)
                record_act(form, actor=request.user, now=timezone.now())
                return saved(request, back)
            except DomainError as error:
                form.refused(error)
        context = {
            "title": _("%(act)s：%(case)s") % {"act": _(CaseAct(act).label), "case": case},
            "form": form,
            "upload": upload,
            "parts": [],
            "cancel_url": back,
        }
        return render(request, "registers/form.html", context, status=422 if request.POST else 200)

    return page


ACTS = {act: act_view(act) for act in Act}
