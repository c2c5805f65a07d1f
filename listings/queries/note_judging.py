"""Notes against their dated rules, each by the rules and the debts of its own day."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.queries.limits import LimitsByDay, near_share
from core.rules.limits import Limit
from listings.models import NoteEvent, NoteIssuer
from listings.queries.note_on import NoteOn, lived
from listings.rules import note_findings as wrong
from listings.rules.note_life import ISSUED, disorders
from listings.rules.notes import (
    NOTE,
    TARGET_MAX,
    TARGET_MIN,
    Issue,
    Issuer,
    Target,
    judged,
)

NOTHING = Decimal(0)


class NoteRules:
    """The limits of notes on any day, and what issuers owe on their other notes. Two queries.

    ``issuers`` and ``events`` are those of all notes, by note.
    """

    def __init__(
        self,
        as_of: datetime.date,
        *,
        issuers: Mapping[int, Sequence[NoteIssuer]],
        events: Mapping[int, Sequence[NoteEvent]],
    ) -> None:
        self.as_of, self.limits, self.near = as_of, LimitsByDay("note."), near_share(as_of)
        self.issuers, self.events = issuers, events
        self.notes_of: dict[str, list[int]] = {}
        for note, rows in issuers.items():
            for each in rows:
                self.notes_of.setdefault(each.key, []).append(note)
        self.issues: dict[str, int] = {}
        for entries in events.values():
            for number in {each.registration_number for each in entries}:
                issues = sum(each.kind == ISSUED for each in entries)
                self.issues[number] = self.issues.get(number, 0) + issues

    def judged(self, row: NoteOn) -> NoteOn:
        """The note with its issuers' debts and what is wrong with it.

        Another product has no rule here but the order of its dates.
        """
        day = row.registered_on or row.issued_on or self.as_of
        known = {
            each.key: self.owed_elsewhere(each.key, row.note.pk, day) for each in row.issuer_rows
        }
        row = replace(row, issuers=_issuers(row.issuer_rows, known))
        place = row.prefecture.code if row.prefecture else ""
        limits = self.limits.on(day, prefecture=place) if row.note.kind == NOTE else {}
        roles = tuple(each.role for each in row.role_holders)
        issue = Issue(row.note.amount, row.issuers, roles, filed=row.filed)
        found = judged(issue, limits=limits, near=self.near)
        findings = [
            *wrong.of_judgements(found),
            *wrong.of_order(disorders([each.event for each in row.told])),
            *wrong.of_registration(
                registered_on=row.registered_on,
                issued_on=row.issued_on,
                issues=self._issues(row),
                limits=limits,
            ),
            *_understated(row.issuers, known, limits),
        ]
        return replace(row, judged=tuple(found), findings=tuple(findings))

    def owed_elsewhere(self, issuer: str, note: int, day: datetime.date) -> Decimal | None:
        """What an issuer owed on its other notes on a day; None where it had none."""
        found = None
        for other in self.notes_of.get(issuer, ()):
            past = [each for each in self.events.get(other, ()) if each.happened_on <= day]
            if other != note and any(each.kind == ISSUED for each in past):
                found = (found or NOTHING) + lived(self.issuers[other], past)[1].owed(issuer)
        return found

    def _issues(self, row: NoteOn) -> int:
        """Issues under the note's registration: its own, or those of all with its number."""
        numbers = {each.entry.registration_number for each in row.told} - {""}
        return max([row.number_of(ISSUED), *(self.issues[number] for number in numbers)])


def _issuers(rows: Iterable[NoteIssuer], known: Mapping[str, Decimal | None]) -> tuple[Issuer, ...]:
    """Issuers as the rules read them: what was not declared is taken from the register."""
    return tuple(
        Issuer(
            each.key,
            str(each),
            each.amount,
            known[each.key] if each.existing_debt is None else each.existing_debt,
            each.net_assets,
        )
        for each in rows
    )


def _understated(
    issuers: Sequence[Issuer],
    known: Mapping[str, Decimal | None],
    limits: Mapping[str, Limit],
) -> list[wrong.Finding]:
    return [
        wrong.understated(issuer, place, known[issuer.key], limits)
        for place, issuer in enumerate(issuers, start=1)
        if limits and (known[issuer.key] or NOTHING) > (issuer.existing or NOTHING)
    ]


def target_of(year: int) -> Target | None:
    """The range that the plan asks for in a year; None where it asks for nothing. One query."""
    limits = LimitsByDay("note.target-").on(datetime.date(year, 12, 31))
    low, high = limits.get(TARGET_MIN), limits.get(TARGET_MAX)
    if low is None or high is None:
        return None
    return Target(int(low.value), int(high.value), f"{low.source} {low.article}".strip())
