"""What the background worker does for the interface."""

import datetime

from django.utils import timezone
from django_tasks import task

from api.webhooks.delivering import deliver


@task(queue_name="webhooks")
def deliver_webhook(webhook_id: int) -> None:
    """Send what waits of one subscription."""
    deliver(webhook_id, queue_delivery)


def queue_delivery(webhook_id: int, at: datetime.datetime) -> None:
    """Have the worker deliver at a moment, or as soon as it can."""
    later = at if at > timezone.now() else None
    deliver_webhook.using(run_after=later).enqueue(webhook_id)
