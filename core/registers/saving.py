"""Saving and voiding entries: permission, what fits together, history, what follows."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.errors import DomainError, StateConflict
from core.models import User
from core.operations import journal
from core.operations.institutions import doubtful, save_institution
from core.operations.records import invalid_record, save_record
from core.permissions import require
from core.registers.declaration import Detail, Part, Problems, Register
from core.rules import document_numbers
from core.text import Text

FIXED = Text(
    "该记录只追加、不修改；填错的请作废后重新登记。",
    "What was recorded is not edited; void it and record it anew.",
)
ATTEMPTS = 5  # two clerks may draw the same number; the unique code says so


def save_entry(
    register: Register,
    entry: Any,
    *,
    actor: User,
    now: datetime.datetime,
    parts: Sequence[tuple[Part, Any]] = (),
    expected_version: int | None = None,
    reason: str = "",
    confirmed: bool = False,
) -> Any:
    """Create or change an entry with its parts; ``parts`` are valid formsets.

    Raises PermissionRefused outside the actor's scope, before or after the change;
    EditConflict; DomainError "invalid-record" with fields, "doubtful-document-number" and
    "doubtful-identifier" unless ``confirmed``, "entry-void", "entry-fixed". Nothing is half
    saved.
    """
    with transaction.atomic():
        if entry.pk:
            before = type(entry).objects.get(pk=entry.pk)
            require(actor, register.model.EDIT, before)
            if before.voided_at is not None:
                raise StateConflict(
                    "entry-void",
                    Text("该记录已作废，不能再修改。", "The entry is void and cannot change."),
                )
            if register.fixed:
                raise StateConflict("entry-fixed", FIXED)
        elif register.fixed:
            entry.recorded_at = now
        _check_document_number(entry, confirmed=confirmed)
        _check_place(entry)
        _refuse(register.check(entry) if register.check else {})
        doubts = register.doubts(entry) if register.doubts else {}
        if doubts and not confirmed:
            raise doubtful("doubtful-identifier", dict(doubts))
        _save_numbered(register, entry, actor=actor, reason=reason, expected=expected_version)
        require(actor, register.model.EDIT, entry)
        for part, formset in parts:
            rows = _save_part(part, entry, formset, actor=actor, reason=reason)
            if len(rows) < part.minimum:
                words = Text(
                    f"至少填 {part.minimum} 行{part.title.zh}。",
                    f"Give at least {part.minimum} rows of {part.title.en}.",
                )
                _refuse({part.key: words})
            _refuse(part.check(entry, rows) if part.check else {})
        if register.saved is not None:
            register.saved(entry, actor=actor, now=now)
    return entry


def void_entry(
    register: Register, *, code: str, actor: User, reason: str, now: datetime.datetime
) -> Any:
    """Void an entry that was a mistake; it stays readable and counts nowhere.

    Raises PermissionRefused, StateConflict "entry-void", DomainError "reason-needed".
    """
    with transaction.atomic():
        entry = register.model.objects.select_for_update(of=("self",)).get(code=code)
        require(actor, register.model.void_action(), entry)
        if entry.voided_at is not None:
            raise StateConflict(
                "entry-void", Text("该记录已作废，无需重复操作。", "The entry is void already.")
            )
        if not reason.strip():
            words = Text("请写明作废原因。", "Say why the entry is voided.")
            raise DomainError("reason-needed", words, fields={"reason": words})
        entry.voided_at, entry.void_reason = now, reason.strip()[:300]
        save_record(entry, actor=actor, reason=reason, expected_version=entry.version)
        if register.saved is not None:
            register.saved(entry, actor=actor, now=now)
        journal.record(
            actor=actor,
            action="entry.void",
            target=entry,
            now=now,
            detail={"register": register.key, "code": entry.code, "reason": reason},
        )
    return entry


def save_with_detail(
    register: Detail,
    institution: Any,
    detail: Any,
    *,
    actor: User,
    now: datetime.datetime,
    expected_version: int | None = None,
    expected_detail_version: int | None = None,
    reason: str = "",
    confirmed: bool = False,
) -> Any:
    """Create or change an institution with its detail, in one act. Refuses as both do."""
    with transaction.atomic():
        institution.kind = register.kind
        save_institution(
            institution,
            actor=actor,
            now=now,
            expected_version=expected_version,
            reason=reason,
            confirmed=confirmed,
        )
        detail.institution = institution
        _refuse(register.check(detail) if register.check else {})
        save_detail(detail, actor=actor, reason=reason, expected=expected_detail_version)
    return detail


def save_detail(detail: Any, *, actor: User, reason: str, expected: int | None) -> None:
    """A detail shares its institution's key, so only the database knows whether it is new."""
    if type(detail).objects.filter(pk=detail.institution_id).exists():
        save_record(detail, actor=actor, reason=reason, expected_version=expected)
        return
    _clean(detail)
    detail._history_user, detail._change_reason = actor, reason[:100] or None
    detail.save(force_insert=True)


