"""Signing by a second person, and taking a signature back before review."""

import datetime
import zlib
from typing import Any

from django.db import transaction

from core.errors import DomainError, PermissionRefused
from core.operations.journal import record as journal
from core.text import Text
from returns.models import Return, ReturnState
from returns.operations.common import ask, bump, locked
from returns.operations.telling import tell_office
from returns.rules import Act


@transaction.atomic
def sign_return(
    *, actor: Any, record: Return, expected_version: int | None, now: datetime.datetime
) -> Return:
    """Submit a draft under its signatory's name; return it with its receipt number.

    Raises PermissionRefused for its own preparer, DomainError while there are errors or
    unexplained warnings.
    """
    fresh = locked(record, expected_version=expected_version)
    ask(Act.SIGN, fresh, actor=actor, now=now)
    if fresh.prepared_by_id == actor.pk:
        raise PermissionRefused(
            Text(
                "填报人不能签发自己填报的报表，请由另一位签发人签发。",
                "Nobody signs what they prepared; another person must sign.",
            )
        )
    _ask_ready(fresh)
    fresh.state = ReturnState.SUBMITTED
    fresh.signed_by, fresh.signed_at = actor, now
    fresh.receipt_number = receipt_number(fresh)
    bump(fresh)
    journal(
        actor=actor,
        action="return.signed",
        target=fresh,
        now=now,
        detail={
            "receipt": fresh.receipt_number,
            "sha256": fresh.document.sha256,
            "key_figures": fresh.key_figures,
        },
    )
    tell_office(fresh, now)
    return fresh


def _ask_ready(record: Return) -> None:
    if record.document is None:
        raise DomainError("nothing-to-sign", Text("尚未填报，无可签发。", "Nothing was filed yet."))
    if record.error_count:
        raise DomainError(
            "errors-left",
            Text(
                f"还有 {record.error_count} 处错误，须更正后才能签发。",
                f"{record.error_count} errors are left; mend them before signing.",
            ),
        )
    if record.unexplained_count:
        raise DomainError(
            "warnings-unexplained",
            Text(
                f"还有 {record.unexplained_count} 条预警没有说明，须逐条说明后才能签发。",
                f"{record.unexplained_count} warnings are not explained; explain each of them.",
            ),
        )


def receipt_number(record: Return) -> str:
    """``SL-201206-B0001-R1-7F3A``: form, period, institution, revision and a check mark."""
    initials = "".join(word[0] for word in record.period.form.split("-")).upper()
    period = record.period.code.replace("-", "")
    body = f"{initials}-{period}-{record.institution.code}-R{record.revision}"
    mark = zlib.crc32(f"{body}/{record.document.sha256}/{record.version}".encode()) & 0xFFFF
    return f"{body}-{mark:04X}"


@transaction.atomic
def withdraw_return(
    *,
    actor: Any,
    record: Return,
    reason: str,
    expected_version: int | None,
    now: datetime.datetime,
) -> Return:
    """Take a submitted return back to its draft, before anybody reviewed it."""
    fresh = locked(record, expected_version=expected_version)
    ask(Act.WITHDRAW, fresh, actor=actor, now=now)
    detail = {"receipt": fresh.receipt_number, "reason": reason}
    fresh.state = ReturnState.DRAFT
    fresh.signed_by = fresh.signed_at = None
    fresh.receipt_number = ""
    bump(fresh)
    journal(actor=actor, action="return.withdrawn", target=fresh, now=now, detail=detail)
    return fresh
