"""The board: institutions × periods, who filed, on time, late, or not at all."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min

from core.models import Institution, Period
from core.text import Text
from returns.models import Obligation, Return
from returns.queries.desk import local_day
from returns.rules import TIMELINESS, Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class Mark:
    """One field of the board."""

    timeliness: Timeliness
    return_id: int | None
    due_on: datetime.date

    @property
    def sign(self) -> Text:
        return TIMELINESS[self.timeliness][2]

    @property
    def style(self) -> str:
        return TIMELINESS[self.timeliness][1]

    @property
    def label(self) -> Any:
        return TIMELINESS[self.timeliness][0]


@dataclass(frozen=True, slots=True)
class BoardRow:
    institution: Institution
    marks: list[Mark | None]


@dataclass(frozen=True, slots=True)
class Board:
    """``totals`` counts the marks of each period, in the order of ``periods``."""

    periods: list[Period]
    rows: list[BoardRow]
    totals: list[Counter] = field(default_factory=list)

    def filed(self, place: int) -> tuple[int, int]:
        """Return how many of a period's obligations were filed, and how many there are."""
        counts = self.totals[place]
        silent = (Timeliness.OVERDUE, Timeliness.WAITING, Timeliness.DRAFT)
        due = sum(counts.values()) - counts[Timeliness.WAIVED]
        return due - sum(counts[each] for each in silent), due


def board(*, user: Any, periods: Iterable[Period], today: datetime.date, **where: Any) -> Board:
    """Return the board of what ``user`` may see, in two queries whatever its size.

    ``where`` are conditions on the institution, such as ``kind`` or ``prefecture__code``.
    """
    columns = sorted(periods, key=lambda each: each.ends_on)
    conditions = {f"institution__{name}": value for name, value in where.items() if value}
    obligations = (
        Obligation.objects.visible_to(user)
        .filter(period__in=columns, **conditions)
        .select_related("institution__prefecture")
        .order_by("institution__prefecture__display_order", "institution__code")
    )
    filed = {
        (row["institution_id"], row["period_id"]): row
        for row in Return.objects.filter(period__in=columns)
        .values("institution_id", "period_id")
        .annotate(first=Min("signed_at"), latest=Max("revision"), last_id=Max("pk"))
        .order_by()
    }
    states = dict(Return.objects.filter(period__in=columns).values_list("pk", "state"))
    rows: dict[int, BoardRow] = {}
    places = {period.pk: place for place, period in enumerate(columns)}
    totals = [Counter() for _ in columns]
    for each in obligations:
        row = rows.setdefault(
            each.institution_id, BoardRow(each.institution, [None] * len(columns))
        )
        found = filed.get((each.institution_id, each.period_id))
        mark = _mark(each, found, states, today)
        row.marks[places[each.period_id]] = mark
        totals[places[each.period_id]][mark.timeliness] += 1
    return Board(columns, list(rows.values()), totals)


def _mark(
    obligation: Obligation,
    found: dict[str, Any] | None,
    states: dict[int, str],
    today: datetime.date,
) -> Mark:
    first = found["first"] if found else None
    judged = timeliness(
        waived=obligation.waived_at is not None,
        due_on=obligation.due_on,
        first_signed_on=local_day(first) if first else None,
        state=states[found["last_id"]] if found else None,
        today=today,
    )
    return Mark(judged, found["last_id"] if found else None, obligation.due_on)
