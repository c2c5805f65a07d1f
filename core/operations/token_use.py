"""Counting every use of a token without a write for every request.

Uses are summed in memory, by token, hour, address, method and resource, and written every
``TOKEN_USE_SECONDS`` and when the process ends. What a token read just before it was revoked
may thus reach the table after it was: then the journal gets it as an entry of its own, so
that what a leaked token read is complete there.
"""

import atexit
import datetime
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from core.models.tokens import ApiToken, TokenUse
from core.operations.journal import record as journal

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What uses are summed by."""

    token: int
    hour: datetime.datetime
    address: str
    method: str
    resource: str


@dataclass(slots=True)
class Sum:
    """Uses of one place, not written yet."""

    first_at: datetime.datetime
    last_at: datetime.datetime
    requests: int = 0
    refused: int = 0
    rows: int = 0
    size: int = 0


class Ledger:
    """The uses that one process has not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: dict[Place, Sum] = {}
        self._timer: threading.Timer | None = None

    def note(
        self,
        *,
        token: int,
        address: str,
        method: str,
        resource: str,
        now: datetime.datetime,
        requests: int = 1,
        refused: int = 0,
        rows: int = 0,
        size: int = 0,
    ) -> None:
        """Count a use; ``size`` is in bytes. It is written soon after."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        place = Place(token, hour, address[:45], method[:8], resource[:60])
        with self._lock:
            found = self._sums.setdefault(place, Sum(now, now))
            found.last_at = max(found.last_at, now)
            found.requests += requests
            found.refused += refused
            found.rows += rows
            found.size += size
            if self._timer is None and settings.TOKEN_USE_SECONDS:
                self._timer = threading.Timer(settings.TOKEN_USE_SECONDS, self._in_background)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted. What cannot be written now is kept for the next time."""
        sums = self._taken()
        if not sums:
            return
        try:
            with transaction.atomic():
                _write(sums)
        except Exception:
            self._back(sums)
            raise

    def discard(self) -> None:
        """Forget what was not written."""
        self._taken()

    def at_exit(self) -> None:
        """Write the last uses of a process that stops in good order."""
        if settings.TOKEN_USE_SECONDS:
            self._in_background()

    def _in_background(self) -> None:
        try:
            self.flush()
        except Exception:
            log.exception("token uses could not be written; they are kept")
        finally:
            connection.close()

    def _taken(self) -> dict[Place, Sum]:
        with self._lock:
            sums, self._sums, self._timer = self._sums, {}, None
        return sums

    def _back(self, sums: dict[Place, Sum]) -> None:
        with self._lock:
            for place, lost in sums.items():
                kept = self._sums.setdefault(place, Sum(lost.first_at, lost.last_at))
                kept.first_at = min(kept.first_at, lost.first_at)
                for name in ("requests", "refused", "rows", "size"):
                    setattr(kept, name, getattr(kept, name) + getattr(lost, name))


LEDGER = Ledger()
atexit.register(LEDGER.at_exit)


def _write(sums: dict[Place, Sum]) -> None:
    """Add sums to the table, in one order everywhere, so that writers never wait in a circle."""
    tokens = ApiToken.objects.in_bulk({place.token for place in sums})
    places = sorted(place for place in sums if place.token in tokens)
    for place in places:
        _add(place, sums[place])
    for key in sorted({place.token for place in places}):
        _touch(tokens[key], [place for place in places if place.token == key], sums)


def _add(place: Place, found: Sum) -> None:
    key = {
        "token_id": place.token,
        "hour": place.hour,
        "address": place.address,
        "method": place.method,
        "resource": place.resource,
    }
    amounts = {name: getattr(found, name) for name in ("requests", "refused", "rows", "size")}
    more = {name: F(name) + amount for name, amount in amounts.items()}
    more["last_at"] = Greatest("last_at", found.last_at)
    if TokenUse.objects.filter(**key).update(**more):
        return
    try:
        with transaction.atomic():
            TokenUse.objects.create(
                **key, **amounts, first_at=found.first_at, last_at=found.last_at
            )
    except IntegrityError:  # another process was first
        TokenUse.objects.filter(**key).update(**more)


def _touch(token: ApiToken, places: Iterable[Place], sums: dict[Place, Sum]) -> None:
    """Note the latest use on the token; what comes after its end goes to the journal."""
    latest = max(places, key=lambda place: sums[place].last_at)
    at = sums[latest].last_at
    if token.last_used_at is None or token.last_used_at < at:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at, last_used_from=latest.address)
    if token.revoked_at is not None:
        read = [summed(place, sums[place]) for place in places]
        detail = {"name": token.name, "prefix": token.prefix, "read": read}
        journal(actor=None, action="token.counted", target=token, now=at, detail=detail)


def summed(place: Place, found: Sum) -> dict[str, object]:
    """A sum as the journal keeps it."""
    return {
        "method": place.method,
        "resource": place.resource,
        "address": place.address,
        "requests": found.requests,
        "refused": found.refused,
        "rows": found.rows,
        "bytes": found.size,
        "first_at": found.first_at,
        "last_at": found.last_at,
    }
