"""The months of the demonstration: the last complete ones before today."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from core.rules.calendar import month_bounds


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @property
    def ends_on(self) -> datetime.date:
        return month_bounds(self.year, self.number)[1]

    @property
    def filed_at(self) -> datetime.datetime:
        """A morning in the first days after the month's end, in China."""
        following = datetime.date(self.year + self.number // 12, self.number % 12 + 1, 4)
        return timezone.make_aware(datetime.datetime.combine(following, datetime.time(9, 30)))

    def before(self, months: int) -> "Month":
        count = self.year * 12 + self.number - 1 - months
        return Month(count // 12, count % 12 + 1)


def last_months(number: int, today: datetime.date) -> list[Month]:
    """The last ``number`` complete months, oldest first."""
    running = Month(today.year, today.month)
    return [running.before(back) for back in range(number, 0, -1)]
