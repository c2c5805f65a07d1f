"""JSON by orjson: decimals as strings, dates in ISO form."""

from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

from core.text import Text

OPTIONS = orjson.OPT_NON_STR_KEYS


def default(value: Any) -> Any:
    """What orjson does not know: Decimal, lazy text, Text in both languages, sets."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(type(value))


def dumps(data: Any) -> bytes:
    return orjson.dumps(data, default=default, option=OPTIONS)


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, context: Any = None) -> bytes:
        return b"" if data is None else dumps(data)


class ProblemRenderer(JSONRenderer):
    """RFC 9457 problem documents have a media type of their own."""

    media_type = "application/problem+json"
    format = "problem"
