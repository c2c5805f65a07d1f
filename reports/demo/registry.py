"""Registering the invented institutions and what happened to them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from core.models import County, Fact, Institution, Prefecture, User
from core.operations.facts import record_fact
from core.operations.institutions import save_institution
from finance.models import VillageBank
from finance.operations.village_banks import save_village_bank
from reports.demo.banks import BANKS, Bank
from reports.demo.clock import moment
from reports.demo.people import PASSWORD, Pair, make_pair
from reports.demo.village_banks import VILLAGE_BANKS, Village, steps

FOUNDED = datetime.date(2008, 3, 3)  # when the invented registry began
DECIMALS = ("stake", "capital")


@dataclass(frozen=True, slots=True)
class Territory:
    prefectures: dict[str, Prefecture]
    counties: dict[str, County]

    @classmethod
    def load(cls) -> "Territory":
        return cls(
            {each.code: each for each in Prefecture.objects.all()},
            {each.code: each for each in County.objects.select_related("prefecture")},
        )


def register(*, office: dict[str, User], banks: int, today: datetime.date) -> dict[str, Pair]:
    """Register banks, village banks, their facts and people; return the people by code."""
    territory, password = Territory.load(), make_password(PASSWORD)
    clerk, pairs = office["province"], {}
    for number, bank in enumerate(BANKS[:banks]):
        now = moment(FOUNDED + datetime.timedelta(days=number), 10)
        institution = _bank(bank, territory, clerk, now)
        pairs[bank.code] = make_pair(
            institution, administrator=office["administrator"], password=password, now=now
        )
    for village in sorted(VILLAGE_BANKS, key=lambda each: next(steps(each)).on):
        institution = _village(village, territory, clerk)
        now = moment(next(steps(village)).on + datetime.timedelta(days=5), 16)
        pairs[village.code] = make_pair(
            institution, administrator=office["administrator"], password=password, now=now
        )
    _life(territory, clerk, today)
    return pairs


def _bank(bank: Bank, territory: Territory, clerk: User, now: datetime.datetime) -> Institution:
    institution = Institution(
        code=bank.code,
        kind=bank.kind,
        name=bank.name,
        prefecture=territory.prefectures[bank.home],
        address=f"{territory.prefectures[bank.home].name}演示路{int(bank.code[1:])}号",
    )
    save_institution(institution, actor=clerk, now=now, reason="登记")
    facts = [Fact(kind="opened", happened_on=datetime.date(2001, 6, 18))]
    for code in bank.places[1:]:
        place = territory.prefectures[code]
        facts.append(
            Fact(
                kind="branch_opened",
                happened_on=datetime.date(2003, 9, 8),
                subject=f"{place.name}分行",
                prefecture=place,
            )
        )
    for fact in facts:
        fact.institution = institution
        record_fact(fact, actor=clerk, now=now)
    return institution


def _village(village: Village, territory: Territory, clerk: User) -> Institution:
    first = next(steps(village)).on
    place = territory.counties.get(village.county or "")
    prefecture = territory.prefectures[village.prefecture]
    town = place.name if place else prefecture.name
    institution = Institution(
        code=village.code,
        name=f"演示{town.rstrip('市县区')}{village.brand}村镇银行",
        prefecture=prefecture,
        county=place,
    )
    stake = Decimal(village.stake)
    detail = VillageBank(
        main_sponsor=Institution.objects.filter(name=village.sponsor).first(),
        main_sponsor_name=village.sponsor,
        sponsor_stake=stake,
        private_share=(100 - stake) * Decimal("0.8"),
        capital=Decimal(village.capital),
        capital_level="county" if place else "prefecture",
    )
    save_village_bank(institution, detail, actor=clerk, now=moment(first, 9), reason="登记")
    return institution


def _life(territory: Territory, clerk: User, today: datetime.date) -> None:
    """Record every step of every village bank, in order of time."""
    institutions = {each.code: each for each in Institution.objects.filter(kind="village_bank")}
    found = [(step, each) for each in VILLAGE_BANKS for step in steps(each) if step.on < today]
    for step, village in sorted(found, key=lambda pair: (pair[0].on, pair[1].code)):
        fact = Fact(
            institution=institutions[village.code],
            kind=step.kind,
            happened_on=step.on,
            **_columns(step.values, territory),
        )
        noted = min(step.on + datetime.timedelta(days=3), today)
        record_fact(fact, actor=clerk, now=moment(noted, 15))


def _columns(values: dict[str, Any], territory: Territory) -> dict[str, Any]:
    found = dict(values)
    if "prefecture" in found:
        found["prefecture"] = territory.prefectures[found["prefecture"]]
        found["county"] = territory.counties.get(found.get("county") or "")
    for name in DECIMALS:
        if name in found:
            found[name] = Decimal(found[name])
    return found
