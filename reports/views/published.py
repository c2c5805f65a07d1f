"""Publishing a report, the list of what was published, and each publication's record."""

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.errors import NotFound
from core.permissions import requires
from core.text import Text
from reports.models import PublishedReport
from reports.operations.publishing import publish
from reports.page import sections
from reports.queries.comparison import compared_with_today, recomputed
from reports.queries.publications import visible_publications
from reports.registry import REPORTS, compute
from reports.views.report import asked_of

PAGE_SIZE = 50


class PublishForm(forms.Form):
    """What the publisher adds."""

    note = forms.CharField(
        label=_("发布说明"), max_length=300, required=False, widget=forms.Textarea
    )


@requires(get="report.publish", post="report.publish")
def publish_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would be published; on POST keep it for good."""
    asked = asked_of(request)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        published = publish(
            code=code,
            asked=asked,
            actor=request.user,
            now=timezone.now(),
            note=form.cleaned_data["note"],
        )
        return redirect("reports:publication", published.number)
    computed = compute(code, asked, user=request.user, today=timezone.localdate())
    found = sections(computed.content, get_language() or "", lambda figure: "")
    context = {
        "title": _("发布报告"),
        "report": computed.report,
        "computed": computed,
        "form": form,
        "sections": [each for each in found if each["kind"] in ("keyfigures", "paragraph")],
        "back": f"{reverse(f'reports:{code}')}?{request.GET.urlencode()}",
    }
    return render(request, "reports/publish.html", context)


@requires(get="report.view")
def published_list(request: HttpRequest) -> HttpResponse:
    """What was published, newest first."""
    rows = visible_publications(user=request.user).select_related("published_by").defer("figures")
    rows = rows.order_by("-published_at", "-pk")
    wanted = request.GET.get("report", "")
    if wanted in REPORTS:
        rows = rows.filter(report=wanted)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("已发布报告"),
        "page": page,
        "reports": REPORTS.values(),
        "wanted": wanted,
    }
    return render(request, "reports/published.html", context)


@requires(get="report.view")
def publication(request: HttpRequest, number: str) -> HttpResponse:
    """One publication: its figures, its fingerprint, recomputed and compared with today."""
    published = _get(request, number)
    again, today = recomputed(published), compared_with_today(published)
    context = {
        "title": published.title,
        "published": published,
        "report": REPORTS[published.report],
        "again": again,
        "honest": again.sha256 == published.figures_sha256,
        "today": today,
    }
    return render(request, "reports/publication.html", context)


@requires(get="report.view")
def publication_pdf(request: HttpRequest, number: str) -> FileResponse:
    """The PDF as published, byte for byte."""
    document = _get(request, number).pdf
    return FileResponse(
        iter([document.read()]),
        as_attachment=True,
        filename=f"{number}.pdf",
        content_type=document.content_type,
    )


@requires(get="report.view")
def publication_figures(request: HttpRequest, number: str) -> JsonResponse:
    """The figures as published, as JSON with their fingerprint."""
    published = _get(request, number)
    return JsonResponse(
        {
            "number": published.number,
            "report": published.report,
            "as_of": published.as_of,
            "known_at": published.known_at,
            "parameters": published.parameters,
            "figures_sha256": published.figures_sha256,
            "figures": published.figures,
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _get(request: HttpRequest, number: str) -> PublishedReport:
    found = (
        visible_publications(user=request.user)
        .filter(number=number)
        .select_related("pdf", "published_by")
        .first()
    )
    if found is None:
        raise NotFound(Text(f"已发布报告“{number}”", f"published report “{number}”"))
    return found
