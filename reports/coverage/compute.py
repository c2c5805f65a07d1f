"""Parameters of the coverage report and its one computation."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.queries.coverage import coverage, goal_of
from finance.rules.coverage import Coverage, Question
from finance.rules.pace import Reading
from finance.rules.presence import Basis, Unit
from reports.forms import ParametersForm

PLAN_DAY, THAT_DAY = "plan", "date"


@dataclass(frozen=True, slots=True)
class CoverageParameters:
    """What is asked of the coverage report."""

    as_of: datetime.date
    basis: Basis = Basis.OPENED
    unit: Unit = Unit.HEAD_OFFICE
    since: datetime.date | None = None
    divisions: str = PLAN_DAY
    reading: Reading = Reading.ANNIVERSARY


class CoverageForm(ParametersForm):
    """Date, basis, unit, second date, divisions and reading of the deadline."""

    basis = forms.ChoiceField(
        label=_("口径"),
        initial=Basis.OPENED.value,
        choices=[
            (Basis.OPENED.value, _("开业")),
            (Basis.ESTABLISHED.value, _("组建（含批准筹建）")),
        ],
    )
    unit = forms.ChoiceField(
        label=_("单位"),
        initial=Unit.HEAD_OFFICE.value,
        choices=[
            (Unit.HEAD_OFFICE.value, _("法人机构总部")),
            (Unit.ANY_OUTLET.value, _("任一营业网点")),
        ],
    )
    since = forms.DateField(
        label=_("对比日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    divisions = forms.ChoiceField(
        label=_("县域区划"),
        initial=PLAN_DAY,
        choices=[(PLAN_DAY, _("方案印发时（2012年）")), (THAT_DAY, _("截至日期当时"))],
    )
    reading = forms.ChoiceField(
        label=_("期限理解"),
        initial=Reading.ANNIVERSARY.value,
        choices=[
            (Reading.ANNIVERSARY.value, _("印发之日起满三年")),
            (Reading.YEARS_COUNTED.value, _("三个自然年度（含当年）")),
            (Reading.YEARS_AFTER.value, _("第三年年末")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        as_of, since = data.get("as_of"), data.get("since")
        if as_of and since and since >= as_of:
            self.add_error("since", _("对比日期须早于截至日期；请改早，或留空。"))
        return data

    def parameters(self) -> CoverageParameters:
        """Return the valid parameters."""
        data = self.cleaned_data
        return CoverageParameters(
            as_of=data["as_of"],
            basis=Basis(data["basis"]),
            unit=Unit(data["unit"]),
            since=data["since"],
            divisions=data["divisions"],
            reading=Reading(data["reading"]),
        )


def compute_coverage(
    parameters: CoverageParameters, known_at: datetime.datetime | None
) -> Coverage:
    """Compute coverage as now known, or as it was known at ``known_at``."""
    goal = goal_of(reading=parameters.reading, as_of=parameters.as_of, known_at=known_at)
    of_plan = parameters.divisions == PLAN_DAY and goal is not None
    question = Question(
        as_of=parameters.as_of,
        divisions_on=goal.start if of_plan and goal else parameters.as_of,
        basis=parameters.basis,
        unit=parameters.unit,
        since=parameters.since,
    )
    return coverage(question=question, goal=goal, known_at=known_at)
