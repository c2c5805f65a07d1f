"""Long work: a row that says how far it is, worked on by the background worker."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django_tasks.base import Task

from core.models import Job
from core.models.jobs import JobState
from core.models.notifications import NotificationKind
from core.operations.notifications import notify
from core.text import Text


def start_job(
    *, actor: Any, task: Task, title: str, now: datetime.datetime, **parameters: Any
) -> Job:
    """Note a job and hand it to the worker once this transaction is done.

    ``task`` takes the job's key alone and may live on any floor; its name is the job's kind.
    """
    with transaction.atomic():
        job = Job.objects.create(
            kind=task.name, title=title, parameters=parameters, created_by=actor, created_at=now
        )
        task.enqueue(job.pk)
    return job


def advance(job: Job, done: int, total: int) -> None:
    """Say how far a job is."""
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=done, total=total)


@transaction.atomic
def finish(job: Job, *, message: str, failed: bool = False, now: datetime.datetime) -> None:
    """End a job with what it has to say, and tell whoever started it that it ended."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED if failed else JobState.DONE,
        message=message[:300],
        finished_at=now,
    )
    words = Text("未能完成", "failed") if failed else Text("已完成", "done")
    notify(
        [job.created_by],
        NotificationKind.JOB_DONE,
        Text(f"{job.title[:200]}：{words.zh}", f"{job.title[:200]}: {words.en}"),
        url=reverse("core:job", args=[job.pk]),
        key=f"job:{job.pk}",
        now=now,
    )
