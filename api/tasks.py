"""What the background worker does for the interface."""

import datetime

from django.utils import timezone
from django_tasks import task

from api.models import Snapshot
from api.snapshots.taking import complete
from api.webhooks.delivering import deliver
from core.models import Job


@task()
def take_snapshot(job_id: int) -> None:
    """Write a snapshot's files: minutes with millions of rows."""
    job = Job.objects.get(pk=job_id)
    snapshot = Snapshot.objects.select_related("created_by").filter(pk=job.parameters["snapshot"])
    for each in snapshot:  # none if it was dropped meanwhile
        complete(each, job)


@task(queue_name="webhooks")
def deliver_webhook(webhook_id: int) -> None:
    """Send what waits of one subscription."""
    deliver(webhook_id, queue_delivery)


def queue_delivery(webhook_id: int, at: datetime.datetime) -> None:
    """Have the worker deliver at a moment, or as soon as it can."""
    later = at if at > timezone.now() else None
    deliver_webhook.using(run_after=later).enqueue(webhook_id)
