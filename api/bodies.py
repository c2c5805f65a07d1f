"""Reading what a request's body says: known names, right types, nothing else."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from core.errors import DomainError
from core.text import Text

KINDS = {
    str: Text("文本", "text"),
    int: Text("整数", "a whole number"),
    bool: Text("true 或 false", "true or false"),
    list: Text("列表", "a list"),
    dict: Text("对象", "an object"),
}
_UNKNOWN = Text("不认识的字段", "unknown field")


def invalid_body(fields: Mapping[str, Text]) -> DomainError:
    """The refusal of a body, field by field."""
    return DomainError(
        "invalid-body",
        Text("请求内容有误，请按提示修改。", "The body is not right; mend it as told."),
        fields=fields,
    )


def body_of(request: Request) -> dict[str, Any]:
    """The body as an object. Raises DomainError "invalid-body" for anything else."""
    body = request.data
    if not isinstance(body, Mapping):
        text = Text("请求内容应为 JSON 对象。", "The body must be a JSON object.")
        raise DomainError("invalid-body", text)
    return dict(body.items())


def read_body(request: Request, *, required: tuple[str, ...] = (), **kinds: type) -> dict[str, Any]:
    """The body's values by name: each of its kind, None where it was not sent."""
    body = body_of(request)
    return checked(body, required=required, kinds=kinds)


def checked(
    body: Mapping[str, Any], *, kinds: Mapping[str, type], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Values of ``body`` by name. Raises DomainError "invalid-body" with each field."""
    fields = dict.fromkeys(sorted(set(map(str, body)) - set(kinds)), _UNKNOWN)
    for name, kind in kinds.items():
        value = body.get(name)
        if value is None:
            if name in required:
                fields[name] = Text("必填", "required")
        elif type(value) is not kind or "\0" in str(value):
            wanted = KINDS[kind]
            fields[name] = Text(f"应为{wanted.zh}", f"must be {wanted.en}")
    if fields:
        raise invalid_body(fields)
    return {name: body.get(name) for name in kinds}
