"""Which institutions stand open on a day, from their dated facts, set-wise."""

import datetime
from collections.abc import Iterable

from core.models import Fact, Institution
from returns.checking.load import CLOSES, OPENS


def open_institutions(
    *, kinds: Iterable[str], on: datetime.date, known_at: datetime.datetime | None = None
) -> list[Institution]:
    """Return the institutions of ``kinds`` that were open on ``on``, in two queries.

    One without any fact counts as open, unless it is a village bank: most banks stood before
    the registry did.
    """
    institutions = list(Institution.objects.filter(kind__in=list(kinds)).order_by("code"))
    facts = Fact.objects.in_force(as_of=on, known_at=known_at).filter(
        kind__in=[*OPENS, *CLOSES], institution__kind__in=list(kinds)
    )
    state: dict[int, bool] = {}
    ordered = facts.order_by("happened_on", "pk").values_list("institution_id", "kind")
    for institution, kind in ordered:
        state[institution] = kind in OPENS
    return [each for each in institutions if state.get(each.pk, each.kind != "village_bank")]
