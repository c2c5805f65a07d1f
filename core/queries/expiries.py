"""What runs out: licences, ratings, delegations, agreements, wherever a register declares it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from core.models import Fact, Institution, Prefecture
from core.models.facts import FactKind
from core.queries.institutions import names_known
from core.registers.catalogue import REGISTERS
from core.registers.declaration import Register
from core.text import Text


@dataclass(frozen=True, slots=True)
class Running:
    """An entry that runs out on a day. ``institution`` is None for the office's own entries."""

    register: str
    code: str
    what: Text
    title: str
    on: datetime.date
    days: int  # left on the day asked about; negative once it has lapsed
    prefecture: Prefecture | None
    institution: Institution | None
    url: str = ""

    @property
    def lapsed(self) -> bool:
        return self.days < 0


def running_out(
    *,
    as_of: datetime.date,
    within: int,
    known_at: datetime.datetime | None = None,
    prefecture: str = "",
    registers: Iterable[str] = (),
    user: Any = None,
) -> list[Running]:
    """Entries that have lapsed by ``as_of`` or run out ``within`` days of it, soonest first.

    Renewed ones are left out, and those of institutions that ended. What a register itself
    says falls due (``falls_due``) stands beside them. With ``user`` only what they may see;
    ``known_at`` answers as was known then. One query a register with an expiry.
    """
    wanted = set(registers)
    found: list[Running] = []
    for register in watched():
        if wanted and register.key not in wanted:
            continue
        if register.falls_due is not None:
            due = register.falls_due(as_of=as_of, within=within, known_at=known_at)
            found += due if user is None else _seen(register, due, user)
        if register.expiry is None:
            continue
        rows = list(_rows(register, as_of=as_of, within=within, known_at=known_at, user=user))
        if known_at is not None:  # entries of the past come without what they point at
            owner = "institution__prefecture" if register.model.INSTITUTION_PATH else "prefecture"
            prefetch_related_objects(rows, owner)
        found += [_running(register, entry, as_of) for entry in rows]
    found = _as_named_then(found, known_at)
    if prefecture:
        found = [each for each in found if each.prefecture and each.prefecture.code == prefecture]
    return sorted(found, key=lambda each: (each.on, each.register, each.code))


def _as_named_then(found: list[Running], known_at: datetime.datetime | None) -> list[Running]:
    """With a moment, institutions go by the names that they had then. One query."""
    owners = [each.institution.pk for each in found if each.institution]
    names = names_known(institutions=owners, known_at=known_at)
    return [
        replace(each, title=names[each.institution.pk])
        if each.institution and each.institution.pk in names
        else each
        for each in found
    ]


def watched() -> list[Register]:
    """The registers whose entries run out, or in which something falls due."""
    return [each for each in REGISTERS.values() if each.expiry or each.falls_due]


def _seen(register: Register, due: Iterable[Running], user: Any) -> list[Running]:
    codes = set(register.model.objects.visible_to(user).values_list("code", flat=True))
    return [each for each in due if each.code in codes]


def _rows(
    register: Register,
    *,
    as_of: datetime.date,
    within: int,
    known_at: datetime.datetime | None,
    user: Any,
) -> QuerySet:
    expiry, model = register.expiry, register.model
    entries = standing(model, known_at)
    until = as_of + datetime.timedelta(days=within)
    rows = entries.filter(**{f"{expiry.field}__lte": until, f"{expiry.starts}__lte": as_of})
    if not expiry.lapses:
        rows = rows.filter(**{f"{expiry.field}__gte": as_of})
    if user is not None:
        rows = rows.filter(pk__in=model.objects.visible_to(user).values("pk"))
    if expiry.unless is not None:
        rows = rows.exclude(expiry.unless)
    same = {name: OuterRef(name) for name in expiry.same}
    later = {f"{expiry.starts}__gt": OuterRef(expiry.starts), f"{expiry.starts}__lte": as_of}
    rows = rows.exclude(Exists(entries.filter(**same, **later)))
    if model.INSTITUTION_PATH:
        over = Fact.objects.in_force(as_of=as_of, known_at=known_at).filter(
            institution=OuterRef("institution_id"), kind=FactKind.EXITED
        )
        rows = rows.exclude(Exists(over)).select_related("institution__prefecture")
    else:
        rows = rows.select_related("prefecture")
    return rows


def standing(model: Any, known_at: datetime.datetime | None) -> QuerySet:
    """Entries that stand, as known now or at a moment."""
    if known_at is None:
        return model.objects.standing()
    then = model.history.as_of(known_at)
    return then.filter(Q(voided_at=None) | Q(voided_at__gt=known_at))


def _running(register: Register, entry: Any, as_of: datetime.date) -> Running:
    on = getattr(entry, register.expiry.field)
    institution = entry.institution if register.model.INSTITUTION_PATH else None
    place = institution.prefecture if institution else entry.prefecture
    return Running(
        register=register.key,
        code=entry.code,
        what=register.expiry.what,
        title=str(institution or entry),
        on=on,
        days=(on - as_of).days,
        prefecture=place,
        institution=institution,
    )
