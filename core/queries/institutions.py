"""Institutions as they stood on a date."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from core.models import Fact, Institution, Prefecture, User
from core.models.facts import FactKind

STATES = {
    "open": _("营业"),
    "suspended": _("停业"),
    "preparing": _("筹备中"),
    "ended": _("已退出"),
    "unknown": _("未登记事项"),
}
STATE_BADGES = {
    "open": "good",
    "suspended": "warn",
    "preparing": "info",
    "ended": "",
    "unknown": "",
}
STATE_OF_KIND = {
    FactKind.OPENED: "open",
    FactKind.RESUMED: "open",
    FactKind.SUSPENDED: "suspended",
    FactKind.EXITED: "ended",
    FactKind.ABANDONED: "ended",
}
PREPARING = (
    FactKind.INTENTION,
    FactKind.PLAN_APPROVED,
    FactKind.PREPARATION_ACCEPTED,
    FactKind.PREPARATION_APPROVED,
    FactKind.PREPARATION_LAPSED,
    FactKind.OPENING_ACCEPTED,
    FactKind.OPENING_APPROVED,
    FactKind.LICENCE_GRANTED,
    FactKind.REGISTERED,
)


def latest_fact(as_of: datetime.date, kinds: Iterable[str], column: str) -> Subquery:
    """``column`` of an institution's last fact of ``kinds`` in force on ``as_of``."""
    facts = Fact.objects.in_force(as_of=as_of).filter(institution=OuterRef("pk"), kind__in=kinds)
    return Subquery(facts.order_by("-happened_on", "-pk").values(column)[:1])


def institutions_on(*, user: User, as_of: datetime.date) -> QuerySet[Institution]:
    """Institutions that ``user`` sees, each with ``state`` (a key of STATES) on ``as_of``.

    One query. A licence taken out after the opening does not undo the opening: only the
    last fact that opens, suspends or ends an institution counts, then its preparation.
    """
    last = latest_fact(as_of, STATE_OF_KIND, "kind")
    begun = latest_fact(as_of, PREPARING, "kind")
    return (
        Institution.objects.visible_to(user)
        .select_related("prefecture", "county", "parent")
        .annotate(last_state_fact=last, preparation_fact=begun)
        .annotate(
            state=Case(
                *(When(last_state_fact=k, then=Value(s)) for k, s in STATE_OF_KIND.items()),
                When(preparation_fact__isnull=False, then=Value("preparing")),
                default=Value("unknown"),
                output_field=CharField(),
            ),
            opened_on=latest_fact(as_of, [FactKind.OPENED], "happened_on"),
        )
    )


def name_on(institution: Institution, *, day: datetime.date) -> str:
    """The institution's name on ``day``, from its facts of renaming. One query."""
    renamings = list(
        Fact.objects.filter(
            institution=institution, kind=FactKind.RENAMED, voided_at=None
        ).order_by("happened_on", "pk")
    )
    if not renamings:
        return institution.name
    before = [fact for fact in renamings if fact.happened_on <= day]
    return before[-1].new_name if before else renamings[0].old_name or institution.name


def names_on(*, institutions: Iterable[int], day: datetime.date) -> dict[int, str]:
    """Names on ``day`` of all ``institutions`` (keys), for reports of the past. One query."""
    later = Fact.objects.filter(
        institution=OuterRef("pk"), kind=FactKind.RENAMED, voided_at=None, happened_on__gt=day
    ).order_by("happened_on", "pk")
    rows = Institution.objects.filter(pk__in=institutions).annotate(
        then=Coalesce(NullIf(Subquery(later.values("old_name")[:1]), Value("")), "name")
    )
    return dict(rows.values_list("pk", "then"))


def names_known(
    *, institutions: Iterable[int], known_at: datetime.datetime | None
) -> dict[int, str]:
    """Names of ``institutions`` (keys) as the registry had them at a moment. One query.

    Empty without a moment; a name that its history does not reach is left out.
    """
    if known_at is None:
        return {}
    rows = Institution.history.filter(id__in=set(institutions), history_date__lte=known_at)
    return dict(rows.order_by("history_date", "history_id").values_list("id", "name"))


def search(*, user: User, text: str, limit: int = 20) -> list[Institution]:
    """Institutions whose name, pinyin or code begins with (names: contains) ``text``."""
    return list(
        Institution.objects.visible_to(user).filter(
            Q(name__icontains=text)
            | Q(pinyin_initials__istartswith=text)
            | Q(pinyin__istartswith=text)
            | Q(code__istartswith=text)
        )[:limit]
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """An institution in business on a day, where it was then."""

    id: int
    code: str
    name: str
    prefecture: str
    region: str


def in_business(
    *, kind: str, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> list[Standing]:
    """Institutions of a kind that were open on a day, by the facts known then. Two queries."""
    facts = Fact.objects.in_force(as_of=as_of, known_at=known_at).filter(
        institution__kind=kind, kind__in=(*STATE_OF_KIND, FactKind.RELOCATED)
    )
    state: dict[int, str] = {}
    seat: dict[int, int] = {}
    rows = facts.order_by("happened_on", "pk")
    for institution, fact, place in rows.values_list("institution_id", "kind", "prefecture_id"):
        if fact in STATE_OF_KIND:
            state[institution] = STATE_OF_KIND[fact]
        if place is not None:
            seat[institution] = place
    places = {each.pk: each for each in Prefecture.objects.all()}
    found = []
    for each in Institution.objects.filter(pk__in=state).order_by("code"):
        if state[each.pk] == "open":
            place = places[seat.get(each.pk, each.prefecture_id)]
            found.append(Standing(each.pk, each.code, each.name, place.code, place.region))
    return found
