"""The registers of collective notes and of what happens to them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.permissions import may
from core.registers import Extra, Panel, Part, RecordAction, Register
from core.rules.remarks import Remark
from core.text import Text
from listings import filters_notes as filters
from listings.models import (
    CollectiveNote,
    NoteEvent,
    NoteInstalment,
    NoteIssuer,
    NoteRoleHolder,
)
from listings.operations.notes import event_problems, keep_issue, keep_life, named
from listings.queries.note_dues import note_payments
from listings.queries.note_lists import event_rows, note_rows
from listings.queries.notes import notes_on
from listings.registers.note_panels import panels_of_note, parts_of_event
from listings.rules.note_life import STATE_TONES, STATE_WORDS


def note_remarks(note: Any, day: datetime.date) -> Sequence[Remark]:
    """What its rules, dates and sums say against it."""
    found = notes_on(as_of=day, code=note.code)
    return [each.remark for row in found for each in row.findings]


def note_panels(note: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Issuers with what they owe, the rules one by one, and the schedule."""
    found = notes_on(as_of=as_of, code=note.code)
    payable = may(user, NoteEvent.EDIT, note)
    return panels_of_note(found[0], as_of=as_of, payable=payable) if found else []


def note_actions(note: Any, *, user: Any) -> Sequence[RecordAction]:
    """The whole schedule; and recording what happened, for those who may."""
    schedule = reverse("listings:collective-notes-schedule", args=[note.code])
    found = [RecordAction(Text("付息兑付安排", "Schedule"), schedule, "calendar3")]
    if note.voided_at is None and may(user, NoteEvent.EDIT, note):
        record = f"{reverse('listings:note-events-new')}?tranche={note.code}"
        found.append(RecordAction(Text("登记事项", "Record an event"), record, "plus-lg"))
    return found


NOTES = Register(
    key="collective-notes",
    app="listings",
    title=Text("集合票据", "Collective notes"),
    one=Text("集合票据", "collective note"),
    model=CollectiveNote,
    fields=(
        "kind",
        "regional",
        "prefecture",
        "county",
        "year",
        "number",
        "name",
        "short_name",
        "amount",
        "months",
        "rate",
        "frequency",
        "use_of_proceeds",
    ),
    columns=(
        "code",
        "name",
        "kind",
        "prefecture",
        "year",
        "amount",
        "?short_name",
        "?number",
        "?months",
        "?rate",
        "?regional",
    ),
    default_sort="-year",
    filterset=filters.NoteFilter,
    rows=note_rows,
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=STATE_WORDS,
            badge=lambda state: STATE_TONES[state],
        ),
        Extra("issuer_count", Text("发行人（家）", "Issuers"), "integer"),
        Extra("registered_on", Text("注册日期", "Registered"), "date", in_list=False),
        Extra("issued_on", Text("起息日", "Issued"), "date"),
        Extra("outstanding", Text("未还本金（万元）", "Outstanding"), "money"),
    ),
    parts=(
        Part(
            "issuers",
            Text("发行人", "Issuers"),
            NoteIssuer,
            ("enterprise", "name", "amount", "existing_debt", "net_assets", "rating"),
            spare=10,
        ),
        Part(
            "role_holders",
            Text("参与机构", "Role holders"),
            NoteRoleHolder,
            ("role", "institution", "name", "amount", "counter_guarantee"),
            spare=6,
        ),
        Part(
            "instalments",
            Text("偿付安排（募集说明书）", "Schedule of the prospectus"),
            NoteInstalment,
            ("due_on", "interest", "principal"),
        ),
    ),
    parents=("issuers.enterprise", "role_holders.institution"),
    check=named,
    saved=keep_issue,
    remarks=note_remarks,
    panels=note_panels,
    actions=note_actions,
    falls_due=note_payments,
    intro=Text(
        "一次注册、一次发行为一期；集合债券、集合信托等以品种区分，不计入集合票据。"
        "状态、未还本金按事项计算到所选日期。",
        "One registration and one issue make a tranche; bonds, trusts and the like are told "
        "apart by their kind and never counted as notes. State and outstanding follow from the "
        "events up to the day chosen.",
    ),
    icon="card-checklist",
    examples={
        "kind": "集合票据",
        "year": "2012",
        "number": "1",
        "amount": "15000",
        "months": "36",
        "rate": "6.1",
        "frequency": "每年付息",
    },
)


def event_check(event: NoteEvent) -> dict[str, Text]:
    """What does not fit its kind, or has not happened yet."""
    problems = event_problems(event)
    if event.happened_on > timezone.localdate():
        problems["happened_on"] = Text("晚于今天。", "After today.")
    return problems


def event_panels(event: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """A payment's parts, issuer by issuer."""
    found = notes_on(as_of=max(as_of, event.happened_on), code=event.tranche.code, judge=False)
    told = [each for row in found for each in row.told if each.entry.pk == event.pk]
    return [parts_of_event(found[0], told[0])] if told and told[0].parts else []


EVENTS = Register(
    key="note-events",
    app="listings",
    title=Text("集合票据事项", "Collective-note events"),
    one=Text("集合票据事项", "collective-note event"),
    model=NoteEvent,
    fields=(
        "tranche",
        "kind",
        "happened_on",
        "registration_number",
        "valid_until",
        "issuer",
        "interest",
        "principal",
        "reason",
    ),
    columns=(
        "code",
        "tranche",
        "kind",
        "happened_on",
        "interest",
        "principal",
        "?registration_number",
        "?valid_until",
        "?issuer",
        "?reason",
        "?tranche.prefecture",
    ),
    default_sort="-happened_on",
    filterset=filters.NoteEventFilter,
    rows=event_rows,
    fixed=True,
    parents=("tranche",),
    check=event_check,
    saved=keep_life,
    panels=event_panels,
    intro=Text(
        "从遴选到兑付、违约或代偿，按发生日期追加登记；登错的作废后重登。付息、还本不指明发行人的，"
        "由未违约的各发行人按未还本金分摊到分。",
        "From selection to repayment, default or compensation: added by the day it happened; "
        "what was wrong is voided and recorded anew. A payment that names no issuer is split to "
        "the cent among those not in default, by what they owe.",
    ),
    icon="receipt",
    examples={"kind": "发行（起息）", "happened_on": "2012-06-20"},
)

REGISTERS = (NOTES, EVENTS)
