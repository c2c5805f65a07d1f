"""Accounts, for the administrator."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.filters import AnyYesNo, StrictFilterSet
from core.lists import ListAction, ListColumn, ListDefinition, list_page
from core.models import User
from core.models.users import Role
from core.operations.users import FIELDS, change_user, create_user, reset_password
from core.permissions import requires
from core.text import Text


class UserFilter(StrictFilterSet):
    search_fields = ("username__icontains", "display_name__icontains")
    role = django_filters.ChoiceFilter(choices=Role.choices, label=gettext_lazy("角色"))
    is_active = django_filters.BooleanFilter(label=gettext_lazy("启用"), widget=AnyYesNo)

    class Meta:
        model = User
        fields: tuple[str, ...] = ()


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = (*FIELDS, "is_active")


def _place(user: User) -> str | None:
    place = user.institution or user.prefecture
    return str(place) if place else None


USERS = ListDefinition(
    key="users",
    title=pgettext_lazy("list", "用户"),
    rows=lambda request: User.objects.select_related("prefecture", "institution"),
    filterset=UserFilter,
    columns=(
        ListColumn("username", gettext_lazy("用户名"), lambda u: u.username, sort="username"),
        ListColumn("name", gettext_lazy("姓名"), lambda u: u.display_name, sort="display_name"),
        ListColumn("role", gettext_lazy("角色"), lambda u: u.get_role_display(), sort="role"),
        ListColumn("place", gettext_lazy("所属"), _place),
        ListColumn("active", gettext_lazy("状态"), lambda u: u.is_active, kind="bool",
                   shown=lambda u: _("启用") if u.is_active else _("停用"),
                   badge=lambda u: "good" if u.is_active else "bad"),
        ListColumn("last_login", gettext_lazy("最近登录"), lambda u: u.last_login,
                   kind="datetime", sort="last_login"),
    ),
    default_sort="username",
    record_url=lambda u: reverse("core:user", args=[u.pk]),
    actions=(
        ListAction(gettext_lazy("新建用户"), "new/", permission="user.manage", primary=True),
    ),
)  # fmt: skip


@requires(get="user.manage")
def users(request: HttpRequest) -> HttpResponse:
    return list_page(request, USERS)


def _errors_into(form: Any, error: DomainError) -> None:
    language = get_language() or ""
    for name, text in error.fields.items():
        form.add_error(name if name in form.fields else None, text.in_language(language))


@requires(get="user.manage", post="user.manage")
def new_user(request: HttpRequest) -> HttpResponse:
    """Make an account and show its one-time password."""
    form = UserForm(request.POST or None, initial={"is_active": True})
    if request.method == "POST" and form.is_valid():
        try:
            user, password = create_user(
                actor=request.user, values=form.cleaned_data, now=timezone.now()
            )
        except DomainError as error:
            _errors_into(form, error)
        else:
            return _password_page(request, user, password)
    context = {"title": _("新建用户"), "form": form, "cancel_url": reverse("core:users")}
    return render(request, "components/form_page.html", context)


def _password_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    context = {"title": _("一次性密码"), "account": user, "password": password}
    return render(request, "core/password.html", context)


@requires(get="user.manage", post="user.manage")
def user_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an account, reset its password, see what was changed before."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise NotFound(Text("这个用户", "user"))
    if request.POST.get("act") == "reset":
        password = reset_password(actor=request.user, user=user, now=timezone.now())
        return _password_page(request, user, password)
    form = UserForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        fresh = User.objects.get(pk=pk)
        try:
            change_user(
                actor=request.user, user=fresh, values=form.cleaned_data, now=timezone.now()
            )
        except DomainError as error:
            _errors_into(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("core:user", pk)
    context = {
        "title": user.display_name,
        "account": user,
        "form": form,
        "history": list(user.history.select_related("history_user")[:20]),
    }
    return render(request, "core/user.html", context)
