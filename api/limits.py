"""What a token may ask for: scope, rate, quotas; and counting what it asked for."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.request import Request

from api.scopes import scopes_needed
from core.models import ApiToken
from core.operations.token_limits import (
    SHARES_HELD,
    Standing,
    bulk_of,
    bulk_rows_of,
    charge,
    rate_of,
    standing_of,
)
from core.operations.token_use import LEDGER
from core.scopes import only_reads


class TooOften(APIException):
    """A limit is reached; ``wait`` is in seconds."""

    status_code = 429
    default_code = "throttled"

    def __init__(self, standing: Standing, code: str = "throttled") -> None:
        super().__init__(code, code=code)
        self.default_code = code
        self.wait = standing.reset


def token_of(request: Request) -> ApiToken | None:
    """The token that this request came with; None for the session of a page."""
    return request.auth if isinstance(request.auth, ApiToken) else None


def ask_rate(request: Request) -> None:
    """Spend one request of the token's minute. Raises TooOften."""
    token = token_of(request)
    limit = rate_of(token) if token is not None else None
    if token is None or limit is None:
        return
    standing = SHARES_HELD.take(token.pk, limit, timezone.now())
    request._request.rate_standing = standing
    if not standing.allowed:
        raise TooOften(standing)


def ask_scope(request: Request) -> None:
    """Raise PermissionDenied unless the token's scopes reach this address."""
    token = token_of(request)
    if token is None:
        return
    needed = scopes_needed(*_address(request), request.method)
    missing = [each for each in needed if each not in token.scopes]
    if not missing:
        return
    if request.method not in ("GET", "HEAD", "OPTIONS") and only_reads(token.scopes):
        raise PermissionDenied("token", code="read-only-token")
    raise PermissionDenied(", ".join(missing), code="scope-missing")


def ask_bulk(request: Request) -> None:
    """Spend one bulk export of the token's day. Raises TooOften."""
    token = token_of(request)
    if token is None:
        return
    now = timezone.now()
    rows = standing_of(token.pk, bulk_rows_of(token), now)
    if not rows.allowed:
        raise TooOften(rows, "bulk-quota-spent")
    exports = SHARES_HELD.take(token.pk, bulk_of(token), now)
    if not exports.allowed:
        raise TooOften(exports, "bulk-quota-spent")
    request._request.is_bulk = True


def _address(request: Request) -> tuple[str, str]:
    """The first part of the address below ``/api/v1/``, and the route's name."""
    match = request._request.resolver_match
    parts = request.path.removeprefix("/api/v1/").split("/")
    return parts[0], (match.url_name or "") if match else ""


def counted(request: Request, response: HttpResponse) -> HttpResponse:
    """Count an answer for its token and say in its headers what is left."""
    token = token_of(request)
    if token is None:
        return response
    _tell(response, getattr(request._request, "rate_standing", None))
    place = {
        "token": token.pk,
        "address": request.META.get("REMOTE_ADDR", ""),
        "method": request.method,
        "resource": _address(request)[1],
    }
    refused = int(response.status_code >= 400)
    rows = getattr(response, "row_count", 0)
    if response.streaming and not isinstance(response, FileResponse):
        LEDGER.note(**place, now=timezone.now(), refused=refused)
        header = response.get("Content-Type", "").startswith("text/csv")
        response.streaming_content = _watched(response.streaming_content, request, place, header)
        return response
    size = int(response.get("Content-Length") or 0) if response.streaming else len(response.content)
    LEDGER.note(**place, now=timezone.now(), refused=refused, rows=rows, size=size)
    _charge_rows(request, rows)
    return response


def _watched(
    chunks: Iterable[bytes], request: Request, place: dict[str, Any], header: bool
) -> Iterator[bytes]:
    """Count the lines and bytes of a stream as far as it was taken."""
    rows, size = -int(header), 0
    try:
        for chunk in chunks:
            rows += chunk.count(b"\n")
            size += len(chunk)
            yield chunk
    finally:
        rows = max(rows, 0)
        LEDGER.note(**place, now=timezone.now(), requests=0, rows=rows, size=size)
        _charge_rows(request, rows)


def _charge_rows(request: Request, rows: int) -> None:
    token = token_of(request)
    if token is not None and rows and getattr(request._request, "is_bulk", False):
        charge(token.pk, bulk_rows_of(token), rows, timezone.now())


def _tell(response: HttpResponse, standing: Standing | None) -> None:
    if standing is None:
        return
    response["RateLimit-Policy"] = f"{standing.limit};w={standing.seconds}"
    response["RateLimit-Limit"] = str(standing.limit)
    response["RateLimit-Remaining"] = str(standing.remaining)
    response["RateLimit-Reset"] = str(standing.reset)
