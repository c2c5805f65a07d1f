"""Parameters of the report on services and its one computation."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.figures.reading import PlaceFilter
from core.text import Text
from finance.queries.services import services_on
from finance.rules.services import Services
from reports.items.parameters import WITHOUT_SHENZHEN, PlacesForm
from reports.items.places import Ground, Place, ground

OWN = ""  # the place of what belongs to the province as a whole
WHOLE = Text("全省性（未分地市）", "Province-wide")


@dataclass(frozen=True, slots=True)
class ServicesParameters:
    """What is asked: the day of the registries, and since when events and results count."""

    as_of: datetime.date
    since: datetime.date
    by: str = "prefecture"
    where: PlaceFilter = WITHOUT_SHENZHEN


@dataclass(frozen=True, slots=True)
class Group:
    """A row: what serves there."""

    place: Place
    services: Services


@dataclass(frozen=True, slots=True)
class ServicesReport:
    """``shenzhen`` is of the whole province: without Shenzhen, Shenzhen, with it."""

    parameters: ServicesParameters
    land: Ground
    total: Group
    groups: tuple[Group, ...]
    shenzhen: tuple[Group, ...]


class ServicesForm(PlacesForm):
    """Date, since when (the year's first day unless asked), grouping, place."""

    since = forms.DateField(
        label=_("活动与成效起"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("as_of", "since")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, since = cleaned.get("as_of"), cleaned.get("since")
        if day and since and since > day:
            self.add_error("since", _("起始日期晚于截至日期。"))
        return cleaned

    @property
    def start(self) -> datetime.date:
        return self.cleaned_data["since"] or self.cleaned_data["as_of"].replace(month=1, day=1)

    def parameters(self) -> ServicesParameters:
        return ServicesParameters(
            as_of=self.cleaned_data["as_of"],
            since=self.start,
            by=self.cleaned_data["by"],
            where=self.where,
        )

    def canonical(self) -> dict[str, str]:
        return {**super().canonical(), "since": self.start.isoformat()}


def compute(parameters: ServicesParameters, known_at: datetime.datetime | None) -> ServicesReport:
    """Read all services once, and share them out by place."""
    found = services_on(as_of=parameters.as_of, since=parameters.since, known_at=known_at)
    land, where = ground(), parameters.where

    def group(place: Place) -> Group:
        return Group(place, found.of(place.prefectures))

    rows = land.rows(parameters.by, where)
    own = _province(parameters)
    if own and any(_counts(found.of(own.prefectures))):
        rows = [*rows, own]
    return ServicesReport(
        parameters=parameters,
        land=land,
        total=group(place_called("", parameters, land)),
        groups=tuple(group(row) for row in rows),
        shenzhen=tuple(group(_with_own(row)) for row in land.with_and_without()),
    )


def _counts(services: Services) -> tuple[int, ...]:
    return len(services.points), len(services.platforms), len(services.events)


def _province(parameters: ServicesParameters) -> Place | None:
    """The row of what belongs to no prefecture; not where some places alone are meant."""
    where = parameters.where
    return None if where.prefecture or where.region else Place("province", WHOLE, (OWN,))


def _with_own(place: Place) -> Place:
    """The whole province holds what belongs to no prefecture."""
    if place.code == "shenzhen":
        return place
    return Place(place.code, place.name, (*place.prefectures, OWN))


def place_called(code: str, parameters: ServicesParameters, land: Ground) -> Place:
    """A row of the report by its code, "" for the total; KeyError for one that it has not."""
    own = _province(parameters)
    if code == "province" and own:
        return own
    place = land.called(code, parameters.where)
    if code in ("with", "without") or (not code and own):
        return _with_own(place)
    return place
