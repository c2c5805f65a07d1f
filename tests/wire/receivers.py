"""Receivers on loopback: the one of ``examples/``, and ones that misbehave."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "webhook_receiver.py"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def example(port: int, secret: str, out: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Run the example receiver; what is given lists the events that it took."""
    process = subprocess.Popen(
        [sys.executable, str(EXAMPLE), "--port", str(port), "--out", str(out)],
        env={**os.environ, "WEBHOOK_SECRET": secret},
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield (
            lambda: (
                [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
            )
        )
    finally:
        process.terminate()
        process.wait(10)


def _await(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(port)


@contextlib.contextmanager
def answering(
    respond: Callable[[BaseHTTPRequestHandler], None],
) -> Iterator[tuple[int, list[tuple[str, dict[str, str], bytes]]]]:
    """A receiver whose answer is ``respond(handler)``: its port, and what it was sent."""
    heard: list[tuple[str, dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, dict(self.headers), body))
            respond(self)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1], heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer of a status and headers."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()

    return respond
