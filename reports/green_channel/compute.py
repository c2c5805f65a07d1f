"""The report on the green channel: parameters and its one computation."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import PermissionRefused
from core.models import Department, Prefecture
from core.permissions import Scope, scope_of
from listings.models import GreenChannelCase
from listings.models.green_channel import Issue
from listings.queries.green_channel import cases_on
from listings.rules.workload import CaseOn, Workload, workload
from reports.forms import ParametersForm


@dataclass(frozen=True, slots=True)
class GreenChannelParameters:
    """``department`` is a name, ``prefecture`` a code; empty means all."""

    as_of: datetime.date
    since: datetime.date
    department: str = ""
    prefecture: str = ""


class GreenChannelForm(ParametersForm):
    """Date, first day of the time, department and place."""

    since = forms.DateField(
        label=_("统计起始"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    department = forms.CharField(label=_("部门编号"), required=False, max_length=30)
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)

    def clean_department(self) -> str:
        code = self.cleaned_data["department"]
        self.name = ""
        if code:
            found = Department.objects.filter(code=code).first()
            if found is None:
                raise forms.ValidationError(_("没有编号为“%(code)s”的部门。") % {"code": code})
            self.name = found.name
        return code

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("as_of")
        if day and not self.errors:
            cleaned["since"] = cleaned.get("since") or day.replace(month=1, day=1)
            if cleaned["since"] > day:
                self.add_error("since", _("统计起始不能晚于截至日期。"))
        return cleaned

    def parameters(self) -> GreenChannelParameters:
        cleaned = self.cleaned_data
        return GreenChannelParameters(
            as_of=cleaned["as_of"],
            since=cleaned["since"],
            department=self.name,
            prefecture=cleaned["prefecture"],
        )


def narrowed(parameters: GreenChannelParameters, user: Any) -> GreenChannelParameters:
    """A department gets its own cases, a prefecture its own; others' are refused."""
    scope = scope_of(user, GreenChannelCase.VIEW)
    name, own = {
        Scope.DEPARTMENT: ("department", user.department),
        Scope.PREFECTURE: ("prefecture", user.prefecture.code if user.prefecture else ""),
    }.get(scope, ("", ""))
    if not own or getattr(parameters, name) not in ("", own):
        raise PermissionRefused()
    return replace(parameters, **{name: own})


@dataclass(frozen=True, slots=True)
class Group:
    """A row: a department, a prefecture or an issue, with its workload."""

    code: str
    name: str
    load: Workload


@dataclass(frozen=True, slots=True)
class GreenChannelReport:
    parameters: GreenChannelParameters
    cases: tuple[CaseOn, ...]
    total: Workload
    departments: tuple[Group, ...]
    prefectures: tuple[Group, ...]
    issues: tuple[Group, ...]
    places: dict[str, Prefecture]

    @property
    def overdue(self) -> list[CaseOn]:
        """Open cases past their promised day, the longest first."""
        found = [each for each in self.cases if each.overdue]
        return sorted(found, key=lambda each: (each.clock.due, each.code))


def compute(
    parameters: GreenChannelParameters, known_at: datetime.datetime | None
) -> GreenChannelReport:
    """Compute from cases and events, as known at ``known_at``. Seven queries."""
    cases = cases_on(
        as_of=parameters.as_of,
        known_at=known_at,
        department=parameters.department,
        prefecture=parameters.prefecture,
    )
    since = parameters.since
    places = {each.code: each for each in Prefecture.objects.all()}
    names = {each.department: each.department_name for each in cases}
    return GreenChannelReport(
        parameters=parameters,
        cases=tuple(cases),
        total=workload(cases, since=since),
        departments=_groups(cases, since, sorted(names), names.get, lambda each: each.department),
        prefectures=_groups(
            cases,
            since,
            [code for code in places if any(each.prefecture == code for each in cases)],
            lambda code: places[code].name,
            lambda each: each.prefecture,
        ),
        issues=_groups(cases, since, Issue.values, str, lambda each: each.issue),
        places=places,
    )


def _groups(
    cases: Iterable[CaseOn],
    since: datetime.date,
    codes: Iterable[str],
    name_of: Callable[[str], Any],
    code_of: Callable[[CaseOn], str],
) -> tuple[Group, ...]:
    """The groups that had something to do in the time or still have, in the order of codes."""
    by_code: dict[str, list[CaseOn]] = {}
    for each in cases:
        by_code.setdefault(code_of(each), []).append(each)
    found = (
        Group(code, name_of(code), workload(by_code.get(code, ()), since=since)) for code in codes
    )
    return tuple(each for each in found if each.load.opened or each.load.closed or each.load.open)
