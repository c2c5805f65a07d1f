"""Insurance pilots on a day: their sums, their ratios, and whether they must stop."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.lookups import LessThan, LessThanOrEqual
from django.utils import timezone

from core.models import Prefecture
from core.queries.amounts import HUNDRED_PERCENT, percent, total_of, wide
from core.queries.expiries import standing
from core.queries.limits import near_share
from core.queries.validity import validity
from guarantees.models import InsurancePilot, PilotFigure
from guarantees.rules.pilots import PilotSums, StopJudgement, StopLines, StopState, stop_rule


@dataclass(frozen=True, slots=True)
class PilotStanding:
    """A pilot on a day. ``last`` is the end of the last period that was reported."""

    pilot: InsurancePilot
    prefecture: Prefecture | None
    running: bool
    last: datetime.date | None
    sums: PilotSums
    judgement: StopJudgement

    @property
    def state(self) -> StopState:
        return self.judgement.state


def pilots_on(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    prefecture: str = "",
) -> list[PilotStanding]:
    """All pilots begun by ``as_of``, in the order of their places. Three queries.

    With ``known_at`` pilots and figures are those known at that moment.
    """
    pilots = standing(InsurancePilot, known_at).filter(started_on__lte=as_of)
    if prefecture:
        pilots = pilots.filter(prefecture__code=prefecture)
    figures: dict[int, list[PilotFigure]] = {}
    for figure in _figures(as_of, known_at).order_by("period_end"):
        figures.setdefault(figure.pilot_id, []).append(figure)
    near = near_share(as_of)
    rows = pilots.select_related("prefecture").order_by("prefecture__display_order", "started_on")
    return [_standing(pilot, figures.get(pilot.pk, []), as_of, near) for pilot in rows]


def pilot_on(pilot: InsurancePilot, *, as_of: datetime.date) -> PilotStanding:
    """One pilot on a day. Two queries."""
    figures = _figures(as_of, None).filter(pilot=pilot).order_by("period_end")
    return _standing(pilot, list(figures), as_of, near_share(as_of))


def _figures(as_of: datetime.date, known_at: datetime.datetime | None) -> QuerySet:
    return standing(PilotFigure, known_at).filter(period_end__lte=as_of)


def _standing(
    pilot: InsurancePilot, figures: list[PilotFigure], as_of: datetime.date, near: Decimal
) -> PilotStanding:
    sums = sums_of(figures)
    lines = StopLines(
        pilot.stop_overdue_rate, pilot.stop_loss_ratio, pilot.fund_size, pilot.document_number
    )
    return PilotStanding(
        pilot=pilot,
        prefecture=pilot.prefecture,
        running=pilot.ended_on is None or pilot.ended_on >= as_of,
        last=figures[-1].period_end if figures else None,
        sums=sums,
        judgement=stop_rule(sums, lines, near=near),
    )


def sums_of(figures: Iterable[PilotFigure]) -> PilotSums:
    """Periods in order as sums: flows added up, stocks as the last has them."""
    sums = PilotSums()
    for figure in figures:
        flows = {name: getattr(sums, name) + getattr(figure, name) for name in PilotFigure.FLOWS}
        stocks = {name: getattr(figure, name) for name in PilotFigure.STOCKS}
        sums = PilotSums(**flows, **stocks)
    return sums


def totals(standings: Iterable[PilotStanding]) -> PilotSums:
    """Several pilots together; ratios follow from the sums and are never averaged."""
    whole = PilotSums()
    for each in standings:
        whole = whole.plus(each.sums)
    return whole


def pilot_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[InsurancePilot]:
    """Pilots that ``user`` sees, for the list and the API. Two queries.

    Each has ``state`` (a key of VALIDITY), ``stop_state`` (StopState), the sums
    ``premium_sum``, ``paid_sum``, ``insured_sum`` and ``compensation_sum``, the last
    ``balance_now`` and ``overdue_now`` with ``last_period``, and ``loss_ratio`` and
    ``overdue_rate`` in percent, null where there is nothing to divide by.
    """
    day = as_of or timezone.localdate()
    figures = (
        PilotFigure.objects.standing().filter(pilot=OuterRef("pk"), period_end__lte=day).order_by()
    )

    def total(name: str) -> Any:
        return total_of(figures.values("pilot").annotate(total=Sum(name)).values("total"))

    def last(name: str) -> Subquery:
        return Subquery(figures.order_by("-period_end").values(name)[:1])

    rows = (
        InsurancePilot.objects.visible_to(user)
        .select_related("prefecture", "county", "scheme", "file")
        .annotate(
            state=validity(day, first="started_on", last="ended_on"),
            premium_sum=total("premium"),
            paid_sum=total("paid"),
            insured_sum=total("insured_loans"),
            compensation_sum=total("fiscal_compensation"),
            balance_now=last("balance"),
            overdue_now=last("overdue"),
            last_period=last("period_end"),
        )
    )
    near = near_share(day)
    return rows.annotate(
        loss_ratio=percent("paid_sum", "premium_sum"),
        overdue_rate=percent("overdue_now", "balance_now"),
        by_loss=_by_line("stop_loss_ratio", "paid_sum", "premium_sum", near),
        by_overdue=_by_line("stop_overdue_rate", "overdue_now", "balance_now", near),
    ).annotate(
        stop_state=Case(
            *(
                When(Q(by_loss=state) | Q(by_overdue=state), then=Value(state))
                for state in (StopState.STOPPED, StopState.NEAR, StopState.UNKNOWN)
            ),
            default=Value(StopState.RUNNING),
            output_field=CharField(),
        )
    )


def figure_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[PilotFigure]:
    """Figures that ``user`` sees, with ``loss_ratio`` and ``overdue_rate`` of the period."""
    return (
        PilotFigure.objects.visible_to(user)
        .select_related("pilot__prefecture", "file")
        .annotate(loss_ratio=percent("paid", "premium"), overdue_rate=percent("overdue", "balance"))
    )


def _by_line(line: str, top: str, bottom: str, near: Decimal) -> Case:
    """``stop_rule`` by one line, in the database; a test holds the two to the same answers."""
    bound = wide(line) * wide(bottom)
    room = bound - wide(top) * HUNDRED_PERCENT
    near_bound = bound * (2 * int(near * 100) - 1)  # the share is rounded before it is compared
    return Case(
        When(Q(**{f"{line}__isnull": True}), then=Value(StopState.RUNNING)),
        When(Q(**{f"{bottom}__isnull": True}) | Q(**{bottom: 0}), then=Value(StopState.UNKNOWN)),
        When(LessThanOrEqual(room, Value(0)), then=Value(StopState.STOPPED)),
        When(LessThan(room * 2 * HUNDRED_PERCENT, near_bound), then=Value(StopState.NEAR)),
        default=Value(StopState.RUNNING),
        output_field=CharField(),
    )
