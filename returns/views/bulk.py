"""Filing for many institutions with one file."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.errors import DomainError, NotFound
from core.models.jobs import JobState
from core.permissions import requires
from core.tabular import stream_csv
from core.text import Text
from returns.filters import FORM_CHOICES
from returns.models import BulkSubmission
from returns.models.bulk import PartState
from returns.operations.bulk import submit_many, try_again
from returns.queries.bulk import COLUMNS, PART_STYLE, PART_WORDS, flat, parts_of, with_counts
from returns.tasks import file_many
from returns.views.common import language, tell

SHOWN = 50
PART_PAGE = 300


class BulkForm(forms.Form):
    """A file, with the form and the period of rows that do not name theirs."""

    file = forms.FileField(
        label=gettext_lazy("文件（CSV 或 NDJSON）"),
        help_text=gettext_lazy("CSV 每行有 institution 列；NDJSON 每行一家机构"),
    )
    form = forms.ChoiceField(label=gettext_lazy("报表"), required=False)
    period = forms.CharField(
        label=gettext_lazy("报告期"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("如 2012-06；文件里已写明的不填"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", _("文件里已写明")), *FORM_CHOICES]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            limit = settings.UPLOAD_MAX_BYTES // 2**20
            raise forms.ValidationError(_("文件超过 %(limit)s MB 的上限。") % {"limit": limit})
        return file


@requires(get="return.submit-many", post="return.submit-many")
def bulk(request: HttpRequest) -> HttpResponse:
    """Send a file; see the latest that were sent."""
    form = BulkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            submission, new = submit_many(
                actor=request.user,
                data=file.read(),
                filename=file.name,
                form=form.cleaned_data["form"],
                period=form.cleaned_data["period"].strip(),
                task=file_many,
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("file", error.message.in_language(language()))
        else:
            if not new:
                messages.info(request, _("这个文件以前已经提交过，下面是那一次的结果。"))
            return redirect("returns:bulk-submission", submission.pk)
    rows = with_counts(BulkSubmission.objects.visible_to(request.user))
    context = {
        "title": pgettext("list", "批量报送"),
        "form": form,
        "submissions": rows[:SHOWN],
    }
    status = 422 if form.errors else 200
    return render(request, "returns/bulk.html", context, status=status)


def _called(request: HttpRequest, pk: int) -> BulkSubmission:
    rows = with_counts(BulkSubmission.objects.visible_to(request.user))
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(Text("这次批量报送", "bulk submission"))
    return found


@requires(get="return.submit-many")
def bulk_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a submission is and what became of each institution; renews itself meanwhile."""
    submission = _called(request, pk)
    job = submission.job
    ended = job is None or job.state in (JobState.DONE, JobState.FAILED)
    wanted = request.GET.get("state", "")
    parts = parts_of(submission)
    if wanted in PartState.values:
        parts = parts.filter(state=wanted)
    context = {
        "title": submission.document.filename,
        "submission": submission,
        "job": job,
        "ended": ended,
        "done": submission.n_parts - submission.n_waiting,
        "left": submission.n_waiting + submission.n_refused,
        "counts": [
            (state, PART_WORDS[state].in_language(language()), getattr(submission, f"n_{state}"))
            for state in PartState
        ],
        "wanted": wanted,
        "parts": [
            (part, PART_WORDS[part.state].in_language(language()), PART_STYLE[part.state],
             part.message_en if language() == "en" else part.message_zh)
            for part in parts[:PART_PAGE]
        ],
        "shown": PART_PAGE,
    }  # fmt: skip
    response = render(request, "returns/bulk_submission.html", context)
    if not ended:
        response["Refresh"] = "3"
    return response


@requires(get="return.submit-many")
def bulk_result(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer for every institution with all findings, as CSV."""
    submission = _called(request, pk)
    lines = stream_csv(COLUMNS, flat(submission, language()), language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bulk-{pk}.csv"'
    return response


@requires(post="return.submit-many")
def bulk_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again what was not taken."""
    submission = _called(request, pk)
    try:
        try_again(actor=request.user, submission=submission, task=file_many, now=timezone.now())
    except DomainError as error:
        tell(request, error)
    return redirect(reverse("returns:bulk-submission", args=[pk]))
