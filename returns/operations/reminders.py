"""Reminders of returns that are due soon, or late."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.models.notifications import NotificationKind
from core.operations.notifications import notify
from core.operations.reminders import DUE, days_before, stage, when
from core.queries.notifications import people_of
from core.text import Text
from returns.models import Obligation, Return, ReturnState

FILED = (ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.SUPERSEDED)
LONGEST = datetime.timedelta(days=60)  # what is later than that is the office's matter


def remind_of_returns(*, today: datetime.date, now: datetime.datetime) -> int:
    """Tell each institution's people what they owe: once before its day, once after."""
    filed = Return.objects.filter(
        institution=OuterRef("institution"), period=OuterRef("period"), state__in=FILED
    )
    owed = Obligation.objects.filter(
        ~Exists(filed),
        waived_at=None,
        period__closed_at=None,
        period__opens_on__lte=today,
        due_on__lte=today + datetime.timedelta(days=days_before(DUE, today)),
        due_on__gte=today - LONGEST,
    ).select_related("institution", "period")
    return sum(_tell(each, today, now) for each in owed)


def _tell(each: Obligation, today: datetime.date, now: datetime.datetime) -> int:
    words = when(each.due_on, today)
    return notify(
        people_of(each.institution_id),
        NotificationKind.RETURN_DUE,
        Text(
            f"{each.institution}的{each.period}报表{words.zh}",
            f"{each.period.code} of {each.institution}: {words.en}",
        ),
        url=reverse("returns:period", args=[each.period_id]),
        key=f"return-due:{each.pk}:{stage(each.due_on, today)}",
        now=now,
    )
