"""Sums of other equity and debt finance: by kind, year and prefecture. Pure. 万元."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.text import Text

NOTHING = Decimal(0)
KIND_WORDS = {
    "equity": Text("股权投资", "Equity investment"),
    "project": Text("项目融资", "Project finance"),
    "ip_pledge": Text("知识产权质押融资", "Loans against intellectual property"),
    "exchange": Text("产权交易", "Property-rights exchange deals"),
    "securities": Text("证券期货机构服务", "Services of securities and futures firms"),
}


@dataclass(frozen=True, slots=True)
class DealOn:
    """One deal as the sums read it. ``prefecture`` is a code, "" for the whole province."""

    kind: str
    code: str
    on: datetime.date
    amount: Decimal
    prefecture: str
    enterprise: str
    enterprise_name: str
    partner: str
    purpose: str
    served: int = 1
    ended_on: datetime.date | None = None

    @property
    def year(self) -> int:
        return self.on.year


@dataclass(frozen=True, slots=True)
class Sums:
    """Deals and their money; enterprises are counted once, others as they were counted."""

    deals: int = 0
    amount: Decimal = NOTHING
    innovation: Decimal = NOTHING
    strategic: Decimal = NOTHING
    enterprises: int = 0


def sums(deals: Iterable[DealOn]) -> Sums:
    """Add deals up."""
    rows = list(deals)
    named = {each.enterprise for each in rows if each.enterprise}
    counted = sum(each.served for each in rows if not each.enterprise)
    return Sums(
        deals=len(rows),
        amount=_total(rows),
        innovation=_total([each for each in rows if each.purpose == "innovation"]),
        strategic=_total([each for each in rows if each.purpose == "strategic"]),
        enterprises=len(named) + counted,
    )


def _total(rows: Iterable[DealOn]) -> Decimal:
    return sum((each.amount for each in rows), NOTHING)


def sums_by(deals: Iterable[DealOn], key: Callable[[DealOn], str]) -> dict[str, Sums]:
    """Sums of each group that has deals."""
    groups: dict[str, list[DealOn]] = {}
    for each in deals:
        groups.setdefault(key(each), []).append(each)
    return {name: sums(rows) for name, rows in groups.items()}
