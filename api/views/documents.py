"""What is open to everybody: the schema, its readable page, and the list of problems."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found, server_error
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from api.contract import deprecations
from api.declaration import said
from api.problem_list import PROBLEMS
from api.problems import REFUSALS, problem
from core.permissions import PUBLIC, requires
from core.text import Text


class Schema(SpectacularAPIView):
    """OpenAPI 3.1."""

    permissions: ClassVar = {"GET": PUBLIC}


class Docs(SpectacularSwaggerSplitView):
    """The schema, readable; its script comes as a file, as our content policy asks."""

    permissions: ClassVar = {"GET": PUBLIC}
    template_name = "api/docs.html"
    url_name = "api:schema"


@requires(get=PUBLIC)
def problems(request: HttpRequest) -> HttpResponse:
    """Every code that an answer may carry, with status and meaning; then what ends."""
    rows = [
        {"code": code, "status": status, "meaning": said(text)} for code, status, text in PROBLEMS
    ]
    context = {
        "title": _("接口错误代码"),
        "rows": rows,
        "ending": deprecations.DEPRECATIONS,
    }
    return render(request, "api/problems.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 of an address that nothing matches: JSON under /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        return problem(404, "not-found", said(REFUSALS["not_found"]), request=request)
    return page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500: JSON under /api/, a page elsewhere. What happened is in the log, by request id."""
    if request.path.startswith("/api/"):
        text = Text(
            f"系统内部出错，已记录（编号 {getattr(request, 'id', '')}）。请稍后再试。",
            f"Something broke here and was noted (id {getattr(request, 'id', '')}). Try later.",
        )
        return problem(500, "internal-error", said(text), request=request)
    return server_error(request)
