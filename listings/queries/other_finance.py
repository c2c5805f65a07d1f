"""Deals of every register of other finance, as the sums read them."""

import datetime
from decimal import Decimal

from core.queries.expiries import standing
from listings.models import SecuritiesService
from listings.models.other_finance import DEALS, Deal
from listings.rules.other_finance import DealOn

NOTHING = Decimal(0)


def deals_on(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    prefectures: frozenset[str] | None = None,
) -> list[DealOn]:
    """All deals up to ``as_of``, by kind and day; with ``prefectures``, of these. Five queries.

    ``known_at`` answers as was known then. What belongs to the whole province is left out
    where prefectures are asked for.
    """
    found: list[DealOn] = []
    for model in DEALS:
        rows = standing(model, known_at).filter(happened_on__lte=as_of)
        rows = rows.select_related("enterprise__prefecture", "partner")
        found += [_deal(each) for each in rows.order_by("happened_on", "code")]
    services = standing(SecuritiesService, known_at).filter(happened_on__lte=as_of)
    services = services.select_related("enterprise", "prefecture")
    found += [_service(each) for each in services.order_by("happened_on", "code")]
    if prefectures is None:
        return found
    return [each for each in found if each.prefecture in prefectures]


def _deal(entry: Deal) -> DealOn:
    return DealOn(
        kind=entry.KIND,
        code=entry.code,
        on=entry.happened_on,
        amount=entry.amount,
        prefecture=entry.enterprise.prefecture.code,
        enterprise=entry.enterprise.code,
        enterprise_name=entry.enterprise.name,
        partner=entry.partner_words,
        purpose=entry.purpose,
        ended_on=entry.ended_on,
    )


def _service(entry: SecuritiesService) -> DealOn:
    return DealOn(
        kind=entry.KIND,
        code=entry.code,
        on=entry.happened_on,
        amount=entry.amount or NOTHING,
        prefecture=entry.prefecture.code if entry.prefecture else "",
        enterprise=entry.enterprise.code if entry.enterprise else "",
        enterprise_name=entry.enterprise.name if entry.enterprise else "",
        partner=entry.firm,
        purpose=entry.purpose,
        served=entry.served,
    )
