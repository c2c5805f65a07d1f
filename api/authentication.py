"""Who is calling: by token, or by the session of a signed-in page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.authentication import SessionAuthentication as DjangoSession
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.operations.tokens import authenticate_token


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer TOKEN``. A token never does more than its person may."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        word, _, raw = request.headers.get("Authorization", "").partition(" ")
        if word.lower() != "bearer":
            return None
        token = authenticate_token(
            raw.strip(), address=request.META.get("REMOTE_ADDR", ""), now=timezone.now()
        )
        if token is None:
            raise AuthenticationFailed("token", code="invalid-token")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SessionAuthentication(DjangoSession):
    """A signed-in page may call the interface too; writes need its CSRF token."""


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes tokens."""

    target_class = "api.authentication.TokenAuthentication"
    name = "bearerToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the schema describes the session of a signed-in page."""

    target_class = "api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
