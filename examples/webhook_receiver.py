"""A receiver of webhooks that trusts nothing it cannot prove. Standard library only.

    WEBHOOK_SECRET=whsec_… python examples/webhook_receiver.py --port 8199 --out events.ndjson

Every event is answered 204 once it is safely in the file; what is forged, altered, too old or
from the future is answered 400. An event that comes again, as it may after a lost answer, is
answered 204 and not written twice. Stand it behind a proxy that speaks TLS.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

TOLERANCE = 300  # seconds
MAX_BYTES = 65_536


class Forged(Exception):
    """The event cannot be proved to come from the tracker, now."""


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> str:
    """Return the event's number. Raises Forged.

    During a rotation there is a signature by each secret; one that fits is enough.
    """
    event = headers.get("webhook-id", "")
    stamp = headers.get("webhook-timestamp", "")
    if not event or not stamp.isdigit() or abs(now - int(stamp)) > TOLERANCE:
        raise Forged("no number, or not of the last five minutes")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{event}.{stamp}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(signed).decode()
    offered = headers.get("webhook-signature", "").split()
    if not any(hmac.compare_digest(each.encode(), wanted.encode()) for each in offered):
        raise Forged("no signature fits")
    return event


class Receiver(BaseHTTPRequestHandler):
    """Takes events into a file, a line each."""

    secret = ""
    out = Path("events.ndjson")
    seen: set[str] = set()
    timeout = 30

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BYTES:
            self._answer(413)
            return
        body = self.rfile.read(int(length))
        try:
            event = verify(self.secret, self.headers, body, time.time())
        except Forged:
            self._answer(400)
            return
        if event not in self.seen:
            with self.out.open("ab") as file:
                file.write(body.rstrip(b"\n") + b"\n")
                file.flush()
                os.fsync(file.fileno())
            self.seen.add(event)
        self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--out", type=Path, default=Path("events.ndjson"))
    options = parser.parse_args()
    Receiver.secret = os.environ.get("WEBHOOK_SECRET", "")
    if not Receiver.secret:
        sys.exit("Put the secret of the subscription into WEBHOOK_SECRET.")
    Receiver.out = options.out
    if options.out.exists():
        Receiver.seen = {json.loads(line)["id"] for line in options.out.open("rb")}
    HTTPServer(("127.0.0.1", options.port), Receiver).serve_forever()


if __name__ == "__main__":
    main()
