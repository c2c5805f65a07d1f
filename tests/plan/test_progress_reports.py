"""A unit's half-year report: drafted from the registries, submitted, sent back, accepted."""

import datetime
from typing import Any

import pytest

from core.errors import DomainError, EditConflict, PermissionRefused, StateConflict
from core.models import JournalEntry, Prefecture
from plan.models import ProgressReport
from plan.operations.progress_reports import (
    accept_report,
    draft_report,
    return_report,
    submit_report,
)
from plan.queries.progress_reports import reports_of
from tests.plan.conftest import day

NOON = datetime.datetime(2012, 6, 28, 4, tzinfo=datetime.UTC)
LATE = datetime.datetime(2012, 7, 3, 4, tzinfo=datetime.UTC)


@pytest.fixture
def held(record, unit) -> None:
    """Shaoguan held two events of its own."""
    place = Prefecture.objects.get(code="440200")
    for name in ("甲", "乙"):
        record("plan-events", unit=unit("440200"), kind="local", name=name,
               held_on=day("2012-06-01"), place=place)  # fmt: skip


@pytest.fixture
def drafted(held, unit, shaoguan_clerk_of_plan) -> ProgressReport:
    return draft_report(actor=shaoguan_clerk_of_plan, unit=unit("440200"), period="H1", now=NOON)


def act(operation: Any, report: ProgressReport, actor: Any, now: Any = NOON, **more: Any) -> Any:
    return operation(actor=actor, report=report, expected_version=report.version, now=now, **more)


def test_a_draft_says_what_the_registries_know(drafted) -> None:
    sections = {each.measure.number: each.text for each in drafted.sections.all()}
    assert sections == {6: "服务年系列推广活动：2项；各市、县（区）服务活动：1个。"}


def test_the_whole_way_with_one_return(drafted, shaoguan_clerk_of_plan, province_clerk) -> None:
    report = act(submit_report, drafted, shaoguan_clerk_of_plan)
    assert {row["key"]: row["value"] for row in report.figures} == {"T14": 2, "T15": 1}
    with pytest.raises(DomainError) as refused:
        act(return_report, report, province_clerk, note=" ")
    assert refused.value.code == "reason-required"
    report = act(return_report, report, province_clerk, note="请补充融资服务情况")
    assert report.state == "returned"
    report = act(submit_report, report, shaoguan_clerk_of_plan, LATE)
    assert report.first_submitted_on == day("2012-06-28")  # on time, though it was sent back
    report = act(accept_report, report, province_clerk, LATE)
    assert (report.state, report.reviewed_by) == ("accepted", province_clerk)
    acts = JournalEntry.objects.filter(action__startswith="progress-report.")
    assert [each.action.rpartition(".")[2] for each in acts.order_by("sequence")] == [
        "submitted", "returned", "submitted", "accepted",
    ]  # fmt: skip
    assert report.history.count() == 5


def test_nobody_goes_out_of_turn(drafted, shaoguan_clerk_of_plan, province_clerk) -> None:
    with pytest.raises(StateConflict):
        act(accept_report, drafted, province_clerk)
    report = act(submit_report, drafted, shaoguan_clerk_of_plan)
    with pytest.raises(StateConflict):
        act(submit_report, report, shaoguan_clerk_of_plan)
    with pytest.raises(PermissionRefused):
        act(accept_report, report, shaoguan_clerk_of_plan)
    report.version -= 1
    with pytest.raises(EditConflict):
        act(accept_report, report, province_clerk)
    assert ProgressReport.objects.get().state == "submitted"


def test_figures_are_frozen_when_it_is_submitted(
    drafted, shaoguan_clerk_of_plan, record, unit
) -> None:
    report = act(submit_report, drafted, shaoguan_clerk_of_plan)
    record("plan-events", unit=unit("440200"), kind="launch", name="后补",
           held_on=day("2012-04-20"), place=Prefecture.objects.get(code="440200"))  # fmt: skip
    found = {row["key"]: row["value"] for row in ProgressReport.objects.get().figures}
    assert found == {row["key"]: row["value"] for row in report.figures}


