"""A rating moves, runs out, and is missed."""

import datetime
import json

import pytest

from core.operations.reference import FOLDER
from guarantees.rules.ratings import Movement, Rating, RatingState, movements, state_on

DAY = datetime.date(2012, 6, 30)


@pytest.mark.parametrize(
    ("rated_on", "valid_until", "state"),
    [
        (None, None, RatingState.MISSING),
        ("2012-07-01", None, RatingState.MISSING),
        ("2011-06-30", "2012-06-29", RatingState.LAPSED),
        ("2011-06-30", "2012-06-30", RatingState.EXPIRING),
        ("2011-10-01", "2012-08-29", RatingState.EXPIRING),
        ("2011-10-01", "2012-08-30", RatingState.CURRENT),
        ("2012-06-30", None, RatingState.CURRENT),
    ],
)
def test_a_rating_is_worth_what_its_dates_say(rated_on, valid_until, state) -> None:
    def day(text):
        return text and datetime.date.fromisoformat(text)

    assert state_on(day(valid_until), rated_on=day(rated_on), as_of=DAY) is state


def test_grades_move_against_the_one_before() -> None:
    ranks = [7, 4, 4, 9]
    ratings = [Rating(str(rank), rank, DAY) for rank in ranks]
    assert movements(ratings) == [Movement.FIRST, Movement.UP, Movement.SAME, Movement.DOWN]


def test_the_scale_has_nineteen_steps_in_use_and_no_triple_a_plus() -> None:
    scale = json.loads((FOLDER / "rating_scale.json").read_text())
    assert sum(each["active"] for each in scale) == 19
    assert [each["rank"] for each in scale] == list(range(1, 21))
    assert "AAA+" not in {each["code"] for each in scale}
    assert {each["tier"] for each in scale} == {1, 2, 3}
