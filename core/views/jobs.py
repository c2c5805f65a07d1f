"""How far one's long work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import NotFound
from core.models import Job
from core.models.jobs import JobState
from core.permissions import requires
from core.text import Text


@requires(get="job.view")
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own job; the page renews itself until the job has ended."""
    job = Job.objects.filter(pk=pk, created_by=request.user).first()
    if job is None:
        raise NotFound(Text("这项后台工作", "job"))
    ended = job.state in (JobState.DONE, JobState.FAILED)
    context = {"title": job.title, "job": job, "ended": ended}
    response = render(request, "core/job.html", context)
    if not ended:
        response["Refresh"] = "2"
    return response
