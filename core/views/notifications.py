"""One's notifications: read, opened, and by which way they come."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import Notification
from core.models.notifications import Channel, NotificationKind
from core.operations.notifications import choose_channels, mark_read
from core.permissions import requires
from core.queries.notifications import choices_of
from core.text import Text
from core.views.shared import form_page, saved

PAGE_SIZE = 50


@requires(get="account.self", post="account.self")
def notifications(request: HttpRequest) -> HttpResponse:
    """The list, newest first; posting marks all as read."""
    if request.method == "POST":
        mark_read(actor=request.user, now=timezone.now())
        return redirect("core:notifications")
    rows = Notification.objects.filter(recipient=request.user)
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        rows = rows.filter(read_at=None)
    context = {
        "title": _("通知"),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "only_unread": only_unread,
        "unread": request.user.unread,
    }
    return render(request, "notifications/list.html", context)


@requires(get="account.self", post="account.self")
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a notification tells of; it is read then. Posting marks it without opening."""
    found = Notification.objects.filter(recipient=request.user, pk=pk).first()
    if found is None:
        raise NotFound(Text("通知", "notification"))
    mark_read(actor=request.user, now=timezone.now(), keys=[pk])
    if request.method == "POST":
        return redirect(f"{reverse('core:notifications')}?unread=1")
    return redirect(found.url)


class ChoicesForm(forms.Form):
    """A way for every kind."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for kind in NotificationKind:
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=Channel.choices)


@requires(get="account.self", post="account.self")
def choices(request: HttpRequest) -> HttpResponse:
    """Choose by which way each kind comes."""
    form = ChoicesForm(request.POST or None, initial=choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_channels(actor=request.user, chosen=form.cleaned_data)
        return saved(request, reverse("core:notifications"))
    intro = ""
    if not request.user.email:
        intro = _("您的账户没有邮箱，通知只在系统内显示；需要邮件的请管理员登记邮箱。")
    return form_page(request, _("通知方式"), form, reverse("core:notifications"), intro=intro)
