"""How invented companies and agencies stand to their limits: most are free, some near or past.

What is near or broken is told by the limits in force today, whichever those are.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from core.models import Prefecture
from core.queries.rules import rules_on
from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.keeping import Firm
from reports.demo.microloan_figures import MicroloanBook

Move = tuple[float, float]  # what a book's field is in the first month filed, and in the last


@dataclass
class Told:
    """A book, and how some of its fields move over the months that are filed."""

    book: Any
    moves: Mapping[str, Move] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a day that stories are told by, as shares; ``rate`` in %."""

    borrowing: float
    single: float
    rate: float
    banks: int

    @classmethod
    def on(cls, day: datetime.date) -> "Bounds":
        rules = rules_on(day)

        def value(code: str, otherwise: float) -> float:
            rule = rules.get(code)
            return float(rule.value) if rule else otherwise

        times = value("microloan.rate-multiple-max", 4)
        return cls(
            borrowing=min(
                value("microloan.borrowing-ratio-max", 1000) / 100,
                value("microloan.borrowing-equity-max", 10),
            ),
            single=min(
                value("microloan.single-borrower-max", 100),
                value("microloan.single-borrower-equity-max", 100),
            )
            / 100,
            rate=times * value("pboc.loan-rate-1y", 6),
            banks=int(value("microloan.lending-banks-max", 3)),
        )


def tell_company(firm: Firm, *, seed: int, bounds: Bounds) -> Told:
    """The book of a microloan company. An average rate's highest is 1.3 of it."""
    rng = Random(seed)
    book = MicroloanBook(
        seed=seed,
        capital=firm.capital,
        borrowing=bounds.borrowing * rng.uniform(0.25, 0.6),
        single=bounds.single * rng.uniform(0.35, 0.7),
        rate=bounds.rate / 1.3 * rng.uniform(0.72, 0.85),
        banks=max(1, bounds.banks - 1),
        bad=rng.uniform(0.006, 0.022),
        provision=rng.uniform(1.2, 1.8),
    )
    moves = _company_moves(firm.story, bounds)
    if firm.institution.prefecture.code == Prefecture.SHENZHEN:
        moves |= _shenzhen_moves(firm)
    return Told(book, moves)


def _company_moves(story: str, bounds: Bounds) -> dict[str, Move]:
    borrowing, single, rate = bounds.borrowing, bounds.single, bounds.rate / 1.3
    return {
        "borrowing-broken": {"borrowing": (borrowing * 0.85, borrowing * 1.08)},
        "borrowing-near": {"borrowing": (borrowing * 0.86, borrowing * 0.975)},
        "single-broken": {"single": (single * 0.9, single * 1.12)},
        "single-near": {"single": (single * 0.98, single * 0.94)},
        "rate-near": {"rate": (rate * 0.9, rate * 0.96)},
        "provision-broken": {"provision": (1.15, 0.88)},
        "provision-near": {"provision": (1.02, 1.06)},
        "bad": {"bad": (0.03, 0.092)},
    }.get(story, {})


def _shenzhen_moves(firm: Firm) -> dict[str, Move]:
    """Shenzhen bounds the amount of one borrower as well: 500 万元."""
    aims = {"amount-broken": (430, 620), "amount-near": (440, 470)}
    aim = aims.get(firm.story, (300, 320))
    return {"single": (aim[0] / firm.capital / 1.08, aim[1] / firm.capital / 1.08)}


def tell_agency(firm: Firm, *, seed: int, state: Decimal) -> Told:
    """The book of a guarantee agency."""
    rng = Random(seed)
    book = GuaranteeBook(
        seed=seed,
        capital=firm.capital,
        state=float(state) / 100,
        leverage=rng.uniform(2.2, 6.5),
        single=rng.uniform(0.03, 0.075),
        affiliates=rng.uniform(0.08, 0.12),
        investments=rng.uniform(0.04, 0.15),
        compensation=rng.uniform(0.004, 0.014),
        premium_reserve=rng.uniform(0.56, 0.7),
        reserve=rng.uniform(0.012, 0.02),
        relatives=300 if firm.story == "relatives" else 0,
    )
    return Told(book, AGENCY_MOVES.get(firm.story, {}))


AGENCY_MOVES: Mapping[str, Mapping[str, Move]] = {
    "leverage-broken": {"leverage": (8.2, 11.0)},
    "leverage-near": {"leverage": (8.9, 9.6)},
    "single-broken": {"single": (0.085, 0.112), "affiliates": (0.13, 0.158)},
    "single-near": {"single": (0.097, 0.093)},
    "investments-near": {"investments": (0.16, 0.19)},
    "reserve-broken": {"reserve": (0.0115, 0.0088)},
    "premium-near": {"premium_reserve": (0.56, 0.52)},
    "compensation-high": {"compensation": (0.02, 0.055)},
}
