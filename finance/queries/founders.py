"""Reading who founded the microloan companies of underdeveloped counties."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from core.models import County, Fact, Institution, Prefecture
from core.models.facts import FactKind
from core.models.institutions import InstitutionKind
from finance.models import Shareholder
from finance.models.microloan_companies import HolderRole
from finance.queries.microloan_companies import SEATED, STATE_OF_KIND
from finance.rules.founders import Founder, Founding, Foundings, founders_of

IN_BUSINESS = {"open"}  # as every report counts


@dataclass(slots=True)
class _Life:
    """What a company's facts told by the day."""

    state: str = ""
    opened_on: datetime.date | None = None
    prefecture: int | None = None
    county: int | None = None


def sponsors_in_underdeveloped(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> Foundings:
    """Microloan companies in business in underdeveloped counties on the day, with founders.

    As now known, or as it was known at ``known_at``; names and counties' flags as far as
    their history reaches. Five queries, however many companies; seven with ``known_at``.
    """
    lives = _lives(as_of, known_at)
    places = {each.pk: each for each in Prefecture.objects.all()}
    counties = _then(County, known_at)
    holdings = _holdings(known_at, {key: each.code for key, each in places.items()})
    companies: list[Founding] = []
    in_business: Counter[str] = Counter()
    rows = _then(Institution, known_at, kind=InstitutionKind.MICROLOAN_COMPANY)
    for row in sorted(rows.values(), key=lambda each: each.code):
        life = lives.get(row.pk)
        if life is None or life.state not in IN_BUSINESS:
            continue
        if life.prefecture is None:
            life.prefecture, life.county = row.prefecture_id, row.county_id
        place, county = places[life.prefecture], counties.get(life.county)
        in_business[place.code] += 1
        if county.was_underdeveloped(as_of) if county else place.underdeveloped:
            companies.append(
                Founding(
                    institution_id=row.pk,
                    code=row.code,
                    name=row.name,
                    prefecture=place.code,
                    county=county.name if county else "",
                    opened_on=life.opened_on,
                    founders=founders_of(holdings[row.pk], opened_on=life.opened_on),
                )
            )
    return Foundings(tuple(companies), dict(in_business))


def _lives(as_of: datetime.date, known_at: datetime.datetime | None) -> dict[int, _Life]:
    facts = (
        Fact.objects.in_force(as_of=as_of, known_at=known_at)
        .filter(
            institution__kind=InstitutionKind.MICROLOAN_COMPANY,
            kind__in={*STATE_OF_KIND, *SEATED},
        )
        .order_by("happened_on", "pk")
    )
    lives: dict[int, _Life] = defaultdict(_Life)
    for institution, kind, day, prefecture, county in facts.values_list(
        "institution_id", "kind", "happened_on", "prefecture_id", "county_id"
    ):
        life = lives[institution]
        if kind in STATE_OF_KIND:
            life.state = STATE_OF_KIND[kind]
        if kind == FactKind.OPENED:
            life.opened_on = life.opened_on or day
        if kind in SEATED and prefecture is not None:
            life.prefecture, life.county = prefecture, county
    return lives


def _holdings(
    known_at: datetime.datetime | None, codes: dict[int, str]
) -> dict[int, list[Founder]]:
    """Every holding of a main sponsor, by institution; ``codes`` are of the prefectures."""
    rows: Any = Shareholder.history.as_of(known_at) if known_at else Shareholder.objects.all()
    found: dict[int, list[Founder]] = defaultdict(list)
    for row in rows.filter(voided_at=None, role=HolderRole.MAIN_SPONSOR):
        found[row.institution_id].append(
            Founder(
                name=row.name,
                kind=row.kind,
                home=codes.get(row.home_prefecture_id, row.home_place),
                stake=row.stake,
                quality=row.is_quality_enterprise,
                held_from=row.held_from,
                held_until=row.held_until,
            )
        )
    return found


def _then(model: Any, known_at: datetime.datetime | None, **conditions: Any) -> dict[int, Any]:
    """Records by key, those with a history of the moment as they were then."""
    found = {each.pk: each for each in model.objects.filter(**conditions)}
    if known_at is not None:
        past = model.history.as_of(known_at).filter(**conditions)
        found |= {each.pk: each for each in past}
    return found
