"""A new revision of a returned or accepted return."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.errors import DomainError, StateConflict
from core.operations.journal import record as journal
from core.text import Text
from returns.models import Return
from returns.operations.common import ask, locked
from returns.operations.receiving import receive
from returns.rules import Act


def start_revision(*, actor: Any, record: Return, reason: str, now: datetime.datetime) -> Return:
    """Open the next revision as a draft that starts from what was filed before.

    The earlier document is received again, so that today's checks and registries apply.
    Raises StateConflict if another revision is open or this is not the latest one.
    """
    if not reason.strip():
        raise DomainError(
            "reason-needed",
            Text("修订须写明原因。", "Say why a revision is needed."),
            fields={"reason": Text("必填", "required")},
        )
    try:
        with transaction.atomic():
            fresh = locked(record, expected_version=None)
            ask(Act.REVISE, fresh, actor=actor, now=now)
            _ask_latest(fresh)
            draft = Return.objects.create(
                institution=fresh.institution,
                period=fresh.period,
                revision=fresh.revision + 1,
                channel=fresh.channel,
                form_version=fresh.form_version,
                prepared_by=actor,
                prepared_at=now,
                revision_reason=reason.strip(),
            )
            detail = {"revision": draft.revision, "reason": reason}
            journal(
                actor=actor, action="return.revision_started", target=draft, now=now, detail=detail
            )
    except IntegrityError as error:
        raise StateConflict(
            "revision-open",
            Text("已有一版正在修订，请在该版上继续。", "Another revision is open; go on there."),
        ) from error
    draft, _ = receive(
        actor=actor,
        institution=fresh.institution,
        period=fresh.period,
        data=fresh.document.read(),
        filename=fresh.document.filename,
        channel=fresh.document.channel,
        now=now,
    )
    return draft


def _ask_latest(record: Return) -> None:
    later = Return.objects.filter(
        institution=record.institution, period=record.period, revision__gt=record.revision
    )
    if later.exists():
        raise StateConflict(
            "not-the-latest",
            Text("这不是最新的一版，请打开最新一版。", "This is not the latest revision."),
        )
