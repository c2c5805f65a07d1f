"""Tokens of any reach, and programs that use them."""

import datetime
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from core.models import ApiToken
from core.operations.tokens import issue_token
from tests.calling import Caller

DAY = datetime.timedelta(days=1)


@pytest.fixture
def program(administrator) -> Callable[..., tuple[ApiToken, Caller]]:
    """``program(user, "read:core", …)`` is a token of these scopes and a caller with it."""

    def issued(user: Any, *scopes: str, **more: Any) -> tuple[ApiToken, Caller]:
        now = timezone.now()
        token, raw = issue_token(
            actor=administrator,
            user=user,
            name="数据中心",
            scopes=scopes,
            expires_at=now + DAY,
            now=now,
            **more,
        )
        return token, Caller(raw, **{"Accept-Language": "en"})

    return issued


@pytest.fixture
def same_minute() -> None:
    """Let no minute end within a test of a minute's limit."""
    left = 60 - timezone.localtime().second
    if left <= 2:
        time.sleep(left)
