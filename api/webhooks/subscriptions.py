"""What people do with webhooks: subscribe, change, rotate, suspend, resume, end, redeliver."""

import datetime
import secrets
from typing import Any

from django.db import transaction

from api.models import Delivery, DeliveryState, Webhook, WebhookState
from api.webhooks.addresses import target_of
from api.webhooks.delivering import FELL_BEHIND, attempt
from api.webhooks.feed import end_of_feed, known_kinds
from api.webhooks.sending import Outcome
from api.webhooks.signing import secret_of
from core.errors import DomainError, EditConflict, PermissionRefused, StateConflict
from core.models import Prefecture
from core.operations.journal import record as journal
from core.permissions import require, scope_of
from core.text import Text

MAX_EACH = 20
MAX_OVERLAP = datetime.timedelta(days=14)


def _salt() -> str:
    return secrets.token_hex(16)


@transaction.atomic
def subscribe(
    *,
    actor: Any,
    name: str,
    url: str,
    kinds: list[str],
    prefecture: Prefecture | None,
    now: datetime.datetime,
) -> tuple[Webhook, str]:
    """Begin a subscription from now on; return it with its secret, shown this once.

    Raises PermissionRefused, DomainError "bad-webhook" with fields.
    """
    require(actor, "webhook.manage")
    _ask_sound(actor, name, url, kinds)
    if Webhook.objects.filter(user=actor).exclude(state=WebhookState.ENDED).count() >= MAX_EACH:
        raise _bad("name", Text(f"每人最多 {MAX_EACH} 个", f"at most {MAX_EACH} for each person"))
    webhook = Webhook.objects.create(
        user=actor,
        name=name.strip(),
        url=url,
        kinds=sorted(set(kinds)),
        prefecture=prefecture,
        salt=_salt(),
        position=end_of_feed(),
        created_at=now,
    )
    _journalled(actor, "webhook.subscribed", webhook, now)
    return webhook, secret_of(webhook.salt)


def _ask_sound(actor: Any, name: str, url: str, kinds: list[str]) -> None:
    for field, value in (("name", name), ("url", url)):
        longest = Webhook._meta.get_field(field).max_length
        if not value.strip() or len(value) > longest:
            words = Text(f"须为 1 至 {longest} 个字符", f"must have 1 to {longest} characters")
            raise _bad(field, words)
    if scope_of(actor, "changes.view") is None:
        raise _bad("name", Text("您无权查看变更", "you may not read changes"))
    target_of(url)
    unknown = sorted(set(kinds) - set(known_kinds()))
    if unknown:
        names = ", ".join(unknown)
        raise _bad("kinds", Text(f"没有这些种类：{names}", f"no such kinds: {names}"))


def _bad(field: str, text: Text) -> DomainError:
    return DomainError(
        "bad-webhook",
        Text(f"订阅未保存：{text.zh}。", f"The subscription was not saved: {text.en}."),
        fields={field: text},
    )


def _journalled(actor: Any, action: str, webhook: Webhook, now: datetime.datetime) -> None:
    detail = {
        "name": webhook.name,
        "url": webhook.url,
        "kinds": webhook.kinds,
        "prefecture": webhook.prefecture.code if webhook.prefecture else "",
    }
    journal(actor=actor, action=action, target=webhook, now=now, detail=detail)


def _locked(webhook: Webhook, actor: Any, expected_version: int | None = None) -> Webhook:
    require(actor, "webhook.manage", webhook)
    fresh = Webhook.objects.select_for_update(of=("self",)).get(pk=webhook.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise EditConflict(expected=expected_version, found=fresh.version)
    if fresh.state == WebhookState.ENDED:
        raise StateConflict(
            "webhook-ended", Text("订阅已终止。", "The subscription has ended; begin another one.")
        )
    return fresh


@transaction.atomic
def change_webhook(
    *,
    actor: Any,
    webhook: Webhook,
    expected_version: int | None,
    values: dict[str, Any],
    now: datetime.datetime,
) -> Webhook:
    """Change name, url, kinds or prefecture; what is not in ``values`` stays.

    Only a subscription's own person gives it another address: an administrator sees that it
    is there, suspends and ends it.
    """
    webhook = _locked(webhook, actor, expected_version)
    if webhook.user_id != actor.pk:
        raise PermissionRefused()
    for name, value in values.items():
        setattr(webhook, name, sorted(set(value)) if name == "kinds" else value)
    _ask_sound(actor, webhook.name, webhook.url, webhook.kinds)
    return _saved(actor, "webhook.changed", webhook, now)


def _saved(actor: Any, action: str, webhook: Webhook, now: datetime.datetime) -> Webhook:
    webhook.version += 1
    webhook.save()
    _journalled(actor, action, webhook, now)
    return webhook


@transaction.atomic
def rotate_secret(
    *, actor: Any, webhook: Webhook, overlap: datetime.timedelta, now: datetime.datetime
) -> tuple[Webhook, str]:
    """Give a subscription another secret; for the overlap events are signed with both."""
    webhook = _locked(webhook, actor)
    if not datetime.timedelta(0) <= overlap <= MAX_OVERLAP:
        days = MAX_OVERLAP.days
        raise _bad("overlap", Text(f"并用期为 0 至 {days} 天", f"the overlap is 0 to {days} days"))
    webhook.previous_salt, webhook.previous_until = webhook.salt, now + overlap
    webhook.salt = _salt()
    _saved(actor, "webhook.rotated", webhook, now)
    return webhook, secret_of(webhook.salt)


@transaction.atomic
def set_state(*, actor: Any, webhook: Webhook, state: str, now: datetime.datetime) -> Webhook:
    """Suspend, resume or end. A resumed one goes on where it stood: nothing is left out.

    One that fell behind goes on from now: what it missed is not kept any more.
    """
    webhook = _locked(webhook, actor)
    if state == WebhookState.ACTIVE and webhook.state_reason == FELL_BEHIND:
        webhook.position = end_of_feed()
    webhook.state, webhook.state_reason = state, ""
    if state == WebhookState.ACTIVE:
        webhook.dead_in_a_row, webhook.queued_at, webhook.woken_at = 0, None, None
    return _saved(actor, f"webhook.{state}", webhook, now)


def redeliver(*, actor: Any, delivery: Delivery, now: datetime.datetime) -> Outcome:
    """Send a dead letter, or what had arrived, once more now, whatever waits in line.

    Raises StateConflict "delivery-waiting" for one that still has its turn.
    """
    with transaction.atomic():
        webhook = _locked(delivery.webhook, actor)
    if delivery.state == DeliveryState.WAITING:
        raise StateConflict(
            "delivery-waiting",
            Text(
                "这条推送还在排队，会自动送出。", "This delivery is still in line; it will be sent."
            ),
        )
    outcome = attempt(delivery, webhook, now=now, by_hand=True)
    with transaction.atomic():
        detail = {"event": delivery.event, "outcome": outcome.code}
        journal(actor=actor, action="webhook.redelivered", target=webhook, now=now, detail=detail)
    return outcome
