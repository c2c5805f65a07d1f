"""Amounts and percentages as expressions of the database, exact on SQLite and PostgreSQL."""

from django.db.models import (
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Floor

from core.fields import MoneyField, ScaledField

HUNDRED_PERCENT = 10_000  # as a percentage with two decimals is stored


def total_of(rows: QuerySet) -> ExpressionWrapper:
    """The one value that ``rows`` give (a sum of money); nothing is 0.00."""
    found = Coalesce(Subquery(rows, output_field=MoneyField()), Value(0))
    return ExpressionWrapper(found, output_field=MoneyField())


def wide(name: str) -> Cast:
    """A stored whole number with room enough to be multiplied."""
    return Cast(F(name), DecimalField(max_digits=60, decimal_places=0))


def percent(top: str, bottom: str) -> Case:
    """One amount in percent of another, two decimals, halves up; null without a divisor.

    Both are amounts of the same scale that are not negative.
    """
    doubled = wide(top) * (2 * HUNDRED_PERCENT) + wide(bottom)
    hundredths = ExpressionWrapper(
        Floor(doubled / (wide(bottom) * 2)), output_field=ScaledField(scale=2)
    )
    return Case(
        When(**{f"{bottom}__gt": 0}, then=hundredths),
        default=None,
        output_field=ScaledField(scale=2),
    )
