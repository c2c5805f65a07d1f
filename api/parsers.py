"""Reading JSON bodies: bounded, strict, with a clear answer for what is broken."""

from typing import Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from api.problems import TooLarge


class BytesParser(BaseParser):
    """A file as the body, as it is; the schema names what it may be."""

    def parse(self, stream: Any, media_type: Any = None, context: Any = None) -> bytes:
        body = stream.read(settings.UPLOAD_MAX_BYTES + 1)
        if len(body) > settings.UPLOAD_MAX_BYTES:
            raise TooLarge()
        return body


class CSVParser(BytesParser):
    media_type = "text/csv"


class NDJSONParser(BytesParser):
    media_type = "application/x-ndjson"


class JSONParser(BaseParser):
    """JSON by orjson. The bytes stay on the request as ``raw_body``, for what keeps them."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, context: Any = None) -> Any:
        body = stream.read(settings.UPLOAD_MAX_BYTES + 1)
        if len(body) > settings.UPLOAD_MAX_BYTES:
            raise TooLarge()
        if context and context.get("request") is not None:
            context["request"].raw_body = body
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(str(error), code="malformed-json") from error
