"""Approvals under a delegation, filing with the province, conversion into a village bank."""

import datetime

import pytest
from django.utils import timezone

from core.errors import DomainError, EditConflict, PermissionRefused, StateConflict
from core.fact_kinds import columns_of, kinds_for
from core.models import Delegation, Fact, JournalEntry
from core.models.users import Role
from core.operations.delegations import file_with_province
from core.operations.facts import record_fact, void_fact
from finance.models import MicroloanCompany
from finance.operations.microloan_companies import convert_into_village_bank
from finance.queries.microloan_companies import microloan_companies_on
from tests.factories import UserFactory, fact
from tests.microloan_registry.conftest import DAY, day


@pytest.fixture
def guangzhou_clerk(guangzhou):
    return UserFactory(username="guangzhou", role=Role.PREFECTURE_STAFF, prefecture=guangzhou)


def approval(company, **values):
    return Fact(
        **{
            "institution": company.institution,
            "kind": "opening_approved",
            "happened_on": day("2012-05-10"),
            "document_number": "韶金〔2012〕3号",
            **values,
        }
    )


def record(entry, actor):
    return record_fact(entry, actor=actor, now=timezone.now())


def refused(entry, actor):
    with pytest.raises(DomainError) as error:
        record(entry, actor)
    assert error.value.code == "invalid-fact"
    return set(error.value.fields)


def test_a_microloan_company_is_offered_the_facts_that_fit_it():
    kinds = dict(kinds_for("microloan_company"))
    assert {"opening_approved", "opened", "capital_changed", "shareholding_changed"} <= set(kinds)
    never = {"licence_granted", "preparation_approved", "blocked", "converted", "intention"}
    assert never.isdisjoint(kinds)
    assert {"licence_granted", "blocked"} <= set(dict(kinds_for("village_bank")))
    assert {"licence_granted", "converted"} <= set(dict(kinds_for("city_bank")))
    assert "licence_granted" not in dict(kinds_for("guarantee_agency"))


def test_only_a_microloan_companys_matters_can_rest_on_a_delegation():
    assert "delegation" in columns_of("capital_changed", "microloan_company")
    assert "delegation" not in columns_of("capital_changed", "village_bank")
    assert "delegation" not in columns_of("renamed", "microloan_company")


def test_an_approval_under_a_delegation_was_decided_by_the_prefecture(
    company, delegation, shaoguan_clerk
):
    entry = record(approval(company, delegation=delegation), shaoguan_clerk)
    assert (entry.level, entry.authority) == ("prefecture", "delegated")
    assert entry.county == company.institution.county


def test_a_delegation_of_another_prefecture_is_refused(company, guangzhou, province_clerk):
    foreign = Delegation.objects.create(
        code="DL-2",
        prefecture=guangzhou,
        matters=["establishment"],
        document_number="粤金〔2012〕31号",
        valid_from=day("2012-05-01"),
    )
    assert refused(approval(company, delegation=foreign), province_clerk) == {"delegation"}


def test_a_void_delegation_is_refused(company, delegation, province_clerk):
    delegation.voided_at = timezone.now()
    delegation.save()
    assert refused(approval(company, delegation=delegation), province_clerk) == {"delegation"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": "province"}, "level"),
        ({"authority": "statutory"}, "authority"),
        ({"filed_on": datetime.date(2012, 5, 9)}, "filed_on"),
        ({"filed_on": datetime.date(2999, 1, 1)}, "filed_on"),
    ],
)
def test_what_contradicts_a_delegation_is_refused(
    values, field, company, delegation, province_clerk
):
    entry = approval(company, delegation=delegation, **values)
    assert refused(entry, province_clerk) == {field}


def test_a_delegation_out_of_force_stops_nothing(company, delegation, province_clerk):
    entry = approval(company, delegation=delegation, happened_on=day("2012-04-01"))
    assert record(entry, province_clerk).pk


