"""What the background worker does: long work on a ``Job``."""

from django.utils import timezone
from django_tasks import task

from core.models import Job, JournalEntry
from core.operations.jobs import advance, finish
from core.operations.journal import verify


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