def test_an_empty_report_is_refused(unit, record, shaoguan_clerk_of_plan) -> None:
    report = record("progress-reports", actor=shaoguan_clerk_of_plan, unit=unit("440200"),
                    period="Y")  # fmt: skip
    with pytest.raises(DomainError) as refused:
        act(submit_report, report, shaoguan_clerk_of_plan)
    assert refused.value.code == "report-empty"


def test_what_was_submitted_changes_only_after_it_was_sent_back(
    drafted, shaoguan_clerk_of_plan, client_of
) -> None:
    report = act(submit_report, drafted, shaoguan_clerk_of_plan)
    form = {
        "unit": report.unit.code, "period": "H1", "summary": "改写", "code": report.code,
        "expected_version": report.version, "sections-TOTAL_FORMS": "0",
        "sections-INITIAL_FORMS": "0",
    }  # fmt: skip
    client = client_of(shaoguan_clerk_of_plan)
    answer = client.post(f"/progress-reports/{report.code}/edit/", form)
    assert "不能修改" in answer.content.decode()
    assert ProgressReport.objects.get().summary == ""


def test_who_filed_nothing_is_named_first(
    drafted, plan, shaoguan_clerk_of_plan, client_of, province_clerk
) -> None:
    act(submit_report, drafted, shaoguan_clerk_of_plan)
    found = reports_of(plan, "H1", as_of=day("2012-07-01"))
    assert len(found) == 31
    assert found[-1].report == drafted
    assert not found[-1].late
    assert all(each.late and each.report is None for each in found[:-1])
    address = "/progress-reports/status/?period=H1&as_of=2012-07-01"
    page = client_of(province_clerk).get(address).content.decode()
    assert page.index("广州市") < page.index("韶关市")
    assert page.count("逾期") == 30


def test_a_department_reports_by_the_pages(unit, client_of, trade_office, province_clerk) -> None:
    own, office = client_of(trade_office), client_of(province_clerk)
    begun = own.post("/progress-reports/status/",
                     {"unit": unit("DP-EIC").code, "period": "H1"})  # fmt: skip
    assert begun.status_code == 302
    report = ProgressReport.objects.get()
    here = f"/progress-reports/{report.code}"
    assert "已报送" not in own.get(f"{here}/").content.decode().split("登记中本单位的数字")[0]
    posted = own.post(f"{here}/submit/", {"expected_version": report.version})
    assert posted.status_code == 302
    assert own.get(f"{here}/accept/").status_code == 403
    report.refresh_from_db()
    refused = office.post(f"{here}/return/", {"expected_version": report.version, "note": ""})
    assert refused.status_code == 422
    office.post(f"{here}/return/", {"expected_version": report.version, "note": "请补充"})
    assert "请补充" in own.get("/progress-reports/").content.decode()


def test_machines_take_the_same_steps(
    drafted, caller, shaoguan_clerk_of_plan, province_clerk
) -> None:
    own, office = caller(shaoguan_clerk_of_plan), caller(province_clerk)
    here = f"/progress-reports/{drafted.code}"

    def step(who: Any, act: str, body: Any = None) -> Any:
        tag = who.get(f"{here}/")["ETag"]
        return who.post(f"{here}/{act}/", body, headers={"If-Match": tag})

    assert own.post(f"{here}/submit/").status_code == 428
    assert step(own, "submit").json()["state"] == "submitted"
    assert step(own, "submit").status_code == 409
    assert step(office, "return", {"note": ""}).status_code == 422
    stale = office.post(f"{here}/accept/", headers={"If-Match": '"v1"'})
    assert stale.status_code == 412
    assert step(office, "accept", {"note": "好"}).json()["state"] == "accepted"
    listed = office.get("/progress-reports/", state="accepted").json()["results"]
    assert [each["code"] for each in listed] == [drafted.code]


def test_nobody_drafts_for_another(unit, client_of, shaoguan_clerk_of_plan) -> None:
    answer = client_of(shaoguan_clerk_of_plan).post(
        "/progress-reports/status/", {"unit": unit("440300").code, "period": "H1"}
    )
    assert answer.status_code == 403
    assert not ProgressReport.objects.exists()
