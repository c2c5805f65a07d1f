"""What changed since a moment: the feed by which other systems keep up."""

import threading
import time
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.describe import MAX_PAGE_SIZE, PAGE_SIZE
from api.feed import (
    MAX_WAIT,
    asked_flag,
    cursor_of,
    kinds_asked,
    place_of,
    prefecture_asked,
    seconds_asked,
    shown,
    wait_for,
)
from api.limits import ask_bulk
from api.renderers import dumps
from api.representing import representations
from api.resources import page_size
from api.responses import answer
from api.streams import CONTENT_TYPES
from core.change_kinds import all_kinds
from core.errors import DomainError
from core.queries.changes import Place, end, read_after
from core.text import Text

CHANGE = fields_schema(
    ("position", "at", "action", "resource", "key", "version", "fields", "prefecture", "url"),
    position={"type": "integer", "description": "Without gaps, in the order of the commits."},
    at={"type": "string", "format": "date-time"},
    action="string", resource="string", key="string",
    version={"type": ["integer", "null"]},
    fields={"type": "array", "items": {"type": "string"},
            "description": "The fields that became different, where that is known."},
    prefecture={"type": ["string", "null"]},
    url={"type": ["string", "null"], "description": "Where to read it as it is now."},
)  # fmt: skip
FEED = fields_schema(
    ("results", "next", "more"),
    results={"type": "array", "items": CHANGE},
    next={"type": "string", "description": "Ask with this as `since` next time."},
    more={"type": "boolean", "description": "Whether more is waiting already."},
)
# Who waits keeps a thread of the server; some must stay free for everybody else.
SEATS = threading.BoundedSemaphore(settings.CHANGES_WAITING)


class Changes(ApiView):
    """A page of changes after a cursor, oldest first."""

    permissions: ClassVar = {"GET": "changes.view"}

    @extend_schema(
        operation_id="changes_list", tags=["changes"], summary="Changes 变更",
        parameters=[
            OpenApiParameter(
                "since", str,
                description="`next` of the last page; `now` for what comes from now on; "
                "from the oldest that is kept if unset."),
            OpenApiParameter("kind", str, description="Resources, with commas; all if unset."),
            OpenApiParameter("prefecture", str, description="Only what belongs to it: its code."),
            OpenApiParameter(
                "wait", int,
                description=f"Seconds (to {MAX_WAIT}) to wait for a change if there is none."),
            OpenApiParameter(
                "page_size", int, description=f"1-{MAX_PAGE_SIZE}, {PAGE_SIZE} if unset."),
            OpenApiParameter(
                "records", int, enum=[0, 1],
                description="1: each with its `record` as `url` answers it now, null where that "
                "is not there; groups of rows have none and are read from their `url`."),
            OpenApiParameter(
                "format", str, enum=["json", "ndjson"],
                description="`ndjson`: all that there is now, a change a line."),
        ],
        responses={200: FEED},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        asked = request.query_params
        only_parameters(
            request, "since", "kind", "prefecture", "wait", "page_size", "format", "records"
        )
        size = page_size(request)
        place = place_of(asked.get("since", ""))
        chosen = {
            "resources": kinds_asked(asked.get("kind", "")),
            "prefecture": prefecture_asked(asked.get("prefecture", "")),
        }
        wait = seconds_asked(asked.get("wait", "0"))
        wanted = asked.get("format", "json")
        if wanted == "ndjson":
            ask_bulk(request)
            return _all(request.user, place, chosen)
        if wanted != "json":
            raise DomainError(
                "unknown-format",
                Text(
                    f"不支持的格式“{wanted}”；可用 json、ndjson。",
                    f"Unknown format “{wanted}”; use json or ndjson.",
                ),
            )
        found, reached, more = read_after(request.user, place, size=size, **chosen)
        if wait and not found and SEATS.acquire(blocking=False):
            try:
                found, reached, more = _waited(request.user, reached, wait, size, chosen)
            finally:
                SEATS.release()
        results = [shown(each) for each in found]
        if asked_flag(asked.get("records", "0")):
            _put_records(results, request.user)
        return answer({"results": results, "next": cursor_of(reached), "more": more})


def _put_records(results: list[dict[str, Any]], user: Any) -> None:
    """Put to each change its record as it is now. Some queries a kind, however many changes."""
    keys: dict[str, set[str]] = {}
    for each in results:
        keys.setdefault(each["resource"], set()).add(each["key"])
    today = timezone.localdate()
    for resource, wanted in keys.items():
        shape = representations().get(resource)
        if shape is None or all_kinds()[resource].group:
            continue
        records = shape.called(sorted(wanted), user, today)
        for each in results:
            if each["resource"] == resource:
                each["record"] = records.get(each["key"])


def _waited(user: Any, place: Place, seconds: int, size: int, chosen: dict[str, Any]) -> Any:
    """Read on as soon as there is something that was asked for, or the time is over."""
    ends = time.monotonic() + seconds
    found: list[Any] = []
    more = False
    while not found and wait_for(place, ends - time.monotonic()):
        found, place, more = read_after(user, place, size=size, **chosen)
    return found, place, more


def _all(user: Any, place: Place | None, chosen: dict[str, Any]) -> HttpResponse:
    """Every change up to now as NDJSON; the cursor to go on from is in a header."""
    until = end()

    def lines() -> Iterator[bytes]:
        here, more = place, True
        while more:
            found, here, more = read_after(user, here, size=MAX_PAGE_SIZE, **chosen)
            told = [each for each in found if each[0] <= until.position]
            yield b"".join(dumps(shown(each)) + b"\n" for each in told)
            more = more and len(told) == len(found)

    read_after(user, place, size=1)  # refuses a cursor before anything is sent
    response = StreamingHttpResponse(lines(), content_type=CONTENT_TYPES["ndjson"])
    response["Next-Cursor"] = cursor_of(until)
    return response
