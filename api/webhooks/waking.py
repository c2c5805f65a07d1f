"""Waking the worker when something was committed that a subscription may want to hear of."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from api.models import Delivery, DeliveryState, Webhook, WebhookState
from api.webhooks.delivering import queue

OFTEN = datetime.timedelta(seconds=1)  # changes closer together wake once


def wake(**_signal: Any) -> None:
    """Queue a turn of every active subscription: changes were committed.

    Changes that come close together wake once: the rest find their turns queued.
    """
    from api.tasks import queue_delivery

    now = timezone.now()
    active = Webhook.objects.filter(state=WebhookState.ACTIVE)
    asleep = active.filter(Q(woken_at=None) | Q(woken_at__lt=now - OFTEN))
    if asleep.exists() and asleep.update(woken_at=now):
        queue(queue_delivery, Q(), now + OFTEN)


def sweep(now: datetime.datetime) -> int:
    """Queue a turn of every active subscription that has none; return how many.

    For turns that were lost with a worker. Nothing else was: what is to be sent is in the
    database.
    """
    from api.tasks import queue_delivery

    return queue(queue_delivery, Q(), now)


def forget_old(now: datetime.datetime) -> int:
    """Drop what was delivered longer than ``WEBHOOK_KEEP_DAYS`` ago; dead letters stay."""
    before = now - datetime.timedelta(days=settings.WEBHOOK_KEEP_DAYS)
    old = Delivery.objects.filter(state=DeliveryState.DELIVERED, delivered_at__lt=before)
    return old.delete()[1].get("api.Delivery", 0)
