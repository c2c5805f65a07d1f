"""Callers of the interface: people with tokens. What they are refused must be documented."""

import re
from functools import cache
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve
from drf_spectacular.generators import SchemaGenerator

from api.contract.places import below, problems_of
from api.contract.promises import METHODS
from api.problems import MEDIA_TYPE


class Caller:
    """A program with somebody's token. ``get("/returns/", state="draft")`` and so on."""

    def __init__(self, token: str, **headers: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}", **headers})
        self.token = token

    def get(self, path: str, **parameters: Any) -> Any:
        return _documented("GET", self.client.get(f"/api/v1{path}", parameters))

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._send("post", path, body, options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._send("patch", path, body, options)

    def _send(self, method: str, path: str, body: Any, options: dict[str, Any]) -> Any:
        options.setdefault("content_type", "application/json")
        send = getattr(self.client, method)
        found = send(f"/api/v1{path}", {} if body is None else body, **options)
        return _documented(method.upper(), found)


def _documented(method: str, answer: Any) -> Any:
    """The answer, if its operation is documented to give such a problem."""
    if answer.get("Content-Type", "") != MEDIA_TYPE:
        return answer
    try:
        route = resolve(answer.wsgi_request.path_info).route
    except Resolver404:
        return answer  # no address of ours
    path = "/" + re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", route)
    told = answer.status_code, answer.json()["code"]
    known = _problems().get((method, below(path)))
    assert known is None or told in known, f"{method} {path} is not said to answer {told}"
    return answer


@cache
def _problems() -> dict[tuple[str, str], set[tuple[int, str]]]:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return {
        (method.upper(), below(path)): set(problems_of(method.upper(), below(path), operation))
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
