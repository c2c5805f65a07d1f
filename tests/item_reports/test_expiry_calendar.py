"""The expiry calendar: licences, ratings, delegations, agreements, on any day."""

from decimal import Decimal

import pytest

from core.models import Delegation, Licence, Prefecture
from guarantees.models import CooperationAgreement
from tests.item_reports.conftest import GUANGZHOU, SHAOGUAN, day, figures, sheets

ADDRESS = "/reports/expiries/?as_of=2012-07-31"


@pytest.fixture
def running(institution, rated, bank) -> None:
    """One of each: lapsed, within the month, coming; and one of Guangzhou."""
    agency = institution("guarantee", "GA01", SHAOGUAN)
    rated(agency, "A", "2011-06-01", "2012-05-31")
    Licence.objects.create(
        code="LC-1", institution=agency, kind="operating", number="粤担证1",
        issued_on=day("2011-09-01"), valid_until=day("2012-08-20"),
    )  # fmt: skip
    CooperationAgreement(
        code="CA-1", institution=agency, bank=bank, signed_on=day("2011-10-01"),
        valid_until=day("2012-09-30"), credit_line=Decimal(1000),
    ).save()  # fmt: skip
    Delegation.objects.create(
        code="DL-1", prefecture=Prefecture.objects.get(code=GUANGZHOU), matters=["establishment"],
        document_number="粤金〔2011〕30号", valid_from=day("2011-08-01"),
        valid_to=day("2012-07-31"),
    )  # fmt: skip


def test_what_lapsed_and_what_will_soonest_first(running, client_of, leader) -> None:
    found = figures("expiries")["expiring"]
    assert [(each["code"], each["state"], each["days"]) for each in found] == [
        ("credit-ratings/CR-1", "lapsed", -61),
        ("delegations/DL-1", "near", 0),
        ("licences/LC-1", "near", 20),
        ("cooperation-agreements/CA-1", "coming", 61),
    ]
    page = client_of(leader).get(ADDRESS).content.decode()
    places = [page.index(text) for text in ("信用评级到期", "粤金〔2011〕30号", "2012年9月30日")]
    assert places == sorted(places)


def test_the_day_the_horizon_place_and_register_are_asked_for(running) -> None:
    assert [each["entry"] for each in figures("expiries", within="10")["expiring"]] == [
        "CR-1", "DL-1"
    ]  # fmt: skip
    assert [each["entry"] for each in figures("expiries", prefecture=GUANGZHOU)["expiring"]] == [
        "DL-1"
    ]
    only = figures("expiries", register="licences")
    assert [each["code"] for each in only["registers"]] == ["licences"]
    earlier = figures("expiries", as_of="2012-05-01")["expiring"]
    assert [(each["entry"], each["state"]) for each in earlier] == [("CR-1", "near")]


def test_every_number_opens_to_its_entries(running, client_of, leader) -> None:
    client = client_of(leader)
    for figure, code in (("lapsed", "CR-1"), ("near:licences", "LC-1"), ("coming", "CA-1")):
        asked = {"as_of": "2012-07-31", "figure": figure}
        page = client.get("/reports/expiries/lineage/", asked).content.decode()
        assert code in page
        address = page.split('data-url="')[1].split('"')[0]
        assert client.get(address).status_code == 200
    for wrong in ("", "gone", "near:nothing"):
        asked = {"as_of": "2012-07-31", "figure": wrong}
        assert client.get("/reports/expiries/lineage/", asked).status_code == 404


def test_workbook_and_api_list_the_same(running, client_of, leader, caller) -> None:
    rows = sheets(client_of(leader).get(f"{ADDRESS}&format=xlsx").content)["到期事项"]
    told = caller(leader).get("/reports/expiries/", as_of="2012-07-31").json()["figures"]
    head = next(place for place, row in enumerate(rows) if row[0] == "到期日")
    assert [int(row[2]) for row in rows[head + 1 :]] == [each["days"] for each in told["expiring"]]


def test_staff_of_a_prefecture_are_reminded_of_their_own(
    running, client_of, shaoguan_clerk, leader, monkeypatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: day("2012-07-31"))
    own = client_of(shaoguan_clerk).get("/").content.decode().split("到期提醒")[1]
    assert "粤金〔2011〕30号" not in own.split("</section>")[0]
    assert "证照到期" in own.split("</section>")[0]
    all_of_it = client_of(leader).get("/").content.decode().split("到期提醒")[1]
    assert "已到期 1" in all_of_it
    assert "30 天内 2" in all_of_it
    assert "粤金〔2011〕30号" in all_of_it.split("</section>")[0]
