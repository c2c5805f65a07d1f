"""What departments have to do, and how long they take. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.ratio import HUNDREDTH, Ratio
from listings.rules.clock import CaseState, Clock

TWO = Decimal(2)


@dataclass(frozen=True, slots=True)
class CaseOn:
    """A case as it stood on a day; ``used`` and ``left`` are working days of that day."""

    code: str
    subject: str
    issue: str
    enterprise: str
    enterprise_name: str
    department: str
    department_name: str
    prefecture: str
    opened_on: datetime.date
    clock: Clock
    used: int
    left: int
    overdue: bool
    result: str = ""
    document_number: str = ""

    @property
    def closed_on(self) -> datetime.date | None:
        return self.clock.since if self.clock.state is CaseState.CLOSED else None

    @property
    def days(self) -> int | None:
        """Days from the opening to the closing, waiting and weekends included."""
        return (self.closed_on - self.opened_on).days if self.closed_on else None


@dataclass(frozen=True, slots=True)
class Workload:
    """The cases of a department, a place, or all.

    ``opened`` and ``closed`` happened from the first day of the time on; the others stand on
    its last day. ``used`` are the working days that each closed case took, in order.
    """

    opened: int = 0
    closed: int = 0
    closed_in_time: int = 0
    open: int = 0
    waiting: int = 0
    overdue: int = 0
    used: tuple[int, ...] = ()

    @property
    def in_time(self) -> Ratio:
        """Closed in time to closed."""
        return Ratio(self.closed_in_time, self.closed or None)

    @property
    def mean(self) -> Decimal | None:
        """Working days that a closed case took on average, two decimals; None without one."""
        exact = Ratio(sum(self.used), len(self.used)).value
        return None if exact is None else exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)

    @property
    def median(self) -> Decimal | None:
        """The middle of the working days that closed cases took."""
        if not self.used:
            return None
        middle, odd = divmod(len(self.used), 2)
        if odd:
            return Decimal(self.used[middle])
        return (self.used[middle - 1] + self.used[middle]) / TWO

    @property
    def longest(self) -> int | None:
        return self.used[-1] if self.used else None


def workload(cases: Iterable[CaseOn], *, since: datetime.date) -> Workload:
    """Count the cases as they stood on their day; ``since`` is the first day of the time."""
    found = list(cases)
    closed = [each for each in found if each.closed_on and each.closed_on >= since]
    standing = [each for each in found if each.closed_on is None]
    return Workload(
        opened=sum(each.opened_on >= since for each in found),
        closed=len(closed),
        closed_in_time=sum(not each.clock.passed for each in closed),
        open=len(standing),
        waiting=sum(each.clock.state is CaseState.WAITING for each in standing),
        overdue=sum(each.overdue for each in standing),
        used=tuple(sorted(each.used for each in closed)),
    )
