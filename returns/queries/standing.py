"""Which institutions stand open on a day, from their dated facts, set-wise."""

import datetime
from collections.abc import Iterable

from core.models import Fact, Institution
from returns.checking.load import BEGINS, CLOSES, FOLLOWED, OPENS


def open_institutions(
    *, kinds: Iterable[str], on: datetime.date, known_at: datetime.datetime | None = None
) -> list[Institution]:
    """Return the institutions of ``kinds`` that were open on ``on``, in three queries.

    One of which no opening is known counts as open if it stood before the registry did: a bank
    without such a fact, or a company or agency whose beginning was never recorded.
    """
    institutions = list(Institution.objects.filter(kind__in=list(kinds)).order_by("code"))
    facts = Fact.objects.filter(institution__kind__in=list(kinds))
    state: dict[int, bool] = {}
    ordered = facts.in_force(as_of=on, known_at=known_at).filter(kind__in=[*OPENS, *CLOSES])
    for institution, kind in ordered.order_by("happened_on", "pk").values_list(
        "institution_id", "kind"
    ):
        state[institution] = kind in OPENS
    ever = facts.in_force(as_of=datetime.date.max, known_at=known_at)
    begun = set(
        ever.filter(kind__in=BEGINS, institution__kind__in=FOLLOWED).values_list(
            "institution_id", flat=True
        )
    )
    return [each for each in institutions if state.get(each.pk, _stood_before(each, begun))]


def _stood_before(institution: Institution, begun: set[int]) -> bool:
    """Whether it may have been open before anything was recorded; a village bank never was."""
    return institution.kind != "village_bank" and institution.pk not in begun
