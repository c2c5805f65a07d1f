"""Notes as they stood on a day: state, what is owed and due, what is wrong with them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.errors import NotFound
from core.queries.calendar import work_exceptions
from core.queries.expiries import standing
from core.text import Text
from listings.models import (
    CollectiveNote,
    NoteEvent,
    NoteInstalment,
    NoteIssuer,
    NoteRoleHolder,
)
from listings.queries.note_judging import NoteRules
from listings.queries.note_on import NoteOn, Told, lived
from listings.rules.note_life import ISSUED, PAYMENTS, Book, state_on
from listings.rules.note_schedule import Due, Instalment, Terms, dues, schedule

NOTHING = Decimal(0)


def notes_on(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    code: str = "",
    judge: bool = True,
) -> list[NoteOn]:
    """Notes that had begun by ``as_of`` with their events up to it, by year and number. Eight
    queries; one if there are no notes.

    A note begins with its first event; one without events, on the day it was recorded.

    ``known_at`` answers as was known then. ``code`` narrows what is returned, not what is
    read: what an issuer owes on its other notes counts. Without ``judge`` the limits are not
    read (two queries fewer).
    """
    notes = _notes(known_at)
    if not notes:
        return []
    issuers = _by_parent(rows_of(NoteIssuer, known_at).select_related("enterprise"))
    holders = _by_parent(rows_of(NoteRoleHolder, known_at).select_related("institution"))
    instalments = _by_parent(rows_of(NoteInstalment, known_at))
    events, first = _events(as_of, known_at)
    holidays = work_exceptions()
    rules = NoteRules(as_of, issuers=issuers, events=events) if judge else None
    found = []
    for note in notes:
        if (code and note.code != code) or not _begun(note, first.get(note.pk), as_of):
            continue
        told, book = lived(issuers[note.pk], events[note.pk])
        row = NoteOn(
            note=note,
            issuer_rows=tuple(issuers[note.pk]),
            role_holders=tuple(holders[note.pk]),
            told=told,
            state=state_on([each.event for each in told], as_of, note.amount),
            outstanding=book.outstanding,
            owed={key: book.owed(key) if book.issued else NOTHING for key in book.issuers},
            dues=_dues(note, instalments[note.pk], told, book, holidays),
        )
        found.append(rules.judged(row) if rules else row)
    return found


def visible_note(*, user: Any, code: str, as_of: datetime.date) -> NoteOn:
    """One note on a day, if ``user`` may see it. Raises NotFound as if it were not there."""
    seen = CollectiveNote.objects.visible_to(user).standing()
    found = []
    if "\0" not in code and seen.filter(code=code).exists():
        found = notes_on(as_of=as_of, code=code, judge=False)
    if not found:
        raise NotFound(Text("这期集合票据", "collective note"))
    return found[0]


def _notes(known_at: datetime.datetime | None) -> list[CollectiveNote]:
    rows = standing(CollectiveNote, known_at).select_related("prefecture")
    return list(rows.order_by("year", "number", "code"))


def rows_of(model: Any, known_at: datetime.datetime | None) -> QuerySet:
    """The rows of a note's part, as known now or at a moment."""
    rows = model.objects.all() if known_at is None else model.history.as_of(known_at)
    return rows.order_by("due_on" if model is NoteInstalment else "order", "pk")


def _by_parent(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.parent_id].append(row)
    return found


def _events(
    as_of: datetime.date, known_at: datetime.datetime | None
) -> tuple[dict[int, list[NoteEvent]], dict[int, datetime.date]]:
    """Each note's events up to the day, and the day of its first event ever."""
    found: dict[int, list[NoteEvent]] = defaultdict(list)
    first: dict[int, datetime.date] = {}
    for row in standing(NoteEvent, known_at).order_by("happened_on", "pk"):
        first.setdefault(row.tranche_id, row.happened_on)
        if row.happened_on <= as_of:
            found[row.tranche_id].append(row)
    return found, first


def _begun(note: CollectiveNote, first: datetime.date | None, as_of: datetime.date) -> bool:
    return (first or timezone.localdate(note.created_at)) <= as_of


def _dues(
    note: CollectiveNote,
    given: Sequence[NoteInstalment],
    told: Sequence[Told],
    book: Book,
    holidays: Mapping[datetime.date, bool],
) -> tuple[Due, ...]:
    """The schedule with what is open of it. Once no principal is owed, nothing is open."""
    instalments = instalments_of(note, given, told)
    settled = book.issued and not book.outstanding
    payments = [each.event for each in told if each.event.kind in PAYMENTS]
    counted: Sequence[Any] = instalments if settled else payments
    return dues(
        book.issuers,
        instalments,
        paid_interest=sum((each.interest for each in counted), NOTHING),
        paid_principal=sum((each.principal for each in counted), NOTHING),
        holidays=holidays,
    )


def instalments_of(
    note: CollectiveNote, given: Sequence[NoteInstalment], told: Sequence[Told]
) -> tuple[Instalment, ...]:
    """The prospectus's own schedule, else the one that follows from the terms and the issue."""
    if given:
        return tuple(
            Instalment(number, each.due_on, each.interest, each.principal)
            for number, each in enumerate(given, start=1)
        )
    start = next((each.event.on for each in told if each.event.kind == ISSUED), None)
    if start is None or not note.months or note.rate is None:
        return ()
    return schedule(Terms(note.amount, start, note.months, note.rate, note.frequency))
