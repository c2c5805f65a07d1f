"""Notes and their events as lists and API read them: states and sums in the database."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
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
from django.utils import timezone

from core.fields import MoneyField
from core.queries.amounts import total_of
from listings.models import CollectiveNote, NoteEvent, NoteIssuer
from listings.rules.note_life import CANCELLED, DEFAULTED, ISSUED, PAYMENTS, REGISTERED, STAGES

IN_DEFAULT = "defaulted"


def note_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[CollectiveNote]:
    """Notes that ``user`` sees, for the list and the API. One query.

    Each has ``state`` (a key of STATE_WORDS), ``issuer_count``, ``registered_on``,
    ``issued_on`` and ``outstanding`` (万元) on the day. A test holds the state to the rules'.
    """
    day = as_of or timezone.localdate()
    ever = NoteEvent.objects.standing().filter(tranche=OuterRef("pk")).order_by()
    events = ever.filter(happened_on__lte=day)
    issuers = NoteIssuer.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
    number = issuers.annotate(number=Count("pk")).values("number")
    paid = events.filter(kind__in=PAYMENTS).values("tranche")
    stage = events.filter(kind__in=STAGES).order_by("-happened_on", "-pk")
    return (
        CollectiveNote.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            issuer_count=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
            registered_on=_first_day(events, REGISTERED),
            issued_on=_first_day(events, ISSUED),
            paid=total_of(paid.annotate(total=Sum("principal")).values("total")),
            stage=Subquery(stage.values("kind")[:1]),
            stage_until=Subquery(stage.values("valid_until")[:1]),
            in_default=Exists(_open_defaults(events, day)),
            was_compensated=Exists(events.filter(kind="compensated")),
            happened=Exists(events),
            will_happen=Exists(ever),
            was_cancelled=Exists(events.filter(kind=CANCELLED)),
        )
        .annotate(
            outstanding=ExpressionWrapper(
                Case(
                    When(issued_on=None, then=Value(0)),
                    default=F("amount") - F("paid"),
                    output_field=MoneyField(),
                ),
                output_field=MoneyField(),
            ),
            state=_state(day),
        )
    )


def _first_day(events: QuerySet, kind: str) -> Subquery:
    found = events.filter(kind=kind).order_by("happened_on", "pk").values("happened_on")
    return Subquery(found[:1], output_field=DateField())


def _open_defaults(events: QuerySet, day: datetime.date) -> QuerySet:
    """Defaults that no later payment of the same issuer has ended."""
    later = NoteEvent.objects.standing().filter(
        Q(happened_on__gt=OuterRef("happened_on"))
        | Q(happened_on=OuterRef("happened_on"), pk__gt=OuterRef("pk")),
        tranche=OuterRef("tranche"),
        issuer=OuterRef("issuer"),
        kind__in=PAYMENTS,
        happened_on__lte=day,
    )
    return events.filter(kind=DEFAULTED).filter(~Exists(later))


def _state(day: datetime.date) -> Case:
    settled = Q(issued_on__isnull=False, paid__gte=F("amount"))
    return Case(
        When(settled & Q(was_compensated=True), then=Value("compensated")),
        When(settled, then=Value("repaid")),
        When(Q(issued_on__isnull=False, in_default=True), then=Value(IN_DEFAULT)),
        When(issued_on__isnull=False, then=Value("outstanding")),
        When(was_cancelled=True, then=Value(CANCELLED)),
        When(Q(will_happen=True, happened=False), then=Value("coming")),
        When(Q(will_happen=False, created_at__date__gt=day), then=Value("coming")),
        When(stage=None, then=Value("preparing")),
        When(stage=REGISTERED, stage_until__lt=day, then=Value("lapsed")),
        default=F("stage"),
        output_field=CharField(),
    )


def event_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[NoteEvent]:
    """Events that ``user`` sees; with a day, those that had happened by then."""
    rows = NoteEvent.objects.visible_to(user).select_related("tranche__prefecture", "file")
    return rows if as_of is None else rows.filter(happened_on__lte=as_of)
