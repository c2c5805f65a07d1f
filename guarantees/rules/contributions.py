"""Who put what into a re-guarantee company: subscribed, paid in, never more than subscribed.

A contributor is known by its name. Amounts are 万元; withdrawals are negative. Pure.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.ratio import Ratio
from core.text import Text

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Contributed:
    """What one contributor subscribed and paid in on a day."""

    contributor: str
    happened_on: datetime.date
    subscribed: Decimal = NOTHING
    paid_in: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Held:
    """What a contributor holds after all its entries."""

    contributor: str
    subscribed: Decimal
    paid_in: Decimal

    def share_of(self, whole: Decimal) -> Ratio:
        """Its part of everything subscribed."""
        return Ratio(self.subscribed, whole)


def holdings(entries: Iterable[Contributed]) -> Mapping[str, Held]:
    """What each contributor holds, those that hold nothing any more left out."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for each in entries:
        subscribed, paid = sums.get(each.contributor, (NOTHING, NOTHING))
        sums[each.contributor] = (subscribed + each.subscribed, paid + each.paid_in)
    return {
        name: Held(name, subscribed, paid)
        for name, (subscribed, paid) in sums.items()
        if subscribed or paid
    }


def first_contradiction(entries: Iterable[Contributed]) -> Text | None:
    """What does not hold at the end of some day: less than nothing, or paid beyond the promise."""
    by_one: dict[str, dict[datetime.date, tuple[Decimal, Decimal]]] = {}
    for each in entries:
        days = by_one.setdefault(each.contributor, {})
        subscribed, paid = days.get(each.happened_on, (NOTHING, NOTHING))
        days[each.happened_on] = (subscribed + each.subscribed, paid + each.paid_in)
    for name, days in by_one.items():
        subscribed = paid = NOTHING
        for day in sorted(days):
            more, paid_more = days[day]
            subscribed, paid = subscribed + more, paid + paid_more
            if subscribed < 0 or paid < 0:
                return Text(
                    f"{day} 后{name}认缴 {subscribed} 万元、实缴 {paid} 万元，不能为负；"
                    "请核对减资或转让金额。",
                    f"After {day}, {name} would have subscribed {subscribed} and paid in {paid} "
                    "(10,000 yuan); check what was withdrawn or sold.",
                )
            if paid > subscribed:
                return Text(
                    f"{day} 后{name}实缴 {paid} 万元大于认缴 {subscribed} 万元；"
                    "请先登记认缴，或改正实缴。",
                    f"After {day}, {name} would have paid in {paid}, more than it subscribed, "
                    f"{subscribed} (10,000 yuan); record the subscription, or mend the payment.",
                )
    return None
