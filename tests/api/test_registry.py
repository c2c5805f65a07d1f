"""Institutions and facts by machine: as the pages save them, with the same refusals."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Fact, Institution
from reports.operations.publishing import publish
from tests.filing import NOW

NEW = {"code": "X001", "kind": "city_bank", "name": "演示新银行", "prefecture": "440200"}


@pytest.fixture
def office(caller, province_clerk):
    return caller(province_clerk)


def test_an_institution_is_registered_changed_and_kept_from_lost_edits(office, shaoguan) -> None:
    made = office.post("/institutions/", NEW)
    assert (made.status_code, made["Location"]) == (201, "/api/v1/institutions/X001/")
    assert made.json()["version"] == 1
    here = "/institutions/X001/"
    assert office.patch(here, {"address": "路"}).json()["code"] == "if-match-required"
    match = {"If-Match": made["ETag"]}
    changed = office.patch(here, {"address": "中山路", "change_reason": "迁址"}, headers=match)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.json()["name"] == NEW["name"], "what was not sent stays"
    stale = office.patch(here, {"address": "东路"}, headers=match)
    assert (stale.status_code, stale.json()["code"]) == (412, "edit-conflict")
    assert Institution.objects.get().history.first().history_change_reason == "迁址"


def test_a_clerk_writes_only_in_its_own_prefecture(
    caller, shaoguan_clerk, other_bank, guangzhou
) -> None:
    clerk = caller(shaoguan_clerk)
    elsewhere = clerk.post("/institutions/", NEW | {"prefecture": "440100"})
    assert elsewhere.status_code == 422
    assert [each["field"] for each in elsewhere.json()["errors"]] == ["prefecture"]
    match = {"If-Match": '"v1"'}
    assert clerk.patch("/institutions/B9002/", {"note": "x"}, headers=match).status_code == 403
    fact = {"institution": "B9002", "kind": "opened", "happened_on": "2012-01-01"}
    assert clerk.post("/approvals/", fact).status_code == 403


def test_a_fact_is_recorded_and_voided(office, bank) -> None:
    sent = {"institution": "B9001", "kind": "capital_changed", "happened_on": "2012-01-05",
            "capital": "30000.00", "document_number": "韶银监复[2012]3号"}  # fmt: skip
    made = office.post("/approvals/", sent)
    assert made.status_code == 201, made.content
    assert (made.json()["capital"], made.json()["document_number"]) == (
        "30000.00",
        "韶银监复〔2012〕3号",
    )
    here = f"/approvals/{made.json()['id']}/void/"
    assert office.post(here, {}).json()["code"] == "reason-needed"
    assert office.post(here, {"reason": "重复登记"}).json()["voided_at"]
    again = office.post(here, {"reason": "重复登记"})
    assert (again.status_code, again.json()["code"]) == (409, "fact-already-void")
    assert Fact.objects.filter(voided_at__isnull=False).count() == 1


BAD_INSTITUTIONS = [
    {"credit_code": "91440000000000000X"},
    {"name": ""},
    {"kind": "casino"},
    {"code": "B9001"},
    {"prefecture": "999999"},
]


@pytest.mark.parametrize("wrong", BAD_INSTITUTIONS)
def test_page_and_interface_refuse_an_institution_alike(
    wrong, office, client_of, province_clerk, bank, shaoguan
) -> None:
    answer = office.post("/institutions/", NEW | wrong)
    sent = NEW | {"prefecture": shaoguan.pk} | wrong
    page = client_of(province_clerk).post(reverse("core:institution-new"), sent)
    assert (answer.status_code, page.status_code) == (422, 422)
    said = {each["field"]: each["message"] for each in answer.json()["errors"]}
    errors = page.context["form"].errors
    assert set(said) == set(errors) - {"__all__"} == set(wrong)
    if "prefecture" not in wrong:  # the page sends keys, the interface codes
        assert said == {name: " ".join(errors[name]) for name in said}
    if "credit_code" in wrong:
        assert answer.json()["code"] == "doubtful-identifier"
        assert office.post("/institutions/", NEW | wrong | {"confirmed": True}).status_code == 201


BAD_FACTS = [
    {"happened_on": "2999-01-01"},
    {"capital": ""},
    {"document_number": "随便写的"},
]


@pytest.mark.parametrize("wrong", BAD_FACTS)
def test_page_and_interface_refuse_a_fact_alike(
    wrong, office, client_of, province_clerk, bank
) -> None:
    sent = {"happened_on": "2012-01-05", "capital": "30000.00"} | wrong
    answer = office.post("/approvals/", sent | {"institution": "B9001", "kind": "capital_changed"})
    url = reverse("core:fact-add", args=["B9001"]) + "?kind=capital_changed"
    page = client_of(province_clerk).post(url, sent)
    assert (answer.status_code, page.status_code) == (422, 422)
    said = {each["field"]: each["message"] for each in answer.json()["errors"]}
    errors = page.context["form"].errors
    assert said == {name: " ".join(errors[name]) for name in set(errors) - {"__all__"}}
    assert set(said) == set(wrong)


@pytest.mark.parametrize(
    ("page", "resource", "asked"),
    [
        ("core:institutions", "institutions", {"as_of": "gestern"}),
        ("core:institutions", "institutions", {"colour": "red"}),
        ("finance:village-banks", "village-banks", {"stage": "none at all"}),
        ("returns:queue", "returns", {"state": "lost"}),
        ("reports:coverage", "reports/coverage", {"colour": "red", "format": "json"}),
    ],
)
def test_page_and_interface_refuse_parameters_alike(
    page, resource, asked, office, client_of, province_clerk
) -> None:
    answer = office.get(f"/{resource}/", **asked)
    shown = client_of(province_clerk).get(reverse(page), asked)
    code = re.search(r"<code>([a-z-]+)</code></p>", shown.content.decode())
    assert answer.status_code == shown.status_code == 422
    assert code
    assert answer.json()["code"] == code[1]


def test_changes_follow_a_cursor(office, bank, province_clerk, feed_at_once) -> None:
    office.post("/institutions/", NEW)
    asked = {"as_of": "2012-06-30"}
    publish(code="coverage", asked=asked, actor=province_clerk, now=NOW)
    seen, since = [], ""
    while True:
        page = office.get("/changes/", since=since, page_size=2).json()
        seen += [(each["action"], each["key"]) for each in page["results"]]
        since = page["next"]
        if not page["more"]:
            break
    assert ("institution.created", "X001") in seen
    assert ("report.published", "coverage-20120630-01") in seen
    assert len(seen) == len(set(seen))
    assert office.get("/changes/", since=since).json()["results"] == []
    for wrong in ("x", "e30", "W10"):
        assert office.get("/changes/", since=wrong).json()["code"] == "bad-cursor"
    assert all(office.get(each["url"].removeprefix("/api/v1")).status_code == 200
               for each in office.get("/changes/").json()["results"])  # fmt: skip


def test_publishing_and_comparing(office, caller, leader, bank, rules) -> None:
    sent = {"report": "coverage", "parameters": {"as_of": "2012-06-30"}, "note": "季报"}
    made = office.post("/published-reports/", sent)
    assert made.status_code == 201, made.content
    here = made["Location"].removeprefix("/api/v1")
    reader = caller(leader)
    assert reader.post("/published-reports/", sent).status_code == 403
    assert reader.get(here).json()["figures"] == made.json()["figures"]
    assert reader.get(f"{here}comparison/").json()["reproduced"] is True
    pdf = reader.get("/reports/coverage/", as_of="2012-06-30", format="pdf")
    assert pdf.content.startswith(b"%PDF")


def test_addresses_that_are_not_there_answer_in_json(office, db) -> None:
    for path in ("/api/", "/api/v2/x/", "/api/v1/nothing/"):
        answer = Client().get(path, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["detail"].isascii()
    assert "text/html" in Client().get("/nothing/")["Content-Type"]
    wrong = office.post("/banks/", {})
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method-not-allowed")
    nobody = Client().get("/api/v1/banks/")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not-authenticated")


def test_keys_that_no_database_takes_are_not_found(office, bank) -> None:
    for key in ("²", "9" * 40, "-1", "a%00b", "%F0%9F%98%80"):
        for name in ("institutions", "returns", "approvals", "periods", "published-reports"):
            assert office.get(f"/{name}/{key}/").status_code == 404, (name, key)
