"""Who founded the microloan companies of underdeveloped counties, against the plan's wish.

The plan of 2012-04-28, measure (七): qualified enterprises of quality are encouraged to found
microloan companies in underdeveloped areas. It sets no number; so figures, not a goal. Pure.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Founder:
    """A main sponsor at the foundation; ``home`` is a prefecture's code or a place elsewhere."""

    name: str
    kind: str
    home: str
    stake: Decimal
    quality: bool
    held_from: datetime.date
    held_until: datetime.date | None = None

    def elsewhere(self, prefecture: str) -> bool:
        """Whether it comes from outside ``prefecture``; not where its home is unknown."""
        return bool(self.home) and self.home != prefecture


@dataclass(frozen=True, slots=True)
class Founding:
    """A company in business in an underdeveloped county, and who founded it."""

    institution_id: int
    code: str
    name: str
    prefecture: str
    county: str
    opened_on: datetime.date | None
    founders: tuple[Founder, ...]

    @property
    def as_the_plan_wishes(self) -> bool:
        """Founded by at least one enterprise of quality from another city."""
        return any(each.quality and each.elsewhere(self.prefecture) for each in self.founders)


@dataclass(frozen=True, slots=True)
class Origin:
    """Founders of one home and kind: how many companies they founded."""

    home: str
    kind: str
    companies: int
    quality: int


@dataclass(frozen=True, slots=True)
class Foundings:
    """The companies of underdeveloped counties among all in business, by prefecture code."""

    companies: tuple[Founding, ...]
    in_business: Mapping[str, int]

    @property
    def number(self) -> int:
        return len(self.companies)

    @property
    def as_the_plan_wishes(self) -> int:
        return sum(each.as_the_plan_wishes for each in self.companies)

    def within(self, prefectures: Collection[str]) -> "Foundings":
        """The same of some prefectures (codes)."""
        return Foundings(
            tuple(each for each in self.companies if each.prefecture in prefectures),
            {code: number for code, number in self.in_business.items() if code in prefectures},
        )

    @property
    def without_sponsor(self) -> int:
        """Companies of which no main sponsor is recorded."""
        return sum(not each.founders for each in self.companies)

    def origins(self) -> list[Origin]:
        """Where the founders come from and of which kind they are, most companies first."""
        companies: dict[tuple[str, str], set[int]] = {}
        quality: dict[tuple[str, str], set[int]] = {}
        for company in self.companies:
            for founder in company.founders:
                key = (founder.home, founder.kind)
                companies.setdefault(key, set()).add(company.institution_id)
                if founder.quality:
                    quality.setdefault(key, set()).add(company.institution_id)
        found = [
            Origin(home, kind, len(ids), len(quality.get((home, kind), ())))
            for (home, kind), ids in companies.items()
        ]
        return sorted(found, key=lambda each: (-each.companies, each.home, each.kind))


def founders_of(
    holdings: Iterable[Founder], *, opened_on: datetime.date | None
) -> tuple[Founder, ...]:
    """Of all main sponsors ever, those at the opening; else those who came first.

    A company may open before its holdings were recorded; its first sponsors then count.
    """
    known: Sequence[Founder] = sorted(holdings, key=lambda each: (each.held_from, -each.stake))
    if opened_on is not None:
        there = tuple(
            each
            for each in known
            if each.held_from <= opened_on
            and (each.held_until is None or each.held_until >= opened_on)
        )
        if there:
            return there
    return tuple(each for each in known if each.held_from == known[0].held_from)
