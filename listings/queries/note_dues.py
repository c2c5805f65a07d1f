"""Payments of notes that are overdue or fall due, for the calendar, the cockpit and reports."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from core.queries.expiries import Running
from core.tabular import formats
from core.text import Text
from listings.models import CollectiveNote
from listings.queries.note_on import NoteOn
from listings.queries.notes import notes_on
from listings.rules.note_schedule import Due, open_by

REGISTER = "collective-notes"


@dataclass(frozen=True, slots=True)
class Payable:
    """An instalment of a note that is overdue or falls due."""

    row: NoteOn
    due: Due

    @property
    def note(self) -> CollectiveNote:
        return self.row.note


def payable(rows: Sequence[NoteOn], *, until: datetime.date) -> list[Payable]:
    """What is open of issued notes and payable by ``until``, soonest first."""
    found = [
        Payable(row, due)
        for row in rows
        if row.issued_on is not None
        for due in open_by(row.dues, until)
    ]
    return sorted(found, key=lambda each: (each.due.pay_on, each.note.code))


def note_payments(
    *, as_of: datetime.date, within: int, known_at: datetime.datetime | None = None
) -> list[Running]:
    """Payments of notes as the expiry calendar lists what runs out. Six queries."""
    rows = notes_on(as_of=as_of, known_at=known_at, judge=False)
    return [
        Running(
            register=REGISTER,
            code=each.note.code,
            what=_what(each.due),
            title=str(each.note),
            on=each.due.pay_on,
            days=(each.due.pay_on - as_of).days,
            prefecture=each.note.prefecture,
            institution=None,
        )
        for each in payable(rows, until=as_of + datetime.timedelta(days=within))
    ]


def _what(due: Due) -> Text:
    amount = formats.money(due.open)
    what = Text("兑付", "Repayment") if due.open_principal else Text("付息", "Coupon")
    return Text(f"{what.zh} {amount} 万元", f"{what.en} of {amount} (10,000 yuan)")
