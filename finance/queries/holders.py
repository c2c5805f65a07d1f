"""Who holds microloan companies on a day."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import ExpressionWrapper, F, QuerySet
from django.utils import timezone

from core.fields import MoneyField
from core.queries.validity import validity
from core.text import Text
from finance.models import Shareholder
from finance.rules.holders import Holding

STATES = {
    "current": Text("持股中", "Holding"),
    "coming": Text("未生效", "Not yet"),
    "past": Text("已退出", "Left"),
}


def shareholder_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[Shareholder]:
    """Holdings that ``user`` sees, for the list and the API. One query.

    Each has ``state`` (a key of STATES, on the day) and ``profit_sum``, the three years'
    profit in 万元, null unless all three are known.
    """
    day = as_of or timezone.localdate()
    profits = F("profit_last") + F("profit_second") + F("profit_third")
    return (
        Shareholder.objects.visible_to(user)
        .select_related("institution__prefecture", "home_prefecture", "related_with", "file")
        .annotate(
            state=validity(day, first="held_from", last="held_until"),
            profit_sum=ExpressionWrapper(profits, output_field=MoneyField(null=True)),
        )
    )


def holders_on(*, institution: int, as_of: datetime.date) -> list[Shareholder]:
    """The holdings of one company on the day, main sponsors and large stakes first. One query."""
    held = Shareholder.objects.held_on(as_of).filter(institution=institution)
    return list(held.select_related("home_prefecture").order_by("role", "-stake", "pk"))


def holdings_by_company(
    *, institutions: Collection[int], as_of: datetime.date
) -> Mapping[int, list[Holding]]:
    """The holdings of the day as they are judged, by company. One query."""
    found: dict[int, list[Holding]] = defaultdict(list)
    held = Shareholder.objects.held_on(as_of).filter(institution__in=institutions)
    for row in held.order_by("-stake", "pk"):
        found[row.institution_id].append(
            Holding(
                key=row.pk,
                name=row.name,
                role=row.role,
                stake=row.stake,
                related=row.related_with_id,
                net_assets=row.net_assets,
                debt_ratio=row.debt_ratio,
                profits=(row.profit_last, row.profit_second, row.profit_third),
            )
        )
    return found
