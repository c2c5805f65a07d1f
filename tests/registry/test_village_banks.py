"""Village banks: stages, remarks, pages."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Fact, Institution
from core.operations.reference import load_rules
from core.queries.rules import rule_value, rules_on
from finance.models import VillageBank
from finance.queries.village_banks import remarks_on, village_banks_on
from finance.rules.pipeline import WAY
from finance.rules.village_banks import months_after, stage_on
from tests.factories import CountyFactory, InstitutionFactory, fact

DAY = datetime.date(2012, 6, 30)
KINDS = [
    *WAY,
    "opened",
    "suspended",
    "resumed",
    "exited",
    "abandoned",
    "preparation_lapsed",
    "blocked",
]


@dataclass(frozen=True)
class Told:
    pk: int
    kind: str
    happened_on: datetime.date


LIVES = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40)), max_size=8)


def told(life):
    start = datetime.date(2012, 6, 1)
    return [
        Told(number, kind, start + datetime.timedelta(days=days))
        for number, (kind, days) in enumerate(life)
    ]


@pytest.fixture
def village_bank(shaoguan):
    institution = InstitutionFactory(
        code="VB01",
        kind="village_bank",
        name="始兴演示村镇银行股份有限公司",
        prefecture=shaoguan,
        county=CountyFactory(prefecture=shaoguan),
    )
    bank = VillageBank(
        institution=institution,
        main_sponsor_name="演示银行",
        sponsor_stake=Decimal(51),
        capital=Decimal(5000),
    )
    bank.save()
    return bank


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(life=LIVES)
def test_the_database_and_the_rule_tell_the_same_stage(life, village_bank, province_clerk):
    Fact.objects.all().delete()
    for each in told(life):
        fact(village_bank.institution, each.kind, each.happened_on.isoformat())
    row = village_banks_on(user=province_clerk, as_of=DAY).get()
    assert row.stage == stage_on(told(life), as_of=DAY)


@given(life=LIVES)
def test_what_happens_later_does_not_change_the_stage_of_a_day(life):
    facts = told(life)
    past = [each for each in facts if each.happened_on <= DAY]
    assert stage_on(facts, as_of=DAY) == stage_on(past, as_of=DAY)


def test_a_lapsed_preparation_falls_back_to_the_plan():
    facts = told([("plan_approved", 0), ("preparation_approved", 2), ("preparation_lapsed", 9)])
    assert stage_on(facts, as_of=datetime.date(2012, 6, 5)) == "preparation_approved"
    assert stage_on(facts, as_of=DAY) == "plan_approved"


def test_months_end_with_shorter_months():
    assert months_after(datetime.date(2011, 5, 31), 9) == datetime.date(2012, 2, 29)
    assert months_after(datetime.date(2012, 3, 1), 9) == datetime.date(2012, 12, 1)


def codes(clerk):
    rows = village_banks_on(user=clerk, as_of=DAY)
    return {each.code for found in remarks_on(banks=rows, as_of=DAY).values() for each in found}


def test_remarks_cite_the_rule_of_the_date_judged(village_bank, province_clerk):
    load_rules()
    bank = village_bank.institution
    fact(bank, "preparation_approved", "2011-01-01", document_number="粤银监复〔2011〕1号")
    fact(bank, "opening_approved", "2011-06-01")
    fact(bank, "licence_granted", "2011-06-02")
    fact(bank, "opened", "2011-06-03")
    assert codes(province_clerk) == set()
    fact(bank, "shareholding_changed", "2011-07-01", stake=Decimal(16))
    assert codes(province_clerk) == {"village-bank.stake"}
    later = rule_value("village-bank.sponsor-stake-min", on=datetime.date(2012, 6, 1))
    assert later.value == 15
    assert rules_on(DAY).get("village-bank.sponsor-stake-min").value == 15
    fact(bank, "capital_changed", "2011-07-02", capital=Decimal("299.99"))
    fact(bank, "opened", "2011-08-01")
    assert codes(province_clerk) == {
        "village-bank.stake",
        "village-bank.capital",
        "village-bank.opened-twice",
    }


def test_odd_orders_missing_papers_and_long_preparations_are_remarked(village_bank, province_clerk):
    load_rules()
    bank = village_bank.institution
    fact(bank, "opening_approved", "2010-01-01")
    fact(bank, "opened", "2010-02-01")
    assert codes(province_clerk) == {"village-bank.no-preparation", "village-bank.no-licence"}
    fact(bank, "preparation_approved", "2010-03-01")
    fact(bank, "licence_granted", "2010-01-02")
    assert codes(province_clerk) == {"village-bank.order"}
    Fact.objects.exclude(kind="preparation_approved").delete()
    assert codes(province_clerk) == {"village-bank.preparation-long"}


def test_a_list_costs_the_same_queries_however_long(
    village_bank, province_clerk, client_of, django_assert_num_queries, shaoguan
):
    client = client_of(province_clerk)
    address = reverse("finance:village-banks")
    client.get(address)
    with django_assert_num_queries(5):
        assert "演示银行" in client.get(address).content.decode()
    for number in range(49):
        other = InstitutionFactory(kind="village_bank", prefecture=shaoguan)
        VillageBank(institution=other, main_sponsor_name=f"发起行{number}").save()
        fact(other, "intention", "2012-01-01")
    with django_assert_num_queries(5):
        assert client.get(address).content.count(b"data-url") == 50
    page = client.get(address, {"stage": "intention", "sort": "-stake"}).content
    assert page.count(b"data-url") == 49
    assert client.get(address, {"remarks": "true"}).content.count(b"data-url") == 49


def test_a_clerk_registers_an_intention_and_edits_it(shaoguan_clerk, client_of, shaoguan):
    client = client_of(shaoguan_clerk)
    new = {
        "code": "VB77",
        "name": "乐昌演示村镇银行股份有限公司",
        "prefecture": shaoguan.pk,
        "main_sponsor_name": "演示农商行",
        "sponsor_stake": "51",
        "capital": "3000",
        "capital_level": "county",
        "intended_on": "2012-05-01",
    }
    wrong = client.post(reverse("finance:village-bank-new"), {**new, "sponsor_stake": "120"})
    assert wrong.status_code == 422
    assert not Institution.objects.filter(code="VB77").exists()
    created = client.post(reverse("finance:village-bank-new"), new)
    assert created.status_code == 302
    page = client.get(created["Location"]).content.decode()
    assert "意向/酝酿" in page
    bank = VillageBank.objects.get(institution__code="VB77")
    assert bank.history.count() == 1
    edit = reverse("finance:village-bank-edit", args=["VB77"])
    change = {**new, "capital": "5000", "expected_version": 1, "expected_detail_version": 1}
    assert client.post(edit, change).status_code == 302
    stale = client.post(edit, change)
    assert stale.status_code == 422
    assert "已被他人修改" in stale.content.decode()
    page = client.get(reverse("finance:village-bank", args=["VB77"])).content.decode()
    assert "<del>3000.00</del>" in page
    assert "5,000.00" in page
