"""What serves small firms, and what it brought: points, platforms, events (plan F01, F04, F05).

Sums of rows that were read for a day; ratios keep both their numbers. Money in 万元. Pure.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.ratio import Ratio

NOTHING = Decimal(0)
CENTRE = "sme_centre"
YEAR, FIRST_HALF = "Y", "H1"


@dataclass(frozen=True, slots=True)
class Point:
    """A service point open on the day; ``prefecture`` and ``county`` are codes."""

    code: str
    name: str
    kind: str
    bank: str
    prefecture: str
    county: str
    staff: int | None
    opened_on: datetime.date


@dataclass(frozen=True, slots=True)
class Result:
    """What a platform did in a half-year (H1, H2) or year (Y)."""

    code: str
    year: int
    span: str
    served: int
    financed: int
    amount: Decimal

    @property
    def starts_on(self) -> datetime.date:
        return datetime.date(self.year, 7 if self.span == "H2" else 1, 1)

    @property
    def ends_on(self) -> datetime.date:
        if self.span == FIRST_HALF:
            return datetime.date(self.year, 6, 30)
        return datetime.date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform running on the day, with its results; "" is the province's own."""

    code: str
    name: str
    kind: str
    prefecture: str
    established_on: datetime.date
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event that was held, what was signed, and what was drawn of it by the day."""

    code: str
    name: str
    kind: str
    prefecture: str
    held_on: datetime.date
    enterprises: int | None
    banks: int | None
    enterprises_signed: int | None
    signed: Decimal | None
    drawn: Decimal | None = None
    drawn_as_of: datetime.date | None = None

    @property
    def drawn_share(self) -> Ratio:
        """到位率 = drawn by the day / signed."""
        return Ratio(self.drawn, self.signed)


@dataclass(frozen=True, slots=True)
class Division:
    """A county 县（市）, outside of the districts, that stood on the day."""

    code: str
    name: str
    prefecture: str


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that serves, as read for a day; or that of some places."""

    points: tuple[Point, ...] = ()
    platforms: tuple[Platform, ...] = ()
    events: tuple[Event, ...] = ()
    counties: tuple[Division, ...] = ()

    def of(self, prefectures: Collection[str]) -> "Services":
        """What lies in these prefectures (codes; "" is the province's own)."""
        return Services(
            tuple(each for each in self.points if each.prefecture in prefectures),
            tuple(each for each in self.platforms if each.prefecture in prefectures),
            tuple(each for each in self.events if each.prefecture in prefectures),
            tuple(each for each in self.counties if each.prefecture in prefectures),
        )

    def of_kind(self, kind: str) -> "Services":
        """The platforms of one kind."""
        return Services(platforms=tuple(each for each in self.platforms if each.kind == kind))

    @property
    def centres(self) -> tuple[Point, ...]:
        """中小企业融资服务中心."""
        return tuple(each for each in self.points if each.kind == CENTRE)

    @property
    def uncovered(self) -> tuple[Division, ...]:
        """Counties without any service point."""
        served = {each.county for each in self.points}
        return tuple(each for each in self.counties if each.code not in served)

    @property
    def coverage(self) -> Ratio:
        """县域覆盖 = counties with a service point / counties; "—" where there are none."""
        whole = len(self.counties)
        return Ratio(whole - len(self.uncovered), whole) if whole else Ratio(None, None)

    @property
    def results(self) -> tuple[Result, ...]:
        return tuple(result for each in self.platforms for result in each.results)

    @property
    def served(self) -> int:
        return sum(each.served for each in self.results)

    @property
    def financed(self) -> int:
        return sum(each.financed for each in self.results)

    @property
    def financed_share(self) -> Ratio:
        """Enterprises that got money / those that were served."""
        return Ratio(self.financed, self.served)

    @property
    def amount(self) -> Decimal:
        """What platforms brought."""
        return sum((each.amount for each in self.results), NOTHING)

    @property
    def signed(self) -> Decimal:
        return sum((each.signed or NOTHING for each in self.events), NOTHING)

    @property
    def drawn(self) -> Decimal:
        return sum((each.drawn or NOTHING for each in self.events), NOTHING)

    @property
    def drawn_share(self) -> Ratio:
        """到位率 = drawn by the day / signed, of all events together."""
        return Ratio(self.drawn, self.signed)

    @property
    def silent(self) -> int:
        """Events at which something was signed, and of which no drawing was recorded."""
        return sum(each.drawn is None and bool(each.signed) for each in self.events)


def results_within(
    results: Iterable[Result], *, since: datetime.date, until: datetime.date
) -> tuple[Result, ...]:
    """The results of a time: a year's own where it is whole, else its halves; never both."""
    within = [each for each in results if since <= each.starts_on and each.ends_on <= until]
    whole = {each.year for each in within if each.span == YEAR}
    chosen: Sequence[Result] = [
        each for each in within if each.span == YEAR or each.year not in whole
    ]
    return tuple(sorted(chosen, key=lambda each: (each.ends_on, each.span)))
