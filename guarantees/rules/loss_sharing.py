"""Sharing losses: who bears how much of what was paid for a borrower, exact to the cent.

What a scheme is stands in ``loss_schemes``. Amounts are 万元 with two decimals. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.rules.splitting import split
from core.text import Text
from guarantees.rules.loss_schemes import NOTHING, Order, Participant, Party, Scheme

UNSHARED_WORDS = Text("不参与分担的利息等", "Interest and other sums not shared")
UNSHARED = UNSHARED_WORDS.zh  # the name that its line is kept under


class TooMuch(ValueError):
    """More was recovered, or written off, than stands: carries the amounts.

    ``shared`` is False where it is the part that nobody shares (interest and costs).
    """

    def __init__(self, amount: Decimal, left: Decimal, *, shared: bool = True) -> None:
        super().__init__(amount, left)
        self.amount, self.left, self.shared = amount, left, shared


def share_out(scheme: Scheme, amount: Decimal, *, fused: bool = False) -> list[Decimal]:
    """What each participant bears of a case's ``amount``, caps and order considered."""
    account = Account(scheme, fused=fused)
    return account.tell(Movement("compensation", amount))


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened to a case: ``compensation``, ``recovery`` or ``write_off``.

    ``principal`` is the part of ``amount`` that is principal; None says that all of it is.
    """

    kind: str
    amount: Decimal
    principal: Decimal | None = None


@dataclass(slots=True)
class Sums:
    """What was paid, came back and was written off."""

    compensated: Decimal = NOTHING
    recovered: Decimal = NOTHING
    written_off: Decimal = NOTHING

    @property
    def balance(self) -> Decimal:
        """What was paid and neither came back nor was written off (代偿余额)."""
        return self.compensated - self.recovered - self.written_off

    def add(self, kind: str, amount: Decimal) -> None:
        """Raises TooMuch where more comes back, or is written off, than stands."""
        if kind == "compensation":
            self.compensated += amount
            return
        if amount > self.balance:
            raise TooMuch(amount, self.balance)
        if kind == "recovery":
            self.recovered += amount
        else:
            self.written_off += amount


@dataclass(slots=True)
class Account:
    """A case's sums, by participant; movements are told one after the other.

    Recoveries come back by what each bore and is still out of, so that their running sum stays
    the split of the whole recovered: many small recoveries do not drift. Write-offs likewise.
    Nobody ever gives back a line, and at the end everybody got back or lost what it bore.
    ``unshared`` holds what is not shared where the base is the principal alone; it stays with
    the guarantor.
    """

    scheme: Scheme
    fused: bool = False
    shared: Sums = field(default_factory=Sums)
    unshared: Sums = field(default_factory=Sums)
    borne: list[Decimal] = field(default_factory=list)
    returned: list[Decimal] = field(default_factory=list)
    lost: list[Decimal] = field(default_factory=list)
    _even: list[Decimal] = field(default_factory=list)  # by shares alone, before caps

    def __post_init__(self) -> None:
        nothing = [NOTHING] * len(self.scheme.participants)
        self.borne, self.returned, self.lost = list(nothing), list(nothing), list(nothing)
        self._even = list(nothing)

    @property
    def balance(self) -> Decimal:
        """The whole case's compensation balance, shared and not."""
        return self.shared.balance + self.unshared.balance

    @property
    def net(self) -> list[Decimal]:
        """What each bears, net of what came back to it."""
        return [out - back for out, back in zip(self.borne, self.returned, strict=True)]

    def shared_of(self, movement: Movement) -> Decimal:
        """What of a movement is shared: all of it, or its principal where the base is that."""
        if self.scheme.interest or movement.principal is None:
            return movement.amount
        return movement.principal

    def tell(self, movement: Movement) -> list[Decimal]:
        """Take a movement in and return its lines, one a participant, none negative.

        They sum exactly to what of it is shared; the rest went to ``unshared``. Raises TooMuch
        where more comes back, or is written off, than stands; nothing was taken in then.
        """
        amount = self.shared_of(movement)
        rest = movement.amount - amount
        if movement.kind != "compensation" and rest > self.unshared.balance:
            raise TooMuch(rest, self.unshared.balance, shared=False)
        self.shared.add(movement.kind, amount)
        self.unshared.add(movement.kind, rest)
        if movement.kind == "compensation":
            return self._follow("borne", self._bear())
        if movement.kind == "recovery":
            return self._give("returned", self.shared.recovered, without=self.lost)
        return self._give("lost", self.shared.written_off, without=self.returned)

    def _give(self, name: str, total: Decimal, *, without: list[Decimal]) -> list[Decimal]:
        """``total`` to date by what each bore, less what it already had in the other way."""
        if not total:
            return [NOTHING] * len(self.borne)
        weights = [out - other for out, other in zip(self.borne, without, strict=True)]
        return self._follow(name, split(total, weights, getattr(self, name)))

    def _bear(self) -> list[Decimal]:
        """What each bears of all that was paid to date."""
        total, excess = self.shared.compensated, self.scheme.excess
        people = self.scheme.participants
        cap = NOTHING if self.fused else self.scheme.case_cap
        within = total if cap is None else min(total, cap)
        if self.scheme.order == Order.FIRST_LOSS:
            parts = _layers(people, within)
        else:
            self._even = split(within, [each.share for each in people], self._even)
            parts = [
                part if each.cap is None else min(part, each.cap)
                for each, part in zip(people, self._even, strict=True)
            ]
        parts[excess] += total - sum(parts, NOTHING)
        return parts

    def _follow(self, name: str, now: list[Decimal]) -> list[Decimal]:
        before = getattr(self, name)
        setattr(self, name, now)
        return [new - old for new, old in zip(now, before, strict=True)]


