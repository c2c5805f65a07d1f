"""Pages of a register of institutions: the institution's own page with its detail."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.filters import as_of_day
from core.forms.base import show_refusal
from core.forms.institutions import InstitutionForm
from core.lists import list_page
from core.models import Institution
from core.permissions import may, requires
from core.queries.history import history_of
from core.queries.institutions import institutions_on
from core.registers.declaration import Detail
from core.registers.forms import form_class
from core.registers.panels import fields_shown
from core.registers.saving import save_with_detail
from core.registers.tables import list_definition
from core.views.institutions import record_context
from core.views.shared import editable_institution, saved

View = Callable[..., HttpResponse]


def list_view(register: Detail) -> View:
    @requires(get="institution.view")
    def index(request: HttpRequest) -> HttpResponse:
        data = (
            reverse(register.url_name("data")) if may(request.user, register.import_action) else ""
        )
        return list_page(
            request,
            list_definition(register),
            template="registers/list.html",
            extra={"data_url": data},
        )

    return index


def record_view(register: Detail) -> View:
    @requires(get="institution.view")
    def record(request: HttpRequest, code: str) -> HttpResponse:
        day = as_of_day(request.GET, timezone.localdate())
        rows = register.rows(user=request.user, as_of=day).filter(institution__code=code)
        detail = rows.first()
        if detail is None:
            raise NotFound(register.one)
        institution = institutions_on(user=request.user, as_of=day).get(pk=detail.pk)
        context = record_context(request, institution, day)
        own = register.panels(detail, user=request.user, as_of=day) if register.panels else []
        facts = register.facts(detail) if register.facts else fields_shown(register, detail)
        context |= {
            "register": register,
            "detail": detail,
            "detail_facts": facts,
            "remarks": register.remarks(rows, day)[detail.pk] if register.remarks else (),
            "panels": [*own, *context["panels"]],
            "history": history_of(institution, detail),
            "list_url": reverse(register.url_name()),
            "detail_edit_url": reverse(register.url_name("edit"), args=[code]),
            "acts": register.acts(detail, user=request.user) if register.acts else (),
        }
        return render(request, "registers/detail.html", context)

    return record


def create_view(register: Detail) -> View:
    @requires(get="institution.edit", post="institution.edit")
    def create(request: HttpRequest) -> HttpResponse:
        title = _("新增：%s") % register.one.in_language(get_language() or "")
        fresh = Institution(kind=register.kind)
        return _edit(register, request, fresh, register.model(), title, register.url_name())

    return create


def edit_view(register: Detail) -> View:
    @requires(get="institution.edit", post="institution.edit")
    def edit(request: HttpRequest, code: str) -> HttpResponse:
        institution = editable_institution(request, code)
        detail = register.model.objects.filter(pk=institution.pk).first()
        if detail is None:
            raise NotFound(register.one)
        title = _("修改：%s") % institution.name
        return _edit(register, request, institution, detail, title, register.url_name())

    return edit


def _edit(
    register: Detail,
    request: HttpRequest,
    institution: Institution,
    detail: Any,
    title: str,
    back: str,
) -> HttpResponse:
    data = request.POST or None
    form = InstitutionForm(data, instance=institution, actor=request.user)
    del form.fields["kind"]
    more = form_class(register)(
        data, instance=detail, actor=request.user, register=register, prefix="detail"
    )
    more.fields.pop("change_reason", None)
    if request.method == "POST" and form.is_valid() and more.is_valid():
        try:
            save_with_detail(
                register,
                form.instance,
                more.instance,
                actor=request.user,
                now=timezone.now(),
                confirmed=form.cleaned_data.get("confirmed", False),
                expected_detail_version=more.cleaned_data.get("expected_version"),
                **form.act(),
            )
            code = form.instance.code
            return saved(request, reverse(register.url_name("record"), args=[code]))
        except DomainError as error:
            theirs = {name for name in error.fields if name in more.fields}
            show_refusal(more if theirs else form, error)
    context = {
        "title": title,
        "form": form,
        "more": more,
        "more_title": register.detail_title,
        "cancel_url": reverse(back),
    }
    status = 422 if form.errors or more.errors else 200
    return render(request, "registers/detail_form.html", context, status=status)
