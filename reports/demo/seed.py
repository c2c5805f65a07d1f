"""Making the whole demonstration."""

import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from core.models import Fact, Institution, Period, Prefecture, User
from core.models.users import Role
from reports.demo import incidents
from reports.demo.filing import FORM, DemoFiler, Progress, file_accepted, file_openly
from reports.demo.institutions import (
    CAST_BANK,
    CAST_VILLAGE_BANK,
    DemoBank,
    bank_facts,
    make_banks,
    make_village_banks,
)
from reports.operations.publishing import publish
from returns.operations import close_period, open_period

PASSWORD = "tracker-demo-2012"
OPEN_PERIODS = 2  # the newest months stay open; earlier ones are closed
# Village banks with a story of their own: in the newest month, and in the month before.
WARNED, SLIPPED, REVISED = "DEMO-VB-03", "DEMO-VB-07", "DEMO-VB-09"
# What became of the newest month's returns, by position among those that filed.
NEWEST = {1: "submitted", 4: "submitted", 7: "submitted", 8: "returned"}


def seed(*, seed: int, banks: int, months: int, now: datetime.datetime, progress: Progress) -> str:
    """Make institutions, people and ``months`` months of returns; return a line about it.

    Nothing is done if there are demo institutions already.
    """
    if Institution.objects.filter(code__startswith="DEMO-").exists():
        return "The demo data is there already; nothing was changed."
    rng = np.random.default_rng(seed)
    with transaction.atomic():
        clerk = _person("province", "演示省办 林知行", Role.PROVINCE_STAFF)
        found = make_banks(number=banks, rng=rng)
        facts = [fact for bank in found for fact in bank_facts(bank, actor=clerk, now=now)]
        village, more = make_village_banks(number=26, rng=rng, actor=clerk, now=now)
        Fact.objects.bulk_create([*facts, *more])
        filers = [*found, *village]
        _cast()
        people = {bank.institution.pk: _people_of(bank.institution, clerk) for bank in filers}
    returns = _file(filers, people, clerk, seed=seed, months=months, now=now, progress=progress)
    for as_of in ("2012-06-30", "2015-04-28"):
        publish(code="coverage", asked={"as_of": as_of}, actor=clerk, now=now)
    return f"{len(filers)} institutions filed {returns} returns over {months} months."


def _person(username: str, name: str, role: Role, **scope: Any) -> User:
    user, created = User.objects.get_or_create(
        username=username, defaults={"display_name": name, "role": role, **scope}
    )
    if created:
        user.set_password(PASSWORD)
        user.save()
    return user


def _cast() -> None:
    """One account of every role, and two institutions' people."""
    shaoguan = Prefecture.objects.get(code="440200")
    _person("shaoguan", "演示韶关 梁北川", Role.PREFECTURE_STAFF, prefecture=shaoguan)
    _person("department", "演示厅局 黎予安", Role.DEPARTMENT_STAFF, department="省经济和信息化委")
    _person("leader", "演示领导 区远山", Role.LEADER)
    _person("auditor", "演示审计 何明鉴", Role.AUDITOR)
    _person("administrator", "演示管理员", Role.ADMINISTRATOR)
    for code, word, name in (
        (CAST_BANK, "bank", "演示银行"),
        (CAST_VILLAGE_BANK, "village", "演示村镇银行"),
    ):
        institution = Institution.objects.filter(code=code).first()
        if institution is not None:
            _person(f"{word}-preparer", f"{name}填报人", Role.PREPARER, institution=institution)
            _person(f"{word}-signatory", f"{name}签发人", Role.SIGNATORY, institution=institution)


def _people_of(institution: Institution, clerk: User) -> tuple[User, User, User]:
    """The preparer and signatory of an institution; most cannot sign in (no password)."""
    found = []
    for role, name in ((Role.PREPARER, "填报人"), (Role.SIGNATORY, "签发人")):
        person = User.objects.filter(institution=institution, role=role).first()
        if person is None:
            person = User(
                username=f"{institution.code.lower()}-{role.value}",
                display_name=f"{institution.name}{name}",
                role=role,
                institution=institution,
            )
            person.set_unusable_password()
            person.save()
        found.append(person)
    return found[0], found[1], clerk


def _file(
    banks: list[DemoBank],
    people: dict[int, tuple[User, User, User]],
    clerk: User,
    *,
    seed: int,
    months: int,
    now: datetime.datetime,
    progress: Progress,
) -> int:
    calendar = list(_calendar(months, timezone.localdate(now)))
    filers = [
        DemoFiler(bank, seed=seed + place, months=len(calendar) + 12)
        for place, bank in enumerate(banks)
    ]
    lead = calendar[0][1] - 1  # months of the first year before the first one filed
    filed, done, total = 0, 0, len(calendar) * len(filers)
    for place, (year, month) in enumerate(calendar):
        at = _moment(year, month)
        period = open_period(actor=clerk, form=FORM, year=year, month=month, now=now)
        duties = set(period.obligations.values_list("institution_id", flat=True))
        newest = place == len(calendar) - 1
        with transaction.atomic():
            for order, filer in enumerate(filers):
                done += 1
                data = filer.document(lead + place + 1, month)
                if filer.bank.institution.pk in duties:
                    filed += _one(filer, period, data, people, at, now, order, newest)
        progress(done, total)
        _revise(filers, people, period, now, before_newest=place == len(calendar) - 2)
        if place < len(calendar) - OPEN_PERIODS:
            close_period(actor=clerk, period=period, now=now)
    return filed


def _revise(
    filers: list[DemoFiler],
    people: dict[int, tuple[User, User, User]],
    period: Period,
    now: datetime.datetime,
    *,
    before_newest: bool,
) -> None:
    """One village bank corrects the month before the newest."""
    for filer in filers if before_newest else []:
        if filer.bank.institution.code == REVISED:
            institution = filer.bank.institution
            incidents.revise(institution, period, people[institution.pk], now)


def _one(
    filer: DemoFiler,
    period: Period,
    data: bytes,
    people: dict[int, tuple[User, User, User]],
    at: datetime.datetime,
    now: datetime.datetime,
    order: int,
    newest: bool,
) -> int:
    """File one return; in the newest month the cast and one more bank have not filed yet."""
    institution = filer.bank.institution
    who = people[institution.pk]
    if newest and institution.code in (CAST_BANK, CAST_VILLAGE_BANK, "DEMO-B10"):
        return 0
    if newest and institution.code in (WARNED, SLIPPED):
        warned = institution.code == WARNED
        act = incidents.file_with_warning if warned else incidents.file_with_slips
        act(institution, period, data, who, now)
        return 1
    if newest and order in NEWEST:
        file_openly(filer, period=period, data=data, people=who, at=now, outcome=NEWEST[order])
        return 1
    late = datetime.timedelta(days=6 if order % 11 == 5 and period.number % 4 == 0 else 0)
    file_accepted(filer, period=period, data=data, people=who, at=min(at + late, now))
    return 1


def _calendar(months: int, today: datetime.date) -> list[tuple[int, int]]:
    """The last ``months`` complete months, oldest first."""
    last = today.year * 12 + today.month - 2  # months since year 0, counted from 0
    numbers = range(last - months + 1, last + 1)
    return [(number // 12, number % 12 + 1) for number in numbers]


def _moment(year: int, month: int) -> datetime.datetime:
    """A morning in the first days after a month's end, in China."""
    following = datetime.date(year + month // 12, month % 12 + 1, 4)
    moment = datetime.datetime.combine(following, datetime.time(9, 30))
    return timezone.make_aware(moment)
