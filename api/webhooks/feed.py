"""From the feed of changes to the events of a subscription."""

import datetime
from dataclasses import dataclass

from api import feed
from api.models import Webhook
from api.renderers import dumps
from core.text import Text

SETTLED = feed.SETTLED + datetime.timedelta(
    seconds=1
)  # when a change can be read after it was made


@dataclass(frozen=True, slots=True)
class Event:
    """What is sent: its number, the kind of record, and the JSON."""

    id: str
    kind: str
    body: str


def known_kinds() -> dict[str, Text]:
    """The kinds of record to which one can subscribe, in words: the resources of the feed."""
    return feed.resources()


def end_of_feed() -> str:
    """The position of who hears only what comes from now on."""
    return feed.cursor_of(feed.end_of_feed())


def changes_after(webhook: Webhook, size: int) -> tuple[list[feed.Change], str]:
    """The changes that a subscription wants among the next ``size``, and its new position."""
    places = feed.places_of(webhook.position)
    found, _more = feed.read_after(webhook.user, places, size)
    if webhook.kinds:
        found = [each for each in found if each.resource in webhook.kinds]
    if webhook.prefecture is not None:
        where = feed.prefectures_of(found)
        wanted = webhook.prefecture.code
        found = [each for each in found if where.get((each.resource, each.key)) == wanted]
    return found, feed.cursor_of(places)


def event_of(change: feed.Change) -> Event:
    """A change as an event. Its number is the same for every subscription and every attempt."""
    number = f"{change.source}-{change.number}"
    body = {
        "id": number,
        "type": change.action,
        "timestamp": change.at,
        "data": change.shown(),
    }
    return Event(number, change.resource, dumps(body).decode())
