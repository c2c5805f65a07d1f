"""A version of the text with the figures that it names, on a day and as known at a moment."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plan.models import ConsolidatedReport, ReportPeriod
from plan.queries.board import plan_of
from plan.queries.consolidated_reports import Figures, Known, figures_for, versions_of
from plan.queries.progress_reports import last_day, period_on
from reports.forms import ParametersForm


@dataclass(frozen=True, slots=True)
class ReportParameters:
    """The plan's year and period, the day it is read on, and the record's code and version."""

    as_of: datetime.date
    year: int
    period: str
    report: str
    version: int

    @property
    def day(self) -> datetime.date:
        """The day that the figures stand for: the period's last, or earlier in the period."""
        return min(self.as_of, last_day(self.year, self.period)) if self.year else self.as_of


@dataclass(frozen=True, slots=True)
class Consolidated:
    """``text`` is a row of the record's history; ``named`` its figures by their names."""

    parameters: ReportParameters
    figures: Figures | None
    text: Any
    named: Mapping[str, Known]

    @property
    def approved(self) -> bool:
        """Whether this version is the one that was approved."""
        return self.text is not None and self.text.approved_version == self.text.version


class ReportForm(ParametersForm):
    """Plan's year, period and version; what is not asked is the newest.

    ``report`` is the record's code. It stands in every address that the report gives, so that
    a publication is of its own record even if that was voided and written anew.
    """

    year = forms.IntegerField(label=_("计划年度"), required=False, min_value=2012, max_value=2100)
    period = forms.ChoiceField(
        label=_("报告期"), required=False, choices=[("", "—"), *ReportPeriod.choices]
    )
    report = forms.CharField(label=_("编号"), required=False, max_length=30)
    version = forms.IntegerField(label=_("版本"), required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["report"]:
            self._take_report(cleaned)
        else:
            self._find_report(cleaned)
        return cleaned

    def _take_report(self, cleaned: dict[str, Any]) -> None:
        report = ConsolidatedReport.objects.filter(code=cleaned["report"]).first()
        if report is None:
            self.add_error("report", _("没有这个编号的汇总报告。"))
            return
        cleaned["year"], cleaned["period"] = report.plan.year, report.period
        self._choose_version(report, cleaned)

    def _find_report(self, cleaned: dict[str, Any]) -> None:
        day = cleaned["as_of"]
        plan = plan_of(cleaned["year"] or day.year)
        if cleaned["year"] and (plan is None or plan.year != cleaned["year"]):
            self.add_error("year", _("该年度没有行动计划。"))
        elif plan is not None:
            cleaned["year"] = plan.year
            cleaned["period"] = cleaned["period"] or period_on(day)
            found = plan.consolidated_reports.standing().filter(period=cleaned["period"]).first()
            if found is not None:
                cleaned["report"] = found.code
                self._choose_version(found, cleaned)

    def _choose_version(self, report: ConsolidatedReport, cleaned: dict[str, Any]) -> None:
        """The version asked for, else the approved one, else the newest."""
        asked = cleaned["version"]
        if not asked:
            cleaned["version"] = report.approved_version or report.version
        elif asked > report.version:
            self.add_error(
                "version", _("没有这个版本；最新的是 %(newest)s。") % {"newest": report.version}
            )

    def parameters(self) -> ReportParameters:
        given = self.cleaned_data
        return ReportParameters(
            as_of=given["as_of"],
            year=given["year"] or 0,
            period=given["period"],
            report=given["report"],
            version=given["version"] or 0,
        )


def compute(parameters: ReportParameters, known_at: datetime.datetime | None) -> Consolidated:
    """Read the version's text, the board on the day, and who has reported."""
    plan = plan_of(parameters.year, known_at=known_at) if parameters.year else None
    if plan is None:
        return Consolidated(parameters, None, None, {})
    figures = figures_for(plan, parameters.period, today=parameters.as_of, known_at=known_at)
    rows = versions_of(parameters.report, known_at=known_at).filter(version=parameters.version)
    text = rows.first()
    named = figures.named_in(text.text) if text is not None else {}
    return Consolidated(parameters, figures, text, named)
