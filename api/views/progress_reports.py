"""The acts on progress reports, as their pages do them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api import acts
from api.base import ApiView, only_parameters
from api.bodies import body_of, checked
from api.describe import key_parameter, record_schema
from api.etags import etag, expected_version
from api.idempotency import idempotent
from api.registers import resource_of
from api.resources import found
from api.responses import answer
from core.errors import NotFound
from core.permissions import require
from plan.operations.progress_reports import accept_report, return_report, submit_report
from plan.registers.progress_reports import REPORTS

RESOURCE = resource_of(REPORTS)


def _act_view(
    name: str, summary: str, permission: str, operation: Callable[..., Any], *, notes: bool
) -> Any:
    """The view of ``POST /progress-reports/{code}/<act>/``; answers with the report."""
    kinds: dict[str, type] = {"note": str} if notes else {}

    @acts.written(
        name=f"progress-reports_{name}",
        tag=REPORTS.key,
        summary=summary,
        request=acts.fields_schema((), **({"note": "string"} if notes else {})),
        parameters=(key_parameter(RESOURCE), acts.IF_MATCH, acts.KEY),
        responses={200: record_schema(RESOURCE)},
    )
    @idempotent
    def post(self: ApiView, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        report = None
        if "\0" not in key:
            report = REPORTS.visible(user=request.user).filter(code=key).first()
        if report is None:
            raise NotFound(REPORTS.one)
        require(request.user, permission, report)
        body = checked(body_of(request), kinds=kinds)
        operation(
            actor=request.user,
            report=report,
            expected_version=expected_version(request),
            now=timezone.now(),
            **({"note": body.get("note") or ""} if notes else {}),
        )
        row = found(RESOURCE, request, key)
        return answer(row, headers={"ETag": etag(row["version"])})

    members = {"permissions": {"POST": permission}, "post": post}
    return type(f"ProgressReport{name.title()}", (ApiView,), members).as_view()


ACTS = {
    "submit": _act_view("submit", "Submit 报送", "plan.report", submit_report, notes=False),
    "accept": _act_view("accept", "Accept 接受", "plan.review", accept_report, notes=True),
    "return": _act_view("return", "Send back 退回", "plan.review", return_report, notes=True),
}
