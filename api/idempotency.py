"""Idempotency-Key: the same POST sent twice is done once and answered twice."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from api.models import IdempotentAnswer
from core.errors import DomainError, StateConflict
from core.text import Text

KEPT_HEADERS = ("Content-Type", "Location", "ETag")
MAX_KEY = 100


def idempotent(method: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view's method. Without the header it is called as it is.

    The key is claimed before the work starts, so that a second request meanwhile is told to
    wait instead of working too. Failures of ours (5xx) release the key.
    """

    @functools.wraps(method)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return method(view, request, *args, **kwargs)
        if len(key) > MAX_KEY:
            raise DomainError(
                "bad-idempotency-key",
                Text("Idempotency-Key 过长。", f"Idempotency-Key is over {MAX_KEY} characters."),
            )
        digest = _digest(request)
        claimed = _claim(request, key, digest)
        if isinstance(claimed, HttpResponse):
            return claimed
        try:
            response = method(view, request, *args, **kwargs)
        except Exception as error:
            response = _handled(view, error, claimed)
        return _kept(claimed, response)

    return wrapped


def _handled(view: Any, error: Exception, claimed: IdempotentAnswer) -> HttpResponse:
    """The answer to a refusal; a fault of ours gives the key back before it is reported."""
    try:
        return view.handle_exception(error)
    except Exception:
        claimed.delete()
        raise


def _digest(request: Request) -> str:
    body = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        for name, file in sorted(request.FILES.items()):
            body.update(name.encode())
            for chunk in file.chunks():
                body.update(chunk)
            file.seek(0)
        for name, values in sorted(request.POST.lists()):
            body.update(f"{name}={values}".encode())
    else:
        read = request.data  # parsing leaves the bytes on the request
        body.update(getattr(request, "raw_body", None) or repr(read).encode())
    return body.hexdigest()


def _claim(request: Request, key: str, digest: str) -> IdempotentAnswer | HttpResponse:
    try:
        with transaction.atomic():
            return IdempotentAnswer.objects.create(
                user=request.user, key=key, request_digest=digest, created_at=timezone.now()
            )
    except IntegrityError:
        answer = IdempotentAnswer.objects.get(user=request.user, key=key)
    if answer.request_digest != digest:
        raise StateConflict(
            "idempotency-key-reused",
            Text(
                "同一个 Idempotency-Key 已用于另一个请求；请换一个。",
                "This Idempotency-Key was used for another request; choose another one.",
            ),
        )
    if not answer.status:
        raise StateConflict(
            "idempotency-in-progress",
            Text("同一请求正在处理，请稍后再试。", "The same request is being worked on; retry."),
        )
    headers = {**answer.headers, "Idempotent-Replay": "true"}
    return HttpResponse(answer.body, status=answer.status, headers=headers)


def _kept(answer: IdempotentAnswer, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 500:
        answer.delete()
        return response
    answer.status = response.status_code
    answer.body = response.content.decode()
    answer.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    answer.save()
    return response