def test_filing_is_an_act_of_its_own_with_its_journal(company, delegation, shaoguan_clerk):
    entry = record(approval(company, delegation=delegation), shaoguan_clerk)
    now = timezone.now()
    filed = file_with_province(
        fact_id=entry.pk, on=day("2012-05-20"), actor=shaoguan_clerk, now=now
    )
    assert Fact.objects.get(pk=filed.pk).filed_on == day("2012-05-20")
    last = JournalEntry.objects.order_by("-sequence").first()
    assert (last.action, last.detail["filed_on"]) == ("fact.file", "2012-05-20")
    with pytest.raises(StateConflict, match="2012-05-20"):
        file_with_province(fact_id=entry.pk, on=DAY, actor=shaoguan_clerk, now=now)


def test_only_what_may_be_filed_is_filed(
    company, delegation, shaoguan_clerk, guangzhou_clerk, province_clerk
):
    now = timezone.now()

    def file(entry, on=DAY, actor=shaoguan_clerk):
        return file_with_province(fact_id=entry.pk, on=on, actor=actor, now=now)

    entry = record(approval(company, delegation=delegation), shaoguan_clerk)
    with pytest.raises(PermissionRefused):
        file(entry, actor=guangzhou_clerk)
    for wrong in ("2012-05-09", "2999-01-01"):
        with pytest.raises(DomainError) as error:
            file(entry, on=day(wrong))
        assert "filed_on" in error.value.fields
    by_province = record(approval(company, level="province"), province_clerk)
    with pytest.raises(StateConflict) as error:
        file(by_province)
    assert error.value.code == "fact-not-filed"
    void_fact(fact_id=entry.pk, actor=shaoguan_clerk, reason="误登", now=now)
    with pytest.raises(StateConflict) as error:
        file(entry)
    assert error.value.code == "fact-already-void"


def convert(company, bank, actor, on="2012-06-01", **values):
    return convert_into_village_bank(
        company,
        village_bank=bank,
        on=day(on),
        actor=actor,
        now=timezone.now(),
        expected_version=values.pop("expected_version", company.version),
        document_number="粤银监复〔2012〕9号",
        **values,
    )


def test_a_conversion_is_one_act_exit_link_and_journal(
    company, village_bank, shaoguan_clerk, province_clerk
):
    fact(company.institution, "opened", "2011-04-01")
    convert(company, village_bank, shaoguan_clerk)
    row = microloan_companies_on(user=province_clerk, as_of=DAY).get()
    assert (row.state, row.converted_into) == ("converted", village_bank)
    exit_ = Fact.objects.get(institution=company.institution, kind="exited")
    assert (exit_.reason, exit_.counterparty) == ("converted", village_bank.name)
    assert row.history.first().history_user == shaoguan_clerk
    acts = JournalEntry.objects.order_by("sequence").values_list("action", flat=True)
    assert list(acts)[-2:] == ["fact.record", "microloan.convert"]


def test_a_refused_conversion_leaves_nothing_behind(
    company, village_bank, bank, guangzhou, shaoguan_clerk, guangzhou_clerk
):
    with pytest.raises(StateConflict, match="2012-06-01"):
        convert(company, village_bank, shaoguan_clerk)
    fact(company.institution, "opened", "2011-04-01")
    with pytest.raises(PermissionRefused):
        convert(company, village_bank, guangzhou_clerk)
    with pytest.raises(DomainError) as error:
        convert(company, bank, shaoguan_clerk)
    assert "village_bank" in error.value.fields
    village_bank.prefecture = guangzhou
    with pytest.raises(DomainError) as error:
        convert(company, village_bank, shaoguan_clerk)
    assert "village_bank" in error.value.fields
    village_bank.refresh_from_db()
    with pytest.raises(EditConflict):
        convert(company, village_bank, shaoguan_clerk, expected_version=7)
    assert not Fact.objects.filter(kind="exited").exists()
    assert MicroloanCompany.objects.get().converted_into is None


def test_nobody_converts_twice_or_before_what_is_known(company, village_bank, shaoguan_clerk):
    fact(company.institution, "opened", "2011-04-01")
    fact(company.institution, "suspended", "2012-06-10")
    with pytest.raises(StateConflict):
        convert(company, village_bank, shaoguan_clerk)
    convert(company, village_bank, shaoguan_clerk, on="2012-06-20")
    with pytest.raises(StateConflict):
        convert(company, village_bank, shaoguan_clerk, on="2012-06-25")
