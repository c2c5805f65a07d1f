"""People with e-mail addresses, and a real SMTP server on loopback."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command

from core.models import User


class Mailbox:
    """Takes every e-mail; ``refusing`` makes it answer as a server in trouble does."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusing = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusing:
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.mails if each["To"] == address]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """The office's mail server: what was sent is in ``mailbox.mails``."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.SITE_URL = "https://tracker.example.com/"
    yield box
    controller.stop()


@pytest.fixture
def with_address() -> Callable[[User], User]:
    """``with_address(user)`` gives somebody an e-mail address."""

    def given(user: User) -> User:
        user.email = f"{user.username}@example.com"
        user.save()
        return user

    return given


@pytest.fixture
def worker() -> Callable[[], None]:
    """``worker()`` does what is queued, as the background worker does."""
    return lambda: call_command("db_worker", batch=True, verbosity=0)
