"""The size standards as data, and an enterprise's size by its last figures of a day."""

import datetime
import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Substr

from core.text import Text
from listings.models import Enterprise, EnterpriseYear
from listings.rules.industries import DIVISIONS as SECTIONS
from listings.rules.sizes import (
    COVERED_NOT,
    NOT_COVERED,
    TOO_COARSE,
    UNKNOWN,
    Bounds,
    Row,
    Sizing,
    Standard,
    row_of,
    size_of,
)

FILE = Path(__file__).resolve().parent.parent / "reference" / "enterprise_sizes.json"


@cache
def standards() -> tuple[Standard, ...]:
    """The standards with their days, from the data file."""
    return tuple(_standard(item) for item in json.loads(FILE.read_text()))


def _standard(item: dict[str, Any]) -> Standard:
    end = item["valid_to"]
    return Standard(
        source=Text(item["source"], item["source_en"]),
        valid_from=datetime.date.fromisoformat(item["valid_from"]),
        valid_to=end and datetime.date.fromisoformat(end),
        rows=tuple(
            Row(
                Text(row["industry"], row["industry_en"]),
                tuple(row["codes"]),
                tuple(
                    Bounds(
                        each["indicator"],
                        Decimal(each["small"]),
                        Decimal(each["medium"]),
                        Decimal(each["large"]),
                    )
                    for each in row["indicators"]
                ),
            )
            for row in item["rows"]
        ),
    )


def years_of(enterprise: Any, *, as_of: datetime.date, number: int = 3) -> list[EnterpriseYear]:
    """The figures of the last whole years by a day, oldest first. One query."""
    last = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    rows = EnterpriseYear.objects.standing().filter(enterprise=enterprise, year__lte=last)
    return list(rows.order_by("-year")[:number])[::-1]


def sizing_of(enterprise: Enterprise, year: EnterpriseYear | None, *, as_of: datetime.date):
    """The size of an enterprise by the figures of a year: a ``Sizing``."""
    values = {} if year is None else {
        "headcount": year.headcount, "revenue": year.revenue, "assets": year.assets
    }  # fmt: skip
    found: Sizing = size_of(standards(), code=enterprise.industry, values=values, on=as_of)
    return found


def with_size(rows: QuerySet, day: datetime.date) -> QuerySet:
    """Rows of yearly figures with their ``size``, found by the database from the same data.

    The answers are those of ``size_of`` for the enterprise's present industry.
    """
    standard = next((each for each in standards() if each.holds_on(day)), None)
    if standard is None:
        return rows.annotate(size=Value(UNKNOWN))
    path = "enterprise__industry"
    whens = [
        When(**{f"{path}__in": codes}, then=_answer(row))
        for row, codes in _codes(standard, _finest(standard)).items()
    ]
    whens += [
        When(size_division__in=codes, then=_answer(row))
        for row, codes in _codes(standard, [f"{each:02d}" for each in range(1, 97)]).items()
    ]
    size = Case(*whens, default=Value(UNKNOWN), output_field=CharField())
    return rows.alias(size_division=Substr(path, 1, 2)).annotate(size=size)


def _finest(standard: Standard) -> list[str]:
    """Sections, and every code of a division that its first two digits do not settle."""
    found = list(SECTIONS)
    for division in range(1, 97):
        if row_of(standard, f"{division:02d}") == TOO_COARSE.format(code=f"{division:02d}"):
            found += [f"{division:02d}{rest}" for rest in ("", *map(str, range(10)))]
            found += [f"{division:02d}{rest:02d}" for rest in range(100)]
    return found


def _codes(standard: Standard, codes: Sequence[str]) -> dict[Row | str, list[str]]:
    """Codes by the row that rules them, or by what is said where none does."""
    found: dict[Row | str, list[str]] = {}
    for code in codes:
        row = row_of(standard, code)
        if isinstance(row, Text):
            row = NOT_COVERED if row is COVERED_NOT else UNKNOWN
        found.setdefault(row, []).append(code)
    return found


def _answer(row: Row | str) -> Any:
    """The least class that the row's indicators give, as an expression."""
    if isinstance(row, str):
        return Value(row)
    return Case(
        *(When(**{f"{each.indicator}__lt": each.small}, then=Value("X")) for each in row.bounds),
        *(When(**{each.indicator: None}, then=Value(UNKNOWN)) for each in row.bounds),
        *(When(**{f"{each.indicator}__lt": each.medium}, then=Value("S")) for each in row.bounds),
        *(When(**{f"{each.indicator}__lt": each.large}, then=Value("M")) for each in row.bounds),
        default=Value("L"),
        output_field=CharField(),
    )
