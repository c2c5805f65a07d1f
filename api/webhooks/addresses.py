"""Where webhooks may go: hosts on the office's list, at addresses that are not inside.

The name is judged when somebody subscribes; the addresses behind it at each attempt, and the
connection is made to the very address that was judged, so that a name cannot change meanwhile.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from core.errors import DomainError
from core.text import Text

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver's address, taken apart."""

    scheme: str
    host: str
    port: int
    path: str


class AddressRefused(Exception):
    """The name leads to an address to which nothing may be sent, or to none."""


def target_of(url: str) -> Target:
    """Take an address apart. Raises DomainError "bad-webhook" for one that is not allowed."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError as error:
        raise _bad(Text("网址写法有误", "is no web address")) from error
    if any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise _bad(Text("网址不能含空白或非 ASCII 字符", "must be plain ASCII without blanks"))
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.WEBHOOK_ALLOW_HTTP):
        raise _bad(Text("须以 https:// 开头", "must begin with https://"))
    if not host or parts.username is not None or parts.fragment:
        raise _bad(
            Text("网址须有主机名，不带用户名和 #", "needs a host, without user name and fragment")
        )
    if not _listed(host, port, settings.WEBHOOK_ALLOWED_HOSTS):
        raise _bad(
            Text(
                f"主机 {host}:{port} 不在允许推送的名单中；请联系系统管理员",
                f"{host}:{port} is not among the hosts that may be sent to; ask the administrator",
            )
        )
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def _bad(text: Text) -> DomainError:
    return DomainError(
        "bad-webhook",
        Text(f"推送地址不可用：{text.zh}。", f"The address cannot be used: it {text.en}."),
        fields={"url": text},
    )


def _listed(host: str, port: int, allowed: Iterable[str]) -> bool:
    """Whether a host is on the list: ``name``, ``name:port`` or ``*.suffix``."""
    for entry in allowed:
        name, colon, number = entry.strip().lower().rpartition(":")
        if not colon or not number.isdigit():
            name, number = entry.strip().lower(), ""
        if number and int(number) != port:
            continue
        if name == host or (name.startswith("*.") and host.endswith(name[1:])):
            return True
    return False


def permitted(address: Address, networks: Iterable[str]) -> bool:
    """Whether an address is out in the world, or in a network that the office names.

    Addresses that carry another one inside (mapped, 6to4, NAT64) are judged by both.
    """
    return all(_outside(each, networks) for each in (address, *_carried(address)))


def _carried(address: Address) -> list[Address]:
    if address.version == 4:
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    if address in _NAT64:
        found.append(ipaddress.ip_address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def _outside(address: Address, networks: Iterable[str]) -> bool:
    for each in networks:
        network = ipaddress.ip_network(each, strict=False)
        if address.version == network.version and address in network:
            return True
    if getattr(address, "ipv4_mapped", None):
        return True  # judged by the address it carries
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(target: Target) -> str:
    """The address to connect to. Raises AddressRefused unless all that the name has may be used.

    One forbidden address among several is enough: whoever controls the name could otherwise
    have us try until it is chosen.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("unknown-host") from error
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    networks = settings.WEBHOOK_PRIVATE_NETWORKS
    if not addresses or not all(permitted(each, networks) for each in addresses):
        raise AddressRefused("address-refused")
    return str(addresses[0])
