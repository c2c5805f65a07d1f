"""A report as page or file, and what stands behind each of its figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from core.errors import DomainError
from core.permissions import may, requires
from core.text import Text
from reports.observations import Indicator
from reports.page import sections
from reports.registry import Computed, compute, get, lineage
from reports.rendering import render

CHARTS = {"mapview", "linechart", "pair"}
OURS = {"format", "figure"}  # of the page, not of the report


def asked_of(request: HttpRequest) -> dict[str, str]:
    """The report's parameters in the address."""
    return {name: value for name, value in request.GET.items() if name not in OURS}


@requires(get="report.view")
def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """The report, computed once, as a page or with ``?format=`` as a file."""
    today = timezone.localdate()
    kind = request.GET.get("format", "")
    try:
        computed = compute(code, asked_of(request), user=request.user, today=today)
    except DomainError as error:
        if kind or error.code != "invalid-parameters":
            raise
        report = get(code)
        form = report.form(asked_of(request), today=today)
        form.is_valid()
        context = {"report": report, "title": report.title, "form": form}
        return render_page(request, "reports/report.html", context, status=error.status)
    language = get_language() or ""
    if kind:
        file = render(computed, kind, language, now=timezone.now())
        response = HttpResponse(file.data, content_type=file.content_type)
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return response
    return render_page(request, "reports/report.html", page_context(computed, request, language))


def page_context(computed: Computed, request: HttpRequest, language: str) -> dict[str, Any]:
    """What the report's page shows."""
    query = urlencode(computed.asked)
    code = computed.report.code
    behind = reverse(f"reports:{code}-lineage")

    def link(figure: str) -> str:
        return f"{behind}?{urlencode({**computed.asked, 'figure': figure})}"

    content = computed.content
    found = sections(content, language, link if computed.report.lineage else lambda figure: "")
    return {
        "report": computed.report,
        "title": content.title,
        "form": computed.form,
        "content": content,
        "sections": found,
        "indicators": _distinct(computed.observations.indicators),
        "has_charts": any(each["kind"] in CHARTS for each in found),
        "query": query,
        "may_publish": may(request.user, "report.publish"),
    }


def _distinct(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Each meaning once, though several tables of a report show it."""
    found: dict[tuple[Text, Text], Indicator] = {}
    for each in indicators:
        words = [
            text.rpartition(mark)[2] for text, mark in ((each.name.zh, "："), (each.name.en, ": "))
        ]
        found.setdefault((each.definition, each.unit), replace(each, name=Text(*words)))
    return list(found.values())


@requires(get="report.view")
def lineage_page(request: HttpRequest, code: str) -> HttpResponse:
    """The facts or lines behind one figure."""
    computed = compute(code, asked_of(request), user=request.user, today=timezone.localdate())
    found = lineage(computed, request.GET.get("figure", ""), user=request.user)
    back = f"{reverse(f'reports:{code}')}?{urlencode(computed.asked)}"
    return render_page(
        request,
        "reports/lineage.html",
        {
            "report": computed.report,
            "title": found.title,
            "lineage": found,
            "content": computed.content,
            "back": back,
        },
    )
