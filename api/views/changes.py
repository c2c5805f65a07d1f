"""What changed since a moment: the feed by which other systems keep up."""

import base64
import datetime
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.describe import MAX_PAGE_SIZE, PAGE_SIZE
from api.resources import is_number, page_size
from api.responses import answer
from core.errors import DomainError
from core.models import County, Institution, JournalEntry, RuleParameter
from core.permissions import scope_filter
from core.text import Text
from finance.models import VillageBank

# Journal entries of these things, and where each is read; the rest of the journal stays inside.
JOURNALLED = {
    "returns.return": ("returns", "{id}"),
    "core.fact": ("approvals", "{id}"),
    "core.period": ("periods", "{id}"),
    "returns.obligation": ("obligations", "{id}"),
    "reports.publishedreport": ("published-reports", "{number}"),
}
# Records whose every saving is kept as a row of history, and their key there.
RECORDED = {
    "institutions": (Institution, "code"),
    "village-banks": (VillageBank, "institution__code"),
    "counties": (County, "code"),
    "rules": (RuleParameter, "id"),
}
SIGNS = {"+": "created", "~": "changed", "-": "deleted"}
# History rows get their number before they are committed; a younger one may still be coming.
SETTLED = datetime.timedelta(seconds=5)

CHANGE = fields_schema(
    ("at", "action", "resource", "key", "url"),
    at={"type": "string", "format": "date-time"},
    action="string", resource="string", key="string", url="string",
)  # fmt: skip
FEED = fields_schema(
    ("results", "next", "more"),
    results={"type": "array", "items": CHANGE},
    next={"type": "string", "description": "Ask with this as `since` next time."},
    more={"type": "boolean", "description": "Whether more is waiting already."},
)


class Changes(ApiView):
    """A page of changes after a cursor, oldest first."""

    permissions: ClassVar = {"GET": "changes.view"}

    @extend_schema(
        operation_id="changes_list", tags=["changes"], summary="Changes 变更",
        parameters=[
            OpenApiParameter("since", str, description="`next` of the last page; all if unset."),
            OpenApiParameter(
                "page_size", int, description=f"1-{MAX_PAGE_SIZE}, {PAGE_SIZE} if unset."),
        ],
        responses={200: FEED},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request, "since", "page_size")
        size = page_size(request)
        places = _places(request.query_params.get("since", ""))
        found = _journalled(request, places, size + 1)
        before = timezone.now() - SETTLED
        for name in RECORDED:
            found += _recorded(request, name, places, size + 1, before)
        found.sort(key=lambda each: (each[0]["at"], each[1], each[2]))
        shown = found[:size]
        for _row, source, place in shown:
            places[source] = max(places[source], place)
        return answer(
            {
                "results": [row for row, _source, _place in shown],
                "next": _cursor(places),
                "more": len(found) > size,
            }
        )


Found = list[tuple[dict[str, Any], str, int]]


def _journalled(request: Request, places: dict[str, int], size: int) -> Found:
    entries = JournalEntry.objects.filter(
        scope_filter(request.user, "changes.view"),
        object_type__in=JOURNALLED,
        sequence__gt=places["journal"],
    ).order_by("sequence")[:size]
    found = []
    for entry in entries:
        resource, pattern = JOURNALLED[entry.object_type]
        number = entry.detail.get("number", entry.object_id)
        key = pattern.format(id=entry.object_id, number=number)
        found.append((_change(entry.at, entry.action, resource, key), "journal", entry.sequence))
    return found


def _recorded(
    request: Request, name: str, places: dict[str, int], size: int, before: datetime.datetime
) -> Found:
    model, key = RECORDED[name]
    rows = (
        model.history.filter(
            scope_filter(request.user, "changes.view"),
            history_id__gt=places[name],
            history_date__lt=before,
        )
        .order_by("history_id")
        .values_list("history_id", "history_date", "history_type", key)[:size]
    )
    action = name.rstrip("s").replace("countie", "county")
    return [
        (_change(at, f"{action}.{SIGNS[sign]}", name, str(code)), name, number)
        for number, at, sign, code in rows
    ]


def _change(at: datetime.datetime, action: str, resource: str, key: str) -> dict[str, Any]:
    return {
        "at": at,
        "action": action,
        "resource": resource,
        "key": key,
        "url": f"/api/v1/{resource}/{key}/",
    }


def _cursor(places: dict[str, int]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(places)).decode().rstrip("=")


def _places(cursor: str) -> dict[str, int]:
    """Where a reader stands in each source. Raises DomainError "bad-cursor"."""
    places = dict.fromkeys(("journal", *RECORDED), 0)
    if not cursor:
        return places
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        known = {name: int(found[name]) for name in places}
        if not all(is_number(str(place)) for place in known.values()):
            raise ValueError(cursor)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise DomainError(
            "bad-cursor",
            Text("since 的值无效；请用上一页的 next。", "Bad “since”; use “next” of a page."),
        ) from error
    return known
