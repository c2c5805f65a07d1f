"""The plan board: what was asked, the plan on the day and a month before, one computation."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan.queries.board import Board, TargetOn, board_on, plan_of
from reports.forms import ParametersForm


@dataclass(frozen=True, slots=True)
class BoardParameters:
    """The plan's year and the day that its figures stand for."""

    as_of: datetime.date
    year: int


@dataclass(frozen=True, slots=True)
class BoardReport:
    """``before`` holds each target's figure at the end of the month before, by its key."""

    parameters: BoardParameters
    board: Board | None
    before: Mapping[int, int]

    def moved(self, target: TargetOn) -> int:
        """How much was added since the end of the month before."""
        return target.value - self.before.get(target.target.pk, 0)


class BoardForm(ParametersForm):
    """Date and the plan's year; the plan of the date's year, or the last before it, if unset."""

    year = forms.IntegerField(label=_("计划年度"), required=False, min_value=2012, max_value=2100)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            plan = plan_of(cleaned["year"] or cleaned["as_of"].year)
            if cleaned["year"] and (plan is None or plan.year != cleaned["year"]):
                self.add_error("year", _("该年度没有行动计划。"))
            elif plan is not None:
                cleaned["year"] = plan.year
        return cleaned

    def parameters(self) -> BoardParameters:
        return BoardParameters(self.cleaned_data["as_of"], self.cleaned_data["year"] or 0)

    def canonical(self) -> dict[str, str]:
        return {**super().canonical(), "year": str(self.cleaned_data["year"] or "")}


def compute(parameters: BoardParameters, known_at: datetime.datetime | None) -> BoardReport:
    """Read the plan twice: on the day, and at the end of the month before it."""
    plan = plan_of(parameters.year, known_at=known_at)
    if plan is None:
        return BoardReport(parameters, None, {})
    month_before = parameters.as_of.replace(day=1) - datetime.timedelta(days=1)
    before = board_on(plan, as_of=month_before, known_at=known_at)
    return BoardReport(
        parameters=parameters,
        board=board_on(plan, as_of=parameters.as_of, known_at=known_at),
        before={each.target.pk: each.value for each in before.targets},
    )
