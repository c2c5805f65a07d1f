"""What the pages share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.models import Period
from core.text import Text
from returns.checking.words import describe
from returns.forms import form as form_of
from returns.forms.declaration import Form
from returns.models import Finding, Return
from returns.rules import STATE_STYLE, STATES, Act, possible


def language() -> str:
    return get_language() or "zh-hans"


def visible_return(request: HttpRequest, pk: int) -> Return:
    """The return, if this visitor may see it; otherwise as if it were not there."""
    related = (
        "institution__prefecture",
        "period",
        "document",
        "prepared_by",
        "signed_by",
        "reviewed_by",
    )
    found = Return.objects.visible_to(request.user).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise NotFound(Text("这份报表", "return"))
    return found


def period_called(pk: int) -> Period:
    found = Period.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(Text("这个报告期", "period"))
    return found


def described(findings: list[Finding], form: Form) -> list[dict[str, Any]]:
    """Findings with their words, for showing."""
    return [{"finding": each, "words": describe(each, form)} for each in findings]


def figures_of(record: Return) -> list[tuple[Text, str, str]]:
    """A return's key figures: label, value, unit."""
    form = form_of(record.period.form)
    return [
        (each.label, record.key_figures[each.name], str(form.column(each.table, each.measure).unit))
        for each in form.key_figures
        if each.name in record.key_figures
    ]


def acts_of(record: Return) -> dict[str, bool]:
    """Which acts the state allows, for buttons; the operations decide again."""
    return {act.value: possible(act, record.state) for act in Act}


def state_words(state: str) -> dict[str, Any]:
    return {"label": STATES[state], "style": STATE_STYLE[state]}


def tell(request: HttpRequest, error: DomainError) -> None:
    """Show a refusal at the top of the next page, with what each field wants."""
    text = error.message.in_language(language())
    for name, said in error.fields.items():
        text += f" {name}{_('：')}{said.in_language(language())}" if name else ""
    messages.error(request, text)


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number of the posted form, None if it is missing or something else."""
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else None
