"""Parameters of the reports on microloan companies, guarantee agencies and services."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.figures.reading import PlaceFilter
from core.models import Period, Prefecture
from core.models.territory import Region
from core.queries.periods import period_called
from reports.forms import ParametersForm
from reports.loans.periods import history, up_to, whole

YES, NO = "yes", "no"
WITHOUT_SHENZHEN = PlaceFilter(include_shenzhen=False)


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """What is asked: the date, the period whose figures answer, places, grouping.

    ``period`` is None where nothing was accepted yet; registries still answer. ``months`` are
    those with figures up to the period, oldest first.
    """

    as_of: datetime.date
    period: Period | None
    months: tuple[Period, ...] = ()
    by: str = "prefecture"
    where: PlaceFilter = WITHOUT_SHENZHEN


class PlacesForm(ParametersForm):
    """Date, grouping, place; Shenzhen is left out unless it is asked for.

    The regulators' statistics of Guangdong are published without Shenzhen (不含深圳).
    """

    by = forms.ChoiceField(
        label=_("分组"),
        initial="prefecture",
        choices=[("prefecture", _("地市")), ("region", _("区域"))],
    )
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    region = forms.ChoiceField(
        label=_("区域"), required=False, choices=[("", _("全部")), *Region.choices]
    )
    shenzhen = forms.ChoiceField(
        label=_("深圳"), initial=NO, choices=[(NO, _("不含深圳")), (YES, _("含深圳"))]
    )

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    @property
    def where(self) -> PlaceFilter:
        """The places that are meant; whoever asks for Shenzhen itself means it."""
        cleaned = self.cleaned_data
        place = cleaned["prefecture"]
        return PlaceFilter(
            prefecture=place,
            region=cleaned["region"],
            include_shenzhen=cleaned["shenzhen"] == YES or place == Prefecture.SHENZHEN,
        )


class ItemForm(PlacesForm):
    """Date or month, grouping, place."""

    FORM: ClassVar[str] = ""

    period = forms.RegexField(
        label=_("报告期"),
        regex=r"^\d{4}-\d{2}$",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2012-06"}),
        error_messages={"invalid": _("报告期的样式为 2012-06。")},
    )
    field_order = ("as_of", "period")

    def __init__(self, data: Mapping[str, Any], *, today: datetime.date) -> None:
        super().__init__(data, today=today)
        self.dated = bool(data.get("as_of"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self.found, self.months = self._period(cleaned)
            if cleaned.get("period") and self.found is None:
                self.add_error("period", _("没有这个报告期。"))
        return cleaned

    def _period(self, cleaned: dict[str, Any]) -> tuple[Period | None, tuple[Period, ...]]:
        """The period asked for, else the latest whole one by the date; months up to it."""
        asked = cleaned.get("period")
        if asked:
            found = period_called(form=self.FORM, code=asked)
            known = history(found.ends_on, self.FORM) if found else []
        else:
            known = history(cleaned["as_of"], self.FORM)
            found = whole(known)
        return found, up_to(found, known) if found else ()

    def parameters(self) -> ItemParameters:
        return ItemParameters(
            as_of=self._day(),
            period=self.found,
            months=self.months,
            by=self.cleaned_data["by"],
            where=self.where,
        )

    def _day(self) -> datetime.date:
        """The date asked for; where only a period was asked for, its end."""
        alone = self.cleaned_data["period"] and not self.dated
        return self.found.ends_on if alone else self.cleaned_data["as_of"]

    def canonical(self) -> dict[str, str]:
        """Period and date are part of what was asked, even if one chose the other."""
        period = {"period": self.found.code} if self.found else {}
        return {**super().canonical(), "as_of": self._day().isoformat(), **period}
