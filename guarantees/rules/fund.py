"""A credit guarantee fund's account: what was promised, what was paid, what is left.

Identity (domain facts 5.6): balance = paid sources − paid uses, on every day, and never below
nothing. A promise moves no money. Amounts are 万元. Pure.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)
SOURCE, USE = "source", "use"
SOURCES = ("province", "prefecture", "social", "income", "returned")
USES = ("compensation", "risk", "equity", "premium", "cost")
KINDS_OF: Mapping[str, Sequence[str]] = {SOURCE: SOURCES, USE: USES}


@dataclass(frozen=True, slots=True)
class FundMove:
    """Money promised or paid on a day."""

    happened_on: datetime.date
    direction: str
    kind: str
    committed: Decimal = NOTHING
    paid: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class KindSum:
    """One kind's promises and payments."""

    committed: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def outstanding(self) -> Decimal:
        """Promised and not yet paid; what was paid without a promise leaves nothing."""
        return max(self.committed - self.paid, NOTHING)


@dataclass(frozen=True, slots=True)
class FundAccount:
    """A fund on a day, by kind."""

    sources: Mapping[str, KindSum] = field(default_factory=dict)
    uses: Mapping[str, KindSum] = field(default_factory=dict)

    @property
    def received(self) -> Decimal:
        return sum((each.paid for each in self.sources.values()), NOTHING)

    @property
    def used(self) -> Decimal:
        return sum((each.paid for each in self.uses.values()), NOTHING)

    @property
    def balance(self) -> Decimal:
        """What is left: paid sources less paid uses."""
        return self.received - self.used

    @property
    def to_come(self) -> Decimal:
        """Promised to the fund and not yet paid in."""
        return sum((each.outstanding for each in self.sources.values()), NOTHING)

    @property
    def promised(self) -> Decimal:
        """Promised by the fund and not yet paid out."""
        return sum((each.outstanding for each in self.uses.values()), NOTHING)

    @property
    def free(self) -> Decimal:
        """What is left once the fund's own promises are kept."""
        return self.balance - self.promised


def account(moves: Iterable[FundMove]) -> FundAccount:
    """Sum a fund's moves by direction and kind."""
    sums: dict[str, dict[str, KindSum]] = {SOURCE: {}, USE: {}}
    for move in moves:
        kinds = sums[move.direction]
        before = kinds.get(move.kind, KindSum())
        kinds[move.kind] = KindSum(before.committed + move.committed, before.paid + move.paid)
    return FundAccount(sums[SOURCE], sums[USE])


def first_overdraft(moves: Iterable[FundMove]) -> tuple[datetime.date, Decimal] | None:
    """The first day that ends below nothing, and the balance then; None if there is none."""
    by_day: dict[datetime.date, Decimal] = {}
    for move in moves:
        signed = move.paid if move.direction == SOURCE else -move.paid
        by_day[move.happened_on] = by_day.get(move.happened_on, NOTHING) + signed
    balance = NOTHING
    for day in sorted(by_day):
        balance += by_day[day]
        if balance < 0:
            return day, balance
    return None
