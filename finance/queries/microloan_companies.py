"""Microloan companies as they stood on a date: state, seat, capital, sponsors, papers."""

import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from core.models import County, Fact, Licence, Prefecture, User
from core.models.facts import ExitReason, FactKind
from core.models.supervision import LicenceKind
from core.queries.joined import joined
from core.text import Text
from finance.models import MicroloanCompany, Shareholder
from finance.models.microloan_companies import HolderRole

STATES: dict[str, Text] = {
    "open": Text("营业", "Open"),
    "suspended": Text("停业", "Suspended"),
    "preparing": Text("筹备中", "In preparation"),
    "exited": Text("已退出", "Exited"),
    "converted": Text("已改制为村镇银行", "Converted into a village bank"),
    "none": Text("未登记事项", "Nothing recorded"),
}
STATE_OF_KIND = {
    FactKind.OPENED: "open",
    FactKind.RESUMED: "open",
    FactKind.SUSPENDED: "suspended",
    FactKind.EXITED: "exited",
}
PREPARING = (FactKind.OPENING_APPROVED, FactKind.REGISTERED)
HOME = Coalesce("home_prefecture__name", NullIf("home_place", Value("")), Value("—"))
SEATED = (FactKind.OPENING_APPROVED, FactKind.OPENED, FactKind.RELOCATED)


def microloan_companies_on(*, user: User, as_of: datetime.date) -> QuerySet[MicroloanCompany]:
    """Microloan companies that ``user`` sees, as of the day. One query.

    Each has ``state`` (a key of STATES), ``opened_on``, ``capital_now`` (万元), the seat of
    the day ``county_then`` (key) and ``county_then_name``, whether that was
    ``underdeveloped`` then, ``holders`` (their number), ``licence_until``, ``approved_on``
    and ``approved_under`` (document number of the delegation that the approval rests on).
    ``sponsors`` and ``sponsor_homes`` are the main sponsors of the day and where they come
    from, in the same order, joined by “、”.
    """
    facts = Fact.objects.in_force(as_of=as_of).filter(institution=OuterRef("pk"))

    def last(column: str, **conditions: Any) -> Subquery:
        rows = facts.filter(**conditions).order_by("-happened_on", "-pk")
        return Subquery(rows.values(column)[:1])

    seat = {"kind__in": SEATED, "prefecture__isnull": False}
    rows = MicroloanCompany.objects.visible_to(user).select_related(
        "institution__prefecture", "institution__county", "converted_into"
    )
    rows = rows.annotate(
        standing=last("kind", kind__in=STATE_OF_KIND),
        exit_reason=last("reason", kind=FactKind.EXITED),
        begun=Exists(facts.filter(kind__in=PREPARING)),
        opened_on=Subquery(
            facts.filter(kind=FactKind.OPENED)
            .order_by("happened_on", "pk")
            .values("happened_on")[:1]
        ),
        capital_now=Coalesce(last("capital", capital__isnull=False), F("capital")),
        seated=last("prefecture", **seat),
        county_then=Case(
            When(Exists(facts.filter(**seat)), then=last("county", **seat)),
            default=F("institution__county"),
            output_field=BigIntegerField(),
        ),
        approved_on=last("happened_on", kind=FactKind.OPENING_APPROVED),
        approved_under=Coalesce(
            last("delegation__document_number", kind=FactKind.OPENING_APPROVED), Value("")
        ),
        sponsors=_sponsors(as_of, "name"),
        sponsor_homes=_sponsors(as_of, HOME),
        holders=_holders(as_of),
        licence_until=Coalesce(
            _licence(as_of, LicenceKind.OPERATING), _licence(as_of, LicenceKind.BUSINESS)
        ),
    )
    return rows.annotate(
        state=_state(),
        prefecture_then=Coalesce(
            "seated", "institution__prefecture", output_field=BigIntegerField()
        ),
        county_then_name=Coalesce(
            Subquery(County.objects.filter(pk=OuterRef("county_then")).values("name")[:1]),
            Value(""),
        ),
        underdeveloped=_underdeveloped(as_of),
    )


def _sponsors(as_of: datetime.date, expression: Any) -> Coalesce:
    """Something of each main sponsor of the day, largest stake first, joined by “、”."""
    held = Shareholder.objects.held_on(as_of).filter(
        institution=OuterRef("pk"), role=HolderRole.MAIN_SPONSOR
    )
    return Coalesce(joined(held, expression, F("stake").desc(), F("pk").asc()), Value(""))


def _state() -> Case:
    return Case(
        When(
            Q(standing=FactKind.EXITED) & Q(exit_reason=ExitReason.CONVERTED),
            then=Value("converted"),
        ),
        *(When(standing=kind, then=Value(state)) for kind, state in STATE_OF_KIND.items()),
        When(begun=True, then=Value("preparing")),
        default=Value("none"),
        output_field=CharField(),
    )


def _holders(as_of: datetime.date) -> Coalesce:
    held = Shareholder.objects.held_on(as_of).filter(institution=OuterRef("pk"))
    number = held.order_by().values("institution").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), Value(0), output_field=IntegerField())


def _licence(as_of: datetime.date, kind: str) -> Subquery:
    """Until when the last licence issued by the day is valid, unless it ended before."""
    issued = Licence.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gt=as_of),
        institution=OuterRef("pk"),
        kind=kind,
        issued_on__lte=as_of,
    )
    return Subquery(issued.order_by("-issued_on", "-pk").values("valid_until")[:1])


def _underdeveloped(as_of: datetime.date) -> Case:
    """By the county's own flag and its dates; where there is no county, by the prefecture's."""
    return Case(
        When(
            county_then__isnull=False,
            then=Exists(County.objects.underdeveloped_on(as_of).filter(pk=OuterRef("county_then"))),
        ),
        default=Exists(
            Prefecture.objects.filter(pk=OuterRef("prefecture_then"), underdeveloped=True)
        ),
        output_field=BooleanField(),
    )
