"""Village-bank coverage 村镇银行覆盖率: one rule for every date, basis and unit.

Source: 《2012年实施创新帮扶中小企业行动计划工作方案》（七）, full coverage of the cities at
prefecture level and above within three years; domain facts 2.5 (definitions) and 2.6.
Pure: territory, banks, goal and dates arrive as arguments.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.ratio import Ratio
from finance.rules.pace import Goal, Pace, pace_of
from finance.rules.pipeline import Pipeline, pipeline_of
from finance.rules.presence import BankLife, Basis, Presence, Unit, presences

__all__ = ["BankLife", "Basis", "Coverage", "Goal", "Question", "Territory", "Unit", "coverage"]


@dataclass(frozen=True, slots=True)
class PrefecturePlace:
    """A city of prefecture level or above, in its display order."""

    code: str
    name: str
    name_en: str
    region: str


@dataclass(frozen=True, slots=True)
class CountyPlace:
    """A county-level division; ``counts`` is False for districts, outside 县域 coverage."""

    code: str
    name: str
    prefecture: str
    counts: bool
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor: str = ""

    def stands_on(self, day: datetime.date) -> bool:
        """Whether the division existed on ``day``."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Territory:
    """Prefectures in display order and every county-level division, past ones too."""

    prefectures: tuple[PrefecturePlace, ...]
    counties: tuple[CountyPlace, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``divisions_on`` fixes the counties; ``since`` the date to compare with."""

    as_of: datetime.date
    divisions_on: datetime.date
    basis: Basis = Basis.OPENED
    unit: Unit = Unit.HEAD_OFFICE
    since: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class PlaceCoverage:
    """A prefecture or county and the outlets that cover it."""

    code: str
    region: str
    prefecture: str
    presences: tuple[Presence, ...]

    @property
    def covered(self) -> bool:
        """Covered by one outlet at least."""
        return bool(self.presences)

    @property
    def banks(self) -> tuple[int, ...]:
        """Ids of the banks present, earliest first."""
        ordered = sorted(self.presences, key=lambda each: (each.since, each.bank))
        return tuple(dict.fromkeys(each.bank for each in ordered))


@dataclass(frozen=True, slots=True)
class RegionCoverage:
    """One region: prefectures n/N and counties n/N."""

    region: str
    prefectures: Ratio
    counties: Ratio


@dataclass(frozen=True, slots=True)
class Change:
    """A place gained or lost between two dates, by which bank and which fact."""

    level: str  # prefecture | county
    code: str
    gained: bool
    bank: int
    on: datetime.date
    fact: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A prefecture without a bank, and the banks on their way there."""

    code: str
    pipeline: tuple[Pipeline, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answer. Every figure leads to facts by ``facts_behind``."""

    question: Question
    territory: Territory
    covered: Ratio
    county_covered: Ratio
    regions: tuple[RegionCoverage, ...]
    prefectures: tuple[PlaceCoverage, ...]
    counties: tuple[PlaceCoverage, ...]
    changes: tuple[Change, ...]
    uncovered: tuple[Uncovered, ...]
    pace: Pace | None
    banks: Mapping[int, BankLife]

    def facts_behind(self, figure: str) -> tuple[int, ...]:
        """Return the ids of the facts behind ``figure``.

        Figures: ``total``, ``counties``, ``region:east``, ``region-counties:east``,
        ``prefecture:440100``, ``county:440183``, ``gains``, ``losses``, ``pipeline:445100``.
        Raises KeyError for an unknown figure.
        """
        name, _, key = figure.partition(":")
        if name in ("gains", "losses"):
            wanted = name == "gains"
            return tuple(each.fact for each in self.changes if each.gained == wanted)
        if name == "pipeline":
            found = {each.code: each.pipeline for each in self.uncovered}[key]
            return tuple(fact for each in found for fact in each.facts)
        places = self._places(name, key)
        ids = (fact for place in places for each in place.presences for fact in each.facts)
        return tuple(dict.fromkeys(ids))

    def _places(self, name: str, key: str) -> list[PlaceCoverage]:
        level, column = {
            "total": (self.prefectures, None),
            "counties": (self.counties, None),
            "region": (self.prefectures, "region"),
            "region-counties": (self.counties, "region"),
            "prefecture": (self.prefectures, "code"),
            "county": (self.counties, "code"),
        }[name]
        places = [each for each in level if column is None or getattr(each, column) == key]
        if column and not places:
            raise KeyError(key)
        return places


def coverage(
    *, territory: Territory, banks: Iterable[BankLife], question: Question, goal: Goal | None
) -> Coverage:
    """Compute coverage of prefectures and counties on ``question.as_of``."""
    lives = {bank.id: bank for bank in banks}
    now = _standing(lives.values(), question, question.as_of)
    prefectures = _by_prefecture(territory, now)
    counties = _by_county(territory, now, question.divisions_on)
    return Coverage(
        question=question,
        territory=territory,
        covered=_ratio(prefectures),
        county_covered=_ratio(counties),
        regions=_regions(territory, prefectures, counties),
        prefectures=prefectures,
        counties=counties,
        changes=_changes(territory, lives, question, prefectures, counties),
        uncovered=_uncovered(prefectures, lives.values(), question.as_of),
        pace=_pace(territory, lives, question, goal),
        banks=lives,
    )


def _standing(banks: Iterable[BankLife], question: Question, day: datetime.date) -> list[Presence]:
    found: list[Presence] = []
    for bank in banks:
        found += presences(bank, as_of=day, basis=question.basis, unit=question.unit)
    return found


def _by_prefecture(territory: Territory, standing: Iterable[Presence]) -> tuple[PlaceCoverage, ...]:
    found = defaultdict(list)
    for each in standing:
        found[each.prefecture].append(each)
    return tuple(
        PlaceCoverage(place.code, place.region, place.code, tuple(found[place.code]))
        for place in territory.prefectures
    )


def _by_county(
    territory: Territory, standing: Iterable[Presence], day: datetime.date
) -> tuple[PlaceCoverage, ...]:
    """Place outlets in the divisions of ``day``, following mergers and renamings both ways."""
    resolve = _resolver(territory.counties, day)
    found = defaultdict(list)
    for each in standing:
        found[resolve(each.county)].append(each)
    regions = {place.code: place.region for place in territory.prefectures}
    return tuple(
        PlaceCoverage(
            place.code, regions[place.prefecture], place.prefecture, tuple(found[place.code])
        )
        for place in territory.counties
        if place.counts and place.stands_on(day)
    )


def _resolver(counties: Iterable[CountyPlace], day: datetime.date) -> Callable[[str], str]:
    every = {place.code: place for place in counties}
    before = {place.successor: place.code for place in every.values() if place.successor}

    def resolve(code: str) -> str:
        seen: set[str] = set()
        while code in every and code not in seen and not every[code].stands_on(day):
            seen.add(code)
            later = every[code].valid_to is not None and every[code].valid_to < day
            code = every[code].successor if later else before.get(code, code)
        return code

    return resolve


def _ratio(places: Iterable[PlaceCoverage]) -> Ratio:
    every = list(places)
    return Ratio(sum(place.covered for place in every), len(every))


def _regions(
    territory: Territory,
    prefectures: tuple[PlaceCoverage, ...],
    counties: tuple[PlaceCoverage, ...],
) -> tuple[RegionCoverage, ...]:
    return tuple(
        RegionCoverage(
            region,
            _ratio(each for each in prefectures if each.region == region),
            _ratio(each for each in counties if each.region == region),
        )
        for region in ("delta", "east", "west", "north")
        if any(place.region == region for place in territory.prefectures)
    )


def _changes(
    territory: Territory,
    lives: Mapping[int, BankLife],
    question: Question,
    prefectures: tuple[PlaceCoverage, ...],
    counties: tuple[PlaceCoverage, ...],
) -> tuple[Change, ...]:
    if question.since is None:
        return ()
    earlier = _standing(lives.values(), question, question.since)
    found: list[Change] = []
    for level, before, after in (
        ("prefecture", _by_prefecture(territory, earlier), prefectures),
        ("county", _by_county(territory, earlier, question.divisions_on), counties),
    ):
        for old, new in zip(before, after, strict=True):
            if new.covered and not old.covered:
                found.append(_gain(level, new))
            elif old.covered and not new.covered:
                found.append(_loss(level, old, lives, question))
    return tuple(found)


def _gain(level: str, place: PlaceCoverage) -> Change:
    """The first outlet brought the place in, by the last of its facts that made it so."""
    first = min(place.presences, key=lambda each: (each.since, each.bank))
    return Change(level, place.code, True, first.bank, first.since, first.facts[-1])


def _loss(
    level: str, place: PlaceCoverage, lives: Mapping[int, BankLife], question: Question
) -> Change:
    """The last outlet to go lost the place: find the fact after which none is left."""
    last: Change | None = None
    for presence in place.presences:
        bank = lives[presence.bank]
        ending = _ending(level, bank, presence, question)
        if last is None or ending[0] >= last.on:
            last = Change(level, place.code, False, bank.id, *ending)
    if last is None:
        raise ValueError("a place that was never covered cannot be lost")
    return last


def _ending(
    level: str, bank: BankLife, presence: Presence, question: Question
) -> tuple[datetime.date, int]:
    """Return day and id of the fact after which ``presence`` was gone from its place."""
    since = question.since or question.as_of
    for fact in bank.facts:
        if not since < fact.happened_on <= question.as_of:
            continue
        left = presences(bank, as_of=fact.happened_on, basis=question.basis, unit=question.unit)
        if getattr(presence, level) not in {
            getattr(each, level) for each in left if each.outlet == presence.outlet
        }:
            return fact.happened_on, fact.id
    return question.as_of, presence.facts[-1]


def _uncovered(
    prefectures: Iterable[PlaceCoverage], banks: Iterable[BankLife], as_of: datetime.date
) -> tuple[Uncovered, ...]:
    underway: dict[str, list[Pipeline]] = defaultdict(list)
    for bank in banks:
        found = pipeline_of(bank, as_of=as_of)
        if found:
            underway[found.prefecture].append(found)
    return tuple(
        Uncovered(place.code, tuple(sorted(underway[place.code], key=lambda p: -p.rank)))
        for place in prefectures
        if not place.covered
    )


def _pace(
    territory: Territory, lives: Mapping[int, BankLife], question: Question, goal: Goal | None
) -> Pace | None:
    if goal is None:
        return None
    known = {place.code for place in territory.prefectures}

    def covered_on(day: datetime.date) -> int:
        standing = _standing(lives.values(), question, day)
        return len({each.prefecture for each in standing} & known)

    return pace_of(
        goal=goal,
        as_of=question.as_of,
        target=Decimal(len(known)),
        covered_on=covered_on,
        event_days={fact.happened_on for bank in lives.values() for fact in bank.facts},
    )
