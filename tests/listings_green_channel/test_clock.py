"""The clock runs in working days and stops while the enterprise is waited for."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.calendar import is_working
from listings.rules.clock import STEPS, Act, CaseState, NotPossible, Step, clock_on, clocks

MAY = datetime.date(2012, 5, 7)  # a Monday
WEEK: dict[datetime.date, bool] = {}


def may(number: int) -> datetime.date:
    return datetime.date(2012, 5, number)


def told(*steps: tuple[str, int], promised: int = 5, exceptions=WEEK):
    return clocks(MAY, promised, [Step(Act(what), may(on)) for what, on in steps], exceptions)


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ([], 14),  # Tuesday 8 to Monday 14: the weekend is not counted
        ([("answer", 9)], 14),  # an answer on the way moves nothing
        ([("wait", 9), ("resume", 11)], 16),  # 2 days used, 3 left after Friday 11
        ([("wait", 9), ("resume", 12)], 16),  # resumed on a Saturday: Monday is the first day
        ([("wait", 14), ("resume", 18)], 18),  # asked on the last day: nothing is left
        ([("wait", 8), ("resume", 8)], 14),  # asked and answered on one day
        ([("wait", 9), ("resume", 11), ("wait", 14), ("resume", 21)], 23),
    ],
)
def test_the_promised_day(steps, due) -> None:
    assert told(*steps)[-1].due == may(due)


def test_holidays_are_not_counted_and_make_up_days_are() -> None:
    exceptions = {may(8): False, may(12): True}
    assert told(exceptions=exceptions)[-1].due == may(14)
    assert told(exceptions={may(8): False})[-1].due == may(15)


@pytest.mark.parametrize(
    ("steps", "on", "standing"),
    [
        ([], 14, "running"),
        ([], 15, "overdue"),
        ([("wait", 14)], 30, "waiting"),  # asked in time: it may take as long as it likes
        ([("wait", 15)], 30, "overdue"),  # asked a day too late
        ([("wait", 15), ("resume", 16)], 16, "overdue"),
        ([("close", 14)], 30, "closed"),
        ([("close", 15)], 30, "closed_late"),
        ([("wait", 9), ("close", 30)], 31, "closed"),  # closed while the clock stood
        ([("close", 15), ("reopen", 16)], 16, "overdue"),  # late once, late for good
    ],
)
def test_how_a_case_stands(steps, on, standing) -> None:
    assert clock_on(told(*steps), may(on)).standing_on(may(on)) == standing


def test_a_new_promise_begins_anew() -> None:
    found = clocks(MAY, 5, [Step(Act.CLOSE, may(16)), Step(Act.REOPEN, may(21), 3)], WEEK)
    assert (found[-1].due, found[-1].passed) == (may(24), False)
    assert found[-1].used_on(may(24), WEEK) == 7 + 3


@pytest.mark.parametrize(
    "steps",
    [
        [("resume", 9)],
        [("reopen", 9)],
        [("wait", 9), ("wait", 10)],
        [("close", 9), ("answer", 10)],
        [("close", 9), ("close", 10)],
    ],
)
def test_a_step_out_of_order_is_refused(steps) -> None:
    with pytest.raises(NotPossible):
        told(*steps)


def test_before_the_opening_there_is_no_clock() -> None:
    assert clock_on(told(), may(6)) is None


@st.composite
def ways(draw):
    """A case with any steps that its states allow."""
    day, state, steps = MAY, CaseState.RUNNING, []
    for _step in range(draw(st.integers(0, 6))):
        day += datetime.timedelta(days=draw(st.integers(0, 12)))
        what = draw(st.sampled_from([a for a in Act if state in STEPS[a][0]]))
        days = draw(st.none() | st.integers(1, 20)) if what is Act.REOPEN else None
        steps.append(Step(what, day, days))
        state = STEPS[what][1] or state
    return draw(st.integers(1, 30)), steps, day + datetime.timedelta(days=draw(st.integers(0, 40)))


def days_run(steps, until) -> int:
    """Count day by day: a working day after the opening, unless the clock stood that day."""
    number, day = 0, MAY
    while day < until:
        day += datetime.timedelta(days=1)
        states = [CaseState.RUNNING]
        for step in steps:
            if step.on < day:  # a step on the day itself ends the day's count only afterwards
                states.append(STEPS[step.act][1] or states[-1])
        number += states[-1] is CaseState.RUNNING and is_working(day, WEEK)
    return number


@given(ways())
def test_used_days_are_those_of_a_calendar_ticked_off_by_hand(way) -> None:
    promised, steps, day = way
    clock = clock_on(clocks(MAY, promised, steps, WEEK), day)
    assert clock.used_on(day, WEEK) == days_run(steps, day)
    assert clock.left_on(day, WEEK) == clock.left - (clock.used_on(day, WEEK) - clock.used)


@given(ways())
def test_time_alone_never_makes_a_waiting_case_overdue(way) -> None:
    promised, steps, day = way
    clock = clocks(MAY, promised, steps, WEEK)[-1]
    later = day + datetime.timedelta(days=400)
    if clock.state is CaseState.WAITING:
        assert clock.overdue_on(later) == clock.overdue_on(steps[-1].on)
    elif clock.state is CaseState.RUNNING:
        assert clock.overdue_on(later)
        assert not clock.overdue_on(clock.due) or clock.passed


@given(ways())
def test_a_case_is_on_time_as_long_as_days_are_left(way) -> None:
    promised, steps, day = way
    clock = clock_on(clocks(MAY, promised, steps, WEEK), day)
    if clock.state is CaseState.RUNNING and clock.left_on(day, WEEK) > 0:
        assert not clock.overdue_on(day)
