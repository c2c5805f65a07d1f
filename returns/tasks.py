"""What the background worker does for returns."""

from django.utils import timezone
from django_tasks import task

from core.models import Job
from core.operations.jobs import finish
from returns.models import BulkSubmission
from returns.operations.bulk import work_through


@task()
def file_many(job_id: int) -> None:
    """Work through a bulk submission: minutes with a thousand institutions."""
    job = Job.objects.select_related("created_by").get(pk=job_id)
    submission = BulkSubmission.objects.select_related("document").get(
        pk=job.parameters["submission"]
    )
    try:
        work_through(submission, actor=job.created_by, now=timezone.now(), job=job)
    except Exception as error:
        finish(job, message=repr(error), failed=True, now=timezone.now())
        raise
