"""Guarantee agencies as they stood on a date: state, capital, licence, rating, cooperation."""

import datetime
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
    Value,
    When,
)
from django.db.models.functions import Coalesce

from core.models import Fact, Licence
from core.models.facts import FactKind
from core.models.institutions import InstitutionKind
from core.queries.institutions import PREPARING, STATE_OF_KIND
from guarantees.models import (
    CooperationAgreement,
    CreditRating,
    GuaranteeAgency,
    SupervisoryGrade,
)

# Which kind of bank counts under which type of the form's own table.
BANK_TYPE_OF_KIND = {
    InstitutionKind.POLICY_BANK: "policy_postal",
    InstitutionKind.POSTAL_BANK: "policy_postal",
    InstitutionKind.STATE_BANK: "state",
    InstitutionKind.JOINT_STOCK_BANK: "joint_stock",
    InstitutionKind.CITY_BANK: "city",
    InstitutionKind.RURAL_BANK: "rural",
    InstitutionKind.CREDIT_COOPERATIVE: "rural",
    InstitutionKind.VILLAGE_BANK: "rural",
    InstitutionKind.FOREIGN_BANK: "foreign",
}
NEAR_DAYS = 60


def guarantee_agencies_on(*, user: Any, as_of: datetime.date) -> QuerySet[GuaranteeAgency]:
    """Agencies that ``user`` sees, as of the day. One query.

    Each has ``state``, ``opened_on``, ``capital_now`` (万元), ``licence_until``,
    ``rating`` and ``rated_on`` with ``rating_until`` and ``rating_state`` (current, expiring,
    lapsed, missing), ``rating_before`` and ``rating_moved`` (up, down, same, first),
    ``supervisory`` (the latest supervisory grade) and ``banks`` (agreements in force).
    """
    facts = Fact.objects.in_force(as_of=as_of).filter(institution=OuterRef("pk"))

    def last(column: str, **conditions: Any) -> Subquery:
        rows = facts.filter(**conditions).order_by("-happened_on", "-pk")
        return Subquery(rows.values(column)[:1])

    ratings = (
        CreditRating.objects.standing()
        .filter(institution=OuterRef("pk"), rated_on__lte=as_of, subject="issuer")
        .order_by("-rated_on", "-pk")
    )
    grades = SupervisoryGrade.objects.standing().filter(
        institution=OuterRef("pk"), decided_on__lte=as_of
    )
    licences = Licence.objects.standing().filter(
        institution=OuterRef("pk"), kind="operating", issued_on__lte=as_of
    )
    rows = GuaranteeAgency.objects.visible_to(user).select_related(
        "institution__prefecture", "institution__county"
    )
    rows = rows.annotate(
        standing=last("kind", kind__in=STATE_OF_KIND),
        begun=last("kind", kind__in=PREPARING),
        opened_on=last("happened_on", kind=FactKind.OPENED),
        capital_now=Coalesce(last("capital", capital__isnull=False), F("capital")),
        licence_until=Subquery(licences.order_by("-issued_on").values("valid_until")[:1]),
        rating=Subquery(ratings.values("grade__code")[:1]),
        rating_rank=Subquery(ratings.values("grade__rank")[:1]),
        rated_on=Subquery(ratings.values("rated_on")[:1]),
        rating_until=Subquery(ratings.values("valid_until")[:1]),
        rating_before=Subquery(ratings.values("grade__code")[1:2]),
        rank_before=Subquery(ratings.values("grade__rank")[1:2]),
        supervisory=Subquery(grades.order_by("-decided_on", "-pk").values("grade")[:1]),
        banks=_banks(as_of),
    )
    return rows.annotate(
        state=Case(
            *(When(standing=kind, then=Value(state)) for kind, state in STATE_OF_KIND.items()),
            When(begun__isnull=False, then=Value("preparing")),
            default=Value("unknown"),
            output_field=CharField(),
        ),
        rating_state=_rating_state(as_of),
        rating_moved=_moved(),
    )


def _banks(as_of: datetime.date) -> Coalesce:
    number = (
        agreements_on(as_of)
        .filter(institution=OuterRef("pk"))
        .order_by()
        .values("institution")
        .annotate(number=Count("bank", distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(number), Value(0), output_field=IntegerField())


def agreements_on(as_of: datetime.date) -> QuerySet[CooperationAgreement]:
    """Agreements in force on a day."""
    return (
        CooperationAgreement.objects.standing()
        .filter(signed_on__lte=as_of)
        .filter(Q(valid_until=None) | Q(valid_until__gte=as_of))
        .filter(Q(ended_on=None) | Q(ended_on__gt=as_of))
    )


def _rating_state(as_of: datetime.date) -> Case:
    near = as_of + datetime.timedelta(days=NEAR_DAYS)
    return Case(
        When(rated_on=None, then=Value("missing")),
        When(rating_until__lt=as_of, then=Value("lapsed")),
        When(rating_until__lte=near, then=Value("expiring")),
        default=Value("current"),
        output_field=CharField(),
    )


def _moved() -> Case:
    return Case(
        When(rated_on=None, then=Value("")),
        When(rank_before=None, then=Value("first")),
        When(rating_rank__lt=F("rank_before"), then=Value("up")),
        When(rating_rank__gt=F("rank_before"), then=Value("down")),
        default=Value("same"),
        output_field=CharField(),
    )


def banks_by_type(*, institution: Any, as_of: datetime.date) -> dict[str, int]:
    """How many banks of each type an agency works with on a day. One query."""
    found: dict[str, int] = {}
    pairs = agreements_on(as_of).filter(institution=institution).order_by()
    for _bank, kind in pairs.values_list("bank", "bank__kind").distinct():
        name = BANK_TYPE_OF_KIND.get(kind, "other")
        found[name] = found.get(name, 0) + 1
    return found
