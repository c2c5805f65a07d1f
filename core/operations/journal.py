"""Adding to the journal and proving it whole."""

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from core.models.journal import JournalEntry, JournalHead
from core.operations.changes import note_act

START = "0" * 64


def digest(
    *,
    sequence: int,
    at: datetime.datetime,
    actor_id: int | None,
    actor_name: str,
    action: str,
    object_type: str,
    object_id: str,
    detail: dict[str, Any],
    previous_hash: str,
) -> str:
    """Return the SHA-256 of an entry's canonical JSON, chained to the entry before."""
    moment = at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    body = [sequence, moment, actor_id, actor_name, action, object_type, object_id, detail]
    text = json.dumps([*body, previous_hash], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    *,
    actor: Any,
    action: str,
    target: Any,
    now: datetime.datetime,
    detail: dict[str, Any] | None = None,
) -> JournalEntry:
    """Append one act. Must run inside the transaction of the act, and last in it.

    The chain's end is locked until that transaction ends, so entries never fork.
    ``target`` is a model instance, or a ``(type, id)`` pair for what has no row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal entry belongs in the transaction of its act")
    object_type, object_id = (
        target if isinstance(target, tuple) else (target._meta.label_lower, target.pk)
    )
    plain = json.loads(json.dumps(detail or {}, cls=DjangoJSONEncoder))
    head, _ = JournalHead.objects.select_for_update().get_or_create(pk=1)
    person = actor if getattr(actor, "is_authenticated", False) else None
    entry = JournalEntry(
        sequence=head.sequence + 1,
        at=now,
        actor=person,
        actor_name=str(person) if person else "",
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        detail=plain,
        previous_hash=head.hash,
    )
    entry.hash = _hash_of(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    if not isinstance(target, tuple):
        note_act(target, action, at=now)
    return entry


def verify(progress: Callable[[int, int], None] | None = None) -> int | None:
    """Walk the whole chain; return the first broken sequence number, or None if whole."""
    head = JournalHead.objects.filter(pk=1).first() or JournalHead()
    previous, expected = START, 1
    for entry in JournalEntry.objects.order_by("sequence").iterator(2000):
        honest = entry.sequence == expected and entry.previous_hash == previous
        if not honest or entry.hash != _hash_of(entry):
            return expected
        previous, expected = entry.hash, expected + 1
        if progress and entry.sequence % 1000 == 0:
            progress(entry.sequence, head.sequence)
    if (head.sequence, head.hash) != (expected - 1, previous):
        return expected
    return None


def _hash_of(entry: JournalEntry) -> str:
    return digest(
        sequence=entry.sequence,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        action=entry.action,
        object_type=entry.object_type,
        object_id=entry.object_id,
        detail=entry.detail,
        previous_hash=entry.previous_hash,
    )
