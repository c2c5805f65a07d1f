"""How much a token may ask for, counted for all processes together.

The database holds what a token has taken in the present window. A process takes a small share
at a time and spends it from memory: the sum of all shares never passes the limit, and a
request seldom costs a write. A share that a process does not spend is lost, so that with many
processes a token may be stopped a few requests early, never late.
"""

import datetime
import threading
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.models.tokens import ApiToken, TokenAllowance

MINUTE, DAY = 60, 86_400
SHARES = 50  # a process takes a fiftieth of a minute's limit at a time


@dataclass(frozen=True, slots=True)
class Limit:
    """``amount`` units in each window of ``seconds``; ``share`` units are taken at a time."""

    kind: str
    amount: int
    seconds: int
    share: int = 1

    def window(self, now: datetime.datetime) -> tuple[int, int]:
        """The window of ``now``, by the clock of the office, and the seconds left in it."""
        local = timezone.localtime(now)
        passed = local.toordinal() * DAY + local.hour * 3600 + local.minute * 60 + local.second
        return passed // self.seconds, self.seconds - passed % self.seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a token stands in a limit; ``reset`` is in seconds."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    seconds: int


@dataclass(slots=True)
class _Share:
    window: int
    left: int
    used: int  # of the whole limit, as last seen


def rate_of(token: ApiToken) -> Limit | None:
    """Requests a minute; None where the office sets no limit."""
    amount = _own(token.rate_per_minute, settings.API_RATE_PER_MINUTE)
    if not amount:
        return None
    return Limit("rate", amount, MINUTE, max(1, amount // SHARES))


def bulk_of(token: ApiToken) -> Limit:
    """Bulk exports a day."""
    return Limit("bulk", _own(token.bulk_per_day, settings.API_BULK_PER_DAY), DAY)


def bulk_rows_of(token: ApiToken) -> Limit:
    """Rows in bulk a day. The export that passes the limit is finished, the next refused."""
    return Limit("bulk-rows", _own(token.bulk_rows_per_day, settings.API_BULK_ROWS_PER_DAY), DAY)


def _own(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


class Shares:
    """The shares that one process holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[int, str], _Share] = {}

    def take(self, token: int, limit: Limit, now: datetime.datetime) -> Standing:
        """Spend one unit of a token's limit, if there is one left."""
        window, reset = limit.window(now)
        key = (token, limit.kind)
        with self._lock:
            share = self._held.get(key)
            if share is not None and share.window == window:
                if share.left:
                    share.left -= 1
                    return _standing(limit, share, reset, allowed=True)
                if share.used >= limit.amount:
                    return _standing(limit, share, reset, allowed=False)
        granted, used = _granted(token, limit, window)
        with self._lock:
            share = self._held.get(key)
            if share is None or share.window != window:
                share = self._held[key] = _Share(window, 0, 0)
            share.left += max(granted - 1, 0)
            share.used = max(share.used, used)
            return _standing(limit, share, reset, allowed=granted > 0)

    def forget(self) -> None:
        """Give up all shares, as a process that ends does."""
        with self._lock:
            self._held.clear()


SHARES_HELD = Shares()


def _standing(limit: Limit, share: _Share, reset: int, *, allowed: bool) -> Standing:
    remaining = max(limit.amount - share.used, 0) + share.left
    return Standing(allowed, limit.amount, remaining, reset, limit.seconds)


@transaction.atomic
def _granted(token: int, limit: Limit, window: int) -> tuple[int, int]:
    """Take a share from the database; return its size and how much is taken in all."""
    row = _row(token, limit, window)
    granted = max(min(limit.share, limit.amount - row.used), 0)
    if granted:
        row.used += granted
        row.save()
    return granted, row.used


def _row(token: int, limit: Limit, window: int) -> TokenAllowance:
    """The locked row of a limit, begun anew where its window is over."""
    row, _ = TokenAllowance.objects.select_for_update().get_or_create(
        token_id=token, kind=limit.kind, defaults={"window": window}
    )
    if row.window != window:
        row.window, row.used = window, 0
    return row


def standing_of(token: int, limit: Limit, now: datetime.datetime) -> Standing:
    """Where a token stands, without taking anything."""
    window, reset = limit.window(now)
    row = TokenAllowance.objects.filter(token_id=token, kind=limit.kind, window=window).first()
    remaining = max(limit.amount - (row.used if row else 0), 0)
    return Standing(remaining > 0, limit.amount, remaining, reset, limit.seconds)


@transaction.atomic
def charge(token: int, limit: Limit, amount: int, now: datetime.datetime) -> None:
    """Count what was taken already, even beyond the limit."""
    window, _reset = limit.window(now)
    row = _row(token, limit, window)
    if row.used == 0:
        row.save()
    TokenAllowance.objects.filter(pk=row.pk).update(used=F("used") + amount)
