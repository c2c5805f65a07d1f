"""What changed since a moment: the feed by which other systems keep up."""

from typing import ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.describe import MAX_PAGE_SIZE, PAGE_SIZE
from api.feed import cursor_of, places_of, read_after
from api.resources import page_size
from api.responses import answer

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
        places = places_of(request.query_params.get("since", ""))
        found, more = read_after(request.user, places, size)
        return answer(
            {
                "results": [each.shown() for each in found],
                "next": cursor_of(places),
                "more": more,
            }
        )
