"""Coverage read from the registry: now, on past dates, and as it was once known."""

import datetime

import pytest
from django.utils import timezone

from core.models import Fact, RuleParameter
from finance.queries.coverage import coverage, goal_of
from finance.rules.coverage import Coverage, Question
from finance.rules.pace import Reading
from tests.factories import InstitutionFactory, fact

PLAN_DAY = datetime.date(2012, 4, 28)


def asked(as_of: str, known_at: datetime.datetime | None = None) -> Coverage:
    question = Question(as_of=datetime.date.fromisoformat(as_of), divisions_on=PLAN_DAY)
    goal = goal_of(reading=Reading.ANNIVERSARY, as_of=question.as_of, known_at=known_at)
    return coverage(question=question, goal=goal, known_at=known_at)


def test_denominators_are_those_of_2012(province) -> None:
    answer = asked("2012-06-30")
    assert (answer.covered.numerator, answer.covered.denominator) == (1, 21)
    assert answer.county_covered.denominator == 67
    assert [each.prefectures.denominator for each in answer.regions] == [9, 4, 3, 5]
    assert [each.counties.denominator for each in answer.regions] == [15, 10, 12, 30]


def test_coverage_follows_the_date(province) -> None:
    days = ("2008-12-28", "2008-12-29", "2012-09-01", "2014-05-01")
    assert [asked(day).covered.numerator for day in days] == [0, 1, 2, 1]


def test_a_fact_recorded_later_does_not_change_what_was_known(province) -> None:
    before = timezone.now()
    late = fact(province.yangxi, "opened", "2012-06-01")
    assert asked("2012-06-30").covered.numerator == 2
    assert asked("2012-06-30", known_at=before).covered.numerator == 1
    then = timezone.now()
    Fact.objects.filter(pk=late.pk).update(voided_at=timezone.now(), void_reason="录入错误")
    assert asked("2012-06-30").covered.numerator == 1
    assert asked("2012-06-30", known_at=then).covered.numerator == 2


def test_a_corrected_seat_does_not_change_what_was_known(province) -> None:
    before = timezone.now()
    bank = province.xiaolan
    bank.prefecture = province.raoping.prefecture
    bank.save()
    assert "445100" not in {each.code for each in asked("2012-06-30").uncovered}
    assert "445100" in {each.code for each in asked("2012-06-30", known_at=before).uncovered}


@pytest.mark.parametrize("more", [0, 12])
def test_the_number_of_queries_does_not_grow(
    province, django_assert_num_queries, more: int
) -> None:
    for number in range(more):
        bank = InstitutionFactory(kind="village_bank", prefecture=province.yangxi.prefecture)
        fact(bank, "opened", f"2013-01-{number + 1:02d}")
    with django_assert_num_queries(5):
        asked("2014-12-31")


def test_the_goal_is_dated_data_that_an_office_may_change(province) -> None:
    goal = goal_of(reading=Reading.ANNIVERSARY, as_of=datetime.date(2013, 1, 1))
    assert goal is not None
    assert goal.deadline == datetime.date(2015, 4, 28)
    assert goal.baseline is None  # 0 in the rules: none entered
    known = timezone.now()
    rule = RuleParameter.objects.get(code="coverage.baseline")
    rule.value = 7
    rule.save()
    day = datetime.date(2013, 1, 1)
    changed = goal_of(reading=Reading.ANNIVERSARY, as_of=day)
    past = goal_of(reading=Reading.ANNIVERSARY, as_of=day, known_at=known)
    assert changed is not None
    assert past is not None
    assert (changed.baseline, past.baseline) == (7, None)
