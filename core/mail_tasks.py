"""What the background worker does for notifications: e-mails that go at once."""

import datetime

from django.utils import timezone
from django_tasks import task

from core.models import Notification
from core.operations.mailing import send_mail

PAUSES = (60, 300, 1800, 7200)  # seconds after each failed attempt; then the digest takes it


@task()
def mail_notifications(keys: list[int], attempt: int = 0) -> None:
    """Send each notification that is to be mailed at once; try again later what fails.

    Who has read it meanwhile, left, or has no address any more gets none.
    """
    left = []
    rows = Notification.objects.filter(
        pk__in=keys, mailed_at=None, read_at=None, recipient__is_active=True
    ).exclude(recipient__email="")
    for each in rows.select_related("recipient"):
        try:
            send_mail(each.recipient, [each], now=timezone.now())
        except OSError:  # smtplib's errors among them
            left.append(each.pk)
    if left and attempt < len(PAUSES):
        later = timezone.now() + datetime.timedelta(seconds=PAUSES[attempt])
        mail_notifications.using(run_after=later).enqueue(left, attempt + 1)
