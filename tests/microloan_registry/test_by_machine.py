"""What a machine reads and does: remarks of a company, cities' decisions, the conversion."""

import pytest

from core.models import Fact
from finance.models import MicroloanCompany, VillageBank
from tests.factories import fact


@pytest.fixture
def office(caller, shaoguan_clerk):
    return caller(shaoguan_clerk)


def test_a_company_is_read_with_what_is_odd_about_it(company, delegation, office, rules) -> None:
    fact(company.institution, "opening_approved", "2012-04-10", level="prefecture",
         delegation=delegation)  # fmt: skip
    fact(company.institution, "opened", "2012-05-01")
    record = office.get("/microloan-companies/ML01/", as_of="2012-06-30").json()
    assert (record["state"], record["state_label"]) == ("open", "营业")
    assert (record["underdeveloped"], record["underdeveloped_label"]) == (True, "是")
    codes = [each["code"] for each in record["remarks"]]
    assert codes[0] == "delegation.not-in-force"
    assert {"microloan.no-holders", "microloan.no-licence"} <= set(codes)
    assert record["remarks"][0]["rule"] == "粤金〔2012〕30号"
    english = office.client.get(
        "/api/v1/microloan-companies/ML01/?as_of=2012-06-30", headers={"Accept-Language": "en"}
    ).json()
    assert "lies outside" in english["remarks"][0]["message"]


def test_decisions_of_cities_are_listed_with_findings(
    new_company, delegation, office, django_assert_num_queries
) -> None:
    def decided(code: str, on: str, **values):
        return fact(new_company(code).institution, "opening_approved", on, level="prefecture",
                    **values)  # fmt: skip

    decided("ML01", "2012-05-10", delegation=delegation, filed_on="2012-05-16")
    decided("ML02", "2012-04-10", delegation=delegation)

    def listed(**query: str) -> dict[str, list[str]]:
        found = office.get("/delegation-findings/", as_of="2012-06-30", **query).json()
        return {
            row["institution"]: [each["code"] for each in row["findings"]]
            for row in found["results"]
        }

    late = ["delegation.not-in-force", "delegation.not-filed"]
    assert listed() == {"ML01": [], "ML02": late}
    assert listed(findings="any") == {"ML02": late}
    assert listed(findings="none") == {"ML01": []}
    assert listed(q="nobody") == {}
    decided("ML03", "2012-04-11")
    decided("ML04", "2012-04-12")
    with django_assert_num_queries(5):
        assert len(listed()) == 4
    pk = Fact.objects.get(institution__code="ML02").pk
    one = office.get(f"/delegation-findings/{pk}/", as_of="2012-04-12").json()
    assert [each["code"] for each in one["findings"]] == ["delegation.not-in-force"]
    assert office.get("/delegation-findings/", colour="red").status_code == 422


@pytest.fixture
def bank_to_be(company, village_bank) -> MicroloanCompany:
    fact(company.institution, "opened", "2011-04-01")
    VillageBank(institution=village_bank).save(force_insert=True)
    return company


CONVERSION = {"village_bank": "VB01", "on": "2012-06-01", "document_number": "粤银监复〔2012〕9号"}
ACT = "/microloan-companies/ML01/convert/"


def test_a_machine_converts_a_company_once(bank_to_be, office) -> None:
    version = office.get("/microloan-companies/ML01/")["ETag"]
    headers = {"If-Match": version, "Idempotency-Key": "convert-ML01"}
    done = office.post(ACT, CONVERSION, headers=headers)
    assert done.status_code == 200, done.json()
    assert (done.json()["state"], done.json()["converted_into"]) == ("converted", "VB01")
    assert done["ETag"] == '"v2"'
    again = office.post(ACT, CONVERSION, headers=headers)
    assert again["Idempotent-Replay"] == "true"
    assert Fact.objects.filter(kind="exited").count() == 1
    late = office.post(ACT, CONVERSION, headers={"If-Match": version})
    assert late.status_code in (409, 412)


@pytest.mark.parametrize(
    ("changes", "headers", "status", "told"),
    [
        ({}, {}, 428, "if-match-required"),
        ({}, {"If-Match": '"v7"'}, 412, "edit-conflict"),
        ({"village_bank": None}, {}, 422, "village_bank"),
        ({"village_bank": "VB99"}, {"If-Match": '"v1"'}, 422, "village_bank"),
        ({"on": "2011-01-01"}, {"If-Match": '"v1"'}, 409, "not-in-business"),
        ({"on": "soon"}, {"If-Match": '"v1"'}, 422, "on"),
        ({"document_number": "随便写的"}, {"If-Match": '"v1"'}, 422, "document_number"),
        ({"colour": "red"}, {"If-Match": '"v1"'}, 422, "colour"),
    ],
)
def test_a_bad_conversion_is_refused_and_nothing_is_kept(
    bank_to_be, office, changes, headers, status, told
) -> None:
    if not headers and changes:
        headers = {"If-Match": '"v1"'}
    answer = office.post(ACT, CONVERSION | changes, headers=headers)
    assert answer.status_code == status, answer.json()
    assert told in str(answer.json())
    assert not Fact.objects.filter(kind="exited").exists()


def test_only_the_offices_of_the_place_convert(bank_to_be, caller, leader, guangzhou, office):
    sent = {"headers": {"If-Match": '"v1"'}}
    assert caller(leader).post(ACT, CONVERSION, **sent).status_code == 403
    bank_to_be.institution.prefecture = guangzhou
    bank_to_be.institution.save()
    assert office.post(ACT, CONVERSION, **sent).status_code == 403
    assert office.post(ACT.replace("ML01", "ML77"), CONVERSION, **sent).status_code == 404
