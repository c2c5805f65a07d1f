"""Long work: a row that says how far it is, worked on by the background worker."""

import datetime
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from core.models import Job
from core.models.jobs import JobState


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


def finish(job: Job, *, message: str, failed: bool = False, now: datetime.datetime) -> None:
    """End a job with what it has to say."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED if failed else JobState.DONE,
        message=message[:300],
        finished_at=now,
    )
