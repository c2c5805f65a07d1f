"""Incentives in a year: budgets, what was decided and paid, and who has no policy yet."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.models import Prefecture
from core.models.decisions import Decision, GovernmentLevel
from core.queries.expiries import standing
from core.rules.budgets import YearBudget
from listings.models import (
    Enterprise,
    IncentiveAward,
    IncentivePayment,
    IncentivePolicy,
    PolicyBudget,
)

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Award:
    """An award as it stood: granted and paid belong to the year asked about (万元)."""

    code: str
    enterprise: str
    prefecture: str
    policy: str
    topic: str
    applied_on: datetime.date
    applied: bool  # in the year
    decided_on: datetime.date | None
    document_number: str
    granted: Decimal = NOTHING
    paid: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class PolicyYear:
    """A policy in a year. ``in_force`` is on the last day asked about."""

    code: str
    name: str
    level: str
    prefecture: str
    document_number: str
    valid_from: datetime.date
    ends_on: datetime.date | None
    in_force: bool
    money: YearBudget
    applied: int
    approved: int


@dataclass(frozen=True, slots=True)
class IncentiveYear:
    """All policies known by a day, with their year, and all awards of theirs."""

    year: int
    policies: tuple[PolicyYear, ...]
    awards: tuple[Award, ...]
    prefectures: tuple[Prefecture, ...]

    @property
    def without(self) -> list[Prefecture]:
        """The prefectures in which no policy of the city's own is in force."""
        having = {
            each.prefecture
            for each in self.policies
            if each.in_force and each.level == GovernmentLevel.PREFECTURE
        }
        return [each for each in self.prefectures if each.code not in having]


def totalled(year: int, policies: Iterable[PolicyYear]) -> YearBudget:
    """Policies added up; without a single budget there is none."""
    found = [each.money for each in policies]
    budgets = [each.budget for each in found if each.budget is not None]
    return YearBudget(
        year,
        sum(budgets, NOTHING) if budgets else None,
        sum((each.granted for each in found), NOTHING),
        sum((each.paid for each in found), NOTHING),
    )


def prefectures_without_policy(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> list[Prefecture]:
    """The prefectures in which no policy of the city's own is in force. Six queries."""
    return incentive_year(as_of=as_of, year=as_of.year, known_at=known_at).without


def incentive_year(
    *, as_of: datetime.date, year: int, known_at: datetime.datetime | None = None
) -> IncentiveYear:
    """What held on ``as_of`` of ``year``, as known at ``known_at``. Six queries."""
    places = tuple(Prefecture.objects.all())
    codes = {each.pk: each.code for each in places}
    policies = {
        each.pk: each for each in standing(IncentivePolicy, known_at).filter(valid_from__lte=as_of)
    }
    rows = PolicyBudget.objects if known_at is None else PolicyBudget.history.as_of(known_at)
    voted: dict[int, dict[int, Decimal]] = {}
    for parent, of_year, amount in rows.values_list("parent_id", "year", "amount"):
        voted.setdefault(parent, {})[of_year] = amount
    paid: dict[int, Decimal] = {}
    payments = standing(IncentivePayment, known_at).filter(paid_on__lte=as_of, year=year)
    for award, amount in payments.values_list("award_id", "amount"):
        paid[award] = paid.get(award, NOTHING) + amount
    awards = list(_awards(policies, codes, paid, as_of=as_of, year=year, known_at=known_at))
    return IncentiveYear(
        year=year,
        policies=tuple(
            _policy_year(each, awards, voted.get(each.pk, {}), codes, as_of=as_of, year=year)
            for each in sorted(policies.values(), key=lambda each: (each.valid_from, each.code))
        ),
        awards=tuple(awards),
        prefectures=places,
    )


def _awards(
    policies: Mapping[int, IncentivePolicy],
    codes: Mapping[int, str],
    paid: Mapping[int, Decimal],
    *,
    as_of: datetime.date,
    year: int,
    known_at: datetime.datetime | None,
) -> Iterable[Award]:
    found = list(
        standing(IncentiveAward, known_at)
        .filter(applied_on__lte=as_of, policy__in=list(policies))
        .order_by("applied_on", "code")
    )
    names = _names({each.enterprise_id for each in found}, known_at)
    for each in found:
        decided = each.decided_on is not None and each.decided_on <= as_of
        granted = decided and each.decision == Decision.APPROVED and each.decided_on.year == year
        yield Award(
            code=each.code,
            enterprise=names[each.enterprise_id],
            prefecture=codes[each.prefecture_id],
            policy=policies[each.policy_id].code,
            topic=each.topic,
            applied_on=each.applied_on,
            applied=each.applied_on.year == year,
            decided_on=each.decided_on if decided else None,
            document_number=each.document_number,
            granted=each.granted if granted else NOTHING,
            paid=paid.get(each.pk, NOTHING),
        )


def _names(keys: Any, known_at: datetime.datetime | None) -> dict[int, str]:
    """Enterprises under the names of the moment; a voided one is still what awards point at."""
    rows = Enterprise.objects.all() if known_at is None else Enterprise.history.as_of(known_at)
    return dict(rows.filter(pk__in=keys).values_list("id", "name"))


def _policy_year(
    policy: IncentivePolicy,
    awards: Iterable[Award],
    voted: Mapping[int, Decimal],
    codes: Mapping[int, str],
    *,
    as_of: datetime.date,
    year: int,
) -> PolicyYear:
    own = [each for each in awards if each.policy == policy.code]
    return PolicyYear(
        code=policy.code,
        name=policy.name,
        level=policy.level,
        prefecture=codes.get(policy.prefecture_id, ""),
        document_number=policy.document_number,
        valid_from=policy.valid_from,
        ends_on=policy.last_day,
        in_force=policy.last_day is None or policy.last_day >= as_of,
        money=YearBudget(
            year,
            voted.get(year, NOTHING if voted else None),
            sum((each.granted for each in own), NOTHING),
            sum((each.paid for each in own), NOTHING),
        ),
        applied=sum(each.applied for each in own),
        approved=sum(each.granted > 0 for each in own),
    )
