"""One attempt to deliver: no proxy, no redirect, bounded in time, nothing read of the answer."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from api.webhooks.addresses import AddressRefused, Target, resolved, target_of
from core.errors import DomainError

AGENT = "sme-financing-tracker/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt. ``code`` is ``ok`` or why not; ``status`` the answer's, if any."""

    code: str
    status: int | None = None
    address: str = ""
    milliseconds: int = 0

    @property
    def ok(self) -> bool:
        return self.code == "ok"


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, under the name that was asked for."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.default_port = 443 if target.scheme == "https" else 80
        self._pinned, self._secure = address, target.scheme == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection((self._pinned, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()  # as a socket of ours already, so that it can be cut


def send(url: str, body: bytes, headers: dict[str, str]) -> Outcome:
    """POST a body. Never raises for what a receiver or its name may do."""
    started, address = time.monotonic(), ""
    try:
        target = target_of(url)
        address = resolved(target)
        status = _posted(target, address, body, headers)
        code = _judged(status)
    except DomainError:
        status, code = None, "address-refused"
    except AddressRefused as error:
        status, code = None, str(error)
    except TimeoutError:
        status, code = None, "timeout"
    except ssl.SSLError:
        status, code = None, "tls"
    except (OSError, http.client.HTTPException):
        status, code = None, "connection"
    spent = int((time.monotonic() - started) * 1000)
    return Outcome(code, status, address, spent)


def _judged(status: int) -> str:
    if 200 <= status < 300:
        return "ok"
    if 300 <= status < 400:
        return "redirect"
    return "gone" if status == 410 else "status"


def _posted(target: Target, address: str, body: bytes, headers: dict[str, str]) -> int:
    seconds = settings.WEBHOOK_SECONDS
    connection = _Pinned(target, address, seconds)
    try:
        with _at_most(connection, seconds):
            connection.request(
                "POST",
                target.path,
                body=body,
                headers={"Content-Type": "application/json", "User-Agent": AGENT, **headers},
            )
            return connection.getresponse().status  # its body is nobody's business
    finally:
        connection.close()


@contextlib.contextmanager
def _at_most(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut the connection after ``seconds``, even of a receiver that sends a byte now and then."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():  # what was read is the beginning of an answer that was cut
        raise TimeoutError
