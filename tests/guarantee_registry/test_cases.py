"""A compensation case from default to recovery: split and returned to the cent."""

from decimal import Decimal

import pytest

from core.errors import DomainError
from core.registers.saving import save_entry, void_entry
from guarantees.models import CaseLine, CaseMovement
from guarantees.operations.cases import scheme_of
from guarantees.queries.borne import borne_by_party
from guarantees.queries.cases import cases_on, simulation
from guarantees.registers import MOVEMENTS
from tests.filing import NOW
from tests.guarantee_registry.conftest import day


@pytest.fixture
def moved(case, province_clerk):
    def move(kind: str, on: str, amount: str, **more) -> CaseMovement:
        entry = CaseMovement(case=case, kind=kind, happened_on=day(on),
                             principal=Decimal(amount), **more)  # fmt: skip
        return save_entry(MOVEMENTS, entry, actor=province_clerk, now=NOW)

    return move


def lines(movement: CaseMovement) -> list[str]:
    return [f"{line.amount:f}" for line in movement.lines.order_by("place")]


def test_the_case_splits_and_recovers_exactly(case, moved) -> None:
    paid = moved("compensation", "2012-03-01", "1234567.89")
    assert lines(paid) == ["493827.15", "370370.37", "246913.58", "123456.79"]
    for number, amount in enumerate(("0.01", "234567.88", "999999.99", "0.01"), start=1):
        moved("recovery", f"2012-0{3 + number}-01", amount)
    returned = {}
    for line in CaseLine.objects.exclude(movement__kind="compensation"):
        returned[line.place] = returned.get(line.place, Decimal(0)) + line.amount
    assert [f"{returned[place]:f}" for place in range(4)] == lines(paid)


def test_more_recovered_than_paid_is_refused_and_nothing_is_kept(moved, case) -> None:
    moved("compensation", "2012-03-01", "100")
    moved("recovery", "2012-04-01", "60")
    with pytest.raises(DomainError) as refused:
        moved("recovery", "2012-05-01", "40.01")
    assert refused.value.code == "recovered-too-much"
    assert "40.01" in refused.value.message.zh
    assert "40.00" in refused.value.message.zh
    assert CaseMovement.objects.count() == 2
    assert sum(line.amount for line in CaseLine.objects.all()) == Decimal("160.00")


def test_an_earlier_recovery_cannot_precede_its_payment(moved) -> None:
    moved("compensation", "2012-03-01", "100")
    with pytest.raises(DomainError):
        moved("recovery", "2012-02-15", "10")


def test_voiding_a_movement_splits_the_rest_anew(moved, case, province_clerk) -> None:
    moved("compensation", "2012-03-01", "100")
    wrong = moved("recovery", "2012-04-01", "33.33")
    moved("recovery", "2012-05-01", "0.02")
    void_entry(MOVEMENTS, code=wrong.code, actor=province_clerk, reason="错录", now=NOW)
    back = [line.amount for line in CaseLine.objects.filter(movement__kind="recovery")]
    assert sum(back) == Decimal("0.02")
    assert not wrong.lines.exists()


def test_a_payment_cannot_be_voided_from_under_its_recoveries(moved, province_clerk) -> None:
    paid = moved("compensation", "2012-03-01", "100")
    moved("recovery", "2012-04-01", "50")
    with pytest.raises(DomainError):
        void_entry(MOVEMENTS, code=paid.code, actor=province_clerk, reason="错录", now=NOW)
    paid.refresh_from_db()
    assert paid.voided_at is None


def test_a_case_keeps_the_terms_of_its_first_payment(moved, four) -> None:
    moved("compensation", "2012-03-01", "100")
    first = four.participants.order_by("order").first()
    first.share = Decimal("10")
    first.save()
    assert lines(moved("compensation", "2012-04-01", "100"))[0] == "40.00"


def test_interest_stays_with_the_guarantor_where_the_base_is_principal(moved, four) -> None:
    four.base = "principal"
    four.save()
    paid = moved("compensation", "2012-03-01", "100", interest=Decimal("7"))
    assert lines(paid) == ["40.00", "30.00", "20.00", "10.00", "7.00"]
    assert paid.lines.get(place=4).party == "guarantor"


