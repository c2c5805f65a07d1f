"""Numbers and codes come out of cells exactly as they were typed."""

import datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets.address import address, parse_address
from core.spreadsheets.convert import codes, normalise, numbers

amounts = st.decimals(-(10**12), 10**12, places=2, allow_nan=False)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_every_typed_amount_comes_back_to_the_cent(typed: list[Decimal]) -> None:
    column = numbers([float(amount) for amount in typed], scale=2)
    assert column.values.tolist() == [int(amount * 100) for amount in typed]
    assert column.troubles == {}


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
