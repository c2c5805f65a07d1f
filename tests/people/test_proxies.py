"""Behind a trusted proxy the visitor's own address counts; nobody else can pretend one."""

import ipaddress

import pytest

from core.models import JournalEntry
from core.proxies import visitor
from tests.factories import PASSWORD, UserFactory

TRUSTED = [ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("::1/128")]


@pytest.mark.parametrize(
    ("peer", "chain", "expected"),
    [
        ("192.0.2.7", ["1.1.1.1"], "192.0.2.7"),  # no proxy of ours: what it says is ignored
        ("10.0.0.2", ["192.0.2.7"], "192.0.2.7"),
        ("10.0.0.2", ["6.6.6.6", "192.0.2.7"], "192.0.2.7"),  # the visitor forged the first
        ("10.0.0.2", ["192.0.2.7", "10.0.0.9"], "192.0.2.7"),  # two proxies of ours
        ("::1", [], "::1"),
        ("10.0.0.2", ["nonsense"], "nonsense"),
    ],
)
def test_the_first_address_that_is_no_proxy(peer, chain, expected) -> None:
    assert visitor(peer, chain, TRUSTED) == expected


def test_the_journal_notes_the_visitors_address(db, client, settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    UserFactory(username="auditor", role="auditor")
    client.post(
        "/account/login/",
        {"login": "auditor", "password": PASSWORD},
        headers={"X-Forwarded-For": "192.0.2.7"},
    )
    entry = JournalEntry.objects.get(action="user.signed_in")
    assert entry.detail == {"address": "192.0.2.7"}
