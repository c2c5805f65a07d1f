"""Delivering, by the background worker: in order for each subscription, at least once.

One task works on one subscription at a time. It turns changes into deliveries, sends the oldest
that waits, and goes on as long as they arrive. After a failure it stops, so that nothing
overtakes, and comes back after a pause that grows; what failed too often is a dead letter, and
the next one has its turn.
"""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from api.models import Attempt, Delivery, DeliveryState, Webhook, WebhookState
from api.webhooks.feed import changes_after, event_of
from api.webhooks.sending import Outcome, send
from api.webhooks.signing import headers
from core.permissions import may
from core.queries.changes import CursorGone

LEASE = datetime.timedelta(seconds=90)  # longer than any one attempt
LOST = datetime.timedelta(minutes=2)  # a task that did not come is taken for lost
BATCH = 200  # changes read at once
TURN = datetime.timedelta(seconds=60)  # then others have theirs
DEAD_UNTIL_SUSPENDED = 5
FELL_BEHIND = "fell-behind"  # suspended so long that changes went unheard


def deliver(webhook_id: int, again: Any) -> None:
    """Work on a subscription. ``again(pk, run_after)`` queues the next turn."""
    mine = Webhook.objects.filter(pk=webhook_id)
    mine.update(queued_at=None)
    if not _leased(webhook_id):
        return
    wanted: datetime.datetime | None = None
    began = timezone.now()
    try:
        wanted = _turn(webhook_id)
    finally:
        mine.update(working_until=None)
    woken_at = mine.values_list("woken_at", flat=True).first()
    if wanted is None and woken_at is not None and woken_at >= began:
        wanted = timezone.now()  # a change came when this turn may have read its last already
    if wanted is not None:
        queue(again, Q(pk=webhook_id), wanted)


def queue(again: Any, which: Q, at: datetime.datetime) -> int:
    """Queue a turn at ``at`` for those active subscriptions that have none; return how many."""
    now = timezone.now()
    free = Q(queued_at=None) | Q(queued_at__lt=now - LOST)
    waiting = Webhook.objects.filter(free, which, state=WebhookState.ACTIVE)
    found = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            if Webhook.objects.filter(free, pk=pk).update(queued_at=max(at, now)):
                again(pk, at)
                found += 1
    return found


def _leased(webhook_id: int) -> bool:
    """Whether this worker has the subscription to itself now."""
    now = timezone.now()
    free = Q(working_until=None) | Q(working_until__lt=now)
    mine = Webhook.objects.filter(free, pk=webhook_id, state=WebhookState.ACTIVE)
    return bool(mine.update(working_until=now + LEASE))


def _turn(webhook_id: int) -> datetime.datetime | None:
    """Send what waits; return when to go on, None where nothing is left."""
    ends = timezone.now() + TURN
    while timezone.now() < ends:
        webhook = Webhook.objects.select_related("user", "prefecture").get(pk=webhook_id)
        if webhook.state != WebhookState.ACTIVE or not _may_hear(webhook):
            return None
        delivery = webhook.deliveries.filter(state=DeliveryState.WAITING).order_by("pk").first()
        if delivery is None:
            if not _read_on(webhook):
                return None
            continue
        now = timezone.now()
        if delivery.next_at is not None and delivery.next_at > now:
            return delivery.next_at
        Webhook.objects.filter(pk=webhook_id).update(working_until=now + LEASE)
        attempt(delivery, webhook, now=now)
    return timezone.now()


def _may_hear(webhook: Webhook) -> bool:
    """Whether its person may read changes still; a subscription of who may not is suspended."""
    if may(webhook.user, "changes.view"):
        return True
    _suspend(webhook, "no-permission")
    return False


def _suspend(webhook: Webhook, reason: str) -> None:
    mine = Webhook.objects.filter(pk=webhook.pk)
    mine.update(state=WebhookState.SUSPENDED, state_reason=reason)


def _read_on(webhook: Webhook) -> bool:
    """Make deliveries of the changes after the subscription's position; whether there were any."""
    try:
        changes, position = changes_after(webhook, BATCH)
    except CursorGone:
        _suspend(webhook, FELL_BEHIND)
        return False
    if position == webhook.position:
        return False
    now = timezone.now()
    events = [event_of(change) for change in changes]
    with transaction.atomic():
        Delivery.objects.bulk_create(
            [
                Delivery(webhook=webhook, event=each.id, kind=each.kind, body=each.body,
                         created_at=now)
                for each in events
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        Webhook.objects.filter(pk=webhook.pk).update(position=position)
    return True


def attempt(
    delivery: Delivery, webhook: Webhook, *, now: datetime.datetime, by_hand: bool = False
) -> Outcome:
    """Send a delivery once and keep what came of it."""
    body = delivery.body.encode()
    proof = headers(
        _salts(webhook, now), event=delivery.event, timestamp=int(now.timestamp()), body=body
    )
    outcome = send(webhook.url, body, proof)
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery,
            at=now,
            outcome=outcome.code,
            status=outcome.status,
            address=outcome.address,
            milliseconds=outcome.milliseconds,
            by_hand=by_hand,
        )
        if outcome.ok:
            _arrived(delivery, webhook)
        elif by_hand:
            pass  # it stays what it was
        elif outcome.code == "gone":
            _dead(delivery, webhook, suspend="gone")
        else:
            _failed(delivery, webhook)
    return outcome


def _salts(webhook: Webhook, now: datetime.datetime) -> list[str]:
    """The salts of the secrets that are good now, the newest first."""
    before = webhook.previous_until is not None and now < webhook.previous_until
    return [webhook.salt, webhook.previous_salt] if before else [webhook.salt]


def _arrived(delivery: Delivery, webhook: Webhook) -> None:
    delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, timezone.now()
    delivery.attempts += 1
    delivery.next_at = None
    delivery.save()
    Webhook.objects.filter(pk=webhook.pk).exclude(dead_in_a_row=0).update(dead_in_a_row=0)


def _failed(delivery: Delivery, webhook: Webhook) -> None:
    pauses = settings.WEBHOOK_PAUSES
    if delivery.attempts >= len(pauses):
        _dead(delivery, webhook)
        return
    delivery.next_at = timezone.now() + datetime.timedelta(seconds=pauses[delivery.attempts])
    delivery.attempts += 1
    delivery.save()


def _dead(delivery: Delivery, webhook: Webhook, suspend: str = "") -> None:
    delivery.state, delivery.next_at = DeliveryState.DEAD, None
    delivery.attempts += 1
    delivery.save()
    webhook.dead_in_a_row += 1
    changes: dict[str, Any] = {"dead_in_a_row": webhook.dead_in_a_row}
    if suspend or webhook.dead_in_a_row >= DEAD_UNTIL_SUSPENDED:
        reason = suspend or "too-many-dead-letters"
        changes |= {"state": WebhookState.SUSPENDED, "state_reason": reason}
    Webhook.objects.filter(pk=webhook.pk).update(**changes)
