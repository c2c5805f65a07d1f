"""What supervision has to look at today: limits broken or near, and what has lapsed."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.permissions import may
from core.queries.expiries import Running, running_out
from core.rules.limits import Standing
from reports.expiries.compute import NEAR, state_of
from reports.registry import compute
from reports.watch.compute import Watched

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Watch:
    """The head of the watch list; counts are whole."""

    broken: int
    near: int
    first: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class Alerts:
    """``watch`` is None for those who may not see single institutions' figures."""

    watch: Watch | None
    lapsed: int
    soon: int
    running: tuple[Running, ...]


def watch_of(*, user: Any, today: datetime.date) -> Watch | None:
    """The watch list of ``user``'s scope, in a constant number of queries."""
    if not may(user, "watch.view"):
        return None
    found = compute("watch-list", {}, user=user, today=today).result
    return Watch(
        broken=found.counts[Standing.BROKEN.value],
        near=found.counts[Standing.NEAR.value],
        first=found.watched[:SHOWN],
    )


def alerts(*, user: Any, today: datetime.date) -> Alerts:
    """What a leader sees in short: the head of the watch list, what lapsed and what will."""
    own = user.prefecture.code if user.prefecture_id else ""
    running = running_out(as_of=today, within=NEAR, prefecture=own)
    counts = Counter(state_of(each) for each in running)
    return Alerts(
        watch=watch_of(user=user, today=today),
        lapsed=counts["lapsed"],
        soon=counts["near"],
        running=tuple(latest_first(running)[:SHOWN]),
    )


def latest_first(running: Sequence[Running]) -> list[Running]:
    """What lapsed last, then what runs out soonest: what somebody can still do about."""
    lapsed = [each for each in running if each.lapsed]
    return [*lapsed[::-1], *running[len(lapsed) :]]
