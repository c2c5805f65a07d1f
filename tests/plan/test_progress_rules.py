"""States of targets and milestones: by table, and by what must hold for any numbers."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.rules.progress import (
    Goal,
    Margins,
    State,
    elapsed,
    needed,
    share_of,
    state_of_milestone,
    state_of_target,
)

JANUARY, DECEMBER = datetime.date(2012, 1, 1), datetime.date(2012, 12, 31)
MARGINS = Margins()
HALF = datetime.date(2012, 7, 1)


def goal(comparator: str, lower: int | None, upper: int | None = None) -> Goal:
    return Goal(comparator, lower, upper, JANUARY, DECEMBER)


@pytest.mark.parametrize(
    ("asked", "reached", "short"),
    [
        (goal("eq", 21), 21, 20),
        (goal("ge", 300), 300, 299),
        (goal("gt", 2000), 2001, 2000),  # 超过2000 is not 2000
        (goal("about", 20), 18, 17),  # 约20 with a tenth of margin
        (goal("range", 2, 3), 2, 1),
    ],
)
def test_a_number_is_reached_as_the_plan_compares(asked, reached, short) -> None:
    assert state_of_target(asked, reached, DECEMBER, MARGINS) is State.DONE
    assert state_of_target(asked, short, DECEMBER, MARGINS) is not State.DONE
    late = DECEMBER + datetime.timedelta(days=1)
    assert state_of_target(asked, short, late, MARGINS) is State.LATE


@pytest.mark.parametrize(
    ("value", "on", "state"),
    [
        (50, HALF, State.ON_TRACK),
        (36, HALF, State.ON_TRACK),  # half the year, a lag of 14
        (34, HALF, State.AT_RISK),
        (0, datetime.date(2012, 1, 31), State.ON_TRACK),
        (0, datetime.date(2011, 12, 31), State.OPEN),
        (99, DECEMBER, State.ON_TRACK),
        (99, datetime.date(2013, 1, 1), State.LATE),
    ],
)
def test_a_lag_behind_the_calendar_is_a_risk(value, on, state) -> None:
    assert state_of_target(goal("ge", 100), value, on, MARGINS) is state


def test_what_has_no_number_is_under_way_and_has_no_share() -> None:
    asked = goal("none", None)
    assert state_of_target(asked, 7, DECEMBER, MARGINS) is State.OPEN
    assert share_of(asked, 7, MARGINS) is None
    assert needed(asked, MARGINS) is None


@pytest.mark.parametrize(
    ("on", "done", "state"),
    [
        ("2012-04-01", None, State.OPEN),
        ("2012-04-16", None, State.AT_RISK),
        ("2012-04-30", None, State.AT_RISK),
        ("2012-05-01", None, State.LATE),
        ("2012-05-03", "2012-05-04", State.LATE),  # not known to be done yet
        ("2012-05-04", "2012-05-04", State.DONE),
    ],
)
def test_a_milestone_is_late_from_the_day_after(on, done, state) -> None:
    due = datetime.date(2012, 4, 30)
    met = done and datetime.date.fromisoformat(done)
    asked = datetime.date.fromisoformat(on)
    assert state_of_milestone(due, met, asked, MARGINS) is state


GOALS = st.builds(goal, st.sampled_from(["eq", "ge", "gt", "about"]), st.integers(1, 10**6))


@given(GOALS, st.integers(0, 10**6), st.integers(0, 10**6), st.dates(JANUARY, DECEMBER))
def test_more_is_never_worse(asked, value, more, on) -> None:
    order = [State.LATE, State.AT_RISK, State.ON_TRACK, State.DONE]
    before = state_of_target(asked, value, on, MARGINS)
    after = state_of_target(asked, value + more, on, MARGINS)
    assert order.index(after) >= order.index(before)


@given(GOALS, st.dates(JANUARY, DECEMBER), st.dates(JANUARY, DECEMBER))
def test_time_only_passes(asked, one, other) -> None:
    first, last = sorted((one, other))
    assert 0 < elapsed(asked, first) <= elapsed(asked, last) <= 1


@given(GOALS, st.integers(0, 10**6))
def test_a_wider_margin_asks_for_no_more(asked, value) -> None:
    wide = replace(MARGINS, about=Decimal(25))
    assert needed(asked, wide) <= needed(asked, MARGINS)
