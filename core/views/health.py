"""Whether the house stands: for load balancers and monitoring."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

from core.permissions import PUBLIC, requires


@requires(get=PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@requires(get=PUBLIC)
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


@requires(get="metrics.view")
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of the process, for Prometheus."""
    return ExportToDjangoView(request)
