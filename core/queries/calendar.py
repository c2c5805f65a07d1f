"""The work calendar, as rules read it."""

import datetime

from core.models import Workday


def work_exceptions() -> dict[datetime.date, bool]:
    """Days that differ from the ordinary week: day → whether it is worked. One query."""
    return dict(Workday.objects.values_list("day", "is_working"))
