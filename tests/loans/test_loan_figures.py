"""What is derived from loan sums: the formulas of the field, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ratio import Ratio
from finance.rules.loans import LoanFigures, LoanSums, TotalSums

money = st.decimals(0, 10**9, places=2)


def sums(**values: str | int) -> LoanSums:
    whole = {"borrowers", "applicants", "approved", "lines"}
    return LoanSums(**{k: v if k in whole else Decimal(v) for k, v in values.items()})


def test_growth_increase_and_ratios_of_a_plain_case() -> None:
    figures = LoanFigures(
        now=sums(
            balance="1200", year_start="1100", npl="18", granted_period="200", interest="13.2"
        ),
        last_year=sums(balance="1000", year_start="960"),
        totals=TotalSums(all_loans=Decimal(4000)),
        totals_last_year=TotalSums(all_loans=Decimal(3600)),
    )
    assert figures.increase == Decimal(100)
    assert figures.increase_last_year == Decimal(40)
    assert figures.growth.percent == Decimal("20.00")
    assert figures.all_loans_growth.percent == Decimal("11.11")
    assert figures.npl_ratio.percent == Decimal("1.50")
    assert figures.rate.percent == Decimal("6.60")
    assert figures.share.percent == Decimal("30.00")


def test_without_a_year_before_growth_has_no_value() -> None:
    figures = LoanFigures(now=sums(balance="5"))
    assert figures.growth.percent is None
    assert figures.increase_last_year is None
    assert figures.all_loans_growth.percent is None


def test_halves_are_rounded_up_not_to_even() -> None:
    assert Ratio(Decimal("0.12345"), 1).percent == Decimal("12.35")
    assert Ratio(Decimal("-0.12345"), 1).percent == Decimal("-12.35")


def test_division_by_nothing_has_no_value() -> None:
    assert Ratio(Decimal(3), 0).percent is None
    assert Ratio(None, 5).percent is None


def test_change_of_a_rate_is_in_points() -> None:
    assert Ratio(3, 100).points_since(Ratio(5, 200)) == Decimal("0.50")


@given(one=st.tuples(money, money), two=st.tuples(money, money))
def test_the_rate_of_two_groups_lies_between_theirs(
    one: tuple[Decimal, Decimal], two: tuple[Decimal, Decimal]
) -> None:
    """Rates are aggregated by numerator and denominator, so the sum is a weighted mean."""
    groups = [LoanFigures(now=LoanSums(interest=i, granted_period=g)) for i, g in (one, two)]
    rates = [group.rate.value for group in groups]
    if None in rates:
        return
    joined = (groups[0] + groups[1]).rate.value
    slack = Decimal("1e-20") * (1 + max(rates))
    assert min(rates) - slack <= joined <= max(rates) + slack


@pytest.mark.parametrize("field", ["balance", "npl", "borrowers"])
def test_adding_groups_adds_their_sums(field: str) -> None:
    left, right = sums(**{field: 3}), sums(**{field: 4})
    assert getattr(left + right, field) == 7
