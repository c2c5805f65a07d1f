"""A return and what is known around it, built without a database."""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.text import Text
from finance.rules.industries import INDUSTRIES, SIZES
from returns.checking.context import Context, Prior, PriorTable
from returns.forms import form
from returns.intake.examine import Examination, examine_in
from tests.engine.figures import line, payload, total

FORM = form("sme-loans")
NAMES = {
    "prefecture": {
        "440100": Text("广州市", "Guangzhou"),
        "440300": Text("深圳市", "Shenzhen"),
        "440200": Text("韶关市", "Shaoguan"),
    },
    "size": SIZES,
    "industry": INDUSTRIES,
}
RULES = {
    "sme-loans.tolerance": "0.01",
    "sme-loans.change-max": "30",
    "sme-loans.change-floor": "0",
    "sme-loans.unit-slip": "10000",
    "sme-loans.rate-min": "3",
    "sme-loans.rate-max": "26.24",
}


def context(**changes: Any) -> Context:
    known: dict[str, Any] = {
        "form": "sme-loans",
        "institution": "B001",
        "institution_name": "珠江城市银行",
        "institution_kind": "city_bank",
        "period": "2012-06",
        "month": 6,
        "ends_on": datetime.date(2012, 6, 30),
        "codes": {name: tuple(words) for name, words in NAMES.items()},
        "names": NAMES,
        "rules": {code: Decimal(value) for code, value in RULES.items()},
        "home_prefecture": "440100",
        "active_prefectures": frozenset({"440100", "440300"}),
    }
    return Context(**(known | changes))


def examined(
    lines: list[Any] | None = None,
    totals: list[Any] | None = None,
    *,
    around: Context | None = None,
    **changes: Any,
) -> Examination:
    body = payload([line()] if lines is None else lines, [total()] if totals is None else totals)
    return examine_in(
        form=FORM, data=json.dumps(body | changes).encode(), filename="a.json", channel="api",
        context=around or context(),
    )  # fmt: skip


def prior(lines: list[Any], totals: list[Any] | None = None) -> Mapping[str, PriorTable]:
    """Return figures as if they had been accepted."""
    found = examined(lines, totals or [total()])
    return {name: PriorTable(data.keys, dict(data.columns)) for name, data in found.tables.items()}


def before(lines: list[Any], totals: list[Any] | None = None, *, same_year: bool = True) -> Context:
    """Return a context whose previous period held these figures."""
    return context(prior=Prior(previous=prior(lines, totals), previous_in_same_year=same_year))


def told(found: Examination) -> list[tuple[str, int | None, str]]:
    """Return what was found: code, row, column."""
    return [(each.check_code, each.row, each.column) for each in found.findings]
