"""Agencies as they stood: ratings that lapse and move, licences, cooperation, remarks."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from core.models import Licence
from core.queries.expiries import running_out
from guarantees.models import CooperationAgreement
from guarantees.queries.agencies import banks_by_type, guarantee_agencies_on
from guarantees.registers.agencies import remarks
from tests.guarantee_registry.conftest import day


def at(user, text):
    return guarantee_agencies_on(user=user, as_of=day(text)).get(institution__code="GA01")


@pytest.mark.parametrize(
    ("text", "state", "rating", "moved"),
    [
        ("2011-01-01", "missing", None, ""),
        ("2011-06-01", "current", "AA-", "first"),
        ("2012-04-15", "expiring", "AA-", "first"),
        ("2012-05-15", "lapsed", "AA-", "first"),
        ("2012-06-30", "current", "A+", "down"),
    ],
)
def test_a_rating_is_current_then_lapses_and_moves(
    agency, rated, province_clerk, text, state, rating, moved
) -> None:
    rated(agency, "AA-", "2011-05-01", "2012-04-30")
    rated(agency, "A+", "2012-06-01", "2013-05-31")
    found = at(province_clerk, text)
    assert (found.rating_state, found.rating, found.rating_moved) == (state, rating, moved)


def test_what_is_odd_about_an_agency_is_told_with_its_rule(
    agency, rated, rules, province_clerk
) -> None:
    rated(agency, "AA", "2011-05-01", "2012-04-30")
    licence = Licence(code="LC1", institution=agency, number="粤1", issued_on=day("2010-10-01"),
                      valid_until=day("2012-01-31"))  # fmt: skip
    licence.save()
    rows = guarantee_agencies_on(user=province_clerk, as_of=day("2012-06-30"))
    (found,) = remarks(rows, day("2012-06-30")).values()
    assert [each.code for each in found] == ["guarantee.licence-lapsed", "guarantee.rating-lapsed"]


def test_a_small_capital_is_judged_by_the_provinces_own_parameter(
    agency, rules, province_clerk
) -> None:
    detail = agency.guarantee_agency
    detail.capital = Decimal("4000")
    detail.save()
    rows = guarantee_agencies_on(user=province_clerk, as_of=day("2012-06-30"))
    (found,) = remarks(rows, day("2012-06-30")).values()
    capital = next(each for each in found if each.code == "guarantee.capital")
    assert "5000" in capital.message.zh
    assert "可配置" in str(capital.rule)


def test_a_lapsed_rating_is_on_the_cockpit_and_in_the_calendar(
    agency, rated, province_clerk, client_of
) -> None:
    today = timezone.localdate()
    rated(agency, "AA", "2012-05-01", (today - datetime.timedelta(days=3)).isoformat())
    (found,) = running_out(as_of=today, within=30)
    assert (found.register, found.days, found.lapsed) == ("credit-ratings", -3, True)
    client = client_of(province_clerk)
    page = client.get("/").content.decode()
    assert "已到期" in page
    assert agency.name in page
    calendar = client.get("/reports/expiries/").content.decode()
    assert "信用评级到期" in calendar


def test_a_renewed_rating_is_no_longer_watched(agency, rated) -> None:
    rated(agency, "AA", "2011-05-01", "2012-04-30")
    assert len(running_out(as_of=day("2012-05-15"), within=30)) == 1
    rated(agency, "AA", "2012-05-10", "2013-05-09")
    assert not running_out(as_of=day("2012-05-15"), within=30)
    assert len(running_out(as_of=day("2012-05-09"), within=30)) == 1


def test_banks_are_counted_by_type_while_their_agreement_holds(
    agency, bank, other_bank, province_clerk
) -> None:
    for code, partner, until in (("CA1", bank, None), ("CA2", bank, None),
                                 ("CA3", other_bank, "2012-03-31")):  # fmt: skip
        CooperationAgreement(code=code, institution=agency, bank=partner,
                             signed_on=day("2011-01-01"),
                             valid_until=until and day(until)).save()  # fmt: skip
    assert banks_by_type(institution=agency.pk, as_of=day("2012-01-01")) == {"city": 2}
    assert banks_by_type(institution=agency.pk, as_of=day("2012-06-30")) == {"city": 1}
    assert at(province_clerk, "2012-06-30").banks == 1


def test_every_page_of_an_agency_opens(
    agency, rated, client_of, province_clerk, shaoguan_clerk, other_agency
) -> None:
    rated(agency, "AA", "2011-05-01", "2012-04-30")
    client = client_of(province_clerk)
    for address in (
        "/guarantee-agencies/", "/guarantee-agencies/GA01/", "/guarantee-agencies/GA01/edit/",
        "/guarantee-agencies/new/", "/guarantee-agencies/import/", "/guarantee-agencies/data/",
        "/guarantee-agencies/import/template/", "/guarantee-agencies/?format=xlsx",
        "/guarantee-agencies/?rating_state=lapsed", "/credit-ratings/new/?institution=GA01",
        "/credit-ratings/", "/cooperation-agreements/", "/compensation-cases/",
        "/case-movements/", "/loss-sharing-schemes/", "/supervisory-grades/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    page = client.get("/guarantee-agencies/GA01/?as_of=2012-06-30").content.decode()
    assert "已过期" in page
    assert "/credit-ratings/new/?institution=GA01" in page
    assert client_of(shaoguan_clerk).get("/guarantee-agencies/GA02/edit/").status_code == 403


def test_an_agency_is_made_and_changed_by_its_form(client_of, province_clerk, shaoguan) -> None:
    client = client_of(province_clerk)
    data = {
        "code": "GA09", "name": "演示新设融资担保有限公司", "prefecture": shaoguan.pk,
        "detail-legal_form": "limited", "detail-agency_type": "policy",
        "detail-capital": "10000", "detail-state_share": "120",
        "detail-business": ["loans", "bonds"],
    }  # fmt: skip
    assert client.post("/guarantee-agencies/new/", data).status_code == 422
    saved = client.post("/guarantee-agencies/new/", data | {"detail-state_share": "60"})
    assert saved.status_code == 302, saved.content.decode()
    page = client.get("/guarantee-agencies/GA09/").content.decode()
    assert "债券发行担保" in page


def test_machines_read_and_write_agencies(caller, province_clerk, agency, rated) -> None:
    rated(agency, "AA", "2011-05-01", "2012-04-30")
    office = caller(province_clerk)
    found = office.get("/guarantee-agencies/GA01/", as_of="2012-06-30")
    assert found.json()["rating_state"] == "lapsed"
    changed = office.patch(
        "/guarantee-agencies/GA01/", {"capital": "12000.00", "business": ["loans"]},
        headers={"If-Match": found["ETag"]},
    )  # fmt: skip
    assert changed.status_code == 200, changed.content
    assert changed.json()["capital"] == "12000.00"
    assert changed.json()["business"] == ["loans"]


def test_a_list_of_agencies_costs_the_same_however_long(
    agency, other_agency, client_of, province_clerk, django_assert_max_num_queries
) -> None:
    client = client_of(province_clerk)
    with django_assert_max_num_queries(10):
        client.get("/guarantee-agencies/")
