"""Reference data: loaded whole, loaded twice without harm, never over an office's own edits."""

import datetime

import pytest
from django.core.management import call_command

from core.models import County, Prefecture, RuleParameter, Workday
from finance.models import LoanGoal

pytestmark = pytest.mark.django_db
MODELS = (Prefecture, County, RuleParameter, LoanGoal, Workday)


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def test_the_territory_of_2012_is_whole() -> None:
    call_command("seed_reference")
    assert counts()[:2] == [21, 121]
    assert County.objects.county_domain().count() == 67
    assert Prefecture.objects.filter(underdeveloped=True).count() == 12
    names = list(Prefecture.objects.values_list("name", flat=True)[:6])
    assert names == ["广州市", "深圳市", "珠海市", "汕头市", "佛山市", "韶关市"]


def test_a_county_that_became_another_ends_and_names_its_successor() -> None:
    call_command("seed_reference")
    qingxin = County.objects.get(code="441827")
    assert (qingxin.valid_to.year, qingxin.successor_code) == (2012, "441803")
    assert County.objects.get(code="440222").valid_to is None


def test_loading_again_adds_nothing_and_keeps_edits() -> None:
    call_command("seed_reference")
    before = counts()
    county = County.objects.get(code="441324")
    county.underdeveloped, county.underdeveloped_from = True, datetime.date(2012, 1, 1)
    county.save()
    rule = RuleParameter.objects.filter(code="sme-loans.change-max").get()
    rule.value = 25
    rule.save()
    call_command("seed_reference")
    assert counts() == before
    county.refresh_from_db()
    rule.refresh_from_db()
    assert (county.underdeveloped, rule.value) == (True, 25)


def test_rules_carry_source_and_certainty() -> None:
    call_command("seed_reference")
    for rule in RuleParameter.objects.all():
        assert rule.source, rule.code
        assert rule.certainty in "HML", rule.code


@pytest.mark.parametrize(
    ("day", "least"), [(datetime.date(2012, 4, 28), 20), (datetime.date(2012, 6, 30), 15)]
)
def test_the_main_sponsors_stake_fell_in_may_2012(day, least) -> None:
    call_command("seed_reference")
    rules = RuleParameter.objects.in_force(day).filter(code="village-bank.sponsor-stake-min")
    assert [int(rule.value) for rule in rules] == [least]


def test_the_calendar_knows_holidays_and_make_up_days() -> None:
    call_command("seed_reference")
    known = dict(Workday.objects.values_list("day", "is_working"))
    assert known[datetime.date(2012, 10, 1)] is False
    assert known[datetime.date(2012, 9, 29)] is True  # a Saturday worked for National Day
