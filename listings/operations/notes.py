"""What must hold whenever a note, or what happened to it, is recorded or voided.

Asked in the same transaction over what then stands; the note is locked first. What the law
leaves to others is a finding (rules); only what cannot be is refused here.
"""

import datetime
from collections import Counter
from decimal import Decimal

from django.utils.translation import override

from core.errors import DomainError
from core.models import User
from core.text import Text
from listings.models import CollectiveNote, NoteEvent
from listings.models.notes import NoteEventKind, NoteKind
from listings.queries.note_on import lived
from listings.queries.notes import rows_of
from listings.rules.note_life import PAYMENTS, CannotBe
from listings.rules.notes import split_problem, suggested_name, suggested_short_name

PROVINCE = "广东省"
NOTHING = Decimal(0)
PRODUCTS = {NoteKind.NOTE: "集合票据", NoteKind.BOND: "集合债券", NoteKind.TRUST: "集合信托"}


def names_suggested(note: CollectiveNote) -> tuple[str, str]:
    """Full and short name as the market gives them; the office may write others."""
    place = note.prefecture.name if note.prefecture else PROVINCE
    with override("zh-hans"):
        product = PRODUCTS.get(NoteKind(note.kind)) or str(NoteKind(note.kind).label)
    name = suggested_name(place, note.year, note.number, product=product, regional=note.regional)
    if note.kind != NoteKind.NOTE:
        return name, ""
    return name, suggested_short_name(place, note.year, note.number, regional=note.regional)


def named(note: CollectiveNote) -> dict[str, Text]:
    """Give a note the suggested names where the clerk gave none. Never a problem."""
    name, short_name = names_suggested(note)
    note.name = note.name or name
    note.short_name = note.short_name or short_name
    return {}


def keep_issue(note: CollectiveNote, *, actor: User, now: datetime.datetime) -> None:
    """Issuers and schedule add up to the note, each issuer once, and what was paid still fits.

    Raises DomainError "note-sums-unequal", "note-issuer-twice" or as ``keep_life`` does.
    """
    held = CollectiveNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if held.voided_at is not None:
        return
    issuers = list(held.issuers.select_related("enterprise").order_by("order", "pk"))
    twice = [name for name, times in Counter(each.key for each in issuers).items() if times > 1]
    if twice:
        words = Text(f"发行人“{twice[0]}”填了两次，请合并。", f"{twice[0]} is there twice; merge.")
        raise DomainError("note-issuer-twice", words, fields={"issuers": words})
    _add_up(held, "issuers", [each.amount for each in issuers], Text("发行人金额", "Issuers"))
    principal = [each.principal for each in held.instalments.all()]
    _add_up(held, "instalments", principal, Text("偿付安排的本金", "Instalments' principal"))
    _replay(held, field="issuers")


def _add_up(note: CollectiveNote, field: str, parts: list, what: Text) -> None:
    problem = split_problem(note.amount, parts, what=what) if parts else None
    if problem is not None:
        raise DomainError("note-sums-unequal", problem, fields={field: problem})


def keep_life(event: NoteEvent, *, actor: User, now: datetime.datetime) -> None:
    """A note's events never contradict each other, in whatever order they were recorded.

    Raises DomainError "note-life-contradicts" with the field, the sum and the cure.
    """
    held = CollectiveNote.objects.select_for_update(of=("self",)).get(pk=event.tranche_id)
    _replay(held)


def _replay(note: CollectiveNote, field: str = "") -> None:
    issuers = list(rows_of(note.issuers.model, None).filter(parent=note).select_related(
        "enterprise"
    ))  # fmt: skip
    events = NoteEvent.objects.standing().filter(tranche=note).order_by("happened_on", "pk")
    try:
        lived(issuers, events)
    except CannotBe as error:
        raise DomainError(
            "note-life-contradicts", error.message, fields={field or error.field: error.message}
        ) from error


def event_problems(event: NoteEvent) -> dict[str, Text]:
    """What of an event does not fit its kind; a voided note takes no more events."""
    problems: dict[str, Text] = {}
    event.interest, event.principal = event.interest or NOTHING, event.principal or NOTHING
    event.issuer = event.issuer.strip()
    event.registration_number = event.registration_number.strip()
    if event.tranche.voided_at is not None:
        problems["tranche"] = Text("该期已作废。", "The note is void.")
    amount = event.interest + event.principal
    if event.kind in PAYMENTS and not amount:
        problems["interest"] = Text(
            "付息、还本和代偿应填利息或本金。", "A payment has interest or principal."
        )
    elif event.kind not in PAYMENTS and amount:
        problems["interest"] = Text(
            "只有付息、还本、兑付和代偿填写金额，请清空。",
            "Only payments have amounts; clear them.",
        )
    registered = event.kind == NoteEventKind.REGISTERED
    if not registered and (event.registration_number or event.valid_until):
        problems["registration_number"] = Text(
            "只有“接受注册”填写文号和有效期，请清空。",
            "Only a registration has a number and a validity; clear them.",
        )
    if registered and event.valid_until and event.valid_until < event.happened_on:
        problems["valid_until"] = Text(
            f"有效期至 {event.valid_until} 早于注册日期 {event.happened_on}。",
            f"Valid until {event.valid_until}, before the registration of {event.happened_on}.",
        )
    if event.kind in (NoteEventKind.DEFAULTED, NoteEventKind.CANCELLED) and not event.reason:
        problems["reason"] = Text("违约和取消应写明原因。", "Say why: a default or cancellation.")
    return problems
