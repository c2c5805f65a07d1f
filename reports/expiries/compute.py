"""Parameters of the expiry calendar and its one computation."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Prefecture
from core.naming import label
from core.queries.expiries import Running, running_out, watched
from reports.forms import ParametersForm

NEAR = 30  # days: what needs somebody this month


@dataclass(frozen=True, slots=True)
class ExpiryParameters:
    as_of: datetime.date
    within: int = 90
    prefecture: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class ExpiryCalendar:
    """All that runs out, soonest first, and how many a register."""

    parameters: ExpiryParameters
    running: tuple[Running, ...]
    by_register: dict[str, Counter]

    def number(self, state: str) -> int:
        return sum(counts[state] for counts in self.by_register.values())


def state_of(each: Running) -> str:
    """``lapsed``, ``near`` (this month) or ``coming``."""
    if each.lapsed:
        return "lapsed"
    return "near" if each.days <= NEAR else "coming"


class ExpiryForm(ParametersForm):
    """Date, horizon, place and register."""

    within = forms.IntegerField(label=_("天数"), initial=90, min_value=0, max_value=1100)
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    register = forms.ChoiceField(label=_("登记簿"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.key, label(each.title)) for each in watched()]
        self.fields["register"].choices = [("", _("全部")), *choices]

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def parameters(self) -> ExpiryParameters:
        cleaned = self.cleaned_data
        return ExpiryParameters(
            as_of=cleaned["as_of"],
            within=cleaned["within"],
            prefecture=cleaned["prefecture"],
            register=cleaned["register"],
        )


def compute_expiries(
    parameters: ExpiryParameters, known_at: datetime.datetime | None
) -> ExpiryCalendar:
    running = running_out(
        as_of=parameters.as_of,
        within=parameters.within,
        known_at=known_at,
        prefecture=parameters.prefecture,
        registers=[parameters.register] if parameters.register else (),
    )
    counts = {
        register.key: Counter(state_of(each) for each in running if each.register == register.key)
        for register in watched()
        if parameters.register in ("", register.key)
    }
    return ExpiryCalendar(parameters, tuple(running), counts)
