"""The acts on the reports of the plan, as their pages do them."""

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
from core.registers import Register
from plan.operations.consolidated_reports import approve_consolidated
from plan.operations.progress_reports import accept_report, return_report, submit_report
from plan.registers.consolidated_reports import CONSOLIDATED
from plan.registers.progress_reports import REPORTS


def _act_view(
    register: Register,
    name: str,
    summary: str,
    permission: str,
    operation: Callable[..., Any],
    *,
    notes: bool,
) -> Any:
    """The view of ``POST /<register>/{code}/<act>/``; answers with the report."""
    kinds: dict[str, type] = {"note": str} if notes else {}
    resource = resource_of(register)

    @acts.written(
        name=f"{register.key}_{name}",
        tag=register.key,
        summary=summary,
        request=acts.fields_schema((), **({"note": "string"} if notes else {})),
        parameters=(key_parameter(resource), acts.IF_MATCH, acts.KEY),
        responses={200: record_schema(resource)},
    )
    @idempotent
    def post(self: ApiView, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        report = None
        if "\0" not in key:
            report = register.visible(user=request.user).filter(code=key).first()
        if report is None:
            raise NotFound(register.one)
        require(request.user, permission, report)
        body = checked(body_of(request), kinds=kinds)
        operation(
            actor=request.user,
            report=report,
            expected_version=expected_version(request),
            now=timezone.now(),
            **({"note": body.get("note") or ""} if notes else {}),
        )
        row = found(resource, request, key)
        return answer(row, headers={"ETag": etag(row["version"])})

    members = {"permissions": {"POST": permission}, "post": post}
    return type(f"{register.model.__name__}{name.title()}", (ApiView,), members).as_view()


_REPORTED = (
    ("submit", "Submit 报送", "plan.report", submit_report, False),
    ("accept", "Accept 接受", "plan.review", accept_report, True),
    ("return", "Send back 退回", "plan.review", return_report, True),
)
ACTS = {
    (REPORTS.key, name): _act_view(REPORTS, name, words, permission, operation, notes=notes)
    for name, words, permission, operation, notes in _REPORTED
} | {
    (CONSOLIDATED.key, "approve"): _act_view(
        CONSOLIDATED, "approve", "Approve 批准", "plan.approve", approve_consolidated, notes=True
    )
}
