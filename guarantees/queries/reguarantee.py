"""Re-guarantee companies as they stood on a date, with who put money into them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from core.fields import MoneyField
from core.models import Fact, Institution, Licence, Prefecture
from core.models.facts import FactKind
from core.queries.amounts import total_of
from core.queries.expiries import standing
from core.queries.institutions import PREPARING, STATE_OF_KIND, latest_fact
from guarantees.models import Contribution, ReguaranteeCompany
from guarantees.rules.contributions import Contributed, Held, holdings

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReguaranteeStanding:
    """A company on a day: who promoted it, who holds what; money in 万元."""

    institution: Institution
    prefecture: Prefecture
    promoter: str
    state: str
    opened_on: datetime.date | None
    capital: Decimal | None
    contributors: tuple[Held, ...]

    @property
    def subscribed(self) -> Decimal:
        return sum((each.subscribed for each in self.contributors), NOTHING)

    @property
    def paid_in(self) -> Decimal:
        return sum((each.paid_in for each in self.contributors), NOTHING)


def contributed(entries: Iterable[Contribution]) -> list[Contributed]:
    """Entries as the rules read them."""
    return [
        Contributed(each.contributor, each.happened_on, each.subscribed, each.paid_in)
        for each in entries
    ]


def reguarantee_on(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None, prefecture: str = ""
) -> list[ReguaranteeStanding]:
    """Companies of which anything had happened by ``as_of``, by place. Three queries.

    With ``known_at`` details, contributions and facts are those known at that moment.
    """
    companies = ReguaranteeCompany.objects.all()
    if known_at is not None:
        companies = ReguaranteeCompany.history.as_of(known_at)
    if prefecture:
        companies = companies.filter(institution__prefecture__code=prefecture)
    rows = list(
        companies.select_related("institution__prefecture").order_by(
            "institution__prefecture__display_order", "institution__code"
        )
    )
    entries: dict[int, list[Contribution]] = {}
    for each in standing(Contribution, known_at).filter(happened_on__lte=as_of).order_by("pk"):
        entries.setdefault(each.institution_id, []).append(each)
    facts: dict[int, list[Fact]] = {}
    known = Fact.objects.in_force(as_of=as_of, known_at=known_at)
    for fact in known.filter(institution__kind="reguarantee_company").order_by("happened_on", "pk"):
        facts.setdefault(fact.institution_id, []).append(fact)
    return [
        _standing(each, facts.get(each.pk, []), entries.get(each.pk, []))
        for each in rows
        if each.pk in facts or each.pk in entries
    ]


def _standing(
    company: ReguaranteeCompany, facts: list[Fact], entries: list[Contribution]
) -> ReguaranteeStanding:
    states = [STATE_OF_KIND[each.kind] for each in facts if each.kind in STATE_OF_KIND]
    begun = any(each.kind in PREPARING for each in facts)
    opened = [each.happened_on for each in facts if each.kind == FactKind.OPENED]
    capital = [each.capital for each in facts if each.capital is not None]
    return ReguaranteeStanding(
        institution=company.institution,
        prefecture=company.institution.prefecture,
        promoter=company.promoter,
        state=states[-1] if states else ("preparing" if begun else "unknown"),
        opened_on=opened[-1] if opened else None,
        capital=capital[-1] if capital else company.capital,
        contributors=tuple(holdings(contributed(entries)).values()),
    )


def contributors_of(institution: int, *, as_of: datetime.date) -> list[Held]:
    """Who holds what of one company on a day, the largest first. One query."""
    entries = Contribution.objects.standing().filter(
        institution=institution, happened_on__lte=as_of
    )
    held = holdings(contributed(entries.order_by("happened_on", "pk"))).values()
    return sorted(held, key=lambda each: -each.subscribed)


def reguarantee_rows(*, user: Any, as_of: datetime.date) -> QuerySet[ReguaranteeCompany]:
    """Companies that ``user`` sees, as of the day. One query.

    Each has ``state``, ``opened_on``, ``capital_now``, ``licence_until``, ``subscribed_now``
    and ``paid_now`` (万元) and ``contributors`` (names that ever put money in).
    """
    entries = (
        Contribution.objects.standing()
        .filter(institution=OuterRef("pk"), happened_on__lte=as_of)
        .order_by()
        .values("institution")
    )
    licences = Licence.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gt=as_of),
        institution=OuterRef("pk"),
        kind="operating",
        issued_on__lte=as_of,
    )
    told = Fact.objects.in_force(as_of=as_of).filter(
        institution=OuterRef("pk"), capital__isnull=False
    )
    rows = ReguaranteeCompany.objects.visible_to(user).select_related(
        "institution__prefecture", "institution__county"
    )
    number = entries.annotate(number=Count("contributor", distinct=True)).values("number")
    rows = rows.annotate(
        standing=latest_fact(as_of, STATE_OF_KIND, "kind"),
        begun=latest_fact(as_of, PREPARING, "kind"),
        opened_on=latest_fact(as_of, [FactKind.OPENED], "happened_on"),
        capital_now=Coalesce(
            Subquery(told.order_by("-happened_on", "-pk").values("capital")[:1]),
            F("capital"),
            output_field=MoneyField(),
        ),
        licence_until=Subquery(licences.order_by("-issued_on", "-pk").values("valid_until")[:1]),
        subscribed_now=total_of(entries.annotate(total=Sum("subscribed")).values("total")),
        paid_now=total_of(entries.annotate(total=Sum("paid_in")).values("total")),
        contributors=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
    )
    return rows.annotate(
        state=Case(
            *(When(standing=kind, then=Value(state)) for kind, state in STATE_OF_KIND.items()),
            When(begun__isnull=False, then=Value("preparing")),
            default=Value("unknown"),
            output_field=CharField(),
        )
    )
