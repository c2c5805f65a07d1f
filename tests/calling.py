"""Callers of the interface: people with tokens."""

from typing import Any

from django.test import Client


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
