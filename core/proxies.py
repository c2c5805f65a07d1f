"""The visitor's real address, where a trusted proxy stands before the application.

Lock-out, token networks and the journal go by ``REMOTE_ADDR``; behind a proxy that would be
the proxy itself. ``X-Forwarded-For`` is believed only as far as trusted proxies wrote it.
"""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def real_address(get_response: Handler) -> Handler:
    """Put the visitor's address in the place of a trusted proxy's."""
    trusted = [ipaddress.ip_network(each, strict=False) for each in settings.TRUSTED_PROXIES]

    def handle(request: HttpRequest) -> HttpResponse:
        if trusted:
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            chain = [each.strip() for each in forwarded if each.strip()]
            peer = request.META.get("REMOTE_ADDR", "")
            request.META["REMOTE_ADDR"] = visitor(peer, chain, trusted)
        return get_response(request)

    return handle


def visitor(peer: str, chain: Iterable[str], trusted: Iterable[Network]) -> str:
    """Return the first address, from the nearest outwards, that is no trusted proxy's."""
    networks = list(trusted)
    found = peer
    for address in reversed(list(chain)):
        if not _inside(found, networks):
            break
        found = address
    return found


def _inside(address: str, networks: list[Network]) -> bool:
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(place in network for network in networks)
