"""Guarantee funds on a day: founded or not, and their account."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, ExpressionWrapper, F, OuterRef, QuerySet, Sum, Value, When
from django.utils import timezone

from core.fields import MoneyField
from core.models import Prefecture
from core.queries.amounts import total_of
from core.queries.expiries import standing
from guarantees.models import FundEntry, GuaranteeFund
from guarantees.models.fund import Direction
from guarantees.rules.fund import FundAccount, FundMove, account


@dataclass(frozen=True, slots=True)
class FundStanding:
    """A fund on a day. ``prefecture`` is None for the province's own."""

    fund: GuaranteeFund
    prefecture: Prefecture | None
    founded: bool
    account: FundAccount


def moves_of(entries: Iterable[FundEntry]) -> list[FundMove]:
    """Entries as the rules read them."""
    return [
        FundMove(each.happened_on, each.direction, each.kind, each.committed, each.paid)
        for each in entries
    ]


def fund_balance_on(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> list[FundStanding]:
    """All funds with their account up to ``as_of``, the province's first. Two queries.

    A fund that was not founded by the day is among them: that it was not is the answer.
    """
    entries: dict[int, list[FundEntry]] = {}
    for entry in standing(FundEntry, known_at).filter(happened_on__lte=as_of):
        entries.setdefault(entry.fund_id, []).append(entry)
    funds = standing(GuaranteeFund, known_at).select_related("prefecture")
    rows = funds.order_by(F("prefecture__display_order").asc(nulls_first=True), "code")
    return [
        FundStanding(
            fund=fund,
            prefecture=fund.prefecture,
            founded=fund.founded_on is not None and fund.founded_on <= as_of,
            account=account(moves_of(entries.get(fund.pk, ()))),
        )
        for fund in rows
    ]


def account_of(fund: GuaranteeFund, *, as_of: datetime.date) -> FundAccount:
    """One fund's account on a day. One query."""
    entries = FundEntry.objects.standing().filter(fund=fund, happened_on__lte=as_of)
    return account(moves_of(entries))


def fund_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[GuaranteeFund]:
    """Funds that ``user`` sees, for the list and the API. One query.

    Each has ``state`` (founded, planned) and ``received``, ``used`` and ``balance`` (万元).
    """
    day = as_of or timezone.localdate()
    entries = (
        FundEntry.objects.standing().filter(fund=OuterRef("pk"), happened_on__lte=day).order_by()
    )

    def total(direction: str) -> Any:
        moves = entries.filter(direction=direction).values("fund")
        return total_of(moves.annotate(total=Sum("paid")).values("total"))

    return (
        GuaranteeFund.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            state=Case(When(founded_on__lte=day, then=Value("founded")), default=Value("planned")),
            received=total(Direction.SOURCE),
            used=total(Direction.USE),
        )
        .annotate(balance=ExpressionWrapper(F("received") - F("used"), output_field=MoneyField()))
    )
