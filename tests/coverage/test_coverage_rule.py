"""What counts as covered, lost, gained and on its way, by table."""

import datetime
from decimal import Decimal

import pytest

from core.ratio import Ratio
from finance.rules.coverage import Coverage, Question, coverage
from finance.rules.pace import Goal, Reading
from finance.rules.presence import BankLife, Basis, Unit
from tests.coverage.cast import PLAN_DAY, TERRITORY, bank, day, question

ZENGCHENG = bank(
    1,
    "440100",
    "440183",
    ("preparation_approved", "2010-06-01"),
    ("opened", "2010-12-01", {"document_number": "粤银监复〔2010〕9号"}),
    (
        "branch_opened",
        "2013-03-01",
        {"subject": "南澳支行", "prefecture": "440500", "county": "440523"},
    ),
)
SHAOGUAN = bank(
    2,
    "440200",
    "440281",
    ("intention", "2011-01-10"),
    ("preparation_approved", "2012-02-01"),
    ("opened", "2012-09-01"),
    ("exited", "2014-05-01", {"reason": "merged"}),
)
YANGJIANG = bank(
    3,
    "441700",
    "441721",
    ("plan_approved", "2012-03-01"),
    ("blocked", "2012-06-01", {"reason": "linkage"}),
)
ALL = [ZENGCHENG, SHAOGUAN, YANGJIANG]


def asked(asking: Question, banks: list[BankLife] = ALL, goal: Goal | None = None) -> Coverage:
    return coverage(territory=TERRITORY, banks=banks, question=asking, goal=goal)


@pytest.mark.parametrize(
    ("as_of", "basis", "unit", "covered"),
    [
        ("2010-11-30", "opened", "head_office", 0),
        ("2010-11-30", "established", "head_office", 1),
        ("2010-12-01", "opened", "head_office", 1),  # the day of opening counts
        ("2012-06-30", "opened", "head_office", 1),
        ("2012-06-30", "established", "head_office", 2),
        ("2012-12-31", "opened", "head_office", 2),
        ("2013-12-31", "opened", "head_office", 2),
        ("2013-12-31", "opened", "any_outlet", 3),  # the branch in Shantou
        ("2014-05-01", "opened", "head_office", 1),  # the day of exit no longer counts
        ("2014-05-01", "established", "any_outlet", 2),
    ],
)
def test_covered_prefectures_on_any_day(as_of: str, basis: str, unit: str, covered: int) -> None:
    answer = asked(question(as_of, basis=Basis(basis), unit=Unit(unit)))
    assert answer.covered == Ratio(covered, 5)


def test_every_region_keeps_its_numerator_and_denominator() -> None:
    answer = asked(question("2012-12-31"))
    assert [(each.region, each.prefectures, each.counties) for each in answer.regions] == [
        ("delta", Ratio(1, 2), Ratio(1, 1)),
        ("east", Ratio(0, 1), Ratio(0, 1)),
        ("west", Ratio(0, 1), Ratio(0, 1)),
        ("north", Ratio(1, 1), Ratio(1, 1)),
    ]


def test_a_county_that_became_a_district_leaves_the_count_of_its_day_but_not_that_of_2012() -> None:
    then = asked(question("2015-06-30"))
    today = asked(Question(as_of=day("2015-06-30"), divisions_on=day("2015-06-30")))
    assert then.county_covered == Ratio(1, 4)
    assert today.county_covered == Ratio(0, 3)


def test_a_bank_seated_in_a_later_division_counts_for_the_county_of_2012() -> None:
    later = bank(7, "440100", "440118", ("opened", "2015-03-01"))
    assert asked(question("2015-06-30"), [later]).county_covered == Ratio(1, 4)


def test_gains_and_losses_name_the_bank_and_the_fact() -> None:
    answer = asked(question("2014-06-30", since=day("2012-08-31"), unit=Unit.ANY_OUTLET))
    found = [(each.level, each.code, each.gained, each.bank, each.fact) for each in answer.changes]
    assert found == [("prefecture", "440500", True, 1, 103), ("county", "440523", True, 1, 103)]
    lost = asked(question("2014-06-30", since=day("2013-01-01"))).changes
    assert [(each.code, each.gained, each.bank, each.fact, each.on) for each in lost] == [
        ("440200", False, 2, 204, day("2014-05-01")),
        ("440281", False, 2, 204, day("2014-05-01")),
    ]


def test_a_second_bank_keeps_a_prefecture_covered_when_the_first_leaves() -> None:
    second = bank(9, "440200", "440281", ("opened", "2013-01-01"))
    answer = asked(question("2014-06-30", since=day("2013-06-30")), [*ALL, second])
    assert answer.changes == ()
    assert answer.covered.numerator == 2


