"""One's own API tokens."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.models import ApiToken
from core.operations.tokens import MAX_DAYS, issue_token, revoke_token
from core.permissions import requires
from core.text import Text


class TokenForm(forms.Form):
    """What a new token is for, and how far it reaches."""

    name = forms.CharField(label=gettext_lazy("用途"), max_length=60)
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"), min_value=1, max_value=MAX_DAYS, initial=90
    )
    can_write = forms.BooleanField(label=gettext_lazy("可写（报送、审核）"), required=False)
    networks = forms.CharField(
        label=gettext_lazy("允许的网段"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("如 10.1.0.0/16，多个以逗号分隔；不填则不限"),
    )


@requires(get="token.manage", post="token.manage")
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens and issue another; its text is shown this once."""
    form = TokenForm(request.POST or None)
    raw = None
    if request.method == "POST" and form.is_valid():
        raw = _issued(request, form)
        if raw:
            form = TokenForm()
    context = {
        "title": pgettext("list", "接口令牌"),
        "form": form,
        "raw": raw,
        "tokens": ApiToken.objects.filter(user=request.user),
        "now": timezone.now(),
    }
    return render(request, "core/tokens.html", context)


def _issued(request: HttpRequest, form: Any) -> str | None:
    now = timezone.now()
    try:
        _token, raw = issue_token(
            actor=request.user,
            name=form.cleaned_data["name"],
            can_write=form.cleaned_data["can_write"],
            expires_at=now + datetime.timedelta(days=form.cleaned_data["days"]),
            networks=form.cleaned_data["networks"],
            now=now,
        )
    except DomainError as error:
        for name, text in error.fields.items():
            form.add_error(name if name in form.fields else None, _said(text))
        return None
    return raw


def _said(text: Text) -> str:
    return text.in_language(get_language() or "")


@requires(post="token.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = ApiToken.objects.filter(user=request.user, pk=pk).first()
    if token is None:
        raise NotFound(Text("这个令牌", "token"))
    revoke_token(actor=request.user, token=token, now=timezone.now())
    messages.success(request, _("令牌已吊销。"))
    return redirect("core:tokens")