def test_a_case_is_read_as_it_stood(moved, case, province_clerk) -> None:
    moved("compensation", "2012-03-01", "100")
    moved("recovery", "2012-04-01", "30")
    moved("write_off", "2012-05-01", "70")

    def at(text):
        found = cases_on(user=province_clerk, as_of=day(text)).get()
        return found.state, found.balance

    assert at("2012-02-10") == ("defaulted", Decimal(0))
    assert at("2012-03-01") == ("compensated", Decimal(100))
    assert at("2012-04-15") == ("recovering", Decimal(70))
    assert at("2012-06-01") == ("closed", Decimal(0))


def test_who_bore_what_is_summed_by_party(moved) -> None:
    moved("compensation", "2012-03-01", "100")
    moved("recovery", "2012-04-01", "10")
    found = borne_by_party(as_of=day("2012-12-31"))
    bank = found["440200", "bank"]
    assert (bank.borne, bank.returned, bank.net) == (Decimal(20), Decimal(2), Decimal(18))
    assert borne_by_party(as_of=day("2012-03-31"))["440200", "bank"].returned == 0


def test_a_simulation_of_the_same_scheme_is_what_happened(moved, four, province_clerk) -> None:
    moved("compensation", "2012-03-01", "1234567.89")
    moved("recovery", "2012-04-01", "567.89")
    found = simulation(
        scheme=scheme_of(four), user=province_clerk, since=day("2012-01-01"),
        until=day("2012-12-31"),
    )  # fmt: skip
    assert found.cases == 1
    assert {each.party: each.net for each in found.would} == {
        each.party: each.net for each in found.really
    }
    assert sum(each.net for each in found.would) == Decimal("1234000.00")


def test_the_pages_of_a_case_and_of_a_simulation(moved, case, client_of, leader) -> None:
    moved("compensation", "2012-03-01", "1234567.89")
    client = client_of(leader)
    page = client.get("/compensation-cases/CC01/").content.decode()
    assert "246,913.58" in page
    assert "合计" in page
    told = client.get("/loss-sharing-schemes/LS01/simulate/?since=2012-01-01&until=2012-12-31")
    assert "493,827.15" in told.content.decode()
    assert client.get("/loss-sharing-schemes/LS01/simulate/?since=soon").status_code == 422


def test_a_scheme_is_saved_with_its_participants_on_one_page(client_of, province_clerk) -> None:
    data = {
        "code": "", "name": "二八分担", "valid_from": "2012-01-01", "base": "principal",
        "order": "pro_rata", "excess_party": "guarantor", "note": "",
        "participants-TOTAL_FORMS": "3", "participants-INITIAL_FORMS": "0",
        "participants-0-party": "bank", "participants-0-share": "20",
        "participants-1-party": "guarantor", "participants-1-share": "79.99",
        "participants-2-party": "", "participants-2-share": "0",
    }  # fmt: skip
    client = client_of(province_clerk)
    refused = client.post("/loss-sharing-schemes/new/", data)
    assert refused.status_code == 422
    assert "99.99" in refused.content.decode()
    saved = client.post("/loss-sharing-schemes/new/", data | {"participants-1-share": "80"})
    assert saved.status_code == 302
    page = client.get(saved.url).content.decode()
    assert "80.00%" in page


def test_a_scheme_goes_by_machine_and_by_workbook(caller, client_of, province_clerk) -> None:
    office = caller(province_clerk)
    body = {
        "name": "四三二一", "valid_from": "2012-01-01", "base": "principal_interest",
        "order": "pro_rata", "excess_party": "guarantor",
        "participants": [{"party": "guarantor", "share": "60"}, {"party": "bank", "share": "40"}],
    }  # fmt: skip
    added = office.post("/loss-sharing-schemes/", body)
    assert added.status_code == 201, added.content
    assert [each["share"] for each in added.json()["participants"]] == ["60.00", "40.00"]
    wrong = office.post(
        "/loss-sharing-schemes/", body | {"participants": [{"party": "bank", "share": "1"}]}
    )
    assert wrong.status_code == 422
    client = client_of(province_clerk)
    exported = b"".join(client.get("/loss-sharing-schemes/data/"))
    from django.core.files.uploadedfile import SimpleUploadedFile

    tried = client.post(
        "/loss-sharing-schemes/import/",
        {"file": SimpleUploadedFile("x.xlsx", exported)},
        follow=True,
    )
    outcome = tried.context["outcome"]
    assert outcome.clean, [row.problems for row in outcome.rows]
    assert outcome.number("unchanged") == 1
