"""The feed of changes as the interface tells it: cursors, and a change in JSON."""

import base64
import time
from collections.abc import Sequence
from typing import Any

import orjson

from core.change_kinds import all_kinds
from core.errors import DomainError
from core.models import Prefecture
from core.queries import changes
from core.queries.changes import CursorGone, Place
from core.text import Text

NOW = "now"  # as a cursor: only what comes from now on
MAX_WAIT = 30  # seconds
LOOK_EVERY = 0.2  # seconds, while somebody waits


def cursor_of(place: Place) -> str:
    """A place as text, to be taken as it is: its form may change."""
    text = f"{place.feed}.{place.position}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place | None:
    """Where a reader stands; None for the oldest that is kept.

    Raises DomainError "bad-cursor", and CursorGone for the cursors of earlier versions, which
    stood at a place in each history.
    """
    if not cursor:
        return None
    if cursor == NOW:
        return changes.end()
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        if text.startswith("{") and "journal" in orjson.loads(text):
            raise CursorGone()
        feed, dot, number = text.partition(".")
        if not dot or not number.isascii() or not number.isdigit() or len(number) > 18:
            raise ValueError(text)
    except ValueError as error:
        raise DomainError(
            "bad-cursor",
            Text("since 的值无效；请用上一页的 next。", "Bad “since”; use “next” of a page."),
        ) from error
    return Place(feed, int(number))


def shown(row: Sequence[Any]) -> dict[str, Any]:
    """A change as the interface tells it; ``row`` is what ``core.queries.changes`` reads."""
    position, at, action, resource, key, version, fields, prefecture = row
    return {
        "position": position,
        "at": at,
        "action": action,
        "resource": resource,
        "key": key,
        "version": version,
        "fields": fields.split(",") if fields else [],
        "prefecture": prefecture,
        "url": all_kinds()[resource].url(key) if resource in all_kinds() else None,
    }


def kinds_asked(text: str) -> list[str]:
    """Kinds by name, with commas. Raises DomainError "bad-filter"."""
    kinds = [each for each in text.split(",") if each]
    unknown = sorted(set(kinds) - set(all_kinds()))
    if unknown:
        names = ", ".join(unknown)
        raise DomainError(
            "bad-filter", Text(f"kind：没有这些种类：{names}。", f"kind: no such kinds: {names}.")
        )
    return kinds


def prefecture_asked(code: str) -> str:
    """A prefecture's code. Raises DomainError "bad-filter" for one that is not there."""
    if code and ("\0" in code or not Prefecture.objects.filter(code=code).exists()):
        raise DomainError(
            "bad-filter", Text("prefecture：没有这个地市。", "prefecture: there is no such one.")
        )
    return code


def seconds_asked(text: str) -> int:
    """How long to wait for a change. Raises DomainError "bad-filter"."""
    if not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) > MAX_WAIT:
        raise DomainError(
            "bad-filter",
            Text(
                f"wait 应为 0 至 {MAX_WAIT} 的整数（秒）。",
                f"wait must be a whole number of seconds from 0 to {MAX_WAIT}.",
            ),
        )
    return int(text)


def asked_flag(text: str) -> bool:
    """Whether 1 was asked for. Raises DomainError "bad-filter" for anything but 0 and 1."""
    if text not in ("0", "1"):
        raise DomainError("bad-filter", Text("records 应为 0 或 1。", "records must be 0 or 1."))
    return text == "1"


def wait_for(place: Place, seconds: float) -> bool:
    """Wait until the feed goes on after a place; whether it did. One small query each look."""
    ends = time.monotonic() + seconds
    while True:
        if changes.end() != place:
            return True
        left = ends - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(LOOK_EVERY, left))
