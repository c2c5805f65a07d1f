"""Stretches written anew from events and changes; what was known before is kept."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from listings.models import Enterprise, EnterpriseChange, StageEvent, StageSpan
from listings.rules.timeline import Attributes, Change, Happening, Span, spans_of

CHUNK = 1000
CONTENT = (
    "stage_id",
    "own_stage_id",
    "state",
    "prefecture_id",
    "county_id",
    "industry",
    "board",
    "starts_on",
    "ends_on",
    "entered_on",
    "left_on",
    "came_from_id",
    "went_to_id",
    "days",
    "leaving",
    "first",
    "last",
)


def rebuild_spans(enterprises: Iterable[int], *, now: datetime.datetime) -> int:
    """Write the stretches of these enterprises anew; return how many were written.

    A stretch that no longer holds is kept with ``known_to``. Five queries a thousand.
    """
    written = 0
    for keys in _chunks(sorted(set(enterprises))):
        with transaction.atomic():
            written += _rebuild(keys, now)
    return written


def _rebuild(keys: Sequence[int], now: datetime.datetime) -> int:
    wanted = computed_spans(keys)
    stale, known = [], set()
    for row in StageSpan.objects.known().filter(enterprise__in=keys):
        content = _content(row)
        if content in wanted[row.enterprise_id]:
            known.add((row.enterprise_id, content))
        else:
            stale.append(row)
    gone = [row.pk for row in stale if row.known_from >= now]
    StageSpan.objects.filter(pk__in=gone).delete()  # it was never known to anybody
    kept = [row.pk for row in stale if row.known_from < now]
    StageSpan.objects.filter(pk__in=kept).update(known_to=now)
    fresh = [
        StageSpan(enterprise_id=key, known_from=now, **dict(zip(CONTENT, content, strict=True)))
        for key, contents in wanted.items()
        for content in contents
        if (key, content) not in known
    ]
    StageSpan.objects.bulk_create(fresh, batch_size=CHUNK)
    return len(fresh)


def computed_spans(keys: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """What the stretches of these enterprises should be. Three queries."""
    happenings, changes = defaultdict(list), defaultdict(list)
    events = StageEvent.objects.known().filter(enterprise__in=keys)
    for row in events.order_by("recorded_at", "pk").values_list(
        "enterprise", "happened_on", "kind", "province_stage", "stage"
    ):
        happenings[row[0]].append(Happening(*row[1:]))
    moved = EnterpriseChange.objects.known().filter(enterprise__in=keys)
    for row in moved.order_by("recorded_at", "pk"):
        changes[row.enterprise_id].append(Change(row.happened_on, tuple(new_values(row).items())))
    found: dict[int, list[tuple[Any, ...]]] = {}
    for each in Enterprise.objects.filter(pk__in=keys):
        if each.voided_at is not None:
            found[each.pk] = []
            continue
        first = Attributes(
            each.first_prefecture_id or each.prefecture_id,
            each.first_county_id,
            each.first_industry,
            each.first_intended_board,
        )
        spans = spans_of(happenings[each.pk], changes[each.pk], first)
        found[each.pk] = [_as_row(span) for span in spans]
    return found


def new_values(change: EnterpriseChange) -> dict[str, Any]:
    """What a change sets; a move always sets the county with the prefecture."""
    found: dict[str, Any] = {}
    if change.new_prefecture_id:
        found |= {"prefecture": change.new_prefecture_id, "county": change.new_county_id}
    if change.new_industry:
        found["industry"] = change.new_industry
    if change.new_board:
        found["intended_board"] = change.new_board
    return found


def _as_row(span: Span) -> tuple[Any, ...]:
    visit, place = span.visit, span.attributes
    return (
        visit.stage,
        span.own,
        span.state,
        place.prefecture,
        place.county,
        span.section,
        place.intended_board,
        span.start,
        span.end,
        visit.entered,
        visit.left,
        visit.came_from,
        visit.went_to,
        visit.days,
        visit.leaving,
        span.first,
        span.last,
    )


def _content(row: Model) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def differing(*, keys: Sequence[int] | None = None) -> Iterator[tuple[int, int, int]]:
    """Enterprises whose stretches are not what their events give: key, missing, too many."""
    everybody = keys if keys is not None else list(Enterprise.objects.values_list("pk", flat=True))
    for part in _chunks(sorted(everybody)):
        stored = defaultdict(set)
        for row in StageSpan.objects.known().filter(enterprise__in=part):
            stored[row.enterprise_id].add(_content(row))
        for key, contents in computed_spans(part).items():
            missing, extra = set(contents) - stored[key], stored[key] - set(contents)
            if missing or extra:
                yield key, len(missing), len(extra)
