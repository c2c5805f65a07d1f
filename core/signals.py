"""Sign-ins and failures go to the journal."""

from typing import Any

from allauth.account.signals import password_changed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from core.operations.journal import record as journal


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
