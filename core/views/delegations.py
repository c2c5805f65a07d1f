"""Decisions of prefectures: what is wrong about their authority, and filing them."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotFound
from core.filters import as_of_day
from core.forms.base import show_refusal, use_days
from core.lists import ListColumn, ListDefinition, list_page
from core.models import Fact
from core.models.facts import FactKind
from core.naming import here
from core.operations.delegations import file_with_province
from core.permissions import requires
from core.queries.delegations import authority_remarks, decisions_of_prefectures
from core.rules.remarks import Remark
from core.supervision_filters import DecisionFilter
from core.text import Text
from core.views.shared import editable_institution, form_page, saved


@requires(get="register.view")
def findings(request: HttpRequest) -> HttpResponse:
    day = as_of_day(request.GET, timezone.localdate())
    decisions = decisions_of_prefectures(user=request.user, as_of=day)
    return list_page(request, _list(decisions, authority_remarks(decisions=decisions, as_of=day)))


def _list(decisions: Any, remarks: Any) -> ListDefinition:
    """The decisions with what is wrong about each; those without findings on request."""

    def found(fact: Fact) -> list[Remark]:
        return remarks.get(fact.pk, [])

    return ListDefinition(
        key="delegation-findings",
        title=_("下放审批核查"),
        intro=_("由市决定而没有当日有效的下放权限、超出权限或未按期报省备案的审批。"),
        rows=lambda request: decisions,
        filterset=DecisionFilter,
        default_sort="-happened_on",
        defaults={"findings": "any"},
        record_url=_institution_url,
        columns=(
            ListColumn("happened_on", _("决定日期"), lambda f: f.happened_on, "date",
                       "happened_on", url=_institution_url),
            ListColumn("institution", _("机构"), lambda f: f.institution.name,
                       sort="institution__pinyin"),
            ListColumn("prefecture", _("地市"), lambda f: str(f.institution.prefecture),
                       sort="institution__prefecture__display_order"),
            ListColumn("kind", _("事项"), lambda f: now_(str(FactKind(f.kind).label)), sort="kind"),
            ListColumn("document_number", _("文号"), lambda f: f.document_number,
                       sort="document_number"),
            ListColumn("delegation", _("所依下放权限"), lambda f: _number(f),
                       sort="delegation__document_number", url=_delegation_url),
            ListColumn("filed_on", _("报省备案日期"), lambda f: f.filed_on, "date", "filed_on"),
            ListColumn("capital", _("注册资本（万元）"), lambda f: f.capital, "money", "capital",
                       default=False),
            ListColumn("findings", _("核查意见"),
                       lambda f: " ".join(here(each.message) for each in found(f)),
                       badge=lambda f: "warn" if found(f) else "good"),
        ),
    )  # fmt: skip


def _number(fact: Fact) -> str:
    return fact.delegation.document_number if fact.delegation else ""


def _institution_url(fact: Fact) -> str:
    return reverse("core:institution", args=[fact.institution.code]) + "#facts"


def _delegation_url(fact: Fact) -> str | None:
    if fact.delegation is None:
        return None
    return reverse("core:delegations-record", args=[fact.delegation.code])


class FilingForm(forms.Form):
    """The day on which a decision was filed with the province."""

    filed_on = forms.DateField(label=_("报省备案日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_days(self)


@requires(get="institution.edit", post="institution.edit")
def file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record that a decision was filed; nothing else of the fact changes."""
    institution = editable_institution(request, code)
    fact = Fact.objects.filter(institution=institution, pk=pk).first()
    if fact is None:
        raise NotFound(Text("这一事项", "fact"))
    back = reverse("core:institution", args=[code])
    form = FilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on: datetime.date = form.cleaned_data["filed_on"]
        try:
            file_with_province(fact_id=fact.pk, on=on, actor=request.user, now=timezone.now())
            return saved(request, f"{back}#facts", now_("备案日期已登记。"))
        except DomainError as error:
            show_refusal(form, error)
    kind = now_(str(FactKind(fact.kind).label))
    intro = f"{institution.name}{now_('：')}{fact.happened_on} {kind}"
    return form_page(request, now_("报省备案"), form, back, intro=intro)
