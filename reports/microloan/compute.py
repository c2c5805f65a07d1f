"""The report on microloan companies: parameters and its one computation."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.figures.reading import EVERYWHERE
from core.queries.institutions import Standing, in_business
from finance.queries.founders import sponsors_in_underdeveloped
from finance.queries.microloan_figures import FORM, sums_by
from finance.rules.founders import Foundings
from finance.rules.microloan import MicroloanFigures, add_up
from reports.items.filing import documents, filed, trend_months
from reports.items.parameters import ItemForm, ItemParameters
from reports.items.places import Ground, Place, ground, summed
from reports.loans.completeness import Completeness


class MicroloanForm(ItemForm):
    FORM = FORM


@dataclass(frozen=True, slots=True)
class Group:
    """A row: how many companies are in business there, and their figures."""

    place: Place
    companies: int
    figures: MicroloanFigures


@dataclass(frozen=True, slots=True)
class MicroloanReport:
    """The report of one period; registries as of ``parameters.as_of``.

    ``foundings`` and ``companies`` are of the places that are meant; ``shenzhen`` is of the
    whole province: without Shenzhen, Shenzhen, with it.
    """

    parameters: ItemParameters
    land: Ground
    total: Group
    groups: tuple[Group, ...]
    shenzhen: tuple[Group, ...]
    trend: tuple[tuple[str, MicroloanFigures], ...]
    foundings: Foundings
    companies: tuple[Standing, ...]
    completeness: Completeness


def compute(parameters: ItemParameters, known_at: datetime.datetime | None) -> MicroloanReport:
    """Compute from the summaries, or from the documents known at ``known_at``."""
    period, where, as_of = parameters.period, parameters.where, parameters.as_of
    months = trend_months(period, parameters.months, form=FORM, known_at=known_at)
    known = set(documents(months, known_at=known_at)) if known_at else None
    by_place: Mapping[str, MicroloanFigures] = {}
    if period is not None:
        found = sums_by(periods=[period], dimension="prefecture", known=known)
        by_place = {code: figures for (_period, code), figures in found.items()}
    everybody = in_business(kind="microloan_company", as_of=as_of, known_at=known_at)
    counts = Counter(each.prefecture for each in everybody)
    land = ground()

    def group(place: Place) -> Group:
        number = sum(counts[code] for code in place.prefectures)
        return Group(place, number, summed(place, by_place, add_up))

    whole = land.total(where)
    sums = sums_by(periods=months, where=where, known=known)
    return MicroloanReport(
        parameters=parameters,
        land=land,
        total=group(whole),
        groups=tuple(group(row) for row in land.rows(parameters.by, where)),
        shenzhen=tuple(group(each) for each in land.with_and_without()),
        trend=tuple((each.code, sums[each.pk, ""]) for each in months if (each.pk, "") in sums),
        foundings=sponsors_in_underdeveloped(as_of=as_of, known_at=known_at).within(
            whole.prefectures
        ),
        companies=tuple(each for each in everybody if each.prefecture in whole.prefectures),
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
