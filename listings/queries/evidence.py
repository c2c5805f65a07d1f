"""Which entries into a batch still lack the papers that prove them."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from listings.models import EvidenceRequirement, StageEvent, StageEvidence
from listings.rules.timeline import ENTRIES


def wanting() -> QuerySet:
    """Requirements of each standing entry that nothing proves: one row an entry and paper.

    Each row has ``event``, the key of the entry.
    """
    events = "stage__province_events"
    proof = StageEvidence.objects.standing().filter(
        event=OuterRef("event"), requirement=OuterRef("pk")
    )
    return (
        EvidenceRequirement.objects.filter(
            Q(**{f"{events}__happened_on__gte": F("valid_from")})
            & (Q(valid_to=None) | Q(**{f"{events}__happened_on__lte": F("valid_to")}))
            & Q(**{f"{events}__kind__in": ENTRIES, f"{events}__voided_at": None}),
            voided_at=None,
        )
        .annotate(event=F(f"{events}__pk"))
        .filter(~Exists(proof))
        .order_by()
    )


def lacks_evidence() -> Exists:
    """Whether an entry into a batch lacks at least one paper: asked event by event.

    A list that shows the newest therefore looks at no more entries than it needs.
    """
    proof = StageEvidence.objects.standing().filter(
        event=OuterRef(OuterRef("pk")), requirement=OuterRef("pk")
    )
    happened_on = OuterRef("happened_on")
    papers = EvidenceRequirement.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=happened_on),
        valid_from__lte=happened_on,
        stage=OuterRef("province_stage"),
        voided_at=None,
    ).filter(~Exists(proof))
    return Exists(papers.order_by())


def missing_evidence(
    *, enterprise: Any = None, as_of: datetime.date | None = None
) -> dict[int, list[EvidenceRequirement]]:
    """The papers that entries lack, by the entry's key. One query."""
    rows = wanting()
    if enterprise is not None:
        mine = StageEvent.objects.filter(enterprise=enterprise)
        if as_of is not None:
            mine = mine.filter(happened_on__lte=as_of)
        rows = rows.filter(event__in=mine.values("pk"))
    found: dict[int, list[EvidenceRequirement]] = defaultdict(list)
    for row in rows.select_related("stage").order_by("code"):
        found[row.event].append(row)
    return found
