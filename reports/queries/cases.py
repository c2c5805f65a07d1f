"""The green-channel cases that ask for somebody today."""

import datetime
from dataclasses import dataclass
from typing import Any

from core.permissions import scope_of
from listings.models import GreenChannelCase
from listings.queries.green_channel import due_cases

SHOWN = 8


@dataclass(frozen=True, slots=True)
class CaseWork:
    """Overdue cases and those about to fall due; the list is cut, the counts are whole."""

    cases: tuple[GreenChannelCase, ...]
    overdue: int
    soon: int


def case_work(*, user: Any, today: datetime.date) -> CaseWork | None:
    """The cases of ``user``'s scope in three queries; None for who has none to see."""
    if scope_of(user, GreenChannelCase.VIEW) is None:
        return None
    due = due_cases(user=user, as_of=today)
    standings = list(due.values_list("standing", flat=True))
    overdue = standings.count("overdue")
    return CaseWork(tuple(due[:SHOWN]), overdue, len(standings) - overdue)
