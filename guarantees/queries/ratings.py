"""The rating of every agency on a day."""

import datetime
from dataclasses import dataclass

from core.queries.expiries import standing
from guarantees.models import CreditRating, RatingGrade
from guarantees.rules.ratings import movement, state_on


@dataclass(frozen=True, slots=True)
class RatingOn:
    """An agency's latest rating on a day, and what it is worth then."""

    code: str
    grade: str
    rank: int
    rated_on: datetime.date
    valid_until: datetime.date | None
    state: str
    moved: str


def ratings_on(
    *, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> dict[int, RatingOn]:
    """Latest issuer ratings by institution, as known now or at ``known_at``. Two queries."""
    grades = {each.pk: each for each in RatingGrade.objects.all()}
    rows = standing(CreditRating, known_at).filter(rated_on__lte=as_of, subject="issuer")
    found: dict[int, RatingOn] = {}
    ordered = rows.order_by("institution_id", "rated_on", "pk")
    columns = ("code", "institution_id", "grade_id", "rated_on", "valid_until")
    for code, institution, grade, rated_on, until in ordered.values_list(*columns):
        before = found.get(institution)
        found[institution] = RatingOn(
            code=code,
            grade=grades[grade].code,
            rank=grades[grade].rank,
            rated_on=rated_on,
            valid_until=until,
            state=state_on(until, rated_on=rated_on, as_of=as_of).value,
            moved=movement(grades[grade].rank, before.rank if before else None).value,
        )
    return found
