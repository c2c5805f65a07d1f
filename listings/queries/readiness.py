"""An enterprise's figures against the thresholds of the board it aims at."""

import datetime
from typing import Any

from core.queries.limits import limits_of
from core.queries.rules import rules_on
from listings.models import EnterpriseYear
from listings.rules.readiness import RULES_OF_BOARD, Readiness, Year, codes_of, readiness

FIELDS = (
    "year",
    "revenue",
    "net_profit",
    "recurring_profit",
    "net_assets",
    "intangibles",
    "operating_cash",
    "share_capital",
    "capital_after_issue",
    "undistributed",
)


def readiness_of(board: str, years: list[EnterpriseYear], *, as_of: datetime.date) -> Readiness:
    """Judge a board's requirements by the rules of a day. One query."""
    limits = limits_of(rules_on(as_of), codes_of(RULES_OF_BOARD.get(board, "")))
    return readiness(board, [as_rule(each) for each in years], limits)


def as_rule(row: Any) -> Year:
    """A year as the rules read it."""
    return Year(*(getattr(row, name) for name in FIELDS))
