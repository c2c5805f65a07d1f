"""Credit information on a day: how far evaluation reaches, and who takes part."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.models import Prefecture
from core.queries.amounts import percent
from core.queries.expiries import standing
from core.queries.validity import validity
from core.ratio import Ratio
from guarantees.models import CreditCoverage, EvaluationScheme, PlatformParticipant


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of small firms; each ratio keeps its numerator and denominator."""

    enterprises: int = 0
    filed: int = 0
    evaluated: int = 0
    financed: int = 0

    @property
    def filing(self) -> Ratio:
        """With a credit file, of all small firms."""
        return Ratio(self.filed, self.enterprises)

    @property
    def evaluation(self) -> Ratio:
        """Evaluated, of all small firms."""
        return Ratio(self.evaluated, self.enterprises)

    @property
    def financing(self) -> Ratio:
        """Financed after evaluation, of those evaluated."""
        return Ratio(self.financed, self.evaluated)

    def plus(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.enterprises + other.enterprises,
            self.filed + other.filed,
            self.evaluated + other.evaluated,
            self.financed + other.financed,
        )


@dataclass(frozen=True, slots=True)
class PrefectureCoverage:
    """A prefecture's last count by a day; None where none was ever reported."""

    prefecture: Prefecture
    counted_on: datetime.date | None
    coverage: Coverage | None


def credit_coverage_on(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> list[PrefectureCoverage]:
    """Every prefecture in its order with its last count by ``as_of``. Two queries."""
    last: dict[int, CreditCoverage] = {}
    counts = standing(CreditCoverage, known_at).filter(counted_on__lte=as_of)
    for each in counts.order_by("counted_on"):
        last[each.prefecture_id] = each
    found = []
    for prefecture in Prefecture.objects.all():
        count = last.get(prefecture.pk)
        found.append(
            PrefectureCoverage(
                prefecture,
                count.counted_on if count else None,
                Coverage(count.enterprises, count.filed, count.evaluated, count.financed)
                if count
                else None,
            )
        )
    return found


def together(rows: Iterable[PrefectureCoverage]) -> Coverage:
    """Several prefectures as one; those that reported nothing add nothing."""
    whole = Coverage()
    for row in rows:
        if row.coverage is not None:
            whole = whole.plus(row.coverage)
    return whole


def platform_participants_on(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> dict[str, int]:
    """How many of each kind take part in the unified platform on a day. One query."""
    rows = standing(PlatformParticipant, known_at).filter(
        Q(left_on=None) | Q(left_on__gt=as_of), joined_on__lte=as_of
    )
    found: dict[str, int] = {}
    for each in rows:
        found[each.kind] = found.get(each.kind, 0) + 1
    return found


def scheme_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[EvaluationScheme]:
    """Evaluation schemes that ``user`` sees, each with ``state`` on the day. One query."""
    day = as_of or timezone.localdate()
    rows = EvaluationScheme.objects.visible_to(user).select_related("prefecture", "county", "file")
    return rows.annotate(state=validity(day, first="started_on", last="ended_on"))


def participant_rows(
    *, user: Any, as_of: datetime.date | None = None
) -> QuerySet[PlatformParticipant]:
    """Participants that ``user`` sees, each with ``state`` on the day. One query."""
    day = as_of or timezone.localdate()
    rows = PlatformParticipant.objects.visible_to(user).select_related(
        "prefecture", "county", "institution", "file"
    )
    return rows.annotate(state=validity(day, first="joined_on", gone="left_on"))


def coverage_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[CreditCoverage]:
    """Counts that ``user`` sees, with ``filing``, ``evaluation`` and ``financing`` in percent."""
    rows = CreditCoverage.objects.visible_to(user).select_related("prefecture", "scheme", "file")
    if as_of is not None:
        rows = rows.filter(counted_on__lte=as_of)
    return rows.annotate(
        filing=percent("filed", "enterprises"),
        evaluation=percent("evaluated", "enterprises"),
        financing=percent("financed", "evaluated"),
    )