def _refuse(problems: Problems) -> None:
    if problems:
        raise DomainError(
            "invalid-record",
            Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them."),
            fields=problems,
        )


def _check_document_number(entry: Any, *, confirmed: bool) -> None:
    if not hasattr(entry, "document_number"):
        return
    entry.document_number = document_numbers.normalised(entry.document_number)
    doubt = document_numbers.doubt(entry.document_number)
    if doubt and not confirmed:
        raise doubtful("doubtful-document-number", {"document_number": doubt})


def _check_place(entry: Any) -> None:
    """A county lies in its prefecture; a county alone says its prefecture."""
    county = getattr(entry, "county", None)
    if county is None or not hasattr(type(entry), "prefecture"):
        return
    if entry.prefecture_id is None:
        entry.prefecture_id = county.prefecture_id
    elif entry.prefecture_id != county.prefecture_id:
        words = Text(
            f"{county.name}不属于所选地市，请选择该市的县（市、区）。",
            f"{county.name} is not in the prefecture chosen; choose one of its counties.",
        )
        _refuse({"county": words})


def _save_numbered(
    register: Register, entry: Any, *, actor: User, reason: str, expected: int | None
) -> None:
    """Save, drawing the next number where the clerk gave no code."""
    if entry.code:
        save_record(entry, actor=actor, reason=reason, expected_version=expected)
        return
    for attempt in range(ATTEMPTS):
        entry.code = next_code(register, skip=attempt)
        try:
            with transaction.atomic():
                save_record(entry, actor=actor, reason=reason, expected_version=expected)
            return
        except (IntegrityError, DomainError) as error:
            taken = isinstance(error, IntegrityError) or "code" in error.fields
            if not taken or attempt == ATTEMPTS - 1:
                entry.code = ""
                raise


def next_code(register: Register, *, skip: int = 0) -> str:
    """The next number of a register: its prefix and five digits."""
    prefix = register.model.CODE_PREFIX
    own = register.model._default_manager.filter(code__regex=rf"^{prefix}[0-9]{{5,}}$")
    last = own.order_by("-pk").values_list("code", flat=True).first()
    number = int(last[len(prefix) :]) if last else 0
    return f"{prefix}{number + 1 + skip:05d}"


def _save_part(part: Part, entry: Any, formset: Any, *, actor: User, reason: str) -> list[Any]:
    """Save an entry's rows in the order of the form; each change keeps its history."""
    kept = []
    for form in formset.forms:
        gone = form.cleaned_data.get("DELETE") if hasattr(form, "cleaned_data") else False
        if gone:
            if form.instance.pk:
                form.instance._history_user = actor
                form.instance.delete()
            continue
        if not form.has_changed() and not form.instance.pk:
            continue
        row = form.instance
        setattr(row, part.parent, entry)
        if hasattr(row, "order"):
            row.order = len(kept) + 1
        if form.has_changed():
            row._history_user, row._change_reason = actor, reason[:100] or None
            _clean(row)
            row.save()
        kept.append(row)
    return kept


def _clean(record: Any) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise invalid_record(error) from error
