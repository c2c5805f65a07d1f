"""Periods by their codes: ``2012-06``, ``2012-Q2``, ``2012-H1``, ``2012``."""

import re

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from core.models import Period
from core.models.calendar import PeriodKind

_CODE = re.compile(r"([12][0-9]{3})(?:-(Q|H|)([0-9]{1,2}))?", re.ASCII)
_KINDS = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF_YEAR, "": PeriodKind.MONTH}


def period_condition(code: str, *, prefix: str = "") -> Q | None:
    """The condition that a period has this code; None if it is no code of a period.

    ``prefix`` leads from the rows to their period (``period__``).
    """
    match = _CODE.fullmatch(code.strip())
    if match is None:
        return None
    year, letter, number = match.groups()
    kind = PeriodKind.YEAR if number is None else _KINDS[letter or ""]
    wanted = {"kind": kind, "year": int(year)} | ({"number": int(number)} if number else {})
    return Q(**{prefix + name: value for name, value in wanted.items()})


def year_and_number(code: str) -> tuple[int, int] | None:
    """Year and number that a code names: ``2012-06`` (2012, 6), ``2012-H1`` (2012, 1)."""
    match = _CODE.fullmatch(code.strip())
    if match is None or match.group(3) is None:
        return None
    return int(match.group(1)), int(match.group(3))


def period_called(*, form: str, code: str) -> Period | None:
    """The period of a form by its code; None if there is none."""
    condition = period_condition(code)
    return None if condition is None else Period.objects.filter(condition, form=form).first()


def period_code(prefix: str = "") -> Case:
    """``Period.code`` as an expression, so that a list needs no period objects."""
    year = Cast(F(f"{prefix}year"), CharField())
    number = Cast(F(f"{prefix}number"), CharField())

    def when(kind: str, between: str, **more: int) -> When:
        found = {f"{prefix}{name}": value for name, value in more.items()}
        return When(**{f"{prefix}kind": kind}, **found, then=Concat(year, Value(between), number))

    return Case(
        when(PeriodKind.MONTH, "-0", number__lt=10),
        when(PeriodKind.MONTH, "-"),
        when(PeriodKind.QUARTER, "-Q"),
        when(PeriodKind.HALF_YEAR, "-H"),
        default=year,
        output_field=CharField(),
    )
