"""Who founded the companies of underdeveloped counties, against the plan's wish."""

import datetime

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.operations.facts import void_fact
from finance.queries.founders import sponsors_in_underdeveloped
from finance.rules.founders import Founder, Founding, Foundings, founders_of
from tests.factories import CountyFactory, fact
from tests.microloan_registry.conftest import DAY, day


def opened(company, on="2011-04-01"):
    institution = company.institution
    return fact(
        institution, "opened", on, prefecture=institution.prefecture, county=institution.county
    )


def test_only_companies_in_business_in_counties_flagged_on_the_day_count(
    new_company, shaoguan, guangzhou
):
    rich = CountyFactory(code="440224", name="仁化县", prefecture=shaoguan)
    opened(new_company("ML01"))
    opened(new_company("ML02", county=rich))
    opened(new_company("ML03", prefecture=guangzhou, county=None))
    gone = new_company("ML04")
    opened(gone)
    fact(gone.institution, "exited", "2012-01-01", reason="dissolved")
    new_company("ML05")
    found = sponsors_in_underdeveloped(as_of=DAY)
    assert [each.code for each in found.companies] == ["ML01"]
    assert found.in_business == {"440200": 2, "440100": 1}
    assert sponsors_in_underdeveloped(as_of=day("2013-06-30")).number == 0


def test_enterprises_of_quality_from_elsewhere_are_what_the_plan_wishes(
    new_company, hold, shaoguan, guangzhou
):
    companies = [new_company(f"ML0{number}") for number in range(1, 6)]
    for company in companies:
        opened(company)
    first, second, third, fourth, _fifth = companies
    hold(first, "广州优质公司", 30, home_prefecture=guangzhou, is_quality_enterprise=True)
    hold(first, "本地公司", 15, home_prefecture=shaoguan)
    hold(second, "湖南优质公司", 30, home_place="湖南省", is_quality_enterprise=True)
    hold(third, "本地优质公司", 30, home_prefecture=shaoguan, is_quality_enterprise=True)
    hold(fourth, "来历不明公司", 30, is_quality_enterprise=True)
    found = sponsors_in_underdeveloped(as_of=DAY)
    wished = [each.code for each in found.companies if each.as_the_plan_wishes]
    assert wished == ["ML01", "ML02"]
    assert (found.number, found.as_the_plan_wishes, found.without_sponsor) == (5, 2, 1)
    homes = [(each.home, each.companies, each.quality) for each in found.origins()]
    assert homes == [("440200", 2, 1), ("", 1, 1), ("440100", 1, 1), ("湖南省", 1, 1)]


def test_founders_are_the_sponsors_at_the_opening_not_of_later(new_company, hold):
    company = new_company()
    opened(company)
    hold(company, "创始公司", 30, held_until=day("2012-01-31"))
    hold(company, "后来公司", 30, held_from=day("2012-02-01"))
    (found,) = sponsors_in_underdeveloped(as_of=DAY).companies
    assert [each.name for each in found.founders] == ["创始公司"]


def test_what_became_known_later_does_not_change_what_was_known(new_company, hold, province_clerk):
    company = new_company()
    entry = opened(company)
    holding = hold(company, "创始公司", 30)
    moment = timezone.now()
    holding.voided_at = timezone.now()
    holding.save()
    void_fact(fact_id=entry.pk, actor=province_clerk, reason="误登", now=timezone.now())
    assert sponsors_in_underdeveloped(as_of=DAY).number == 0
    then = sponsors_in_underdeveloped(as_of=DAY, known_at=moment)
    assert [each.name for each in then.companies[0].founders] == ["创始公司"]
    before = moment - datetime.timedelta(days=1)
    assert sponsors_in_underdeveloped(as_of=DAY, known_at=before).number == 0


def test_the_queries_do_not_grow_with_the_companies(new_company, hold, django_assert_num_queries):
    for number in range(8):
        company = new_company(f"ML{number:02d}")
        opened(company)
        hold(company, f"公司{number}", 30)
    with django_assert_num_queries(5):
        assert sponsors_in_underdeveloped(as_of=DAY).number == 8


DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2013, 1, 1))
HOLDINGS = st.lists(
    st.builds(
        Founder,
        name=st.sampled_from("甲乙丙丁"),
        kind=st.just("enterprise"),
        home=st.sampled_from(["", "440100", "440200", "湖南省"]),
        stake=st.decimals(1, 50, places=2),
        quality=st.booleans(),
        held_from=DAYS,
    ),
    max_size=6,
)


@given(holdings=HOLDINGS, opened_on=st.none() | DAYS)
def test_a_company_with_sponsors_always_has_founders(holdings, opened_on):
    founders = founders_of(holdings, opened_on=opened_on)
    assert bool(founders) == bool(holdings)
    assert set(founders) <= set(holdings)


@given(lists=st.lists(HOLDINGS, max_size=5))
def test_every_company_with_a_founder_is_counted_under_some_origin(lists):
    companies = tuple(
        Founding(number, f"ML{number}", "", "440200", "", None, tuple(holdings))
        for number, holdings in enumerate(lists)
    )
    found = Foundings(companies, {"440200": len(companies)})
    origins = found.origins()
    with_founders = found.number - found.without_sponsor
    assert max((each.companies for each in origins), default=0) <= with_founders
    assert sum(each.companies for each in origins) >= with_founders
    assert all(each.quality <= each.companies for each in origins)
    assert found.as_the_plan_wishes <= with_founders
