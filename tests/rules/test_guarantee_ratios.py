"""Indicators keep numerator and denominator; over nothing they have no value."""

from decimal import Decimal

import pytest

from guarantees.rules.ratios import INDICATORS, GuaranteeFigures, add_up, premium_rate


def figures(**changes: str) -> GuaranteeFigures:
    cells = {
        ("business", "total", "closing"): "5000", ("business", "total", "released_year"): "2000",
        ("business", "financing", "closing"): "4500",
        ("business", "financing", "released_year"): "1800",
        ("business", "financing", "liability"): "4000",
        ("compensation", "total", "compensated_year"): "30",
        ("compensation", "total", "recovered_year"): "12",
        ("compensation", "total", "written_off_year"): "1",
        ("compensation", "total", "year_start"): "18",
        ("compensation", "total", "closing"): "35",
        ("compensation", "total", "compensated_ever"): "100",
        ("compensation", "total", "released_ever"): "9000",
        ("compensation", "financing", "compensated_year"): "27",
        ("amounts", "net_assets", "amount"): "1000",
        ("amounts", "unearned_premium_reserve", "amount"): "20",
        ("amounts", "compensation_reserve", "amount"): "40",
        ("amounts", "general_risk_reserve", "amount"): "10",
        ("amounts", "largest_party", "amount"): "90",
        ("amounts", "premium_income", "amount"): "100",
    }  # fmt: skip
    for path, value in changes.items():
        cells[tuple(path.split("__"))] = value
    return GuaranteeFigures({key: Decimal(value) for key, value in cells.items()}, 1)


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("compensation-ratio", "1.50"),
        ("financing-compensation-ratio", "1.50"),
        ("cumulative-compensation-ratio", "1.11"),
        ("recovery-ratio", "25.00"),
        ("guarantee-loss-ratio", "0.05"),
        ("compensation-loss-ratio", "60.00"),
        ("leverage", "400.00"),
        ("leverage-in-force", "450.00"),
        ("reserve-coverage", "200.00"),
        ("reserve-ratio", "1.75"),
        ("single-party", "9.00"),
    ],
)
def test_an_indicator_is_its_definition(code, percent) -> None:
    assert INDICATORS[code].of(figures()).percent == Decimal(percent)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("compensation-ratio", {"business__total__released_year": "0"}),
        ("compensation-loss-ratio", {"compensation__total__compensated_year": "0"}),
        ("leverage", {"amounts__net_assets__amount": "0"}),
        ("reserve-coverage", {"compensation__total__closing": "0"}),
    ],
)
def test_over_nothing_there_is_no_value(code, change) -> None:
    assert INDICATORS[code].of(figures(**change)).value is None


def test_where_nobody_filed_nothing_has_a_value() -> None:
    assert all(each.of(GuaranteeFigures()).value is None for each in INDICATORS.values())


def test_sums_are_added_and_never_averaged() -> None:
    small = figures(compensation__total__compensated_year="0", business__total__released_year="0")
    both = add_up([figures(), small])
    assert both.agencies == 2
    assert INDICATORS["compensation-ratio"].of(both).percent == Decimal("1.50")
    assert ("amounts", "largest_party", "amount") not in both.cells


def test_the_two_loss_ratios_carry_their_full_names() -> None:
    names = [INDICATORS[c].name.zh for c in ("guarantee-loss-ratio", "compensation-loss-ratio")]
    assert names == ["担保损失率（核销额 ÷ 解除担保额）", "代偿损失率（未收回额 ÷ 代偿额）"]


def test_the_premium_rate_is_over_the_months_average() -> None:
    months = [figures(), figures(business__total__closing="3000")]
    assert premium_rate(figures(), months).percent == Decimal("2.50")
    assert premium_rate(figures(), []).value is None
