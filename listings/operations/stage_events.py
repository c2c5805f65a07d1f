"""Recording what happened on the way to a listing: what fits, and what follows.

Forwards, backwards and skipping are all allowed; what is out of the ordinary has its reason.
"""

import datetime
from typing import Any

from django.utils import timezone

from core.models import User
from core.operations import journal
from core.text import Text
from listings.models import EventKind, Stage, StageEvent
from listings.operations.spans import rebuild_spans
from listings.queries.stages import all_terms
from listings.rules.stages import Move, Scheme, Term, move, scheme_on, terms_on
from listings.rules.timeline import ENTRIES, STATES, Happening, in_order, visits_of

REASONED = frozenset(STATES) - {"resume"} | {"drop", "acquire"}
NEEDS_REASON = Text("请写明原因。", "Say why.")


def event_problems(event: StageEvent) -> dict[str, Text]:
    """Fill in the province's batch of an event; say what does not fit, by field."""
    if event.happened_on > timezone.localdate():
        return {
            "happened_on": Text(
                f"{event.happened_on} 在今天之后：只登记已发生的事项。",
                f"{event.happened_on} is after today: record what has happened.",
            )
        }
    terms = all_terms()
    scheme = scheme_on(terms, event.happened_on)
    if event.kind in ENTRIES:
        problem = _place(event, scheme, terms_on(terms, event.happened_on))
    else:
        event.province_stage = None
        problem = _NO_STAGE if event.stage_id else None
    if problem is not None:
        return {"stage": problem}
    return _sequence_problems(event, scheme)


_NO_STAGE = Text(
    "只有“进入批次”填写批次，请清空。", "Only entering a batch names one; leave it empty."
)


def _place(event: StageEvent, scheme: Scheme, terms: dict[int, Term]) -> Text | None:
    """The batch entered, as recorded and as the province counts it; or what is wrong."""
    if event.kind == EventKind.LIST and event.stage_id is None:
        if scheme.listing is None:
            return Text("当日没有设置上市批次。", "No batch of the day means a listing.")
        event.stage_id = scheme.listing.stage
    if event.stage_id is None:
        return Text("请选择进入的批次。", "Choose the batch that it entered.")
    term = terms.get(event.stage_id)
    if term is None or not term.in_use:
        return Text(
            f"该批次在 {event.happened_on} 未启用。",
            f"The batch was not in use on {event.happened_on}.",
        )
    if term.prefecture is None:
        event.province_stage_id = term.stage
    elif term.prefecture != event.enterprise.prefecture_id:
        return Text("该批次属于其他地市。", "The batch is another prefecture's.")
    elif term.maps_to is None:
        return Text(
            "该地市批次当日没有对应的全省批次，请先登记对应关系。",
            "The city's batch was mapped onto none of the province's; record the mapping first.",
        )
    else:
        event.province_stage_id = term.maps_to
    listing = Stage.objects.get(pk=event.province_stage_id).listing
    if event.kind == EventKind.LIST and not listing:
        return Text("该批次不是上市批次。", "Entering this batch is no listing.")
    event.kind = EventKind.LIST if listing else EventKind.ENTER
    return None


def _sequence_problems(event: StageEvent, scheme: Scheme) -> dict[str, Text]:
    """What does not fit with what stands before it."""
    before = StageEvent.objects.known().filter(
        enterprise=event.enterprise_id, happened_on__lte=event.happened_on
    )
    told = [
        Happening(*row)
        for row in before.order_by("recorded_at", "pk").values_list(
            "happened_on", "kind", "province_stage"
        )
    ]
    stays = visits_of(in_order(told))
    stands = stays[-1].stage if stays and stays[-1].left is None else None
    if event.kind not in ENTRIES:
        if stands is None:
            return {
                "happened_on": Text(
                    f"企业在 {event.happened_on} 不在任何批次中，请先登记其进入批次。",
                    f"It stood in no batch on {event.happened_on}; record its entry first.",
                )
            }
        wanting = event.kind in REASONED and not event.reason.strip()
        return {"reason": NEEDS_REASON} if wanting else {}
    way = move(scheme, stands, event.province_stage_id)
    if way in (Move.BACK, Move.SKIP) and not event.reason.strip():
        words = {
            Move.BACK: Text("退回较前的批次，请写明原因。", "It goes back: say why."),
            Move.SKIP: Text("跳过了批次，请写明原因。", "It skips a batch: say why."),
        }
        return {"reason": words[way]}
    return {}


def follow_event(event: StageEvent, *, actor: User, now: datetime.datetime) -> None:
    """Write the enterprise's stretches anew, and an event's recording into the journal."""
    rebuild_spans([event.enterprise_id], now=now)
    if event.voided_at is None:
        journal.record(
            actor=actor,
            action="stage-event.record",
            target=event,
            now=now,
            detail=event_detail(event),
        )


def event_detail(event: StageEvent) -> dict[str, Any]:
    """An event as the journal keeps it."""
    return {
        "enterprise": event.enterprise.code,
        "kind": event.kind,
        "stage": event.stage.code if event.stage else None,
        "happened_on": event.happened_on,
        "reason": event.reason,
    }
