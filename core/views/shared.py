"""What the registries' pages share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import Institution
from core.permissions import require
from core.text import Text


def visible_institution(request: HttpRequest, code: str) -> Institution:
    """The institution, if this visitor may see it; otherwise as if it were not there."""
    related = Institution.objects.visible_to(request.user).select_related(
        "prefecture", "county", "parent"
    )
    found = related.filter(code=code).first()
    if found is None:
        raise NotFound(Text("这家机构", "institution"))
    return found


def editable_institution(request: HttpRequest, code: str) -> Institution:
    """The institution, if this visitor may change it; refused before any form is shown."""
    institution = visible_institution(request, code)
    require(request.user, "institution.edit", institution)
    return institution


def form_page(
    request: HttpRequest, title: Any, form: Any, cancel: str, **extra: Any
) -> HttpResponse:
    """A form on its page; 422 when it comes back with errors."""
    context = {"title": title, "form": form, "cancel_url": cancel, **extra}
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


def saved(request: HttpRequest, url: str, message: str = "") -> HttpResponse:
    messages.success(request, message or _("已保存。"))
    return redirect(url)
