"""Compensation cases as they stood on a date, and a scheme told to past ones."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    ExpressionWrapper,
    F,
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
from guarantees.models import CaseMovement, CompensationCase
from guarantees.models.loss_sharing import MovementKind
from guarantees.queries.borne import PartyShare, added, borne_by_party
from guarantees.rules.loss_schemes import Scheme
from guarantees.rules.loss_sharing import Borne, Movement, PastCase, simulate

CASE_STATES = ("defaulted", "compensated", "recovering", "closed")
NOTHING = Decimal(0)


def amount_of() -> Any:
    """A movement's whole amount, as an expression."""
    return F("principal") + F("interest") + F("penalty_interest") + F("other")


def cases_on(*, user: Any, as_of: datetime.date | None) -> QuerySet[CompensationCase]:
    """Cases with ``compensated``, ``recovered``, ``written_off``, ``balance`` (万元) and
    ``state`` as of the day. One query.
    """
    day = as_of or datetime.date.max
    rows = CompensationCase.objects.visible_to(user).select_related(
        "institution__prefecture", "bank", "scheme", "agreement", "file"
    )
    sums = {
        "compensated": MovementKind.COMPENSATION,
        "recovered": MovementKind.RECOVERY,
        "written_off": MovementKind.WRITE_OFF,
    }
    rows = rows.annotate(**{name: _sum(kind, day) for name, kind in sums.items()}).annotate(
        balance=_money(F("compensated") - F("recovered") - F("written_off"))
    )
    return rows.annotate(
        state=Case(
            When(compensated=NOTHING, then=Value("defaulted")),
            When(balance=NOTHING, then=Value("closed")),
            When(Q(recovered__gt=NOTHING), then=Value("recovering")),
            default=Value("compensated"),
            output_field=CharField(),
        )
    )


def _sum(kind: str, day: datetime.date) -> Any:
    rows = (
        CaseMovement.objects.standing()
        .filter(case=OuterRef("pk"), kind=kind, happened_on__lte=day)
        .order_by()
        .values("case")
        .annotate(total=Sum(amount_of()))
        .values("total")
    )
    return _money(Coalesce(Subquery(rows, output_field=MoneyField()), Value(0)))


def _money(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=MoneyField())


def past_cases(*, user: Any, since: Any, until: Any, **where: Any) -> list[PastCase]:
    """Cases defaulted within a time, with their movements in order. Two queries."""
    cases = CompensationCase.objects.visible_to(user).standing().filter(
        defaulted_on__gte=since, defaulted_on__lte=until, **where
    )  # fmt: skip
    moves: dict[int, list[Movement]] = {}
    rows = CaseMovement.objects.standing().filter(case__in=cases).order_by("happened_on", "pk")
    for row in rows:
        moves.setdefault(row.case_id, []).append(Movement(row.kind, row.amount, row.principal))
    return [
        PastCase(case.code, tuple(moves.get(case.pk, ())), case.fused)
        for case in cases.order_by("defaulted_on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Who would have borne what under a scheme, beside what was really borne."""

    cases: int
    compensated: Decimal
    recovered: Decimal
    would: tuple[Borne, ...]
    really: tuple[PartyShare, ...]


def simulation(
    *, scheme: Scheme, user: Any, since: datetime.date, until: datetime.date, **where: Any
) -> Simulation:
    """Tell the cases of a time to a scheme. Caps, order and fuse as the scheme says."""
    cases = past_cases(user=user, since=since, until=until, **where)
    codes = [each.code for each in cases]
    really = borne_by_party(as_of=datetime.date.max, case__code__in=codes)
    told = [move for case in cases for move in case.movements]
    return Simulation(
        cases=len(cases),
        compensated=sum((m.amount for m in told if m.kind == "compensation"), NOTHING),
        recovered=sum((m.amount for m in told if m.kind == "recovery"), NOTHING),
        would=tuple(simulate(scheme, cases)),
        really=tuple(added(really.values()).values()),
    )
