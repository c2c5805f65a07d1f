"""What of the interface ends: declared here, told by every answer, refused after its last day.

Headers after RFC 9745 (``Deprecation``), RFC 8594 (``Sunset``) and RFC 8288 (``Link``).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from core.errors import DomainError
from core.text import Text

POLICY = "/api/v1/problems/#deprecations"


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A route, or one parameter of it, that ends.

    ``route`` is the name of its address, ``method`` empty for all of them; ``instead`` the
    address that follows it, with ``{key}`` for the key; ``sunset`` the first day without it.
    """

    route: str
    since: datetime.date
    sunset: datetime.date
    instead: str
    method: str = ""
    parameter: str = ""


DEPRECATIONS: tuple[Deprecation, ...] = ()


class Retired(DomainError):
    """What was asked for has ended."""

    status = 410

    def __init__(self, each: Deprecation) -> None:
        what = each.parameter or each.route
        super().__init__(
            "retired",
            Text(
                f"“{what}”已于 {each.sunset} 停用；请改用 {each.instead}。",
                f"“{what}” ended on {each.sunset}; use {each.instead}.",
            ),
        )


def met(route: str, method: str, parameters: Any) -> list[Deprecation]:
    """The deprecations that a request meets."""
    return [
        each
        for each in DEPRECATIONS
        if each.route == route
        and each.method in ("", method)
        and (not each.parameter or each.parameter in parameters)
    ]


def refuse_retired(request: Any) -> None:
    """Raise Retired where a request asks for what has ended."""
    today = timezone.localdate()
    for each in _met_by(request):
        if each.sunset <= today:
            raise Retired(each)


def tell(request: Any, response: HttpResponse) -> None:
    """Say in an answer's headers what of the request ends, when, and what follows it."""
    found = _met_by(request)
    if not found:
        return
    first = min(found, key=lambda each: each.sunset)
    key = (request.resolver_match.kwargs or {}).get("key", "")
    links = [f'<{POLICY}>; rel="deprecation"; type="text/html"']
    links += [f'<{each.instead.replace("{key}", key)}>; rel="successor-version"' for each in found]
    response["Deprecation"] = f"@{_stamp(min(each.since for each in found))}"
    response["Sunset"] = http_date(_stamp(first.sunset))
    response["Link"] = ", ".join([*([response["Link"]] if "Link" in response else []), *links])


def mark(result: dict[str, Any], names: dict[str, str]) -> None:
    """Mark in the schema what is deprecated; ``names`` are routes by their address."""
    for path, item in result["paths"].items():
        for method, operation in item.items():
            for each in met(names.get(path, ""), method.upper(), _Any()):
                if not each.parameter:
                    operation["deprecated"] = True
                for parameter in operation.get("parameters", ()):
                    if parameter["name"] == each.parameter:
                        parameter["deprecated"] = True


class _Any:
    """Has every parameter."""

    def __contains__(self, name: object) -> bool:
        return True


def _met_by(request: Any) -> list[Deprecation]:
    match = request.resolver_match
    return met(match.url_name, request.method, request.GET) if match else []


def _stamp(day: datetime.date) -> int:
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())
