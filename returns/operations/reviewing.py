"""The office's answer: accept a return, or send it back with comments on cells."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.operations.changes import note as note_change
from core.operations.journal import record as journal
from core.text import Text
from returns.forms.storing import storing
from returns.models import CellComment, Return, ReturnState
from returns.operations.common import ask, bump, locked, tell_figures
from returns.operations.telling import tell_institution
from returns.rules import Act


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on one cell: table, line key (``440100/S/C``), column, text."""

    table: str
    key: str
    column: str
    text: str
    row: int | None = None


@transaction.atomic
def accept_return(
    *,
    actor: Any,
    record: Return,
    expected_version: int | None,
    now: datetime.datetime,
    note: str = "",
) -> Return:
    """Accept a return: its figures count from now on, instead of the revision before.

    The summaries move by the difference of the two documents in this same transaction.
    """
    fresh = locked(record, expected_version=expected_version)
    ask(Act.ACCEPT, fresh, actor=actor, now=now)
    before = (
        Return.objects.select_for_update(of=("self",))
        .filter(institution=fresh.institution, period=fresh.period, state=ReturnState.ACCEPTED)
        .select_related("document")
        .first()
    )
    if before is not None:
        before.state = ReturnState.SUPERSEDED
        before.superseded_at = now
        bump(before)
        note_change(before, "return.superseded", at=now)
    fresh.state = ReturnState.ACCEPTED
    fresh.accepted_at = fresh.reviewed_at = now
    fresh.reviewed_by, fresh.review_note = actor, note
    bump(fresh)
    storing(fresh.period.form).post(
        fresh.period, fresh.institution, before.document if before else None, fresh.document
    )
    tell_figures(fresh, now)
    journal(
        actor=actor,
        action="return.accepted",
        target=fresh,
        now=now,
        detail={
            "revision": fresh.revision,
            "supersedes": before.revision if before else None,
            "note": note,
            "key_figures": fresh.key_figures,
        },
    )
    tell_institution(fresh, Text("已接受", "accepted"), now)
    return fresh


@transaction.atomic
def send_back(
    *,
    actor: Any,
    record: Return,
    reason: str,
    remarks: Sequence[Remark] = (),
    expected_version: int | None,
    now: datetime.datetime,
) -> Return:
    """Return a submitted return to its institution with a reason and comments on cells."""
    if not reason.strip():
        raise DomainError(
            "reason-needed",
            Text("退回须写明原因。", "Say why the return is sent back."),
            fields={"reason": Text("必填", "required")},
        )
    fresh = locked(record, expected_version=expected_version)
    ask(Act.SEND_BACK, fresh, actor=actor, now=now)
    fresh.state = ReturnState.RETURNED
    fresh.reviewed_by, fresh.reviewed_at, fresh.review_note = actor, now, reason.strip()
    bump(fresh)
    CellComment.objects.bulk_create(
        CellComment(
            return_record=fresh,
            table=each.table,
            key=each.key,
            row=each.row,
            column=each.column,
            text=each.text[:500],
            author=actor,
            at=now,
        )
        for each in remarks
        if each.text.strip()
    )
    journal(
        actor=actor,
        action="return.sent_back",
        target=fresh,
        now=now,
        detail={"reason": reason, "comments": len(remarks)},
    )
    tell_institution(fresh, Text("已退回，请更正后重新报送", "sent back; mend and file again"), now)
    return fresh
