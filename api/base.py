"""What every view of the interface shares."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from api.contract.deprecations import refuse_retired, tell
from api.limits import ask_rate, ask_scope, counted
from api.problems import TooLarge
from core.filters import unknown_parameters

ENVELOPE = 2**20  # what multipart adds around a file of the largest size


class OwnFormats(BaseContentNegotiation):
    """``?format=`` is a parameter of ours, read by the views; answers are JSON otherwise."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        wanted = request.content_type.partition(";")[0].strip().lower()
        return next((each for each in parsers if each.media_type == wanted), None)

    def select_renderer(self, request: Request, renderers: Any, suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """A view that declares ``permissions`` and refuses bodies that are too large unread."""

    # What comes with a token spends of its rate first, needs its scope, and is counted.

    permissions: ClassVar[dict[str, str]] = {}
    content_negotiation_class = OwnFormats

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        ask_rate(request)
        super().initial(request, *args, **kwargs)
        ask_scope(request)
        refuse_retired(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.UPLOAD_MAX_BYTES + ENVELOPE:
            raise TooLarge()

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        answer = counted(request, super().finalize_response(request, response, *args, **kwargs))
        tell(request, answer)
        return answer


def only_parameters(request: Request, *known: str) -> None:
    """Refuse parameters of the address that mean nothing here."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise unknown_parameters(unknown, known)