def _layers(people: Sequence[Participant], amount: Decimal) -> list[Decimal]:
    left, parts = amount, []
    for each in people:
        part = left if each.cap is None else min(left, each.cap)
        parts.append(part)
        left -= part
    return parts


def lines_of(
    scheme: Scheme, parts: Sequence[Decimal], *, amount: Decimal
) -> list[tuple[str, str, Decimal]]:
    """A movement's lines as (party, name, amount), one a participant; they sum to ``amount``.

    What is not shared stays with the guarantor, in a line of its own.
    """
    found = [
        (each.party, each.name, part) for each, part in zip(scheme.participants, parts, strict=True)
    ]
    rest = amount - sum(parts, NOTHING)
    return [*found, (Party.GUARANTOR.value, UNSHARED, rest)] if rest else found


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case as it was: its movements in order, whether its fuse had blown."""

    code: str
    movements: tuple[Movement, ...]
    fused: bool = False


@dataclass(frozen=True, slots=True)
class Borne:
    """Who would have borne what, over all cases: 万元. ``lost`` was written off for good."""

    party: str
    name: str
    borne: Decimal
    returned: Decimal
    lost: Decimal = NOTHING

    @property
    def net(self) -> Decimal:
        return self.borne - self.returned


def simulate(scheme: Scheme, cases: Sequence[PastCase]) -> list[Borne]:
    """Tell past cases to a scheme: what each participant would bear, and get back.

    A case whose fuse had blown is told as blown only where this scheme has a fuse at all. Where
    the base is the principal alone, a last line holds what nobody shares.
    """
    sums = [[NOTHING] * 3 for _ in scheme.participants]
    left = [NOTHING] * 3
    for case in cases:
        account = Account(scheme, fused=case.fused and scheme.fuse is not None)
        for movement in case.movements:
            account.tell(_as_shared(account, movement))
        lines = zip(account.borne, account.returned, account.lost, strict=True)
        sums = [_add(each, line) for each, line in zip(sums, lines, strict=True)]
        alone = account.unshared
        left = _add(left, (alone.compensated, alone.recovered, alone.written_off))
    found = [
        Borne(each.party, each.name, *line)
        for each, line in zip(scheme.participants, sums, strict=True)
    ]
    return [*found, Borne(Party.GUARANTOR, UNSHARED, *left)] if any(left) else found


def _add(first: Sequence[Decimal], second: Sequence[Decimal]) -> list[Decimal]:
    return [a + b for a, b in zip(first, second, strict=True)]


def _as_shared(account: Account, movement: Movement) -> Movement:
    """The movement with a principal that this account can take.

    What came back may have been booked under another base: whatever exceeds the interest that
    stands here counts as principal, and the other way round.
    """
    if movement.kind == "compensation" or movement.principal is None:
        return movement
    least = movement.amount - account.unshared.balance
    principal = min(max(movement.principal, least), account.shared.balance)
    return Movement(movement.kind, movement.amount, principal)
