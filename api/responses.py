"""Answers of the interface."""

from typing import Any

from django.http import HttpResponse

from api.renderers import dumps


def answer(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """JSON by orjson, past the framework's renderers: a page of figures is mostly this."""
    return HttpResponse(
        dumps(data), status=status, content_type="application/json", headers=headers
    )
