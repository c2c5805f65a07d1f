"""Accounts: made, changed and locked by the administrator; nobody signs up."""

import datetime
import secrets
from typing import Any

from axes.utils import reset as axes_reset
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.models.users import Role
from core.operations.journal import record as journal
from core.operations.records import invalid_record
from core.permissions import require

WORDS = "abcdefghjkmnpqrstuvwxyz23456789"
SCOPED = {
    Role.PREFECTURE_STAFF: "prefecture",
    Role.PREPARER: "institution",
    Role.SIGNATORY: "institution",
}
FIELDS = ("username", "display_name", "role", "prefecture", "institution", "department", "email")


@transaction.atomic
def create_user(*, actor: Any, values: dict[str, Any], now: datetime.datetime) -> tuple[User, str]:
    """Make an account; return it with a one-time password that must be changed at once."""
    require(actor, "user.manage")
    user = User(**{name: values.get(name) for name in FIELDS if values.get(name) is not None})
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    _save(user, actor)
    detail = {"username": user.username, "role": user.role}
    journal(actor=actor, action="user.created", target=user, now=now, detail=detail)
    return user, password


@transaction.atomic
def change_user(*, actor: Any, user: User, values: dict[str, Any], now: datetime.datetime) -> User:
    """Change an account's role, scope or names; the journal keeps what changed."""
    require(actor, "user.manage")
    before = {name: str(getattr(user, name) or "") for name in (*FIELDS, "is_active")}
    for name in (*FIELDS, "is_active"):
        if name in values:
            setattr(user, name, values[name])
    _save(user, actor)
    changes = {
        name: [old, str(getattr(user, name) or "")]
        for name, old in before.items()
        if old != str(getattr(user, name) or "")
    }
    journal(actor=actor, action="user.changed", target=user, now=now, detail=changes)
    return user


@transaction.atomic
def reset_password(*, actor: Any, user: User, now: datetime.datetime) -> str:
    """Give an account a one-time password and lift its lock-out; return the password."""
    require(actor, "user.manage")
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    _save(user, actor)
    axes_reset(username=user.username)
    journal(actor=actor, action="user.password_reset", target=user, now=now)
    return password


def one_time_password() -> str:
    """Sixteen characters without those that are mistaken for each other."""
    groups = ["".join(secrets.choice(WORDS) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def _save(user: User, actor: Any) -> None:
    needed = SCOPED.get(Role(user.role)) if user.role in Role.values else None
    try:
        if needed and getattr(user, f"{needed}_id") is None:
            raise ValidationError({needed: _("这个角色必须指定所属单位。")})
        user.full_clean()
    except ValidationError as error:
        raise invalid_record(error) from error
    user._history_user = actor
    user.save()
