"""Errors as RFC 9457 problem documents, in the language asked for."""

import math
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoDenied
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from rest_framework.exceptions import APIException

from api.renderers import dumps
from core.errors import DomainError, EditConflict
from core.text import Text

MEDIA_TYPE = "application/problem+json"


class TooLarge(APIException):
    """The body is over ``UPLOAD_MAX_BYTES``."""

    status_code = 413
    default_code = "too-large"
    default_detail = "too large"


# What the framework itself may refuse, in our words.
REFUSALS: dict[str, Text] = {
    "not_authenticated": Text(
        "请在 Authorization 头中提供令牌：Bearer <令牌>。",
        "Send a token: “Authorization: Bearer <token>”.",
    ),
    "invalid-token": Text(
        "令牌无效、已过期、已吊销，或不允许从此地址使用；请在“接口令牌”页重新签发。",
        "The token is unknown, expired, revoked or not for this address; issue another one.",
    ),
    "read-only-token": Text(
        "此令牌只读；请使用可写的令牌。", "This token only reads; use one that may write."
    ),
    "scope-missing": Text(
        "此令牌缺少权限范围：{detail}；请签发带有该范围的令牌。",
        "The token lacks the scope {detail}; issue one that has it.",
    ),
    "bulk-quota-spent": Text(
        "此令牌今日的批量导出额度已用完；请次日再试，或请管理员调高额度。",
        "This token's bulk exports of today are used up; go on tomorrow, or ask the "
        "administrator for more.",
    ),
    "permission_denied": Text(
        "您的角色或管辖范围不允许此操作。", "Your role or scope does not allow this."
    ),
    "method_not_allowed": Text("此地址不支持该方法。", "This method is not allowed here."),
    "not_found": Text("没有这个资源，或您无权查看。", "No such resource, or you may not see it."),
    "not_acceptable": Text("不支持所要求的格式。", "The asked media type is not offered."),
    "unsupported_media_type": Text(
        "不支持此内容类型；请用 application/json 或 multipart/form-data。",
        "This content type is not read; send application/json or multipart/form-data.",
    ),
    "malformed-json": Text("JSON 格式有误：{detail}", "The JSON is broken: {detail}"),
    "parse_error": Text("请求内容无法解析。", "The request body cannot be read."),
    "too-large": Text("请求内容超过大小上限。", "The request body is over the size limit."),
    "throttled": Text(
        "请求过于频繁；请在 Retry-After 所示秒数后再试。",
        "Too many requests; go on after the seconds in Retry-After.",
    ),
}


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view; None lets a real fault reach the log as a fault."""
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if isinstance(error, DomainError):
        fields = [{"field": name, "message": _said(text)} for name, text in error.fields.items()]
        return problem(
            _status(error, context.get("request")),
            error.code,
            _said(error.message),
            request=context.get("request"),
            errors=fields,
            extra=getattr(error, "extra", None),
        )
    if isinstance(error, Http404):
        return problem(404, "not-found", _said(REFUSALS["not_found"]))
    if isinstance(error, DjangoDenied):
        return problem(403, "permission-refused", _said(REFUSALS["permission_denied"]))
    if isinstance(error, SuspiciousOperation):
        return problem(400, "parse-error", _said(REFUSALS["parse_error"]))
    if isinstance(error, APIException):
        return _refused(error)
    return None


def _status(error: DomainError, request: Any) -> int:
    """A lost edit is 412 where the caller named its version by If-Match, 409 otherwise."""
    named = request is not None and "If-Match" in request.headers
    return 412 if named and isinstance(error, EditConflict) else error.status


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    request: Any = None,
    errors: list[dict[str, Any]] | None = None,
    extra: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Build a problem document."""
    body: dict[str, Any] = {
        "type": f"/api/v1/problems/#{code}",
        "title": code.replace("-", " "),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if request is not None:
        body["instance"] = request.path
    if errors:
        body["errors"] = errors
    body |= extra or {}
    return HttpResponse(dumps(body), status=status, content_type=MEDIA_TYPE, headers=headers)


def _refused(error: APIException) -> HttpResponse:
    found = error.get_codes()
    code = found if isinstance(found, str) and found in REFUSALS else error.default_code
    text = REFUSALS.get(code)
    detail = _said(text).replace("{detail}", str(error.detail)) if text else str(error.detail)
    headers = {"WWW-Authenticate": 'Bearer realm="api"'} if error.status_code == 401 else {}
    if error.status_code == 429 and getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(error.wait))
    names = {"permission_denied": "permission-refused"}
    return problem(
        error.status_code, names.get(code, code.replace("_", "-")), detail, headers=headers
    )


def _said(text: Text) -> str:
    return text.in_language(get_language() or "zh-hans")
