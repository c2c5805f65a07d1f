"""Decisions of prefectures: their authority judged on the day, shown where one looks for it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Delegation
from core.operations.facts import record_fact
from core.queries.delegations import authority_remarks, decisions_of_prefectures
from core.registers.saving import void_entry
from core.registers.supervision import DELEGATIONS
from tests.factories import InstitutionFactory, fact
from tests.microloan_registry.conftest import DAY, day

NOW = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)


def decided(company, kind="opening_approved", on="2012-05-10", **values):
    return fact(company.institution, kind, on, level="prefecture", **values)


def codes(user, as_of=DAY):
    decisions = decisions_of_prefectures(user=user, as_of=as_of)
    found = authority_remarks(decisions=decisions, as_of=as_of)
    return {key: [each.code for each in remarks] for key, remarks in found.items()}


def test_findings_follow_from_the_delegations_that_stand(company, delegation, province_clerk):
    sound = decided(company, delegation=delegation, filed_on=day("2012-05-16"))
    assert codes(province_clerk) == {sound.pk: []}
    relocated = decided(company, "relocated", "2012-06-01", filed_on=day("2012-06-02"))
    assert codes(province_clerk)[relocated.pk] == ["delegation.none"]
    void_entry(DELEGATIONS, code="DL-1", actor=province_clerk, reason="误登", now=NOW)
    assert codes(province_clerk)[sound.pk] == ["delegation.none"]


def test_a_decision_not_filed_becomes_a_finding_when_its_days_are_over(
    company, delegation, province_clerk
):
    entry = decided(company, delegation=delegation)
    in_time = datetime.date(2012, 5, 24)  # ten working days after Thursday, 10 May
    assert codes(province_clerk, in_time) == {entry.pk: []}
    after = in_time + datetime.timedelta(days=1)
    assert codes(province_clerk, after) == {entry.pk: ["delegation.not-filed"]}


def test_the_provinces_own_decisions_and_other_institutions_are_not_judged(
    company, village_bank, province_clerk
):
    fact(company.institution, "opening_approved", "2012-05-10", level="province")
    fact(village_bank, "opening_approved", "2012-05-10", level="prefecture")
    assert codes(province_clerk) == {}


def test_judging_costs_the_same_however_many(
    new_company, delegation, province_clerk, django_assert_num_queries
):
    for number in range(8):
        decided(new_company(f"ML{number:02d}"), delegation=delegation)
    with django_assert_num_queries(3):
        assert len(codes(province_clerk)) == 8


@pytest.fixture
def findings(client_of, province_clerk):
    def page(**query):
        client = client_of(query.pop("user", province_clerk))
        return client.get(reverse("core:delegation-findings"), {"as_of": "2012-06-30", **query})

    return page


def test_the_province_reads_all_findings_on_one_page(new_company, delegation, guangzhou, findings):
    sound, odd, elsewhere = (new_company(f"ML0{number}") for number in (1, 2, 3))
    elsewhere.institution.prefecture = guangzhou
    elsewhere.institution.save()
    decided(sound, delegation=delegation, filed_on=day("2012-05-16"))
    decided(odd, delegation=delegation, on="2012-04-10", filed_on=day("2012-04-16"))
    decided(elsewhere)
    text = findings().content.decode()
    assert "ML01" not in text
    assert all(word in text for word in ("ML02", "ML03", "不在 粤金〔2012〕30号 的有效期内"))
    assert "ML01" in findings(findings="none").content.decode()
    late = findings(findings="delegation.not-in-force").content.decode()
    assert ("ML02" in late, "ML03" in late) == (True, False)
    there = findings(prefecture="440100").content.decode()
    assert ("ML02" in there, "ML03" in there) == (False, True)
    assert findings(colour="red").status_code == 422


def test_a_delegations_page_lists_what_was_decided_under_it(
    new_company, delegation, client_of, leader
):
    decided(new_company("ML01"), delegation=delegation, filed_on=day("2012-05-16"))
    decided(new_company("ML02"), delegation=delegation, on="2012-06-01")
    address = reverse("core:delegations-record", args=["DL-1"])
    page = client_of(leader).get(address, {"as_of": "2012-06-30"}).content.decode()
    assert "ML01" in page
    assert "应在 2012-06-15 前报省备案，尚未备案" in page


def test_filing_is_recorded_from_the_timeline(
    company, delegation, client_of, shaoguan_clerk, guangzhou
):
    entry = record_fact(
        decided(company, delegation=delegation), actor=shaoguan_clerk, now=timezone.now()
    )
    client = client_of(shaoguan_clerk)
    address = reverse("core:fact-file", args=["ML01", entry.pk])
    assert address in client.get(reverse("core:institution", args=["ML01"])).content.decode()
    early = client.post(address, {"filed_on": "2012-05-09"})
    assert early.status_code == 422
    assert "早于决定日期" in early.content.decode()
    assert client.post(address, {"filed_on": "2012-05-16"}).status_code == 302
    entry.refresh_from_db()
    assert entry.filed_on == day("2012-05-16")
    assert address not in client.get(reverse("core:institution", args=["ML01"])).content.decode()


def test_delegations_are_filtered_by_matter_state_and_place(
    delegation, guangzhou, client_of, leader
):
    Delegation.objects.create(
        code="DL-2",
        prefecture=guangzhou,
        matters=["branch"],
        document_number="粤金〔2011〕5号",
        valid_from=day("2011-05-01"),
        valid_to=day("2012-04-30"),
    )
    client = client_of(leader)

    def shown(**query):
        address = reverse("core:delegations")
        page = client.get(address, {"as_of": "2012-06-30", **query}).content.decode()
        return [code for code in ("DL-1", "DL-2") if code in page]

    assert shown() == ["DL-1", "DL-2"]
    assert shown(matter="capital") == ["DL-1"]
    assert shown(matter="branch") == ["DL-2"]
    assert shown(state="current") == ["DL-1"]
    assert shown(state="past") == ["DL-2"]
    assert shown(prefecture="440100") == ["DL-2"]
    assert shown(q="2012") == ["DL-1"]


def test_another_institutions_people_see_no_delegations(delegation, client_of, preparer):
    InstitutionFactory()
    page = client_of(preparer).get(reverse("core:delegations")).content.decode()
    assert "DL-1" not in page
