"""The report on incentives: parameters and its one computation."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Prefecture
from core.models.decisions import GovernmentLevel
from core.ratio import Ratio
from core.rules.budgets import YearBudget
from listings.queries.incentive_totals import (
    Award,
    IncentiveYear,
    PolicyYear,
    incentive_year,
    totalled,
)
from reports.forms import ParametersForm

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class IncentiveParameters:
    """``prefecture`` narrows policies and awards to one place; empty is the whole province."""

    as_of: datetime.date
    year: int
    prefecture: str = ""


class IncentiveForm(ParametersForm):
    """Date, year and place."""

    year = forms.IntegerField(label=_("年度"), required=False, min_value=1990, max_value=2100)
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("as_of") and not self.errors:
            cleaned["year"] = cleaned.get("year") or cleaned["as_of"].year
        return cleaned

    def parameters(self) -> IncentiveParameters:
        cleaned = self.cleaned_data
        return IncentiveParameters(cleaned["as_of"], cleaned["year"], cleaned["prefecture"])


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A prefecture: its own policies with their year, and what its enterprises got from all.

    ``code`` "" are nation and province, which have no enterprises of their own.
    """

    code: str
    city: int  # policies of the city in force
    counties: int  # policies of its counties in force
    money: YearBudget
    granted: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Without:
    """A prefecture without a policy of its own, and the one it had last."""

    prefecture: Prefecture
    counties: int
    last: PolicyYear | None


@dataclass(frozen=True, slots=True)
class IncentiveReport:
    parameters: IncentiveParameters
    found: IncentiveYear
    policies: tuple[PolicyYear, ...]
    awards: tuple[Award, ...]
    total: YearBudget
    covered: Ratio
    places: tuple[PlaceRow, ...]
    without: tuple[Without, ...]
    names: dict[str, Prefecture]


def compute(parameters: IncentiveParameters, known_at: datetime.datetime | None) -> IncentiveReport:
    """Compute from policies, awards and payments, as known at ``known_at``. Six queries."""
    found = incentive_year(as_of=parameters.as_of, year=parameters.year, known_at=known_at)
    place = parameters.prefecture
    policies = tuple(each for each in found.policies if place in ("", each.prefecture))
    awards = tuple(each for each in found.awards if place in ("", each.prefecture))
    meant = [each for each in found.prefectures if place in ("", each.code)]
    without = [each for each in found.without if place in ("", each.code)]
    rows = [_row(each.code, policies, awards, found.year) for each in meant]
    if not place:
        rows.insert(0, _row("", policies, (), found.year))
    return IncentiveReport(
        parameters=parameters,
        found=found,
        policies=policies,
        awards=awards,
        total=totalled(found.year, policies),
        covered=Ratio(len(meant) - len(without), len(meant)),
        places=tuple(rows),
        without=tuple(_without(each, policies, parameters.as_of) for each in without),
        names={each.code: each for each in found.prefectures},
    )


def _row(code: str, policies: Iterable[PolicyYear], awards: Iterable[Award], year: int) -> PlaceRow:
    own = [each for each in policies if each.prefecture == code]
    theirs = [each for each in awards if each.prefecture == code]
    force = [each.level for each in own if each.in_force]
    return PlaceRow(
        code=code,
        city=sum(level != GovernmentLevel.COUNTY for level in force),
        counties=force.count(GovernmentLevel.COUNTY),
        money=totalled(year, own),
        granted=sum((each.granted for each in theirs), NOTHING),
        paid=sum((each.paid for each in theirs), NOTHING),
    )


def _without(place: Prefecture, policies: Iterable[PolicyYear], as_of: datetime.date) -> Without:
    own = [each for each in policies if each.prefecture == place.code]
    ended = [
        each
        for each in own
        if each.level == GovernmentLevel.PREFECTURE and each.ends_on and each.ends_on < as_of
    ]
    return Without(
        prefecture=place,
        counties=sum(each.in_force and each.level == GovernmentLevel.COUNTY for each in own),
        last=max(ended, key=lambda each: each.ends_on, default=None),
    )
