"""The report on incentives: budget, decided, paid and left, and who has no policy."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.registers.saving import void_entry
from listings.models import IncentivePolicy
from listings.queries.incentive_totals import prefectures_without_policy
from listings.registers.incentives import PAYMENTS
from reports.operations.publishing import publish
from reports.queries.comparison import compared_with_today, recomputed
from reports.registry import compute
from tests.listings_incentives.conftest import day

ASKED = {"as_of": "2012-12-31"}


@pytest.fixture
def year(loyal, reported, awarded, paid, record, guangzhou):
    """Shaoguan granted 30 and 50 and paid 20 of 60; the province granted and paid 10."""
    reported("tutoring", "2012-05-02")
    first = awarded(granted="30")
    awarded("tutoring", granted="50", base=Decimal(200))
    payment = paid(first, "20")
    province = record(
        "incentive-policies", name="演示省级奖励", level="province", valid_from="2012-01-01",
        tranches=[{"topic": "tutoring", "basis": "fixed", "amount": "10"}],
        budgets=[{"year": 2012, "amount": "100"}],
    )  # fmt: skip
    paid(awarded("tutoring", granted="10", policy=province), "10")
    return payment


def figures(known_at=None, **asked):
    return compute(
        "incentives", ASKED | asked, user=None, today=day("2013-01-01"), known_at=known_at
    ).figures


def by_code(rows) -> dict:
    return {row["code"]: row for row in rows}


MONEY = ("budget", "granted", "paid", "left")


def test_budget_decided_paid_and_left(year, policy) -> None:
    found = figures()
    own = by_code(found["policies"])[policy.code]
    assert [own[name] for name in MONEY] == ["60.00", "80.00", "20.00", "40.00"]
    assert [found["total"][name] for name in MONEY] == ["160.00", "90.00", "30.00", "130.00"]
    places = by_code(found["prefectures"])
    assert [places["higher"][name] for name in MONEY] == ["100.00", "10.00", "10.00", "90.00"]
    assert [places["440200"][name] for name in MONEY] == ["60.00", "80.00", "20.00", "40.00"]
    assert places["440200"]["received_paid"] == "30.00"
    assert places["440100"]["budget"] is None


def test_cities_without_a_policy_on_any_day(year, policy, record, guangzhou, shaoguan) -> None:
    found = figures()
    assert [each["code"] for each in found["without"]] == ["440100"]
    assert (found["covered"]["numerator"], found["covered"]["denominator"]) == (1, 2)
    assert prefectures_without_policy(as_of=day("2010-12-31")) == [guangzhou, shaoguan]
    record("incentive-policies", entry=policy, repealed_on="2012-10-01")
    ended = by_code(figures()["without"])["440200"]
    assert (ended["last"], ended["ended_on"]) == (policy.code, "2012-09-30")
    assert figures(as_of="2012-09-30")["covered"]["numerator"] == 1


def test_a_countys_policy_is_not_the_citys(db, guangzhou, record) -> None:
    from tests.factories import CountyFactory

    county = CountyFactory(code="440183", name="增城市", prefecture=guangzhou)
    record("incentive-policies", name="演示县级办法", level="county", county=county,
           valid_from="2012-01-01",
           tranches=[{"topic": "listed", "basis": "fixed", "amount": "5"}])  # fmt: skip
    (without,) = figures()["without"]
    assert (without["code"], without["county_policies"]) == ("440100", 1)


def test_an_earlier_day_still_says_what_held_then(year) -> None:
    before = figures(as_of="2012-07-31")["total"]
    assert (before["granted"], before["paid"]) == ("90.00", "0.00")
    other = figures(year=2011)["total"]
    assert (other["budget"], other["paid"]) == ("0.00", "0.00")


def test_four_renderings_hold_the_same_figures(year, client_of, leader, caller) -> None:
    client = client_of(leader)
    address = reverse("reports:incentives")
    page = client.get(address, ASKED).content.decode()
    told = json.loads(client.get(address, ASKED | {"format": "json"}).content)["figures"]
    assert told == caller(leader).get("/reports/incentives/", **ASKED).json()["figures"]
    assert all(told["total"][name] in page for name in MONEY)
    assert "广州市" in page
    for wanted in ("pdf", "xlsx"):
        assert client.get(address, ASKED | {"format": wanted}).status_code == 200


def test_every_linked_figure_opens(year, policy, client_of, leader) -> None:
    client = client_of(leader)
    behind = reverse("reports:incentives-lineage")
    for figure, said in {
        "policies": "演示省级奖励",
        "without": "从未出台",
        "granted": "演示韶关科技有限公司",
        f"paid:{policy.code}": "20.00",
        "granted:440200": "80.00",
        "paid:higher": "10.00",
        "received:440200": "辅导备案",
    }.items():
        answer = client.get(behind, ASKED | {"figure": figure})
        assert answer.status_code == 200, figure
        if figure != "granted:440200":
            assert said in answer.content.decode(), figure
    for figure in ("nothing", "granted:IP99", "received:IP01"):
        assert client.get(behind, ASKED | {"figure": figure}).status_code == 404


def test_a_publication_is_recomputed_and_later_corrections_show(year, province_clerk) -> None:
    published = publish(code="incentives", asked=ASKED, actor=province_clerk, now=timezone.now())
    void_entry(PAYMENTS, code=year.code, actor=province_clerk, reason="误", now=timezone.now())
    assert recomputed(published).equal
    moved = {each.path: each for each in compared_with_today(published).differences}
    assert (moved["total.paid"].published, moved["total.paid"].found) == ("30.00", "10.00")
    assert any("作废" in cause.what.zh for cause in moved["total.paid"].causes)


def test_the_number_of_queries_does_not_grow(
    year, record, awarded, django_assert_num_queries
) -> None:
    with django_assert_num_queries(6):
        figures()
    for number in range(5):
        IncentivePolicy(
            code=f"IX{number}", name=f"演示{number}", level="province", valid_from=day("2012-01-01")
        ).save()
    with django_assert_num_queries(6):
        figures()
