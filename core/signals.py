"""Sign-ins and failures go to the journal; savings go to the feed of changes."""

from typing import Any

from allauth.account.signals import password_changed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import post_create_historical_record

from core.change_kinds import kind_of
from core.models.history import bulk_kept
from core.operations import changes
from core.operations.journal import record as journal
from core.queries.history import SILENT


def _address(request: Any) -> str:
    return request.META.get("REMOTE_ADDR", "") if request is not None else ""


@receiver(user_logged_in)
def signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _note(user, "user.signed_in", ("core.user", user.pk), request)


@receiver(user_logged_out)
def signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        _note(user, "user.signed_out", ("core.user", user.pk), request)


@receiver(user_login_failed)
def failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    name = str(credentials.get("username") or "")[:40]
    _note(None, "user.sign_in_failed", ("core.user", name), request)


@receiver(user_locked_out)
def locked_out(sender: Any, request: Any, username: str | None, **kwargs: Any) -> None:
    _note(None, "user.locked_out", ("core.user", (username or "")[:40]), request)


@receiver(password_changed)
def own_password(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """A password of one's own ends the duty to change the one-time password."""
    if user.must_change_password:
        user.must_change_password = False
        user.save()
    _note(user, "user.password_changed", ("core.user", user.pk), request)


@receiver(post_create_historical_record)
def record_kept(sender: Any, instance: Any, history_instance: Any, **kwargs: Any) -> None:
    """A record was saved, and its history kept: the feed tells what became different."""
    if kind_of(history_instance.instance_type) is None:
        return
    edited = history_instance.history_type == "~"
    fields = changes.changed_fields(history_instance, SILENT) if edited else ()
    changes.note_history(history_instance, instance, fields=fields)


@receiver(bulk_kept)
def records_kept(sender: Any, rows: list[Any], **kwargs: Any) -> None:
    for each in rows:
        changes.note_history(each)


@receiver(post_save)
def row_saved(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """What is told of by its acts is never changed unheard, even where no act names it."""
    if not raw:
        changes.note_saved(instance, created=created)


def _note(actor: Any, action: str, target: tuple[str, Any], request: Any) -> None:
    if request is None or "REMOTE_ADDR" not in request.META:  # nobody came in from outside
        return
    with transaction.atomic():
        journal(
            actor=actor,
            action=action,
            target=target,
            now=timezone.now(),
            detail={"address": _address(request)},
        )
