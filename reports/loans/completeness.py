"""Who has filed and who has not: a report never leaves anybody out silently."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from core.models import Period, Prefecture
from finance.queries.loans import Documents, LoanFilter
from returns.models import Obligation, Return, ReturnState


@dataclass(frozen=True, slots=True)
class MissingInstitution:
    """An institution whose accepted figures are not in the report."""

    id: int
    code: str
    name: str
    kind: str
    prefecture: str
    due_on: datetime.date


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the institutions that must file are in the figures, and who is not.

    ``filed`` holds the ids of those that are.
    """

    period: str
    due: int
    accepted: int
    missing: tuple[MissingInstitution, ...]
    filed: frozenset[int] = frozenset()


def accepted_then(known_at: datetime.datetime | None) -> Q:
    """The condition on returns that counted at ``known_at`` (None: that count now)."""
    if known_at is None:
        return Q(state=ReturnState.ACCEPTED)
    return Q(accepted_at__lte=known_at) & (Q(superseded_at=None) | Q(superseded_at__gt=known_at))


def accepted_documents(periods: Iterable[Period], *, known_at: datetime.datetime) -> Documents:
    """Return the documents whose figures counted at ``known_at``."""
    found = Return.objects.filter(
        accepted_then(known_at), period__in=[period.pk for period in periods]
    )
    return Documents(frozenset(found.values_list("document_id", flat=True)))


def completeness(
    period: Period, *, where: LoanFilter, known_at: datetime.datetime | None
) -> Completeness:
    """Compare obligations with accepted returns, by the institution's kind and seat.

    A filter by prefecture keeps every bank seated elsewhere too: it may lend there.
    """
    accepted = Return.objects.filter(
        accepted_then(known_at), institution=OuterRef("institution"), period=period
    )
    waived = Q(waived_at__isnull=False)
    if known_at is not None:
        waived &= Q(waived_at__lte=known_at)
    duties = Obligation.objects.filter(period=period).exclude(waived)
    if where.kind:
        duties = duties.filter(institution__kind=where.kind)
    if not where.include_shenzhen:
        duties = duties.exclude(institution__prefecture__code=Prefecture.SHENZHEN)
    rows = duties.annotate(filed=Exists(accepted)).order_by(
        "institution__prefecture__display_order", "institution__code"
    )
    table = list(
        rows.values(
            "filed",
            "due_on",
            id_=F("institution_id"),
            code=F("institution__code"),
            name=F("institution__name"),
            kind=F("institution__kind"),
            prefecture=F("institution__prefecture__name"),
        )
    )
    missing = tuple(
        MissingInstitution(
            id=row["id_"],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            prefecture=row["prefecture"],
            due_on=row["due_on"],
        )
        for row in table
        if not row["filed"]
    )
    filed = frozenset(row["id_"] for row in table if row["filed"])
    return Completeness(period.code, len(table), len(filed), missing, filed)
