"""Saving registry records: version, validation, history, in one transaction."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import DomainError, EditConflict
from core.models.base import Record
from core.text import Text


def save_record(
    record: Record, *, actor: Any, reason: str = "", expected_version: int | None = None
) -> Record:
    """Validate and save ``record`` with its history, refusing a lost edit.

    ``expected_version`` is the version the editor started from; None only for new records.
    Raises EditConflict, or DomainError "invalid-record" with a message per field.
    """
    with transaction.atomic():
        if record.pk:
            found = type(record).objects.select_for_update().get(pk=record.pk).version
            if expected_version != found:
                raise EditConflict(expected=expected_version or 0, found=found)
            record.version = found + 1
        try:
            record.full_clean()
        except ValidationError as error:
            raise invalid_record(error) from error
        record._history_user = actor
        record._change_reason = reason[:100] or None
        record.save()
    return record


def invalid_record(error: ValidationError) -> DomainError:
    """Turn Django's validation error into ours, keeping its fields."""
    messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    fields = {name: Text(" ".join(texts), " ".join(texts)) for name, texts in messages.items()}
    return DomainError(
        "invalid-record",
        Text("有字段填写不正确，请按提示修改。", "Some fields are not right; mend them as told."),
        fields=fields,
    )
