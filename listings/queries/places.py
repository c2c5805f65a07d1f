"""Where an enterprise was on a day."""

import datetime

from listings.models import Enterprise, StageSpan


def place_on(enterprise: Enterprise, day: datetime.date) -> tuple[int, int | None]:
    """Keys of prefecture and county on a day: by its stretch, else today's. One query."""
    spans = StageSpan.objects.on(day).filter(enterprise=enterprise)
    found = spans.values_list("prefecture_id", "county_id").first()
    return found or (enterprise.prefecture_id, enterprise.county_id)
