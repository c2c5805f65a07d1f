"""What the background worker does: long work on a ``Job``, and e-mails."""

import datetime

from django.utils import timezone
from django_tasks import task

from core.models import Job, JournalEntry, Notification
from core.operations.jobs import advance, finish
from core.operations.journal import verify
from core.operations.mailing import send_mail


@task()
def verify_journal(job_id: int) -> None:
    """Walk the whole journal: minutes with millions of entries, so not in a request."""
    job = Job.objects.get(pk=job_id)
    advance(job, 0, JournalEntry.objects.count())
    try:
        broken = verify(lambda done, total: advance(job, done, total))
    except Exception as error:
        finish(job, message=repr(error), failed=True, now=timezone.now())
        raise
    if broken is None:
        finish(
            job,
            message="日志链完整，未被改动。 The chain is whole; nothing was altered.",
            now=timezone.now(),
        )
    else:
        message = f"日志链在第 {broken} 条处断裂。 The chain is broken at entry {broken}."
        finish(job, message=message, failed=True, now=timezone.now())


PAUSES = (60, 300, 1800, 7200)  # seconds after each failed attempt; then the digest takes it


@task()
def mail_notifications(keys: list[int], attempt: int = 0) -> None:
    """Send each notification that is to be mailed at once; try again later what fails."""
    left = []
    rows = Notification.objects.filter(pk__in=keys, mailed_at=None).select_related("recipient")
    for each in rows:
        try:
            send_mail(each.recipient, [each], now=timezone.now())
        except OSError:  # smtplib's errors among them
            left.append(each.pk)
    if left and attempt < len(PAUSES):
        later = timezone.now() + datetime.timedelta(seconds=PAUSES[attempt])
        mail_notifications.using(run_after=later).enqueue(left, attempt + 1)
