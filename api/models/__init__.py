"""What the interface itself must remember."""

from api.models.idempotency import IdempotentAnswer
from api.models.snapshots import Snapshot
from api.models.webhooks import Attempt, Delivery, DeliveryState, Webhook, WebhookState

__all__ = [
    "Attempt",
    "Delivery",
    "DeliveryState",
    "IdempotentAnswer",
    "Snapshot",
    "Webhook",
    "WebhookState",
]
