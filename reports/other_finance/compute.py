"""The report on other equity and debt finance: parameters and its one computation."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.figures.reading import PlaceFilter
from core.models import Prefecture
from core.models.territory import Region
from core.naming import label
from listings.queries.other_finance import deals_on
from listings.rules.other_finance import KIND_WORDS, DealOn, Sums, sums, sums_by
from reports.forms import ParametersForm
from reports.items.places import Place, ground

PROVINCE = ""  # the place of what belongs to no prefecture


@dataclass(frozen=True, slots=True)
class FinanceParameters:
    as_of: datetime.date
    year: int
    kind: str = ""
    prefecture: str = ""
    region: str = ""

    @property
    def where(self) -> PlaceFilter:
        return PlaceFilter(prefecture=self.prefecture, region=self.region)


class FinanceForm(ParametersForm):
    """Date, year, kind and place."""

    year = forms.IntegerField(
        label=_("年度"), required=False, min_value=1990, max_value=2100,
        help_text=_("不填按截至日期的年度"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("方式"), required=False)
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    region = forms.ChoiceField(
        label=_("区域"), required=False, choices=[("", _("全部")), *Region.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, label(words)) for code, words in KIND_WORDS.items()]
        self.fields["kind"].choices = [("", _("全部")), *kinds]

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("year") is None and "as_of" in cleaned:
            cleaned["year"] = cleaned["as_of"].year
        return cleaned

    def parameters(self) -> FinanceParameters:
        return FinanceParameters(**{
            name: self.cleaned_data[name] for name in FinanceParameters.__dataclass_fields__
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class FinanceReport:
    """``by_…`` are sums of the year, but ``by_year``; ``whole`` is of all years up to the day."""

    parameters: FinanceParameters
    places: tuple[Place, ...]
    deals: tuple[DealOn, ...]
    this_year: Sums
    whole: Sums
    by_kind: Mapping[str, Sums]
    ever_by_kind: Mapping[str, Sums]
    by_year: Mapping[int, Mapping[str, Sums]]
    by_place: Mapping[str, Mapping[str, Sums]]

    @property
    def of_the_year(self) -> list[DealOn]:
        return [each for each in self.deals if each.year == self.parameters.year]


def compute(parameters: FinanceParameters, known_at: datetime.datetime | None) -> FinanceReport:
    """Read the five registers once and add them up; six queries."""
    rows = ground().rows("prefecture", parameters.where)
    narrowed = bool(parameters.prefecture or parameters.region)
    meant = frozenset(code for row in rows for code in row.prefectures) if narrowed else None
    deals = deals_on(as_of=parameters.as_of, known_at=known_at, prefectures=meant)
    if parameters.kind:
        deals = [each for each in deals if each.kind == parameters.kind]
    year = [each for each in deals if each.year == parameters.year]
    years = sorted({each.year for each in deals} | {parameters.year})
    at = {each.prefecture for each in year}
    return FinanceReport(
        parameters=parameters,
        places=tuple(row for row in rows if row.code in at),
        deals=tuple(deals),
        this_year=sums(year),
        whole=sums(deals),
        by_kind=sums_by(year, lambda each: each.kind),
        ever_by_kind=sums_by(deals, lambda each: each.kind),
        by_year={
            number: sums_by([e for e in deals if e.year == number], lambda each: each.kind)
            for number in years
        },
        by_place={
            code: sums_by([e for e in year if e.prefecture == code], lambda each: each.kind)
            for code in sorted(at)
        },
    )
