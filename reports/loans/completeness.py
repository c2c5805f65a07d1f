"""Who has filed and who has not: a report never leaves anybody out silently."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
    periods: Iterable[Period], *, where: LoanFilter, known_at: datetime.datetime | None
) -> dict[int, Completeness]:
    """Compare obligations with accepted returns, by the institution's kind; one query.

    A filter by prefecture keeps every bank seated elsewhere too: it may lend there.
    """
    asked = list(periods)
    accepted = Return.objects.filter(
        accepted_then(known_at), institution=OuterRef("institution"), period=OuterRef("period")
    )
    waived = Q(waived_at__isnull=False)
    if known_at is not None:
        waived &= Q(waived_at__lte=known_at)
    duties = Obligation.objects.filter(period__in=asked).exclude(waived)
    if where.kind:
        duties = duties.filter(institution__kind=where.kind)
    if not where.include_shenzhen:
        duties = duties.exclude(institution__prefecture__code=Prefecture.SHENZHEN)
    rows = list(
        duties.annotate(filed=Exists(accepted))
        .order_by("institution__prefecture__display_order", "institution__code")
        .values("period_id", "filed", "due_on", member=F("institution_id"), **NAMES)
    )
    return {
        period.pk: _completeness(period, [row for row in rows if row["period_id"] == period.pk])
        for period in asked
    }


NAMES = {
    "code": F("institution__code"),
    "name": F("institution__name"),
    "kind": F("institution__kind"),
    "prefecture": F("institution__prefecture__name"),
}
FIELDS = (*NAMES, "due_on")


def _completeness(period: Period, rows: list[dict[str, Any]]) -> Completeness:
    filed = frozenset(row["member"] for row in rows if row["filed"])
    missing = tuple(
        MissingInstitution(id=row["member"], **{name: row[name] for name in FIELDS})
        for row in rows
        if not row["filed"]
    )
    return Completeness(period.code, len(rows), len(filed), missing, filed)
