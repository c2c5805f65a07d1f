"""Ratios keep numerator and denominator, and say nothing where there is nothing to divide by."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.rules.microloan import (
    OF_ONE_COMPANY,
    MicroloanFigures,
    add_up,
    return_on_assets,
    return_on_equity,
    turnover,
)

CELLS = {
    ("balances", "total", "balance"): "1000.00",
    ("balances", "total", "number"): "16",
    ("balances", "agricultural", "balance"): "400.00",
    ("balances", "up_to_200k", "balance"): "100.00",
    ("balances", "up_to_300k", "balance"): "150.00",
    ("balances", "up_to_500k", "balance"): "250.00",
    ("balances", "substandard", "balance"): "10.00",
    ("balances", "doubtful", "balance"): "5.00",
    ("flows", "total", "granted"): "200.00",
    ("flows", "total", "granted_year"): "900.00",
    ("amounts", "net_capital", "amount"): "1200.00",
    ("amounts", "bank_borrowings", "amount"): "500.00",
    ("amounts", "largest_borrower", "amount"): "60.00",
    ("amounts", "largest_group", "amount"): "90.00",
    ("amounts", "provisions_held", "amount"): "23.00",
    ("amounts", "provisions_required", "amount"): "20.00",
    ("amounts", "net_profit", "amount"): "48.00",
    ("amounts", "total_assets", "amount"): "1800.00",
    ("amounts", "equity", "amount"): "1200.00",
    ("indicators", "new_loan_interest", "value"): "30.6000",
    ("indicators", "highest_rate", "value"): "18.0000",
}
ONE = MicroloanFigures({cell: Decimal(value) for cell, value in CELLS.items()}, 1)
START = MicroloanFigures(
    {
        ("balances", "total", "balance"): Decimal(800),
        ("amounts", "total_assets", "amount"): Decimal(1400),
        ("amounts", "equity", "amount"): Decimal(1200),
    },
    1,
)


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "percent"),
    [
        ("borrowing_ratio", 500, 1200, "41.67"),
        ("single_borrower_ratio", 60, 1200, "5.00"),
        ("single_group_ratio", 90, 1200, "7.50"),
        ("agricultural_share", 400, 1000, "40.00"),
        ("small_share", 500, 1000, "50.00"),
        ("npl_ratio", 15, 1000, "1.50"),
        ("provision_ratio", 23, 20, "115.00"),
        ("rate", Decimal("30.6"), 200, "15.30"),
    ],
)
def test_a_ratio_is_of_the_cells_of_its_definition(name, numerator, denominator, percent) -> None:
    ratio = getattr(ONE, name)
    assert (ratio.numerator, ratio.denominator) == (numerator, denominator)
    assert str(ratio.percent) == percent


def test_what_turns_over_is_measured_against_the_average_since_the_years_start() -> None:
    assert turnover(ONE, START).value == 1
    assert str(return_on_assets(ONE, START).percent) == "3.00"
    assert str(return_on_equity(ONE, START).percent) == "4.00"


def test_without_a_year_start_or_a_denominator_a_ratio_has_no_value() -> None:
    assert turnover(ONE, None).value is None
    assert ONE.average_loan.value == Decimal("62.5")
    idle = MicroloanFigures({("amounts", "paid_in_capital", "amount"): Decimal(1)}, 1)
    assert idle.npl == 0
    assert idle.npl_ratio.value is None
    nobody = MicroloanFigures()
    assert nobody.npl is None
    assert nobody.borrowing_ratio.percent is None


amounts = st.dictionaries(
    st.sampled_from(sorted(CELLS)), st.decimals(0, 10**6, places=2), min_size=1
).map(lambda cells: MicroloanFigures(cells, 1))


@given(st.lists(amounts, min_size=1, max_size=6))
def test_adding_up_keeps_every_amount_and_drops_what_is_one_companys(figures) -> None:
    whole = add_up(figures)
    assert whole.companies == len(figures)
    for table, item, measure in CELLS:
        parts = [each.cell(table, item, measure) for each in figures]
        expected = 0 if item in OF_ONE_COMPANY and len(figures) > 0 else sum(parts)
        assert whole.cell(table, item, measure) == expected
