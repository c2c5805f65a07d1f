"""The places of a report in their official order, with sums of regions and the province."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from core.figures.reading import EVERYWHERE, PlaceFilter
from core.models import Prefecture
from core.text import Text
from reports.items.words import SHENZHEN, TOTAL, WITH, WITHOUT
from reports.loans.words import REGIONS

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a report: a prefecture, a region, or all (``code`` "")."""

    code: str
    name: Text
    prefectures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """The prefectures of the province in their official order, read once a report."""

    prefectures: tuple[Prefecture, ...]

    @property
    def names(self) -> dict[str, Text]:
        """Every prefecture's name by its code."""
        return {each.code: Text(each.name, each.name_en) for each in self.prefectures}

    def rows(self, by: str, where: PlaceFilter) -> list[Place]:
        """The prefectures or regions that are meant, in the official order."""
        meant = [each for each in self.prefectures if where.includes(each)]
        if by == "prefecture":
            return [Place(each.code, Text(each.name, each.name_en), (each.code,)) for each in meant]
        return [
            Place(region, words, tuple(each.code for each in meant if each.region == region))
            for region, words in REGIONS.items()
            if any(each.region == region for each in meant)
        ]

    def total(self, where: PlaceFilter) -> Place:
        """All places that are meant."""
        return Place("", TOTAL, tuple(row.code for row in self.rows("prefecture", where)))

    def with_and_without(self) -> tuple[Place, ...]:
        """The province without Shenzhen, Shenzhen, and both."""
        every = tuple(row.code for row in self.rows("prefecture", EVERYWHERE))
        shenzhen = (Prefecture.SHENZHEN,)
        others = tuple(code for code in every if code not in shenzhen)
        return (
            Place("without", WITHOUT, others),
            Place("shenzhen", SHENZHEN, shenzhen),
            Place("with", WITH, every),
        )

    def called(self, code: str, where: PlaceFilter) -> Place:
        """A report's row by its code, "" for the total; KeyError for one that it has not."""
        if not code:
            return self.total(where)
        rows = (*self.rows("prefecture", where), *self.rows("region", where))
        for row in (*rows, *self.with_and_without()):
            if row.code == code:
                return row
        raise KeyError(code)


def ground() -> Ground:
    """Read the prefectures. One query."""
    return Ground(tuple(Prefecture.objects.all()))


def summed(
    place: Place,
    figures: Mapping[str, Figures],
    add_up: Callable[[list[Figures]], Figures],
) -> Figures:
    """A place's figures: its prefectures' added up, never averaged."""
    return add_up([figures[code] for code in place.prefectures if code in figures])
