"""Middleware: request ids, language, errors and the permission of every page."""

import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation

from core.errors import DomainError, PermissionRefused
from core.permissions import PUBLIC, ROUTES, scope_of

Handler = Callable[[HttpRequest], HttpResponse]
LIBRARY_METHODS = ("GET", "HEAD", "OPTIONS", "POST")  # what pages of libraries answer to


def request_id(get_response: Handler) -> Handler:
    """Give every request an id, in its logs and in its answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return handle


class ChineseFirstLocaleMiddleware(LocaleMiddleware):
    """Pages speak Chinese unless somebody chose English; the API follows Accept-Language."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith("/api/"):
            language = translation.get_language_from_request(request)
        else:
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        known = {code for code, _ in settings.LANGUAGES}
        translation.activate(language if language in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class PermissionMiddleware:
    """Refuse every page that does not declare a permission that the visitor holds."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if hasattr(view, "cls"):  # API views decide with the same table, after reading the token
            return None
        action = declared_action(view, request)
        if action == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if action is None or scope_of(request.user, action) is None:
            return refusal(request, PermissionRefused())
        return None


def declared_action(view: Callable, request: HttpRequest) -> str | None:
    """Return the action that this page needs for this method, or None if undeclared."""
    declared = getattr(view, "permissions", None)
    if declared is not None:
        return declared.get(request.method)
    match = request.resolver_match
    if match is None or request.method not in LIBRARY_METHODS:
        return None
    return ROUTES.get(match.view_name)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the answer to ``error``: a page, or a problem document of the API."""
    if request.path.startswith("/api/"):
        body = {"code": error.code, "detail": str(error), "status": error.status}
        return JsonResponse(body, status=error.status, content_type="application/problem+json")
    return render(request, "errors/refusal.html", {"error": error}, status=error.status)


def domain_errors(get_response: Handler) -> Handler:
    """Turn a DomainError that a page let through into a plain, helpful answer."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if not isinstance(error, DomainError):
                return None
            return refusal(request, error)

    return Middleware()
