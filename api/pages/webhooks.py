"""Webhooks on pages: subscribe, see what became of each event, send a dead letter again."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from api.models import DeliveryState, Webhook, WebhookState
from api.views.webhooks import delivery_called, webhook_called
from api.webhooks import subscriptions as act
from api.webhooks.feed import known_kinds
from api.webhooks.words import OUTCOMES, REASONS, STATE_STYLE
from core.errors import DomainError
from core.models import Prefecture
from core.permissions import may, requires
from core.text import Text

SHOWN = 100
ACTS = {
    "suspend": WebhookState.SUSPENDED,
    "resume": WebhookState.ACTIVE,
    "end": WebhookState.ENDED,
}


class WebhookForm(forms.Form):
    """Where to, and which changes."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    url = forms.CharField(
        label=gettext_lazy("接收地址"),
        max_length=300,
        help_text=gettext_lazy("以 https:// 开头，主机须在系统管理员的允许名单中"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("记录种类"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy("不选为全部"),
    )
    prefecture = forms.ModelChoiceField(
        label=gettext_lazy("地市"),
        queryset=Prefecture.objects.order_by("display_order"),
        required=False,
        empty_label=gettext_lazy("全部"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [
            (key, f"{_said(words)}（{key}）") for key, words in known_kinds().items()
        ]


class RotateForm(forms.Form):
    """How long both secrets sign."""

    overlap = forms.IntegerField(
        label=gettext_lazy("新旧密钥并用天数"),
        min_value=0,
        max_value=act.MAX_OVERLAP.days,
        initial=2,
        help_text=gettext_lazy("期间每条推送带两个签名，供对方更换"),
    )


def _said(text: Text) -> str:
    return text.in_language(get_language() or "")


@requires(get="webhook.manage", post="webhook.manage")
def webhooks(request: HttpRequest) -> HttpResponse:
    """One's subscriptions, and a form for another one; its secret is shown this once."""
    form = WebhookForm(request.POST or None)
    subscribes = may(request.user, "changes.view")
    if request.method == "POST" and form.is_valid():
        try:
            webhook, secret = act.subscribe(
                actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, _said(text))
        else:
            return _secret_page(request, webhook, secret)
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
    dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
    rows = Webhook.objects.visible_to(request.user).select_related("user", "prefecture")
    context = {
        "title": pgettext("list", "变更推送"),
        "form": form if subscribes else None,
        "webhooks": [
            (each, STATE_STYLE[each.state])
            for each in rows.annotate(n_waiting=waiting, n_dead=dead)
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "webhooks/list.html", context, status=status)


def _secret_page(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    context = {"title": _("推送密钥"), "webhook": webhook, "secret": secret}
    response = render(request, "webhooks/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires(get="webhook.manage")
def webhook_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One subscription and its log."""
    webhook = webhook_called(request, str(pk))
    wanted = request.GET.get("state", "")
    rows = webhook.deliveries.order_by("-pk").prefetch_related("log")
    if wanted in DeliveryState.values:
        rows = rows.filter(state=wanted)
    context = {
        "title": webhook.name,
        "webhook": webhook,
        "style": STATE_STYLE[webhook.state],
        "reason": _said(REASONS.get(webhook.state_reason, REASONS[""])),
        "ended": webhook.state == WebhookState.ENDED,
        "active": webhook.state == WebhookState.ACTIVE,
        "overlaps": bool(webhook.previous_until and webhook.previous_until > timezone.now()),
        "states": DeliveryState.choices,
        "wanted": wanted,
        "deliveries": [
            (each, STATE_STYLE[each.state],
             [(one, _said(OUTCOMES[one.outcome])) for one in each.log.all()])
            for each in rows[:SHOWN]
        ],
    }  # fmt: skip
    return render(request, "webhooks/webhook.html", context)


@requires(get="webhook.manage", post="webhook.manage")
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret, shown this once."""
    webhook = webhook_called(request, str(pk))
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        overlap = datetime.timedelta(days=form.cleaned_data["overlap"])
        webhook, secret = act.rotate_secret(
            actor=request.user, webhook=webhook, overlap=overlap, now=timezone.now()
        )
        return _secret_page(request, webhook, secret)
    context = {
        "title": _("更换密钥：%s") % webhook.name,
        "question": _("给这个订阅换一个密钥？"),
        "submit": _("更换"),
        "form": form,
        "cancel_url": reverse("webhooks:webhook", args=[pk]),
    }
    return render(request, "components/confirm.html", context)


@requires(post="webhook.manage")
def change_state(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Suspend, resume or end."""
    webhook = webhook_called(request, str(pk))
    if word in ACTS:
        act.set_state(actor=request.user, webhook=webhook, state=ACTS[word], now=timezone.now())
        messages.success(request, _("已保存。"))
    return redirect("webhooks:webhook", pk)


@requires(post="webhook.manage")
def redeliver(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Send one once more."""
    delivery = delivery_called(request, str(pk), number)
    outcome = act.redeliver(actor=request.user, delivery=delivery, now=timezone.now())
    tell = messages.success if outcome.ok else messages.error
    tell(request, _said(OUTCOMES[outcome.code]))
    return redirect("webhooks:webhook", pk)
