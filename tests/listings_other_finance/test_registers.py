"""The light registers: what they take and refuse, whose they are, and how they travel."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import DomainError, PermissionRefused
from listings.models import EquityInvestment

DEALS = ("equity-investments", "project-finances", "property-pledges", "exchange-deals")


@pytest.mark.parametrize("key", DEALS)
@pytest.mark.parametrize(
    "values",
    [
        {"amount": "0"},
        {"partner_name": ""},
        {"ended_on": "2012-06-19"},
        {"on": "2999-01-01"},
    ],
)
def test_a_deal_has_an_amount_a_partner_and_days_in_order(dealt, enterprise, key, values) -> None:
    more = dict(values)
    on, amount = more.pop("on", "2012-06-20"), more.pop("amount", "3000")
    with pytest.raises(DomainError) as refused:
        dealt(key, on, amount, enterprise=enterprise("甲"), **more)
    assert refused.value.code == "invalid-record"


def test_a_service_is_for_one_enterprise_or_for_several_counted(dealt, enterprise) -> None:
    key = "securities-services"
    found = dealt(key, "2012-06-20", None, enterprise=enterprise("甲"))
    assert found.prefecture.code == "440200"  # where its enterprise is
    dealt(key, "2012-06-20", "500", served=12)
    for wrong in ({"served": 2, "enterprise": enterprise("乙")}, {"served": 0}):
        with pytest.raises(DomainError):
            dealt(key, "2012-06-20", None, **wrong)


def test_a_prefecture_keeps_its_own(dealt, enterprise, shaoguan_clerk, guangzhou, preparer) -> None:
    dealt("equity-investments", "2012-06-20", "3000", enterprise=enterprise("甲"),
          actor=shaoguan_clerk)  # fmt: skip
    other = enterprise("乙", guangzhou)
    with pytest.raises(PermissionRefused):
        dealt("equity-investments", "2012-06-20", "1", enterprise=other, actor=shaoguan_clerk)
    assert EquityInvestment.objects.visible_to(shaoguan_clerk).count() == 1
    assert EquityInvestment.objects.visible_to(preparer).count() == 0


def test_a_deal_goes_by_page_machine_and_workbook(
    dealt, enterprise, client_of, caller, province_clerk, bank
) -> None:
    owner = enterprise("甲")
    office, client = caller(province_clerk), client_of(province_clerk)
    body = {
        "enterprise": owner.code, "partner": bank.code, "amount": "800.50",
        "happened_on": "2012-06-20", "purpose": "innovation", "property_kind": "patent",
        "items": 3,
    }  # fmt: skip
    added = office.post("/property-pledges/", json.dumps(body))
    assert added.status_code == 201, added.content
    assert added.json()["enterprise_name"] == owner.name
    page = client.get(f"/property-pledges/{added.json()['code']}/").content.decode()
    assert "800.50" in page
    for place in (f"/enterprises/{owner.code}/", f"/institutions/{bank.code}/"):
        assert "800.50" in client.get(place).content.decode()
    tried = client.post(
        "/property-pledges/import/",
        {"file": SimpleUploadedFile("x.xlsx", b"".join(client.get("/property-pledges/data/")))},
        follow=True,
    )
    assert tried.context["outcome"].number("unchanged") == 1


@pytest.mark.parametrize("key", [*DEALS, "securities-services"])
def test_page_and_machine_refuse_with_the_same_code(
    enterprise, client_of, caller, province_clerk, key
) -> None:
    body = {
        "enterprise": enterprise("甲").code, "partner_name": "演示", "amount": "1",
        "happened_on": "2999-01-01", "purpose": "other", "investor_kind": "other",
        "property_kind": "patent", "items": 1, "project": "x", "exchange": "x",
        "deal_kind": "other", "firm": "x", "firm_kind": "fund", "service": "advisory",
        "served": 1,
    }  # fmt: skip
    from core.registers.catalogue import REGISTERS

    body = {name: value for name, value in body.items() if name in REGISTERS[key].fields}
    sent = caller(province_clerk).post(f"/{key}/", json.dumps(body))
    assert sent.json()["code"] == "invalid-record"
    assert [each["field"] for each in sent.json()["errors"]] == ["happened_on"]
    data = {name: str(value) for name, value in body.items()} | {"code": "", "note": ""}
    page = client_of(province_clerk).post(f"/{key}/new/", data)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["__all__", "happened_on"]


def test_lists_are_narrowed_and_cost_the_same(
    dealt, enterprise, caller, leader, client_of, django_assert_num_queries
) -> None:
    client = client_of(leader)
    dealt("equity-investments", "2012-06-20", "3000", enterprise=enterprise("甲"),
          purpose="strategic", stake=Decimal("12.5"))  # fmt: skip
    client.get("/equity-investments/")
    with django_assert_num_queries(5):
        client.get("/equity-investments/")
    for name in "乙丙丁":
        dealt("equity-investments", "2012-07-20", "100", enterprise=enterprise(name))
    with django_assert_num_queries(5):
        client.get("/equity-investments/")
    program = caller(leader, can_write=False)
    found = program.get("/equity-investments/", purpose="strategic").json()["results"]
    assert [each["stake"] for each in found] == ["12.50"]