def test_uncovered_prefectures_show_who_is_on_the_way_and_what_holds_them_up() -> None:
    answer = asked(question("2012-06-30"))
    assert [each.code for each in answer.uncovered] == ["441900", "440500", "441700", "440200"]
    yangjiang, shaoguan = answer.uncovered[2].pipeline[0], answer.uncovered[3].pipeline[0]
    assert (yangjiang.state, yangjiang.blocked, yangjiang.facts) == (
        "plan_approved",
        "linkage",
        (301, 302),
    )
    assert (shaoguan.state, shaoguan.blocked) == ("preparation_approved", "")


def test_a_lapsed_preparation_no_longer_establishes_and_falls_back() -> None:
    lapsed = bank(
        4, "440500", "", ("plan_approved", "2011-01-01"), ("preparation_approved", "2012-01-01"),
        ("preparation_lapsed", "2012-10-01"),
    )  # fmt: skip
    before = asked(question("2012-09-30", basis=Basis.ESTABLISHED), [lapsed])
    after = asked(question("2012-10-01", basis=Basis.ESTABLISHED), [lapsed])
    assert (before.covered.numerator, after.covered.numerator) == (1, 0)
    shantou = next(each for each in after.uncovered if each.code == "440500")
    assert shantou.pipeline[0].state == "plan_approved"


def test_a_relocated_bank_covers_the_old_place_before_and_the_new_one_after() -> None:
    moved = bank(
        5,
        "440500",
        "440523",
        ("opened", "2011-01-01", {"prefecture": "441700", "county": "441721"}),
        ("relocated", "2013-01-01", {"prefecture": "440500", "county": "440523"}),
    )
    before = asked(question("2012-12-31"), [moved])
    after = asked(question("2013-01-01"), [moved])
    assert before.facts_behind("prefecture:441700") == (501,)
    assert after.facts_behind("prefecture:441700") == ()
    assert after.facts_behind("prefecture:440500") == (501, 502)


def test_every_figure_leads_to_its_facts() -> None:
    answer = asked(question("2013-12-31", unit=Unit.ANY_OUTLET))
    assert answer.facts_behind("total") == (102, 103, 203)
    assert answer.facts_behind("region:east") == (103,)
    assert answer.facts_behind("county:440183") == (102,)
    assert answer.facts_behind("pipeline:441700") == (301, 302)
    with pytest.raises(KeyError):
        answer.facts_behind("prefecture:999999")


@pytest.mark.parametrize(
    ("reading", "deadline"),
    [("anniversary", "2015-04-28"), ("years_counted", "2014-12-31"), ("years_after", "2015-12-31")],
)
def test_the_deadline_follows_its_reading(reading: str, deadline: str) -> None:
    assert Goal(PLAN_DAY, 3, Reading(reading)).deadline == day(deadline)


def test_pace_runs_straight_from_the_baseline_to_everything() -> None:
    goal = Goal(PLAN_DAY, 3, baseline=None)
    pace = asked(question("2013-10-28"), goal=goal).pace
    assert pace is not None
    assert (pace.baseline, pace.target, pace.deadline) == (1, 5, day("2015-04-28"))
    # 548 of 1095 days: 1 + 4 * 548 / 1095
    assert pace.expected == Decimal("3.00")
    assert pace.ahead == Decimal("-1.00")
    assert pace.points[0].line == 1
    assert pace.points[-1].line == 5
    assert pace.points[-1].actual is None
    assert [p.actual for p in pace.points if p.day == day("2012-09-30")] == [2]


def test_pace_takes_an_entered_baseline_and_says_nothing_before_the_goal() -> None:
    entered = asked(question("2012-04-28"), goal=Goal(PLAN_DAY, 3, baseline=4)).pace
    assert entered is not None
    assert (entered.baseline, entered.expected) == (4, Decimal("4.00"))
    assert asked(question("2012-04-27"), goal=Goal(PLAN_DAY, 3)).pace is None


def test_no_bank_at_all_covers_nothing() -> None:
    empty = asked(question("2012-06-30"), [])
    assert empty.covered == Ratio(0, 5)
    assert all(not each.pipeline for each in empty.uncovered)
    assert empty.facts_behind("total") == ()


def test_facts_of_the_future_are_not_seen() -> None:
    answer = asked(Question(as_of=datetime.date(2009, 1, 1), divisions_on=PLAN_DAY))
    assert answer.covered.numerator == 0
    assert [each.pipeline for each in answer.uncovered] == [()] * 5
