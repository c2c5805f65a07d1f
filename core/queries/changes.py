"""Reading the feed of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import DomainError
from core.models.changes import Change, ChangeHead
from core.permissions import scope_filter
from core.text import Text

COLUMNS = ("position", "at", "action", "resource", "key", "version", "fields", "prefecture__code")


class CursorGone(DomainError):
    """The changes after a place are not kept any more."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "cursor-gone",
            Text(
                "此位置之后的变更已不再保留（或来自旧版）；请重新取一份快照"
                "（POST /api/v1/snapshots/），再从其中的 cursor 继续。",
                "The changes after this place are not kept any more, or it is of an earlier kind. "
                "Begin again: take a snapshot (POST /api/v1/snapshots/) and follow its cursor.",
            ),
        )
        self.extra = {"snapshots": "/api/v1/snapshots/"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader stands: everything up to ``position`` of ``feed`` was heard."""

    feed: str
    position: int


@dataclass(frozen=True, slots=True)
class Head:
    """The feed's name, its last position, and the last one that is not kept any more."""

    feed: str
    position: int
    pruned: int


def head() -> Head:
    """The end of the feed as it is committed now. One query."""
    row = ChangeHead.objects.filter(pk=1).values_list("feed", "position", "pruned").first()
    return Head(*row) if row else Head("", 0, 0)


def end() -> Place:
    """Where somebody stands who hears only what comes from now on."""
    now = head()
    return Place(now.feed, now.position)


def read_after(
    user: Any,
    place: Place | None,
    *,
    size: int,
    resources: Sequence[str] = (),
    prefecture: str = "",
) -> tuple[list[tuple[Any, ...]], Place, bool]:
    """Up to ``size`` changes after a place: rows of ``COLUMNS``, where to go on, whether more wait.

    Without a place, from the oldest that is kept. Raises CursorGone. Three queries: the end is
    read first, so all up to it is committed; what is gone is read last, so nothing that went
    meanwhile is missed unnoticed.
    """
    now = head()
    since = now.pruned if place is None else place.position
    if place is not None:
        _ask_kept(place, now)
    rows = Change.objects.filter(
        scope_filter(user, "changes.view"), position__gt=since, position__lte=now.position
    )
    if resources:
        rows = rows.filter(resource__in=resources)
    if prefecture:
        rows = rows.filter(prefecture__code=prefecture)
    found = list(rows.order_by("position").values_list(*COLUMNS)[: size + 1])
    _ask_kept(Place(now.feed, since), head())
    more = len(found) > size
    found = found[:size]
    return found, Place(now.feed, found[-1][0] if more else now.position), more


def _ask_kept(place: Place, now: Head) -> None:
    began = place.position == 0 and not place.feed  # before the feed had its first change
    same = place.feed == now.feed or began
    if not same or not now.pruned <= place.position <= now.position:
        raise CursorGone()
