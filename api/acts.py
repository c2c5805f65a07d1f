"""How views that write describe themselves to the schema."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that you read."
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Send the same key again and the first answer is repeated.",
)


def fields_schema(required: tuple[str, ...] = (), **kinds: Any) -> dict[str, Any]:
    """An object with these properties; a value is a type's name or a schema."""
    properties = {
        name: {"type": kind} if isinstance(kind, str) else kind for name, kind in kinds.items()
    }
    found: dict[str, Any] = {
        "type": "object", "properties": properties, "additionalProperties": False
    }  # fmt: skip
    return found | ({"required": list(required)} if required else {})


def written(
    *,
    name: str,
    tag: str,
    summary: str,
    responses: Mapping[int, Any],
    request: Any = None,
    parameters: tuple[OpenApiParameter, ...] = (),
) -> Callable:
    """``extend_schema`` for a method that writes; ``request`` is a JSON schema or a mapping."""
    body = request
    if isinstance(request, dict) and "type" in request:
        body = {"application/json": request}
    return extend_schema(
        operation_id=name,
        tags=[tag],
        summary=summary,
        request=body,
        responses=dict(responses),
        parameters=list(parameters),
    )
