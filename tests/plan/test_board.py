"""Figures of the board come from the registries and the entries, as of any day."""

import datetime

import pytest
from django.utils import timezone

from core.errors import DomainError
from core.models import Institution, Prefecture
from core.registers import catalogue
from core.registers.saving import void_entry
from plan.rules.progress import State
from plan.sources import SOURCES
from reports.registry import compute
from tests.factories import fact
from tests.plan.conftest import END, day

YEAR = datetime.date(2012, 6, 30)


@pytest.fixture
def village_bank(plan) -> Institution:
    place = Prefecture.objects.get(code="440200")
    found = Institution(
        code="VB01", kind="village_bank", name="韶关演示村镇银行股份有限公司", prefecture=place
    )
    found.save()
    return found


def test_every_source_counts_on_an_empty_house(board, plan) -> None:
    found = {each.target.key: each.value for each in board().targets}
    assert set(found.values()) == {0}
    sources = {each.target.source for each in board().targets if each.target.source}
    assert sources == set(SOURCES)


def test_a_village_bank_opens_and_the_target_moves(standing, village_bank) -> None:
    assert standing("T17").value == 0
    fact(village_bank, "opened", "2012-08-15", prefecture=village_bank.prefecture)
    assert standing("T17", day("2012-08-14")).value == 0
    moved = standing("T17")
    assert (moved.value, dict(moved.counted)) == (1, {"440200": 1})
    assert moved.state is State.AT_RISK
    assert standing("T17", day("2015-04-29")).state is State.LATE


def test_entries_add_up_by_day_and_unit(standing, record, unit, target) -> None:
    for code, on, value in (("440200", "2012-05-01", 3), ("440300", "2012-07-01", 16)):
        record("progress-entries", target=target("T12"), unit=unit(code),
               happened_on=day(on), value=value)  # fmt: skip
    assert standing("T12", YEAR).value == 3
    found = standing("T12")
    assert (found.value, found.state) == (19, State.DONE)  # 约20
    assert dict(found.counted) == {"440200": 3, "440300": 16}


def test_a_void_entry_counts_no_more_but_did_then(
    standing, record, unit, target, province_clerk
) -> None:
    entry = record("progress-entries", target=target("T10"), unit=unit("DP-EIC"),
                   happened_on=YEAR, value=20)  # fmt: skip
    before = timezone.now()
    register = catalogue.REGISTERS["progress-entries"]
    void_entry(register, code=entry.code, actor=province_clerk, reason="重复", now=timezone.now())
    assert standing("T10").value == 0
    assert standing("T10", known_at=before).value == 20


def test_a_computed_target_is_never_typed(record, unit, target) -> None:
    with pytest.raises(DomainError) as refused:
        record("progress-entries", target=target("T17"), unit=unit("440200"),
               happened_on=YEAR, value=1)  # fmt: skip
    assert "不得另行填报" in refused.value.fields["target"].zh


def test_events_count_by_their_kind_and_place(standing, record, unit) -> None:
    shaoguan = Prefecture.objects.get(code="440200")
    for number in range(8):
        record("plan-events", unit=unit("DP-EIC"), kind="joint", name=f"服务日{number}",
               held_on=day("2012-05-20"))  # fmt: skip
    for name in ("甲", "乙"):
        record("plan-events", unit=unit("440200"), kind="local", name=name,
               held_on=day("2012-06-01"), place=shaoguan)  # fmt: skip
    assert standing("T16").state is State.DONE
    assert standing("T16", day("2012-05-19")).value == 0
    assert standing("T15").value == 1  # a place counts once, however many it held
    assert standing("T14").value == 10


def test_what_happens_after_the_year_is_not_of_the_year(standing, record, unit) -> None:
    record("plan-events", unit=unit("DP-EIC"), kind="joint", name="来年",
           held_on=day("2013-03-01"))  # fmt: skip
    assert standing("T16", day("2013-06-30")).value == 0


def test_page_pdf_workbook_and_interface_tell_the_same(
    record, unit, target, client_of, leader, caller
) -> None:
    record("progress-entries", target=target("T09"), unit=unit("DP-EIC"),
           happened_on=YEAR, value=11200)  # fmt: skip
    asked = {"as_of": "2012-06-30", "year": "2012"}
    client = client_of(leader)
    page = client.get("/reports/plan-board/", asked).content.decode()
    told = client.get("/reports/plan-board/", asked | {"format": "json"}).json()["figures"]
    assert "11,200" in page
    assert "3万人次以上" in page
    by_machine = caller(leader).get("/reports/plan-board/", **asked).json()["figures"]
    assert by_machine == told
    for wanted, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = client.get("/reports/plan-board/", asked | {"format": wanted})
        assert b"".join(answer)[:4].startswith(start)


def test_every_figure_opens_to_its_evidence(record, unit, target, client_of, leader) -> None:
    record("progress-entries", target=target("T09"), unit=unit("DP-EIC"),
           happened_on=YEAR, value=11200, document="服务台账")  # fmt: skip
    client = client_of(leader)
    behind = "/reports/plan-board/lineage/"
    asked = {"as_of": "2012-06-30", "year": "2012"}
    page = client.get(behind, asked | {"figure": "target:T09"}).content.decode()
    assert "服务台账" in page
    for figure in ("target:T17", "target:T17:440200", "state:open", "milestones:late"):
        assert client.get(behind, asked | {"figure": figure}).status_code == 200, figure
    for wrong in ("target:T99", "target:T17:999999", "state:gone", "nothing"):
        assert client.get(behind, asked | {"figure": wrong}).status_code == 404, wrong


def test_a_plan_of_no_year_is_refused_and_a_house_without_a_plan_says_so(
    db, client_of, leader
) -> None:
    client = client_of(leader)
    assert "还没有登记行动计划" in client.get("/reports/plan-board/").content.decode()
    answer = client.get("/reports/plan-board/", {"year": "2031"})
    assert "该年度没有行动计划" in answer.content.decode()


def test_the_number_of_queries_does_not_grow(
    record, unit, target, django_assert_max_num_queries
) -> None:
    def ask() -> None:
        compute("plan-board", {"as_of": END.isoformat()}, user=None, today=END)

    with django_assert_max_num_queries(120) as asked:
        ask()
    for number in range(6):
        record("progress-entries", target=target("T09"), unit=unit("DP-EIC"),
               happened_on=YEAR, value=number)  # fmt: skip
        record("plan-events", unit=unit("440200"), kind="joint", name=f"日{number}", held_on=YEAR)
    with django_assert_max_num_queries(len(asked)):
        ask()


def test_milestones_are_called_to_mind_and_late_ones_stay(
    plan, board, client_of, province_clerk, monkeypatch
) -> None:
    found = {each.milestone.key: each.state for each in board(day("2012-04-20")).milestones}
    assert found["S04"] is State.AT_RISK
    assert found["S05"] is State.OPEN
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: day("2012-05-02"))
    page = client_of(province_clerk).get("/").content.decode()
    assert "报送联系部门和联系人" in page.split("到期提醒")[1]
