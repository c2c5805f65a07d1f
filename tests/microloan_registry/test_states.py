"""Microloan companies as of a day: state, seat, capital, sponsors, papers."""

import datetime
from decimal import Decimal

import pytest

from core.models import Licence
from core.operations.facts import void_fact
from finance.queries.microloan_companies import STATES, microloan_companies_on
from tests.factories import CountyFactory, fact
from tests.microloan_registry.conftest import DAY, day

LIFE = [
    ("opening_approved", "2011-03-01", {}),
    ("registered", "2011-03-20", {}),
    ("opened", "2011-04-01", {}),
    ("suspended", "2011-08-01", {}),
    ("resumed", "2011-09-01", {}),
    ("exited", "2012-02-01", {"reason": "dissolved"}),
]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2011-02-28", "none"),
        ("2011-03-01", "preparing"),
        ("2011-03-31", "preparing"),
        ("2011-04-01", "open"),
        ("2011-08-01", "suspended"),
        ("2011-09-01", "open"),
        ("2012-01-31", "open"),
        ("2012-02-01", "exited"),
    ],
)
def test_the_facts_tell_the_state_of_any_day(on, state, company, province_clerk):
    for kind, happened_on, values in LIFE:
        fact(company.institution, kind, happened_on, **values)
    row = microloan_companies_on(user=province_clerk, as_of=day(on)).get()
    assert row.state == state
    assert row.state in STATES


def test_an_exit_into_a_village_bank_is_a_state_of_its_own(company, province_clerk):
    fact(company.institution, "opened", "2011-04-01")
    fact(company.institution, "exited", "2012-02-01", reason="converted")
    assert microloan_companies_on(user=province_clerk, as_of=DAY).get().state == "converted"


def test_capital_seat_and_opening_are_those_of_the_day(company, shaoguan, province_clerk):
    there = CountyFactory(code="440224", name="仁化县", prefecture=shaoguan)
    institution = company.institution
    fact(institution, "opened", "2011-04-01", prefecture=shaoguan, county=institution.county)
    fact(institution, "capital_changed", "2012-01-05", capital=Decimal(8000))
    fact(institution, "relocated", "2012-03-01", prefecture=shaoguan, county=there)

    def told(on):
        row = microloan_companies_on(user=province_clerk, as_of=day(on)).get()
        return row.capital_now, row.county_then_name, row.underdeveloped, row.opened_on

    opened = day("2011-04-01")
    assert told("2011-12-31") == (Decimal(5000), "始兴县", True, opened)
    assert told("2012-02-01") == (Decimal(8000), "始兴县", True, opened)
    assert told("2012-03-01") == (Decimal(8000), "仁化县", False, opened)


def test_underdeveloped_is_judged_on_the_day(company, province_clerk):
    fact(company.institution, "opened", "2011-04-01")

    def poor(on):
        return microloan_companies_on(user=province_clerk, as_of=on).get().underdeveloped

    assert [poor(datetime.date(year, 6, 30)) for year in (2009, 2012, 2013)] == [False, True, False]


def test_where_there_is_no_county_the_prefecture_tells(new_company, shaoguan, province_clerk):
    new_company(county=None)
    row = microloan_companies_on(user=province_clerk, as_of=DAY).get()
    assert (row.underdeveloped, row.county_then_name) == (False, "")
    shaoguan.underdeveloped = True
    shaoguan.save()
    assert microloan_companies_on(user=province_clerk, as_of=DAY).get().underdeveloped


def test_holders_and_main_sponsors_are_those_of_the_day(company, hold, guangzhou, province_clerk):
    hold(company, "先行公司", 20, held_until=day("2011-12-31"), home_prefecture=guangzhou)
    hold(company, "先行公司", 30, held_from=day("2012-01-01"), home_prefecture=guangzhou)
    hold(company, "湖南公司", 15, home_place="湖南省郴州市")
    hold(company, "张三", 10, role="participant", kind="person")
    hold(company, "误登公司", 9, voided_at=datetime.datetime(2012, 1, 1, tzinfo=datetime.UTC))
    row = microloan_companies_on(user=province_clerk, as_of=DAY).get()
    assert (row.sponsors, row.sponsor_homes) == ("先行公司、湖南公司", "广州市、湖南省郴州市")
    assert row.holders == 3
    hold(company, "最大公司", 31)
    before = microloan_companies_on(user=province_clerk, as_of=day("2011-12-31")).get()
    assert (before.sponsors, before.sponsor_homes) == (
        "最大公司、先行公司、湖南公司",
        "—、广州市、湖南省郴州市",
    )


def test_the_licence_in_force_tells_until_when(company, province_clerk):
    def licence(number, issued_on, valid_until, **values):
        Licence.objects.create(
            code=number,
            number=number,
            institution=company.institution,
            issued_on=day(issued_on),
            valid_until=day(valid_until),
            **values,
        )

    licence("B", "2011-03-01", "2031-02-28", kind="business")
    assert microloan_companies_on(user=province_clerk, as_of=DAY).get().licence_until == day(
        "2031-02-28"
    )
    licence("A1", "2011-03-01", "2012-02-28")
    licence("A2", "2012-03-01", "2013-02-28")
    licence("A3", "2012-07-01", "2015-06-30")
    rows = microloan_companies_on(user=province_clerk, as_of=DAY)
    assert rows.get().licence_until == day("2013-02-28")


def test_the_approval_names_the_delegation_it_rests_on(company, delegation, province_clerk):
    approval = fact(company.institution, "opening_approved", "2012-05-10", delegation=delegation)
    row = microloan_companies_on(user=province_clerk, as_of=DAY).get()
    assert (row.approved_on, row.approved_under) == (day("2012-05-10"), "粤金〔2012〕30号")
    void_fact(
        fact_id=approval.pk,
        actor=province_clerk,
        reason="误登",
        now=datetime.datetime(2012, 6, 1, tzinfo=datetime.UTC),
    )
    row = microloan_companies_on(user=province_clerk, as_of=DAY).get()
    assert (row.approved_on, row.approved_under, row.state) == (None, "", "none")


def test_one_query_however_many_companies(
    new_company, hold, province_clerk, django_assert_num_queries
):
    for number in range(12):
        company = new_company(f"ML{number:02d}")
        fact(company.institution, "opened", "2011-04-01")
        hold(company, f"发起人{number}", 30)
    with django_assert_num_queries(1):
        rows = list(microloan_companies_on(user=province_clerk, as_of=DAY).order_by("pk"))
        assert [each.sponsors for each in rows] == [f"发起人{number}" for number in range(12)]


def test_people_of_an_institution_see_their_own_company_only(
    company, new_company, preparer, shaoguan_clerk
):
    new_company("ML02")
    preparer.institution = company.institution
    rows = microloan_companies_on(user=preparer, as_of=DAY)
    assert [row.institution.code for row in rows] == ["ML01"]
    assert microloan_companies_on(user=shaoguan_clerk, as_of=DAY).count() == 2
