"""Today's work of the office: what waits, what is late, what lapses, what ran."""

import calendar
import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from core.models import Job, Period, RuleParameter
from core.queries.expiries import Running, running_out
from core.text import Text
from finance.queries.coverage import bank_lives
from finance.rules.pipeline import pipeline_of
from finance.rules.presence import BankLife
from listings.queries.note_dues import REGISTER as NOTES
from reports.queries.alerts import Watch, latest_first, watch_of
from returns.forms import form as form_of
from returns.models import Obligation, Return, ReturnState

SHOWN = 8
FILED = (ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.SUPERSEDED)
EXPIRY_DAYS = 60
PREPARATION = "village-bank.preparation-months"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A preparation that lapses, or has lapsed, unless the bank opens by ``by``."""

    bank: BankLife
    by: datetime.date
    days_left: int


@dataclass(frozen=True, slots=True)
class Work:
    """What the office has to do today. Lists are cut; counts are whole."""

    to_review: tuple[Return, ...]
    to_review_count: int
    overdue: tuple[Obligation, ...]
    overdue_count: int
    closing: tuple[tuple[Period, Text], ...]
    reminders: tuple[Reminder, ...]
    expiring: tuple[Running, ...]
    lapsed_count: int
    expiring_count: int
    watch: Watch | None
    payments: tuple[Running, ...]
    payment_count: int
    jobs: tuple[Job, ...]


def work(*, user: Any, today: datetime.date) -> Work:
    """Return the work of ``user``'s scope in a constant number of queries."""
    waiting = Return.objects.visible_to(user).filter(state=ReturnState.SUBMITTED)
    late = overdue(user=user, today=today)
    running = running_out(as_of=today, within=EXPIRY_DAYS, prefecture=_own(user))
    payments = [each for each in running if each.register == NOTES]
    running = [each for each in running if each.register != NOTES]
    lapsed = [each for each in running if each.lapsed]
    return Work(
        to_review=tuple(
            waiting.select_related("institution__prefecture", "period").order_by("signed_at")[
                :SHOWN
            ]
        ),
        to_review_count=waiting.count(),
        overdue=tuple(
            late.select_related("institution__prefecture", "period").order_by("due_on")[:SHOWN]
        ),
        overdue_count=late.count(),
        closing=tuple((each, form_of(each.form).title) for each in closing(today=today)),
        reminders=tuple(reminders(today=today, prefecture=_own(user))),
        expiring=tuple(latest_first(running)[:SHOWN]),
        lapsed_count=len(lapsed),
        expiring_count=len(running) - len(lapsed),
        watch=watch_of(user=user, today=today),
        payments=tuple(payments[:SHOWN]),
        payment_count=len(payments),
        jobs=tuple(Job.objects.filter(created_by=user)[:5]),
    )


def _own(user: Any) -> str:
    return user.prefecture.code if user.prefecture_id else ""


def overdue(*, user: Any, today: datetime.date) -> Any:
    """Obligations past their day for which nothing signed stands."""
    filed = Return.objects.filter(
        institution=OuterRef("institution"), period=OuterRef("period"), state__in=FILED
    )
    return Obligation.objects.visible_to(user).filter(
        ~Exists(filed), due_on__lt=today, waived_at=None, period__closed_at=None
    )


def closing(*, today: datetime.date, days: int = 15) -> Any:
    """Open periods due within ``days``, or past due and not closed, with what was filed."""
    filed = Q(returns__state__in=FILED)
    return (
        Period.objects.filter(
            closed_at=None, opens_on__lte=today, due_on__lte=today + datetime.timedelta(days)
        )
        .annotate(
            duties=Count("obligations", filter=Q(obligations__waived_at=None), distinct=True),
            filed=Count("returns__institution", filter=filed, distinct=True),
        )
        .order_by("due_on")[:6]
    )


def reminders(*, today: datetime.date, prefecture: str = "", days: int = 60) -> list[Reminder]:
    """Preparations that lapse within ``days``, or should have: a reminder, never an error."""
    months = _months(today)
    if months is None:
        return []
    found = []
    for bank in bank_lives():
        underway = pipeline_of(bank, as_of=today)
        if not underway or underway.state not in ("preparation_approved", "opening_accepted"):
            continue
        if prefecture and underway.prefecture != prefecture:
            continue
        start = max(
            each.happened_on
            for each in bank.facts
            if each.kind == "preparation_approved" and each.happened_on <= today
        )
        by = _after(start, months)
        if (by - today).days <= days:
            found.append(Reminder(bank, by, (by - today).days))
    return sorted(found, key=lambda each: each.by)


def _months(today: datetime.date) -> int | None:
    """The preparation period in force, in months; None where the office set none."""
    rule = RuleParameter.objects.in_force(today).filter(code=PREPARATION).first()
    return int(rule.value) if rule else None


def _after(start: datetime.date, months: int) -> datetime.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, last))
