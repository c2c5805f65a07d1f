"""A note as it stood on a day: what queries give to pages, API and reports."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.models import Prefecture
from listings.models import CollectiveNote, NoteEvent, NoteIssuer, NoteRoleHolder
from listings.rules.note_findings import Finding
from listings.rules.note_life import (
    IN_PREPARATION,
    ISSUED,
    REGISTERED,
    STAGES,
    Book,
    Event,
    Part,
)
from listings.rules.note_schedule import Due
from listings.rules.notes import Issuer, Judged


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the register with its parts, issuer by issuer."""

    entry: NoteEvent
    event: Event
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class NoteOn:
    """A note on a day. Amounts are 万元; ``owed`` maps an issuer's key to what it still owes."""

    note: CollectiveNote
    issuer_rows: tuple[NoteIssuer, ...]
    role_holders: tuple[NoteRoleHolder, ...]
    told: tuple[Told, ...]
    state: str
    outstanding: Decimal
    owed: Mapping[str, Decimal]
    dues: tuple[Due, ...]
    issuers: tuple[Issuer, ...] = ()  # as the rules read them, once judged
    judged: tuple[Judged, ...] = ()
    findings: tuple[Finding, ...] = ()

    def day_of(self, kind: str) -> datetime.date | None:
        """The first day of an event of a kind."""
        return next((each.event.on for each in self.told if each.event.kind == kind), None)

    def number_of(self, kind: str) -> int:
        """How many events of a kind there are."""
        return sum(each.event.kind == kind for each in self.told)

    @property
    def issued_on(self) -> datetime.date | None:
        return self.day_of(ISSUED)

    @property
    def registered_on(self) -> datetime.date | None:
        return self.day_of(REGISTERED)

    @property
    def matures_on(self) -> datetime.date | None:
        return self.dues[-1].instalment.due_on if self.dues else None

    @property
    def prefecture(self) -> Prefecture | None:
        return self.note.prefecture

    @property
    def filed(self) -> bool:
        """Whether it was filed for registration, or is further."""
        late = STAGES[STAGES.index("filed") :]
        return any(each.event.kind in late for each in self.told)

    @property
    def in_preparation(self) -> bool:
        return self.state in IN_PREPARATION

    @property
    def registered(self) -> bool:
        """Registered and not issued yet: beside the progress, never in it."""
        return self.state == REGISTERED

    def holders(self, *roles: str) -> list[str]:
        """The names of those who hold a role."""
        return [str(each) for each in self.role_holders if each.role in roles]


def event_of(entry: NoteEvent) -> Event:
    """An entry as the rules read it."""
    return Event(
        entry.kind,
        entry.happened_on,
        entry.issuer,
        entry.interest,
        entry.principal,
        entry.valid_until,
    )


def lived(
    issuers: Sequence[NoteIssuer], events: Iterable[NoteEvent]
) -> tuple[tuple[Told, ...], Book]:
    """A note's events told in order, each with its parts, and the book they leave.

    Raises CannotBe where they contradict each other.
    """
    book = Book({each.key: each.amount for each in issuers})
    told = []
    for entry in events:
        event = event_of(entry)
        told.append(Told(entry, event, tuple(book.tell(event))))
    return tuple(told), book
