"""The report on guarantee agencies: parameters and its one computation."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.figures.reading import EVERYWHERE
from core.queries.institutions import Standing, in_business
from core.ratio import Ratio
from guarantees.queries.borne import PartyShare, added, borne_by_party
from guarantees.queries.figures import FORM, sums_by
from guarantees.queries.ratings import RatingOn, ratings_on
from guarantees.rules.ratios import GuaranteeFigures, add_up, premium_rate
from reports.items.filing import documents, filed, trend_months
from reports.items.parameters import ItemForm, ItemParameters
from reports.items.places import Ground, Place, ground, summed
from reports.loans.completeness import Completeness

NOTHING = Decimal(0)


class GuaranteeForm(ItemForm):
    FORM = FORM


@dataclass(frozen=True, slots=True)
class Group:
    """A row: agencies in business there, their figures, ratings, and who bore the losses."""

    place: Place
    agencies: int
    figures: GuaranteeFigures
    lapsed: int
    missing: int
    borne: Mapping[str, PartyShare]

    @property
    def banks_share(self) -> Ratio:
        """银行分担比例 = what banks bore, net of recoveries / what all bore."""
        return banks_share(self.borne)


def banks_share(borne: Mapping[str, PartyShare]) -> Ratio:
    """What banks bore, net of recoveries, of what all parties bore."""
    whole = sum((each.net for each in borne.values()), NOTHING)
    bank = borne.get("bank")
    return Ratio(bank.net if bank else NOTHING, whole or None)


@dataclass(frozen=True, slots=True)
class GuaranteeReport:
    """The report of one period; registries as of ``parameters.as_of``.

    ``grades`` are those of the scale in use, best first, with the agencies that hold them;
    ``shenzhen`` is of the whole province: without Shenzhen, Shenzhen, with it.
    """

    parameters: ItemParameters
    land: Ground
    total: Group
    groups: tuple[Group, ...]
    shenzhen: tuple[Group, ...]
    trend: tuple[tuple[str, GuaranteeFigures], ...]
    agencies: tuple[Standing, ...]
    ratings: Mapping[int, RatingOn]
    grades: tuple[tuple[str, int], ...]
    premium: Ratio
    completeness: Completeness

    def state_of(self, agency: Standing) -> str:
        """What the agency's rating is worth on the day; ``missing`` without one."""
        rating = self.ratings.get(agency.id)
        return rating.state if rating else "missing"


def compute(parameters: ItemParameters, known_at: datetime.datetime | None) -> GuaranteeReport:
    """Compute from the summaries, or from the documents known at ``known_at``."""
    period, where, as_of = parameters.period, parameters.where, parameters.as_of
    months = trend_months(period, parameters.months, form=FORM, known_at=known_at)
    known = set(documents(months, known_at=known_at)) if known_at else None
    by_place: Mapping[str, GuaranteeFigures] = {}
    if period is not None:
        found = sums_by(periods=[period], dimension="prefecture", known=known)
        by_place = {code: figures for (_period, code), figures in found.items()}
    everybody = in_business(kind="guarantee_agency", as_of=as_of, known_at=known_at)
    ratings = ratings_on(as_of=as_of, known_at=known_at)
    counts = Counter(each.prefecture for each in everybody)
    states = Counter(
        (each.prefecture, ratings[each.id].state if each.id in ratings else "missing")
        for each in everybody
    )
    borne = borne_by_party(as_of=as_of, known_at=known_at)
    land = ground()

    def group(place: Place) -> Group:
        codes = place.prefectures
        return Group(
            place=place,
            agencies=sum(counts[code] for code in codes),
            figures=summed(place, by_place, add_up),
            lapsed=sum(states[code, "lapsed"] for code in codes),
            missing=sum(states[code, "missing"] for code in codes),
            borne=added(share for (code, _party), share in borne.items() if code in codes),
        )

    whole = land.total(where)
    agencies = tuple(each for each in everybody if each.prefecture in whole.prefectures)
    total = group(whole)
    sums = sums_by(periods=months, where=where, known=known)
    trend = tuple((each.code, sums[each.pk, ""]) for each in months if (each.pk, "") in sums)
    return GuaranteeReport(
        parameters=parameters,
        land=land,
        total=total,
        groups=tuple(group(row) for row in land.rows(parameters.by, where)),
        shenzhen=tuple(group(each) for each in land.with_and_without()),
        trend=trend,
        agencies=agencies,
        ratings=ratings,
        grades=_distribution(agencies, ratings),
        premium=premium_rate(total.figures, _this_year(parameters, trend)),
        completeness=filed(period, where=where, known_at=known_at),
    )


def everywhere(parameters: ItemParameters) -> ItemParameters:
    """The same question of the whole province."""
    return ItemParameters(
        as_of=parameters.as_of,
        period=parameters.period,
        months=parameters.months,
        by=parameters.by,
        where=EVERYWHERE,
    )


def _distribution(
    agencies: tuple[Standing, ...], ratings: Mapping[int, RatingOn]
) -> tuple[tuple[str, int], ...]:
    """How many agencies hold each grade that is valid on the day, best first."""
    held: Counter[str] = Counter()
    ranks: dict[str, int] = {}
    for each in agencies:
        rating = ratings.get(each.id)
        if rating is not None and rating.state != "lapsed":
            held[rating.grade] += 1
            ranks[rating.grade] = rating.rank
    return tuple((grade, held[grade]) for grade in sorted(ranks, key=lambda each: ranks[each]))


def _this_year(
    parameters: ItemParameters, trend: tuple[tuple[str, GuaranteeFigures], ...]
) -> list[GuaranteeFigures]:
    year = f"{parameters.period.year}-" if parameters.period else ""
    return [figures for code, figures in trend if year and code.startswith(year)]
