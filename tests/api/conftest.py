"""Callers of the interface: people with tokens."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.operations.tokens import issue_token


class Caller:
    """A program with somebody's token. ``get("/returns/", state="draft")`` and so on."""

    def __init__(self, token: str, **headers: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}", **headers})
        self.token = token

    def get(self, path: str, **parameters: Any) -> Any:
        return self.client.get(f"/api/v1{path}", parameters)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._send("post", path, body, options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._send("patch", path, body, options)

    def _send(self, method: str, path: str, body: Any, options: dict[str, Any]) -> Any:
        options.setdefault("content_type", "application/json")
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", {} if body is None else body, **options)


@pytest.fixture
def caller() -> Callable[..., Caller]:
    """``caller(user)`` may write; ``caller(user, can_write=False)`` only reads."""

    def issued(user: Any, *, can_write: bool = True, **headers: str) -> Caller:
        now = timezone.now()
        _, raw = issue_token(
            actor=user,
            name="test",
            can_write=can_write,
            expires_at=now + datetime.timedelta(days=1),
            now=now,
        )
        return Caller(raw, **headers)

    return issued
