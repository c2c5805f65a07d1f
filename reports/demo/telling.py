"""What people were told in the demonstration: the last days' notifications are unread."""

import datetime

from django.db.models import F
from django.utils import timezone

from core.models import Notification, User
from core.operations.notifications import count_unread
from core.operations.reminders import remind_of_expiries
from returns.operations.reminders import remind_of_returns

UNREAD = datetime.timedelta(days=14)


def tell(now: datetime.datetime) -> None:
    """Remind as of today, and have what is older than two weeks read."""
    today = timezone.localdate(now)
    remind_of_returns(today=today, now=now)
    remind_of_expiries(today=today, now=now)
    Notification.objects.filter(created_at__lt=now - UNREAD).update(read_at=F("created_at"))
    count_unread(list(User.objects.values_list("pk", flat=True)))
