"""API tokens: one's own, and for the administrator everybody's."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.filters import StrictFilterSet
from core.forms.tokens import IssueForm, RotateForm, TokenForm
from core.lists import ListAction, ListColumn, ListDefinition, list_page
from core.models import ApiToken
from core.operations.tokens import issue_token, may_handle, revoke_token, rotate_token
from core.permissions import may, requires
from core.queries.token_use import what_it_read
from core.scopes import all_scopes
from core.text import Text

LIVE, ENDED = "live", "ended"
SHOWN_USES = 200


class TokenFilter(StrictFilterSet):
    search_fields = (
        "name__icontains", "prefix__istartswith", "user__username__icontains",
        "user__display_name__icontains",
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        choices=[(LIVE, gettext_lazy("有效")), (ENDED, gettext_lazy("已吊销或到期"))],
        method="in_state",
    )

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        live = Q(revoked_at=None, expires_at__gt=timezone.now())
        return rows.filter(live if value == LIVE else ~live)


def _state(token: ApiToken) -> str:
    if token.revoked_at:
        return _("已吊销")
    return _("有效") if token.is_live(timezone.now()) else _("已到期")


TOKENS = ListDefinition(
    key="tokens",
    title=pgettext_lazy("list", "全部接口令牌"),
    rows=lambda request: ApiToken.objects.select_related("user"),
    filterset=TokenFilter,
    columns=(
        ListColumn("name", gettext_lazy("用途"), lambda t: t.name, sort="name"),
        ListColumn("user", gettext_lazy("所属人"), lambda t: t.user.display_name,
                   sort="user__display_name"),
        ListColumn("prefix", gettext_lazy("前缀"), lambda t: t.prefix),
        ListColumn("state", gettext_lazy("状态"), _state,
                   badge=lambda t: "good" if t.is_live(timezone.now()) else "bad"),
        ListColumn("scopes", gettext_lazy("权限范围"), lambda t: ", ".join(t.scopes)),
        ListColumn("networks", gettext_lazy("允许的网段"), lambda t: t.networks, default=False),
        ListColumn("expires_at", gettext_lazy("到期"), lambda t: t.expires_at, kind="datetime",
                   sort="expires_at"),
        ListColumn("last_used_at", gettext_lazy("最近使用"), lambda t: t.last_used_at,
                   kind="datetime"),
        ListColumn("last_used_from", gettext_lazy("最近来源地址"), lambda t: t.last_used_from),
    ),
    default_sort="-expires_at",
    record_url=lambda t: reverse("core:token", args=[t.pk]),
    actions=(
        ListAction(gettext_lazy("签发令牌"), "../issue/", permission="token.administer",
                   primary=True),
    ),
)  # fmt: skip


@requires(get="token.administer")
def all_tokens(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens."""
    return list_page(request, TOKENS)


@requires(get="token.administer", post="token.administer")
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a token for somebody; its text is shown this once."""
    form = IssueForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        token, raw = _issued(request, form, user=form.cleaned_data["user"], limits=form.limits)
        if token is not None:
            return _secret_page(request, token, raw)
    context = {
        "title": _("签发令牌"),
        "form": form,
        "submit": _("签发"),
        "cancel_url": reverse("core:all-tokens"),
    }
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@requires(get="token.manage", post="token.manage")
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens and issue another; its text is shown this once."""
    form = TokenForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        token, raw = _issued(request, form)
        if token is not None:
            return _secret_page(request, token, raw)
    context = {
        "title": pgettext("list", "接口令牌"),
        "form": form,
        "tokens": ApiToken.objects.filter(user=request.user),
        "administers": may(request.user, "token.administer"),
        "now": timezone.now(),
    }
    return render(request, "core/tokens.html", context, status=422 if form.errors else 200)


def _issued(request: HttpRequest, form: Any, **more: Any) -> tuple[ApiToken | None, str]:
    now = timezone.now()
    try:
        return issue_token(
            actor=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=now + datetime.timedelta(days=form.cleaned_data["days"]),
            networks=form.cleaned_data["networks"],
            now=now,
            **more,
        )
    except DomainError as error:
        for name, text in error.fields.items():
            form.add_error(name if name in form.fields else None, _said(text))
        return None, ""


def _secret_page(request: HttpRequest, token: ApiToken, raw: str) -> HttpResponse:
    context = {"title": _("新令牌"), "token": token, "raw": raw}
    response = render(request, "core/token_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _said(text: Text) -> str:
    return text.in_language(get_language() or "")


def _handled(request: HttpRequest, pk: int) -> ApiToken:
    token = ApiToken.objects.select_related("user", "issued_by").filter(pk=pk).first()
    if token is None or not may_handle(request.user, token):
        raise NotFound(Text("这个令牌", "token"))
    return token


@requires(get="token.manage")
def token_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One token: how far it reaches and what it was used for."""
    token = _handled(request, pk)
    read, words = what_it_read(token), all_scopes()
    context = {
        "title": token.name,
        "token": token,
        "state": _state(token),
        "live": token.is_live(timezone.now()),
        "overlaps": bool(token.previous_until and token.previous_until > timezone.now()),
        "scopes": [(each, _said(words.get(each, Text(each, each)))) for each in token.scopes],
        "uses": read[:SHOWN_USES],
        "more_uses": max(len(read) - SHOWN_USES, 0),
        "requests": sum(each["requests"] for each in read),
        "rows": sum(each["rows"] for each in read),
        "back": reverse("core:tokens" if token.user == request.user else "core:all-tokens"),
    }
    return render(request, "core/token.html", context)


@requires(get="token.manage", post="token.manage")
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a token another text, shown this once."""
    token = _handled(request, pk)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        overlap = datetime.timedelta(days=form.cleaned_data["overlap"])
        token, raw = rotate_token(
            actor=request.user, token=token, overlap=overlap, now=timezone.now()
        )
        return _secret_page(request, token, raw)
    context = {
        "title": _("更换令牌：%s") % token.name,
        "question": _("签发同一用途、同样范围的新令牌？"),
        "submit": _("更换"),
        "form": form,
        "cancel_url": reverse("core:token", args=[pk]),
    }
    return render(request, "components/confirm.html", context)


class RevokeForm(forms.Form):
    """Why a token ends."""

    leaked = forms.BooleanField(label=gettext_lazy("令牌可能已泄露"), required=False)


@requires(get="token.manage", post="token.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token."""
    token = _handled(request, pk)
    if request.method == "POST":
        leaked = request.POST.get("leaked") == "on"
        revoke_token(actor=request.user, token=token, leaked=leaked, now=timezone.now())
        messages.success(request, _("令牌已吊销；它读取过的内容已记入操作日志。"))
        return redirect("core:token", pk)
    context = {
        "title": _("吊销令牌：%s") % token.name,
        "question": _("立即吊销这个令牌？"),
        "consequences": [
            _("使用它的系统马上不能再连接，更换前的令牌也一并失效。"),
            _("它读取过的资源、行数、时间和来源地址记入操作日志。"),
        ],
        "submit": _("吊销"),
        "danger": True,
        "form": RevokeForm(),
        "cancel_url": reverse("core:token", args=[pk]),
    }
    return render(request, "components/confirm.html", context)
