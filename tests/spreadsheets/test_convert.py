"""Numbers and codes come out of cells exactly as they were typed."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets.address import address, parse_address
from core.spreadsheets.convert import EXACT, codes, normalise, numbers

amounts = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_every_typed_amount_comes_back_to_the_cent(typed: list[Decimal]) -> None:
    column = numbers([float(amount) for amount in typed], scale=2)
    assert column.values.tolist() == [int(amount * 100) for amount in typed]
    assert column.troubles == {}


@given(st.integers(0, 4), st.integers(-EXACT, EXACT))
def test_exact_over_the_whole_range_of_each_scale(scale: int, whole: int) -> None:
    column = numbers([float(Decimal(whole).scaleb(-scale))], scale=scale)
    assert column.values.tolist() == [whole]
    assert column.troubles == {}


@given(st.floats(-1e9, 1e9), st.integers(0, 2))
def test_a_double_is_taken_as_the_decimal_it_shows_or_refused(cell: float, scale: int) -> None:
    """What is not refused is off by less than anything that could be meant."""
    column = numbers([cell], scale=scale)
    shown = Decimal(repr(cell))
    rounded = shown.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
    if "too_precise" in column.troubles:
        assert rounded != shown
    else:
        assert column.values[0] == int(rounded.scaleb(scale))
        assert abs(rounded - shown).scaleb(scale) <= Decimal("0.001")


def test_the_noise_of_computed_sums_is_not_taken_for_decimals() -> None:
    cells = [0.1 + 0.2, 1000.1 - 1000, sum([0.01] * 1000), 700_000_000.29 * 3]
    column = numbers(cells, scale=2)
    assert column.troubles == {}
    assert column.values.tolist() == [30, 10, 1000, 210_000_000_087]


@pytest.mark.parametrize("cell", [0.125, 1e13 / 1000 + 0.125, 999_999_999.004, 1e12 + 0.5 / 128])
def test_one_decimal_too_many_is_told_at_any_size(cell: float) -> None:
    assert list(numbers([cell], scale=2).troubles) == ["too_precise"]


def test_blanks_among_figures_keep_every_place() -> None:
    column = numbers([1.5, "", None, 10**400, "2.25", "x", float("nan"), 0.125], scale=2)
    assert column.values.tolist() == [150, 0, 0, 0, 225, 0, 0, 0]
    assert np.flatnonzero(column.blank).tolist() == [1, 2]
    assert {kind: places.tolist() for kind, places in column.troubles.items()} == {
        "not_finite": [3, 6],
        "not_number": [5],
        "too_precise": [7],
    }


@given(st.lists(amounts, min_size=1, max_size=30))
def test_text_and_number_cells_read_alike(typed: list[Decimal]) -> None:
    as_text = numbers([f"{amount:,}" for amount in typed], scale=2)
    as_number = numbers([float(amount) for amount in typed], scale=2)
    assert (as_text.values == as_number.values).all()


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [
        ("１，２３４．５", 123450),
        ("(0.6)", -60),
        ("（0.6）", -60),
        ("'12", 1200),
        (" 7 ", 700),
        ("－3", -300),
        ("1.20e2", 12000),
        (3, 300),
    ],
)
def test_the_ways_in_which_people_type_numbers(cell: object, hundredths: int) -> None:
    column = numbers([cell, "x"], scale=2)
    assert column.values[0] == hundredths


@pytest.mark.parametrize("cell", ["", None, "-", "—", "/", "  "])
def test_blank_cells_are_blank_not_zero(cell: object) -> None:
    assert numbers([cell], scale=2).blank.tolist() == [True]


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        ("十二", "not_number"),
        ("12%", "not_number"),
        ("1,23,4", "not_number"),
        (datetime.date(2012, 6, 30), "is_date"),
        (datetime.datetime(2012, 6, 30), "is_date"),  # noqa: DTZ001
        (True, "is_boolean"),
        ("#REF!", "is_error"),
        ("NaN", "not_finite"),
        (float("nan"), "not_finite"),
        (float("inf"), "not_finite"),
        (1e308, "too_large"),
        ("1e30", "too_large"),
        (1.234, "too_precise"),
        ("1.234", "too_precise"),
    ],
)
def test_each_trouble_is_told_apart(cell: object, trouble: str) -> None:
    for column in (numbers([cell], scale=2), numbers([1.5, cell, "x"][:2], scale=2)):
        assert list(column.troubles) == [trouble]
        assert column.values[column.troubles[trouble]].tolist() == [0]


def test_codes_with_and_without_labels() -> None:
    known = {"440100": 0, "S": 1}
    cells = ["440100 广州市", "440100", 440100.0, 440100, "ｓ", "s 小型", "", None, "Z", "广州"]
    column = codes(cells, known)
    assert column.index.tolist() == [0, 0, 0, 0, 1, 1, -1, -1, -1, -1]
    assert np.flatnonzero(column.blank).tolist() == [6, 7]
    assert np.flatnonzero(column.unknown).tolist() == [8, 9]


@given(st.integers(1, 10**6), st.integers(1, 16384))
def test_addresses_go_both_ways(row: int, column: int) -> None:
    assert parse_address(address(row, column)) == (row, column)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    column = numbers([text], scale=2)
    assert column.blank[0] or column.troubles or isinstance(column.values[0], np.int64)
    assert normalise(normalise(text)) == normalise(normalise(normalise(text)))
