"""The signature, by the example receiver's own hand: what is true passes, nothing else does."""

import importlib.util
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.webhooks.signing import headers, secret_of
from tests.wire.receivers import EXAMPLE

NOW = 1_341_478_800
spec = importlib.util.spec_from_file_location("webhook_receiver", EXAMPLE)
receiver = importlib.util.module_from_spec(spec)
spec.loader.exec_module(receiver)


def proof(*salts: str, body: bytes = b"{}", at: int = NOW, event: str = "journal-1"):
    return headers(list(salts), event=event, timestamp=at, body=body)


@given(st.dictionaries(st.text(), st.text()), st.integers(-300, 300))
@settings(max_examples=40)
def test_what_is_signed_is_proved(values, late) -> None:
    body = json.dumps(values).encode()
    sent = proof("salt", body=body)
    assert receiver.verify(secret_of("salt"), sent, body, NOW + late) == "journal-1"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sent: sent | {"webhook-id": "journal-2"},
        lambda sent: sent | {"webhook-timestamp": str(NOW - 1)},
        lambda sent: sent | {"webhook-signature": "v1,AAAA"},
        lambda sent: sent | {"webhook-signature": ""},
        lambda sent: {name: each for name, each in sent.items() if name != "webhook-id"},
        lambda sent: sent | {"webhook-timestamp": "now"},
        lambda sent: proof("other"),
        lambda sent: proof("salt", body=b'{"x": 1}'),
        lambda sent: proof("salt", at=NOW - 301),
        lambda sent: proof("salt", at=NOW + 301),
    ],
)
def test_what_is_forged_or_replayed_is_refused(spoil) -> None:
    with pytest.raises(receiver.Forged):
        receiver.verify(secret_of("salt"), spoil(proof("salt")), b"{}", NOW)


def test_during_a_rotation_either_secret_proves_it() -> None:
    sent = proof("new", "old")
    for salt in ("new", "old"):
        assert receiver.verify(secret_of(salt), sent, b"{}", NOW) == "journal-1"


def test_the_secret_is_not_in_the_database_alone(settings) -> None:
    before = secret_of("salt")
    settings.SECRET_KEY = "another office"
    assert secret_of("salt") != before
