"""Pages of institutions: list, record, edit, facts."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.fact_kinds import FACT_FORMS, kinds_for
from core.filters import as_of_day
from core.forms.institutions import FactForm, FactKindForm, InstitutionForm, VoidForm
from core.lists import list_page
from core.models import Fact, Institution
from core.models.facts import FactKind
from core.operations.delegations import may_be_filed
from core.operations.facts import record_fact, void_fact
from core.operations.institutions import save_institution
from core.permissions import may, requires
from core.queries.facts import FactLine, timeline
from core.queries.history import history_of
from core.queries.institutions import STATE_BADGES, STATES, institutions_on, name_on
from core.registers import catalogue
from core.registers.panels import panels_of
from core.rules import identifiers
from core.tables import INSTITUTIONS
from core.text import Text
from core.views.shared import editable_institution, form_page, saved, visible_institution


@requires(get="institution.view")
def index(request: HttpRequest) -> HttpResponse:
    return list_page(request, INSTITUTIONS)


@requires(get="institution.view")
def record(request: HttpRequest, code: str) -> HttpResponse:
    visible_institution(request, code)
    day = as_of_day(request.GET, timezone.localdate())
    institution = institutions_on(user=request.user, as_of=day).get(code=code)
    context = record_context(request, institution, day)
    context["own_register"] = _own_register(institution)
    return render(request, "core/institution.html", context)


def _own_register(institution: Institution) -> dict[str, Any] | None:
    """The register of the institution's kind, where its detail is kept: title and address."""
    register = catalogue.detail_of(institution.kind)
    if register is None or not register.model.objects.filter(pk=institution.pk).exists():
        return None
    url = reverse(register.url_name("record"), args=[institution.code])
    return {"title": register.title, "url": url}


def record_context(request: HttpRequest, institution: Any, day: datetime.date) -> dict[str, Any]:
    """What an institution's page shows; ``institution`` comes from ``institutions_on``."""
    lines = timeline(institution)
    children = institution.children.visible_to(request.user).select_related("prefecture")
    sponsored = institution.sponsored_village_banks.select_related("institution__prefecture")
    return {
        "title": institution.name,
        "institution": institution,
        "as_of": day,
        "facts": _facts(institution, day),
        "events": [_event(line) for line in lines],
        "lines": lines,
        "files": _files(institution),
        "history": history_of(institution),
        "children": children[:100],
        "sponsored": [
            bank.institution
            for bank in sponsored
            if may(request.user, "institution.view", bank.institution)
        ],
        "panels": panels_of(institution, user=request.user, as_of=day),
        "returns_url": _returns_url(request, institution),
        "editable": may(request.user, "institution.edit", institution),
    }


def _returns_url(request: HttpRequest, institution: Institution) -> str:
    """The queue of the institution's returns, for those who review them."""
    if not may(request.user, "return.review", institution):
        return ""
    return _optional("returns:queue", f"?institution={institution.code}")


def _optional(name: str, query: str = "") -> str:
    """The address of a page that a room above may offer; empty if it does not."""
    try:
        return reverse(name) + query
    except NoReverseMatch:
        return ""


def _facts(institution: Institution, day: datetime.date) -> list[dict[str, Any]]:
    doubts = {
        each.field: each.message
        for each in identifiers.doubts(
            credit_code=institution.credit_code,
            organisation_code=institution.organisation_code,
            registration_number=institution.registration_number,
        )
    }
    then = name_on(institution, day=day)
    facts = [
        {"label": _("机构编码"), "text": institution.code},
        {"label": _("状态"), "text": STATES[institution.state], "badge": _tone(institution.state)},
        {"label": _("类别"), "text": _(institution.get_kind_display())},
        {"label": _("所在地"), "text": _place(institution)},
        {"label": _("地址"), "text": institution.address},
        {"label": _("开业日期"), "text": institution.opened_on},
    ]
    if then != institution.name:
        facts.insert(0, {"label": _("当时名称"), "text": then})
    for field in (*identifiers_shown(), "licence_number", "short_name"):
        label = _(str(Institution._meta.get_field(field).verbose_name))
        entry = {"label": label, "text": getattr(institution, field)}
        if field in doubts:
            entry["note"] = _("校验位不符，请核对证照")
        facts.append(entry)
    if institution.parent:
        url = reverse("core:institution", args=[institution.parent.code])
        facts.append({"label": _("上级机构"), "text": institution.parent.name, "url": url})
    facts.append({"label": _("备注"), "text": institution.note})
    return [{**each, "text": each["text"] or "—"} for each in facts]


def identifiers_shown() -> tuple[str, ...]:
    return ("credit_code", "organisation_code", "registration_number")


def _tone(state: str) -> str:
    return STATE_BADGES[state] or "plain"


def _place(institution: Institution) -> str:
    county = institution.county.name if institution.county else ""
    return f"{institution.prefecture} {county}".strip()


def _event(line: FactLine) -> dict[str, Any]:
    fact = line.fact
    detail = _("；").join(f"{label}{_('：')}{text}" for label, text in line.details)
    return {
        "pk": fact.pk,
        "kind": fact.kind,
        "on": fact.happened_on,
        "title": _(str(FactKind(fact.kind).label)),
        "detail": detail,
        "by": fact.recorded_by,
        "recorded_at": fact.recorded_at,
        "voided": fact.voided_at is not None,
        "to_file": may_be_filed(fact),
        "voided_by": fact.voided_by,
        "void_reason": fact.void_reason,
        "files": line.files,
    }


def _files(institution: Institution) -> list[dict[str, Any]]:
    attachments = institution.attachments.select_related("document", "added_by")
    return [
        {
            "name": each.title,
            "url": reverse("core:attachment", args=[each.pk]),
            "size": each.document.size,
            "at": each.added_at,
            "by": each.added_by,
            "sha256": each.document.sha256,
        }
        for each in attachments
    ]


@requires(get="institution.edit", post="institution.edit")
def create(request: HttpRequest) -> HttpResponse:
    return _edit(request, Institution(), _("新增机构"), reverse("core:institutions"))


@requires(get="institution.edit", post="institution.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    institution = editable_institution(request, code)
    back = reverse("core:institution", args=[code])
    return _edit(request, institution, _("修改：%s") % institution.name, back)


def _edit(request: HttpRequest, institution: Institution, title: str, back: str) -> HttpResponse:
    form = InstitutionForm(request.POST or None, instance=institution, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            save_institution(
                form.instance,
                actor=request.user,
                now=timezone.now(),
                confirmed=form.cleaned_data.get("confirmed", False),
                **form.act(),
            )
            return saved(request, reverse("core:institution", args=[form.instance.code]))
        except DomainError as error:
            form.refused(error)
    return form_page(request, title, form, back)


@requires(get="institution.edit", post="institution.edit")
def add_fact(request: HttpRequest, code: str) -> HttpResponse:
    """Two steps without scripts: choose what happened (``?kind=``), then its fields."""
    institution = editable_institution(request, code)
    back = reverse("core:institution", args=[code])
    kind = request.GET.get("kind", "")
    title = _("登记事项：%s") % institution.name
    if kind not in dict(kinds_for(institution.kind)) or kind not in FACT_FORMS:
        form = FactKindForm(institution=institution)
        context = {"title": title, "form": form, "cancel_url": back}
        return render(request, "core/fact_kind.html", context)
    form = FactForm(request.POST or None, kind=kind, institution=institution)
    if request.method == "POST" and form.is_valid():
        try:
            record_fact(
                form.instance,
                actor=request.user,
                now=timezone.now(),
                confirmed=form.cleaned_data.get("confirmed", False),
            )
            return saved(request, f"{back}#facts", _("事项已登记。"))
        except DomainError as error:
            form.refused(error)
    intro = _(str(FactKind(kind).label))
    return form_page(request, title, form, back, intro=intro)


@requires(get="institution.edit", post="institution.edit")
def void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    institution = editable_institution(request, code)
    fact = Fact.objects.filter(institution=institution, pk=pk).first()
    if fact is None:
        raise NotFound(Text("这一事项", "fact"))
    back = reverse("core:institution", args=[code])
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        void_fact(
            fact_id=fact.pk,
            actor=request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        return saved(request, f"{back}#facts", _("事项已作废。"))
    context = {
        "title": _("作废事项"),
        "question": f"{institution.name}{_('：')}{fact.happened_on} "
        f"{_(str(FactKind(fact.kind).label))}",
        "consequences": [_("事项不会删除，仍以删除线显示；以后计算的报表不再计入。")],
        "form": form,
        "cancel_url": back,
        "submit": _("作废"),
        "danger": True,
    }
    status = 422 if form.errors else 200
    return render(request, "components/confirm.html", context, status=status)
