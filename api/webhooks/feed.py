"""From the feed of changes to the events of a subscription."""

from dataclasses import dataclass
from typing import Any

from api import feed
from api.models import Webhook
from api.renderers import dumps
from core.change_kinds import all_kinds
from core.queries import changes
from core.text import Text


@dataclass(frozen=True, slots=True)
class Event:
    """What is sent: its number, the kind of record, and the JSON."""

    id: str
    kind: str
    body: str


def known_kinds() -> dict[str, Text]:
    """The kinds of record to which one can subscribe, in words: the resources of the feed."""
    return {key: each.title for key, each in all_kinds().items()}


def end_of_feed() -> str:
    """The position of who hears only what comes from now on."""
    return feed.cursor_of(changes.end())


def changes_after(webhook: Webhook, size: int) -> tuple[list[dict[str, Any]], str]:
    """The next ``size`` changes that a subscription wants, and its new position.

    Raises CursorGone where changes that it has not heard are not kept any more.
    """
    found, place, _more = changes.read_after(
        webhook.user,
        feed.place_of(webhook.position),
        size=size,
        resources=webhook.kinds,
        prefecture=webhook.prefecture.code if webhook.prefecture else "",
    )
    return [feed.shown(each) for each in found], feed.cursor_of(place)


def event_of(change: dict[str, Any]) -> Event:
    """A change as an event. Its number is the same for every subscription and every attempt."""
    number = f"change-{change['position']:012d}"
    body = {
        "id": number,
        "type": change["action"],
        "timestamp": change["at"],
        "data": change,
    }
    return Event(number, change["resource"], dumps(body).decode())
