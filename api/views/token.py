"""What a token may know about itself."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.declaration import said
from api.limits import token_of
from api.responses import answer
from core.errors import NotFound
from core.models import ApiToken
from core.operations.token_limits import Standing, bulk_of, bulk_rows_of, rate_of, standing_of
from core.scopes import all_scopes
from core.text import Text

_MOMENT = {"type": "string", "format": "date-time"}
_LIMIT = fields_schema(
    ("limit", "remaining", "reset", "seconds"),
    limit="integer",
    remaining={"type": "integer", "description": "Not yet taken, by all your connections."},
    reset={"type": "integer", "description": "Seconds until the window begins anew."},
    seconds={"type": "integer", "description": "Length of the window."},
)
_SCOPE = fields_schema(("name", "label"), name="string", label="string")
TOKEN = fields_schema(
    ("name", "prefix", "user", "role", "scopes", "networks", "created_at", "expires_at",
     "previous_until", "limits"),
    name="string", prefix="string", user="string", role="string",
    scopes={"type": "array", "items": _SCOPE},
    networks={"type": "array", "items": {"type": "string"}},
    created_at=_MOMENT, expires_at=_MOMENT,
    previous_until={"type": ["string", "null"], "format": "date-time",
                    "description": "Until when the text before the last rotation is taken."},
    limits=fields_schema(
        ("requests", "bulk_exports", "bulk_rows"),
        requests={"oneOf": [_LIMIT, {"type": "null"}]}, bulk_exports=_LIMIT, bulk_rows=_LIMIT,
    ),
)  # fmt: skip


class Token(ApiView):
    """The token that the request came with."""

    permissions: ClassVar = {"GET": "token.manage"}

    @extend_schema(
        operation_id="token_retrieve", tags=["token"], summary="This token 本令牌",
        responses={200: TOKEN},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        token = token_of(request)
        if token is None:
            raise NotFound(Text("令牌：此请求没有使用令牌", "token: this request came with none"))
        return answer(_shown(token))


def _shown(token: ApiToken) -> dict[str, Any]:
    words = all_scopes()
    return {
        "name": token.name,
        "prefix": token.prefix,
        "user": token.user.username,
        "role": token.user.role,
        "scopes": [
            {"name": each, "label": said(words[each]) if each in words else each}
            for each in token.scopes
        ],
        "networks": [each for each in token.networks.split(",") if each],
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "previous_until": token.previous_until,
        "limits": _limits(token),
    }


def _limits(token: ApiToken) -> dict[str, Any]:
    now = timezone.now()
    limits = {
        "requests": rate_of(token),
        "bulk_exports": bulk_of(token),
        "bulk_rows": bulk_rows_of(token),
    }
    return {
        name: None if each is None else _limit(standing_of(token.pk, each, now))
        for name, each in limits.items()
    }


def _limit(standing: Standing) -> dict[str, int]:
    return {
        "limit": standing.limit,
        "remaining": standing.remaining,
        "reset": standing.reset,
        "seconds": standing.seconds,
    }
