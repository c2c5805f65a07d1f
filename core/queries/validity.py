"""Whether something counts on a day: not yet, now, or no longer."""

import datetime

from django.db.models import Case, CharField, Q, Value, When

from core.text import Text

VALIDITY: dict[str, Text] = {
    "current": Text("有效", "In force"),
    "coming": Text("未生效", "Not yet"),
    "past": Text("已失效", "No longer"),
}
TONES = {"current": "good", "coming": "info", "past": "plain"}


def validity(day: datetime.date, *, first: str = "", last: str = "", gone: str = "") -> Case:
    """A key of VALIDITY for each row, from the fields that say when it counts.

    ``first`` and ``last`` are days on which it counts; from ``gone`` on it does not. An
    empty field sets no bound.
    """
    over = Q(**{f"{last}__lt": day}) if last else Q(pk__in=[])
    if gone:
        over |= Q(**{f"{gone}__lte": day})
    cases = [When(Q(**{f"{first}__gt": day}), then=Value("coming"))] if first else []
    return Case(
        *cases,
        When(over, then=Value("past")),
        default=Value("current"),
        output_field=CharField(),
    )
