"""Signatures of webhooks, after the open specification “Standard Webhooks”.

What is signed is ``id.timestamp.body``; the timestamp is in seconds since 1970. A receiver
refuses what is older or newer than five minutes by its own clock.
"""

import base64
import datetime
import hashlib
import hmac

from django.conf import settings

PREFIX = "whsec_"
TOLERANCE = datetime.timedelta(minutes=5)


def key_of(salt: str) -> bytes:
    """The secret key that belongs to a salt in this office."""
    seed = f"webhook:{salt}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), seed, hashlib.sha256).digest()


def secret_of(salt: str) -> str:
    """The secret as it is shown to the subscriber, once."""
    return PREFIX + base64.b64encode(key_of(salt)).decode()


def signature(salt: str, *, event: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 in Base64."""
    text = f"{event}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key_of(salt), text, hashlib.sha256).digest()).decode()


def headers(salts: list[str], *, event: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that prove an event; one signature for each secret that is still good."""
    signed = [signature(salt, event=event, timestamp=timestamp, body=body) for salt in salts]
    return {
        "webhook-id": event,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }
