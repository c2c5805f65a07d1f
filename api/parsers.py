"""Reading JSON bodies: bounded, strict, with a clear answer for what is broken."""

from typing import Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, context: Any = None) -> Any:
        body = stream.read(settings.UPLOAD_MAX_BYTES + 1)
        if len(body) > settings.UPLOAD_MAX_BYTES:
            raise ParseError("too large", code="too-large")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(str(error), code="malformed-json") from error
