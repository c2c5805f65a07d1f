"""Where a village bank stands on a day, replayed from its dated facts.

Source: domain facts 2.3 (life), 2.5 and 2.6 (what counts as presence). Pure: the facts
arrive as arguments, already narrowed to what was known.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class Basis(StrEnum):
    """What makes a bank count: open for business, or 组建 = 批准筹建 + 开业."""

    OPENED = "opened"
    ESTABLISHED = "established"


class Unit(StrEnum):
    """What is counted: the place of the legal entity, or of any outlet of it."""

    HEAD_OFFICE = "head_office"
    ANY_OUTLET = "any_outlet"


OPENED, EXITED = "opened", "exited"
BRANCH_OPENED, BRANCH_CLOSED = "branch_opened", "branch_closed"
STARTS = {
    Basis.OPENED: {OPENED},
    Basis.ESTABLISHED: {"preparation_approved", "opening_approved", OPENED},
}
GIVEN_UP = {"preparation_lapsed", "abandoned"}  # end a bank that never opened
BRANCHES = {BRANCH_OPENED, BRANCH_CLOSED}


@dataclass(frozen=True, slots=True)
class BankFact:
    """One dated fact, as far as coverage reads it. Places are codes; "" where not given."""

    id: int
    kind: str
    happened_on: datetime.date
    document_number: str = ""
    prefecture: str = ""
    county: str = ""
    subject: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BankLife:
    """A village bank with its registered seat and its facts, oldest first."""

    id: int
    code: str
    name: str
    prefecture: str
    county: str = ""
    facts: tuple[BankFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """An outlet standing in a place; ``outlet`` is "" for the head office.

    ``facts`` are the ids of the facts that prove it, ``since`` the day it began.
    """

    bank: int
    outlet: str
    prefecture: str
    county: str
    since: datetime.date
    facts: tuple[int, ...]


@dataclass(slots=True)
class _Replay:
    """The state of one bank while its facts pass by."""

    prefecture: str
    county: str
    opened: bool = False
    since: datetime.date | None = None
    proof: list[int] = field(default_factory=list)
    seat_proof: int | None = None
    branches: dict[str, Presence] = field(default_factory=dict)

    def end(self) -> None:
        self.since, self.opened, self.proof, self.branches = None, False, [], {}


def presences(
    bank: BankLife, *, as_of: datetime.date, basis: Basis, unit: Unit
) -> tuple[Presence, ...]:
    """Return the outlets of ``bank`` that count on ``as_of``; empty if it does not stand."""
    state = _Replay(bank.prefecture, bank.county)
    for fact in bank.facts:
        if fact.happened_on <= as_of:
            _step(bank, state, fact, STARTS[basis])
    if state.since is None:
        return ()
    seat = [state.seat_proof] if state.seat_proof else []
    proof = tuple(dict.fromkeys([*state.proof, *seat]))
    head = Presence(bank.id, "", state.prefecture, state.county, state.since, proof)
    if unit == Unit.HEAD_OFFICE:
        return (head,)
    return (head, *state.branches.values())


def _step(bank: BankLife, state: _Replay, fact: BankFact, starts: set[str]) -> None:
    if fact.kind in BRANCHES:
        _branch(bank, state, fact)
        return
    _seat(state, fact)
    if fact.kind == EXITED or (fact.kind in GIVEN_UP and not state.opened):
        state.end()
    elif fact.kind in starts:
        state.since = state.since or fact.happened_on
        state.proof.append(fact.id)
        state.opened = state.opened or fact.kind == OPENED


def _branch(bank: BankLife, state: _Replay, fact: BankFact) -> None:
    """Open or close the branch that the fact names; a nameless one is known by its fact."""
    if fact.kind == BRANCH_CLOSED:
        state.branches.pop(fact.subject, None)
        return
    place = (fact.prefecture or state.prefecture, fact.county)
    name = fact.subject or f"#{fact.id}"
    state.branches[name] = Presence(bank.id, name, *place, fact.happened_on, (fact.id,))


def _seat(state: _Replay, fact: BankFact) -> None:
    """Move the seat where a fact names a place: past dates keep the place of that time."""
    if not fact.prefecture or (fact.prefecture == state.prefecture and not fact.county):
        return
    if (fact.prefecture, fact.county) != (state.prefecture, state.county):
        state.prefecture, state.county = fact.prefecture, fact.county
        state.seat_proof = fact.id
