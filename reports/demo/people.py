"""The accounts of the demonstration: one of each role, and two people for each institution."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from core.models import Institution, Prefecture, User
from core.models.users import Role
from core.operations.journal import record as journal

PASSWORD = "tracker-demo-2012"
OFFICE = (
    ("administrator", "演示管理员", Role.ADMINISTRATOR, None),
    ("province", "演示省办 林知行", Role.PROVINCE_STAFF, None),
    ("shaoguan", "演示韶关 梁北川", Role.PREFECTURE_STAFF, "440200"),
    ("department", "演示厅局 黎予安", Role.DEPARTMENT_STAFF, None),
    ("leader", "演示领导 区远山", Role.LEADER, None),
    ("auditor", "演示审计 何明鉴", Role.AUDITOR, None),
)
# Institutions whose two people may sign in: user names of preparer and signatory.
FILERS = {
    "B0001": ("bank", "演示填报 陈若谷", "演示签发 周正言"),
    "V0001": ("village", "演示填报 邓小满", "演示签发 谭守一"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Who prepares and who signs at an institution."""

    preparer: User
    signatory: User


@transaction.atomic
def make_office(*, now: datetime.datetime) -> dict[str, User]:
    """Make the accounts of the office; return them by user name."""
    password = make_password(PASSWORD)
    prefectures = {each.code: each for each in Prefecture.objects.all()}
    people: dict[str, User] = {}
    for username, name, role, prefecture in OFFICE:
        place = prefectures[prefecture] if prefecture else None
        values = {"role": role, "prefecture": place, "password": password}
        people[username] = _make(people.get("administrator"), username, name, now, **values)
    return people


@transaction.atomic
def make_pair(
    institution: Institution, *, administrator: User, password: str, now: datetime.datetime
) -> Pair:
    """Make an institution's preparer and signatory. Only the demo accounts can sign in."""
    known = FILERS.get(institution.code)
    prefix = known[0] if known else institution.code.lower()
    names = known[1:] if known else (f"{institution.code} 填报人", f"{institution.code} 签发人")
    secret = password if known else make_password(None)
    people = [
        _make(administrator, f"{prefix}-{role.value}", name, now, role=role,
              institution=institution, password=secret)
        for role, name in zip((Role.PREPARER, Role.SIGNATORY), names, strict=True)
    ]  # fmt: skip
    return Pair(*people)


def _make(actor: Any, username: str, name: str, now: datetime.datetime, **values: Any) -> User:
    user = User(username=username, display_name=name, **values)
    user.full_clean(exclude=["password"])
    user._history_user = actor
    user.save()
    detail = {"username": username, "role": user.role}
    journal(actor=actor, action="user.created", target=user, now=now, detail=detail)
    return user
