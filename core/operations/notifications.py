"""Telling people in the interface at once, and by e-mail as each has chosen."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.mail_tasks import mail_notifications
from core.models import Notification, NotificationChoice, User
from core.models.notifications import DEFAULTS, Channel, NotificationKind
from core.queries.notifications import channels_of
from core.text import Text


@transaction.atomic
def notify(
    people: Iterable[User],
    kind: NotificationKind,
    text: Text,
    *,
    url: str,
    key: str,
    now: datetime.datetime,
) -> int:
    """Tell each of ``people`` once; return how many were told what they had not been told.

    ``key`` names the occasion, such as ``return:12:v5``: whoever has one of it is not told
    again. Belongs into the transaction of what happened. A fixed number of queries.
    """
    wanted = {each.pk: each for each in people if each.is_active}
    told = Notification.objects.filter(recipient__in=wanted, key=key)
    for person in told.values_list("recipient", flat=True):
        del wanted[person]
    channels = channels_of(wanted.values(), kind)
    rows = [
        Notification(
            recipient=person,
            kind=kind,
            zh=text.zh[:300],
            en=text.en[:300],
            url=url,
            key=key,
            channel=channels[pk] if person.email else Channel.PAGE,
            created_at=now,
        )
        for pk, person in wanted.items()
        if channels[pk] != Channel.NONE
    ]
    made = Notification.objects.bulk_create(rows)
    count_unread([each.recipient_id for each in made])
    at_once = [each.pk for each in made if each.channel == Channel.MAIL]
    if at_once and settings.EMAIL_HOST:
        mail_notifications.enqueue(at_once)
    return len(made)


def count_unread(people: Sequence[int]) -> None:
    """Have the number beside the bell agree with what is unread."""
    unread = (
        Notification.objects.filter(recipient=OuterRef("pk"), read_at=None)
        .order_by()
        .values("recipient")
        .annotate(number=Count("pk"))
        .values("number")
    )
    User.objects.filter(pk__in=people).update(unread=Coalesce(Subquery(unread), 0))


@transaction.atomic
def mark_read(*, actor: User, now: datetime.datetime, keys: Sequence[int] | None = None) -> int:
    """Mark one's own notifications as read: those of ``keys``, or all. Returns how many."""
    rows = Notification.objects.filter(recipient=actor, read_at=None)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    number = rows.update(read_at=now)
    count_unread([actor.pk])
    return number


@transaction.atomic
def choose_channels(*, actor: User, chosen: Mapping[str, str]) -> None:
    """Keep by which way each kind comes; what is as by default is not kept."""
    NotificationChoice.objects.filter(user=actor).delete()
    NotificationChoice.objects.bulk_create(
        NotificationChoice(user=actor, kind=kind, channel=channel)
        for kind, channel in chosen.items()
        if channel != DEFAULTS.get(NotificationKind(kind), Channel.DIGEST)
    )
