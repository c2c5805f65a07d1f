"""A limit tells the room it leaves, exactly, and is never judged by a rounded percentage."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ratio import Ratio
from core.rules.limits import Limit, Standing, by_room, judge
from core.text import Text

NEAR = Decimal(10)


def limit(value: str, unit: str = "%", comparator: str = "le") -> Limit:
    return Limit("x", Text("限额", "limit"), Decimal(value), unit, comparator, "银监发〔2008〕23号")


@pytest.mark.parametrize(
    ("given_limit", "top", "bottom", "standing", "room", "share"),
    [
        (limit("50"), "2000", "10000", Standing.FREE, "3000", "60.00"),
        (limit("50"), "4600", "10000", Standing.NEAR, "400", "8.00"),
        (limit("50"), "5000", "10000", Standing.NEAR, "0", "0.00"),
        (limit("50"), "5000.01", "10000", Standing.BROKEN, "-0.01", "0.00"),
        (limit("50", comparator="lt"), "5000", "10000", Standing.BROKEN, "0", "0.00"),
        (limit("10", "倍"), "95000", "10000", Standing.NEAR, "5000", "5.00"),
        (limit("100", comparator="ge"), "150", "100", Standing.FREE, "50", "50.00"),
        (limit("100", comparator="ge"), "99.99", "100", Standing.BROKEN, "-0.01", "-0.01"),
        (limit("0"), "0", "100", Standing.FREE, "0", None),
        (limit("0"), "1", "100", Standing.BROKEN, "-1", None),
    ],
)
def test_a_ratio_is_judged_with_its_room(given_limit, top, bottom, standing, room, share) -> None:
    found = judge(given_limit, Ratio(Decimal(top), Decimal(bottom)), near=NEAR)
    assert found.standing is standing
    assert found.room == Decimal(room)
    assert found.share == (None if share is None else Decimal(share))


def test_nothing_to_divide_by_is_not_judged() -> None:
    for measured in (None, Ratio(Decimal(5), Decimal(0)), Ratio(None, Decimal(5))):
        assert judge(limit("50"), measured, near=NEAR).standing is Standing.UNKNOWN


def test_negative_net_assets_break_any_limit() -> None:
    measured = Ratio(Decimal(5), Decimal(-1))
    assert judge(limit("10", "倍"), measured, near=NEAR).standing is Standing.BROKEN


def test_a_plain_number_is_judged_too() -> None:
    found = judge(limit("2", "家"), Decimal(3), near=NEAR)
    assert (found.standing, found.room) == (Standing.BROKEN, Decimal(-1))


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(1, 100))
def test_the_room_is_what_may_be_added(top, bottom, percent) -> None:
    found = judge(limit(str(percent)), Ratio(Decimal(top), Decimal(bottom)), near=NEAR)
    assert (found.room >= 0) == (top * 100 <= percent * bottom)
    assert (found.standing is Standing.BROKEN) == (top * 100 > percent * bottom)


def test_the_broken_and_the_nearest_come_first() -> None:
    tops = ["1000", None, "5100", "4900"]
    found = [
        judge(limit("50"), top and Ratio(Decimal(top), Decimal(10000)), near=NEAR) for top in tops
    ]
    ordered = [each.measured and each.measured.numerator for each in by_room(found)]
    assert ordered == [Decimal(5100), Decimal(4900), Decimal(1000), None]
