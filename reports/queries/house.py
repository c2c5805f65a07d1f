"""What the auditor and the administrator look at: journal, publications, accounts, jobs."""

import datetime
from dataclasses import dataclass
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Q

from core.models import ApiToken, Job, JournalEntry, User
from core.models.jobs import JobState
from reports.models import PublishedReport

TOKEN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Audit:
    """The journal's end, what was done in the last seven days, the latest publications."""

    head: JournalEntry | None
    week: tuple[tuple[str, int], ...]
    latest: tuple[JournalEntry, ...]
    publications: tuple[PublishedReport, ...]


@dataclass(frozen=True, slots=True)
class House:
    """Locked accounts, tokens about to expire, people by state, unfinished and failed jobs."""

    locked: tuple[AccessAttempt, ...]
    tokens: tuple[ApiToken, ...]
    people: int
    must_change: int
    jobs: tuple[Job, ...]


def audit(*, now: datetime.datetime) -> Audit:
    """Return the auditor's view in three queries."""
    latest = tuple(JournalEntry.objects.order_by("-sequence")[:10])
    week = (
        JournalEntry.objects.filter(at__gte=now - datetime.timedelta(days=7))
        .order_by()
        .values_list("action")
        .annotate(number=Count("pk"))
        .order_by("-number", "action")[:8]
    )
    return Audit(
        head=latest[0] if latest else None,
        week=tuple(week),
        latest=latest,
        publications=tuple(
            PublishedReport.objects.defer("figures")
            .select_related("published_by")
            .order_by("-published_at", "-pk")[:6]
        ),
    )


def house(*, now: datetime.datetime) -> House:
    """Return the administrator's view in four queries."""
    since = now - datetime.timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    people: dict[str, Any] = User.objects.filter(is_active=True).aggregate(
        people=Count("pk"), must_change=Count("pk", filter=Q(must_change_password=True))
    )
    return House(
        locked=tuple(
            AccessAttempt.objects.filter(
                failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
            ).order_by("-attempt_time")[:10]
        ),
        tokens=tuple(
            ApiToken.objects.filter(
                revoked_at=None,
                expires_at__gt=now,
                expires_at__lte=now + datetime.timedelta(days=TOKEN_DAYS),
            )
            .select_related("user")
            .order_by("expires_at")[:10]
        ),
        jobs=tuple(Job.objects.exclude(state=JobState.DONE).select_related("created_by")[:10]),
        **people,
    )
