"""Who has filed and who has not: a report never leaves anybody out silently."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

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
    prefecture_en: str = ""


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
    """Compare obligations with accepted returns, by the institution's kind.

    One query, and one more for the names if anybody is missing.

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
    judged = duties.annotate(filed=Exists(accepted)).order_by()
    pairs = list(judged.values_list("period_id", "institution_id", "filed"))
    lacking = judged.filter(filed=False) if not all(row[2] for row in pairs) else None
    named = [] if lacking is None else _named(lacking)
    return {period.pk: _completeness(period, pairs, named) for period in asked}


def _named(duties: QuerySet) -> list[dict[str, Any]]:
    """The names of those that are missing: few, so only they are read in full."""
    ordered = duties.order_by("institution__prefecture__display_order", "institution__code")
    return list(ordered.values("period_id", "due_on", member=F("institution_id"), **NAMES))


NAMES = {
    "code": F("institution__code"),
    "name": F("institution__name"),
    "kind": F("institution__kind"),
    "prefecture": F("institution__prefecture__name"),
    "prefecture_en": F("institution__prefecture__name_en"),
}
FIELDS = (*NAMES, "due_on")


def _completeness(
    period: Period, pairs: list[tuple[int, int, bool]], named: list[dict[str, Any]]
) -> Completeness:
    mine = [(member, filed) for each, member, filed in pairs if each == period.pk]
    filed = frozenset(member for member, has in mine if has)
    missing = tuple(
        MissingInstitution(id=row["member"], **{name: row[name] for name in FIELDS})
        for row in named
        if row["period_id"] == period.pk
    )
    return Completeness(period.code, len(mine), len(filed), missing, filed)
