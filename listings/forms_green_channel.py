"""The form of an act on a green-channel case, for page and API alike."""

import datetime
from typing import Any

from django.utils.translation import get_language

from core.registers.forms import RegisterForm, form_class
from core.registers.saving import save_entry
from listings.models import CaseEvent, GreenChannelCase
from listings.operations.green_channel import needs
from listings.registers.green_channel import EVENTS
from listings.rules.clock import Act

# What each act asks for, beside its day.
FIELDS: dict[Act, tuple[str, ...]] = {
    Act.ANSWER: ("happened_on", "text", "document_number", "note"),
    Act.WAIT: ("happened_on", "text", "document_number", "note"),
    Act.RESUME: ("happened_on", "text", "document_number", "note"),
    Act.CLOSE: ("happened_on", "result", "document_number", "text", "note"),
    Act.REOPEN: ("happened_on", "text", "days", "document_number", "note"),
}


def act_form(
    act: Act, data: Any, *, case: GreenChannelCase, actor: Any, today: datetime.date
) -> RegisterForm:
    """The register's own form, narrowed to what the act asks for."""
    event = CaseEvent(case=case, act=act.value)
    form = form_class(EVENTS)(
        data,
        instance=event,
        actor=actor,
        register=EVENTS,
        initial={"happened_on": today, "case": case.code},
    )
    kept = {*FIELDS[act], *(name for name in form.fields if name not in EVENTS.filled)} - {"code"}
    for name in [name for name in form.fields if name not in kept]:
        del form.fields[name]
    _ask(form, act)
    return form


def _ask(form: RegisterForm, act: Act) -> None:
    """What the act needs is asked for in the act's own words; where it has its page, no more."""
    for name in ("result", "days", "text"):
        if name in form.fields:
            form.fields[name].help_text = ""
    needed = needs(act)
    if needed is not None:
        name, words = needed
        form.fields[name].required = True
        form.fields[name].error_messages["required"] = words.in_language(get_language() or "")


def record_act(form: RegisterForm, *, actor: Any, now: datetime.datetime) -> CaseEvent:
    """Save the event of a valid form. Raises as ``save_entry`` does."""
    return save_entry(
        EVENTS,
        form.instance,
        actor=actor,
        now=now,
        confirmed=form.cleaned_data.get("confirmed", False),
    )
