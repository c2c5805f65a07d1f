"""Where webhooks may go, by tables: names, addresses behind names, and nothing else."""

import ipaddress
import socket
import threading

import pytest

from api.webhooks.addresses import AddressRefused, permitted, resolved, target_of
from api.webhooks.sending import send
from core.errors import DomainError
from tests.wire.receivers import answering, free_port, status


@pytest.fixture(autouse=True)
def _office(settings) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = ["hooks.example.gov", "*.data.example", "10.0.0.5:8443"]
    settings.WEBHOOK_PRIVATE_NETWORKS = []
    settings.WEBHOOK_ALLOW_HTTP = False
    settings.WEBHOOK_SECONDS = 5


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.gov/in",
        "https://HOOKS.example.gov./in?x=1",
        "https://a.b.data.example:444/",
        "https://10.0.0.5:8443/",
    ],
)
def test_what_is_on_the_list_may_be_named(url) -> None:
    assert target_of(url).scheme == "https"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.gov",
        "http://hooks.example.gov/",
        "ftp://hooks.example.gov/",
        "https://data.example/",
        "https://evil-data.example/",
        "https://hooks.example.gov.evil.example/",
        "https://user:word@hooks.example.gov/",
        "https://hooks.example.gov@evil.example/",
        "https://hooks.example.gov/#x",
        "https://hooks.example.gov/ x",
        "https://hooks.example.gov/\r\nHost: x",
        "https://hooks.example.gov:port/",
        "https://10.0.0.5/",
        "https://[::1]/",
        "https://127.0.0.1/",
    ],
)
def test_everything_else_is_refused(url) -> None:
    with pytest.raises(DomainError) as caught:
        target_of(url)
    assert (caught.value.code, list(caught.value.fields)) == ("bad-webhook", ["url"])


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
    ],
)
def test_addresses_inside_are_not_sent_to(address, expected) -> None:
    assert permitted(ipaddress.ip_address(address), []) is expected


def test_a_network_that_the_office_names_is_permitted() -> None:
    inside = ipaddress.ip_address("10.1.2.3")
    assert permitted(inside, ["10.1.0.0/16"])
    assert permitted(ipaddress.ip_address("::ffff:10.1.2.3"), ["10.1.0.0/16"])
    assert not permitted(ipaddress.ip_address("10.2.0.1"), ["10.1.0.0/16", "fd00::/8"])


def names(monkeypatch, *addresses: str) -> list[str]:
    """Let every name have these addresses, as a name server of others might say."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def looked_up(host, *rest, **more):
        if host[:1].isdigit():
            return real(host, *rest, **more)
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", (each, 0)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return asked


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], []])
def test_a_good_name_for_a_bad_address_is_refused(monkeypatch, addresses) -> None:
    names(monkeypatch, *addresses)
    with pytest.raises(AddressRefused, match="address-refused"):
        resolved(target_of("https://hooks.example.gov/"))


def test_the_connection_is_made_to_the_address_that_was_judged(settings, monkeypatch) -> None:
    """The name is looked up once: what it says a moment later changes nothing."""
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.1/32"]
    with answering(status(204)) as (port, heard):
        settings.WEBHOOK_ALLOWED_HOSTS = [f"hooks.example.gov:{port}"]
        asked = names(monkeypatch, "127.0.0.1")
        outcome = send(f"http://hooks.example.gov:{port}/in", b"{}", {})
    assert (outcome.code, outcome.address, asked) == ("ok", "127.0.0.1", ["hooks.example.gov"])
    assert heard[0][1]["Host"] == f"hooks.example.gov:{port}"


@pytest.fixture
def loopback(settings) -> None:
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [(200, "ok"), (204, "ok"), (410, "gone"), (404, "status"), (500, "status")],
)
def test_the_answer_decides(loopback, code, expected) -> None:
    with answering(status(code)) as (port, _heard):
        outcome = send(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (outcome.code, outcome.status) == (expected, code)


def test_a_redirect_is_not_followed(loopback) -> None:
    with (
        answering(status(204)) as (inner, trapped),
        answering(status(302, Location=f"http://127.0.0.1:{inner}/")) as (port, _heard),
    ):
        outcome = send(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (outcome.code, outcome.status, trapped) == ("redirect", 302, [])


def test_nobody_there(loopback) -> None:
    assert send(f"http://127.0.0.1:{free_port()}/", b"{}", {}).code == "connection"


def test_plain_text_where_tls_is_due(loopback) -> None:
    with answering(status(204)) as (port, heard):
        assert send(f"https://127.0.0.1:{port}/", b"{}", {}).code == "tls"
    assert not heard


def test_a_receiver_that_dawdles_is_cut_off(loopback, settings) -> None:
    settings.WEBHOOK_SECONDS = 0.4

    def drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(30):
            try:
                handler.wfile.write(b"X-More: 1\r\n")
                handler.wfile.flush()
            except OSError:
                return
            if stopped.wait(0.1):
                return

    stopped = threading.Event()
    with answering(drip) as (port, _heard):
        outcome = send(f"http://127.0.0.1:{port}/", b"{}", {})
        stopped.set()
    assert outcome.code == "timeout"
    assert outcome.milliseconds < 2000
