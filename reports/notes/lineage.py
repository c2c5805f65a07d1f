"""What stands behind the figures of the report on collective notes."""

import datetime
from typing import Any

from django.db.models import Q

from core.tabular import formats
from core.text import Text
from listings.models import NoteEvent
from listings.queries.note_dues import Payable
from listings.queries.note_on import NoteOn
from listings.rules.note_life import KIND_WORDS, STATE_WORDS
from reports.declaration import Evidence, Lineage
from reports.links import address
from reports.notes import tables
from reports.notes.compute import NoteParameters, compute


def lineage(
    parameters: NoteParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """What stands behind ``year:2012``, ``state:rated``, ``registered``, ``coming`` and so on."""
    report = compute(parameters, known_at)
    name, _colon, which = figure.partition(":")
    if name in ("coming", "overdue"):
        words = tables.DUE_WORDS[name][0]
        return Lineage(words, [_due_evidence(each) for each in report.due(name)])
    if name == "findings":
        return Lineage(
            Text("规则核对意见", "Findings"),
            [_evidence(row, what=each.message) for row, each in report.findings],
        )
    if name == "year":
        years = {str(each.year): each for each in report.years}
        title = Text(f"{which} 年已发行", f"Issued in {which}")
        return Lineage(title, [_evidence(each) for each in years[which].issued])
    if name == "state":
        rows = [each for each in report.notes if each.state == which]
        return Lineage(STATE_WORDS[which], [_evidence(each) for each in rows])
    titles = {
        "registered": (Text("已注册未发行", "Registered, not issued"), report.registered),
        "preparing": (Text("筹备中", "In preparation"), report.preparing),
        "outstanding": (Text("未还本金", "Outstanding"), report.standing_notes),
    }
    title, rows = titles[name]
    return Lineage(title, [_evidence(each) for each in rows])


def _evidence(row: NoteOn, *, what: Text | None = None) -> Evidence:
    """A note with the event that put it where it is."""
    last = row.told[-1] if row.told else None
    amount = formats.money(row.note.amount)
    number = next(
        (each.entry.registration_number for each in row.told if each.entry.registration_number), ""
    )
    said = Text(f"{row.note}　{amount} 万元", f"{row.note}: {amount} (10,000 yuan)")
    if what is not None:
        said = Text(f"{row.note}　{what.zh}", f"{row.note}: {what.en}")
    return Evidence(
        on=row.issued_on or (last.event.on if last else None),
        what=said,
        where=tables.place_name(row),
        document=number or row.note.code,
        url=tables.note_url(row),
        keys=(row.note.code,),
    )


def _due_evidence(each: Payable) -> Evidence:
    amount = formats.money(each.due.open)
    return Evidence(
        on=each.due.pay_on,
        what=Text(f"{each.note}　{amount} 万元", f"{each.note}: {amount} (10,000 yuan)"),
        where=tables.place_name(each.row),
        document=each.note.code,
        url=tables.note_url(each.row),
        keys=(each.note.code,),
    )


def learnt_since(parameters: NoteParameters, moment: datetime.datetime) -> list[Evidence]:
    """Events recorded or voided after ``moment`` that had happened by the report's day."""
    rows = NoteEvent.objects.filter(
        Q(recorded_at__gt=moment) | Q(voided_at__gt=moment), happened_on__lte=parameters.as_of
    )
    found = []
    for each in rows.select_related("tranche__prefecture").order_by("happened_on", "pk"):
        words, place = KIND_WORDS[each.kind], each.tranche.prefecture
        void = each.voided_at is not None
        found.append(
            Evidence(
                on=each.happened_on,
                what=Text(
                    f"{'作废：' if void else ''}{each.tranche} {words.zh}",
                    f"{'Voided: ' if void else ''}{each.tranche} {words.en}",
                ),
                where=Text(place.name, place.name_en) if place else Text("全省", "The province"),
                document=each.code,
                url=address("listings:note-events-record", each.code),
                keys=(each.tranche.code,),
            )
        )
    return found
