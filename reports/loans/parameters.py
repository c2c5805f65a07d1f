"""Parameters of the loan report."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Period, Prefecture
from core.models.institutions import BANK_KINDS, InstitutionKind
from core.models.territory import Region
from core.naming import label
from core.text import Text
from finance.queries.loans import FORM, LoanFilter
from finance.rules.industries import INDUSTRIES
from finance.rules.loans import POPULATIONS
from reports.forms import ParametersForm
from reports.loans.compute import LoanParameters
from reports.loans.periods import TREND_MONTHS, history, whole
from reports.loans.words import DIMENSIONS, POPULATION_LABELS

YES, NO = "yes", "no"


def _choices(labels: Any) -> list[tuple[str, str]]:
    return [(key, label(text)) for key, text in labels.items()]


class LoanForm(ParametersForm):
    """Date or period, population, breakdown, and filters."""

    history: list[Period] = []

    period = forms.RegexField(
        label=_("报告期"),
        regex=r"^\d{4}-\d{2}$",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2012-06"}),
        error_messages={"invalid": _("报告期的样式为 2012-06。")},
    )
    population = forms.ChoiceField(
        label=_("口径"), initial="sme", choices=_choices(POPULATION_LABELS)
    )
    by = forms.ChoiceField(label=_("分组"), initial="prefecture", choices=_choices(DIMENSIONS))
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    region = forms.ChoiceField(
        label=_("区域"), required=False, choices=[("", _("全部")), *Region.choices]
    )
    industry = forms.ChoiceField(
        label=_("行业"),
        required=False,
        choices=[
            ("", _("全部")),
            *((k, label(Text(f"{k} {v.zh}", f"{k} {v.en}"))) for k, v in INDUSTRIES.items()),
        ],
    )
    kind = forms.ChoiceField(
        label=_("机构类别"),
        required=False,
        choices=[("", _("全部")), *(c for c in InstitutionKind.choices if c[0] in BANK_KINDS)],
    )
    shenzhen = forms.ChoiceField(
        label=_("深圳"), initial=YES, choices=[(YES, _("含深圳")), (NO, _("不含深圳"))]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("prefecture")
        if code and not Prefecture.objects.filter(code=code).exists():
            self.add_error("prefecture", _("没有代码为“%(code)s”的地市。") % {"code": code})
        if not self.errors:
            self.found = self._period(cleaned)
            if self.found is None:
                self.add_error("period", _("没有这个报告期，或在此日期之前还没有已接受的报表。"))
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> Period | None:
        """The period asked for, else the latest whole one by the date."""
        asked = cleaned.get("period")
        if not asked:
            self.history = history(cleaned["as_of"])
            return whole(self.history)
        year, _dash, month = asked.partition("-")
        return Period.objects.filter(form=FORM, year=int(year), number=int(month)).first()

    def parameters(self) -> LoanParameters:
        cleaned = self.cleaned_data
        return LoanParameters(
            period=self.found,
            months=self._months(),
            population=cleaned["population"],
            dimension=cleaned["by"],
            where=LoanFilter(
                sizes=POPULATIONS[cleaned["population"]],
                prefecture=cleaned["prefecture"],
                region=cleaned["region"],
                industry=cleaned["industry"],
                kind=cleaned["kind"],
                include_shenzhen=cleaned["shenzhen"] == YES,
            ),
        )

    def _months(self) -> tuple[Period, ...]:
        """The months up to the period, oldest first, if they were read already."""
        earlier = [each for each in self.history if each.ends_on <= self.found.ends_on]
        return tuple(earlier[:TREND_MONTHS][::-1])

    def canonical(self) -> dict[str, str]:
        """The period is part of what was asked, even if the date chose it."""
        return {**super().canonical(), "period": self.found.code}


def as_of(parameters: LoanParameters) -> datetime.date:
    """A loan report stands for the end of its period."""
    return parameters.period.ends_on
