"""Coupons and principal of a note: when, how much, and each issuer's part. Pure.

Amounts are 万元 with two decimals, rates percent a year.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.rules.calendar import next_working_day
from core.rules.splitting import CENT
from listings.rules.note_life import ISSUED, Book, Event, Part

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a schedule follows from. ``coupons_a_year`` 0 pays all interest at maturity."""

    amount: Decimal
    starts_on: datetime.date
    months: int
    rate: Decimal
    coupons_a_year: int = 1


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is due on a day."""

    number: int
    due_on: datetime.date
    interest: Decimal = NOTHING
    principal: Decimal = NOTHING

    @property
    def amount(self) -> Decimal:
        return self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as it stands on a day. ``pay_on`` is due_on, moved to a working day (顺延)."""

    instalment: Instalment
    pay_on: datetime.date
    parts: tuple[Part, ...]
    open_interest: Decimal
    open_principal: Decimal

    @property
    def open(self) -> Decimal:
        return self.open_interest + self.open_principal

    def state(self, day: datetime.date) -> str:
        """``paid``, ``overdue`` or ``coming``."""
        if not self.open:
            return "paid"
        return "overdue" if self.pay_on < day else "coming"


def month_after(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def schedule(terms: Terms) -> tuple[Instalment, ...]:
    """Equal coupons from the start, principal at maturity; a broken last period pays its months."""
    step = 12 // terms.coupons_a_year if terms.coupons_a_year else terms.months
    ends = [*range(step, terms.months, step), terms.months]
    starts = [0, *ends[:-1]]
    return tuple(
        Instalment(
            number,
            month_after(terms.starts_on, end),
            _interest(terms, end - start),
            terms.amount if end == terms.months else NOTHING,
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _interest(terms: Terms, months: int) -> Decimal:
    exact = terms.amount * terms.rate * months / Decimal(1200)
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)


def shared_out(
    issuers: Mapping[str, Decimal], instalments: Sequence[Instalment]
) -> list[tuple[Part, ...]]:
    """Each instalment's parts by issuer: they sum to it exactly, and each issuer's principal
    to what it issued.
    """
    book = Book(issuers)
    if not issuers or not instalments:
        return [() for _each in instalments]
    book.tell(Event(ISSUED, instalments[0].due_on))
    return [
        tuple(
            book.tell(
                Event("principal", each.due_on, interest=each.interest, principal=each.principal)
            )
        )
        for each in instalments
    ]


def dues(
    issuers: Mapping[str, Decimal],
    instalments: Sequence[Instalment],
    *,
    paid_interest: Decimal,
    paid_principal: Decimal,
    holidays: Mapping[datetime.date, bool],
) -> tuple[Due, ...]:
    """The schedule with what is still open of it: what was paid settles the earliest first."""
    found = []
    for each, parts in zip(instalments, shared_out(issuers, instalments), strict=True):
        interest = min(each.interest, paid_interest)
        principal = min(each.principal, paid_principal)
        paid_interest -= interest
        paid_principal -= principal
        found.append(
            Due(
                each,
                next_working_day(each.due_on, holidays),
                parts,
                each.interest - interest,
                each.principal - principal,
            )
        )
    return tuple(found)


def open_by(found: Iterable[Due], until: datetime.date) -> list[Due]:
    """What is still open of what falls due by ``until``: the overdue, then the coming."""
    return [each for each in found if each.open and each.pay_on <= until]
