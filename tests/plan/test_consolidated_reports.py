"""The report to the province's leaders: drafted, edited, approved, published; linked figures."""

import datetime
import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import DomainError, EditConflict, PermissionRefused, StateConflict
from core.models import JournalEntry, Prefecture
from core.models.users import Role
from core.queries.history import history_of
from core.registers import catalogue
from core.registers.saving import save_entry
from plan.models import ConsolidatedReport, ProgressReport, ReportSection
from plan.operations.consolidated_reports import approve_consolidated, draft_consolidated
from plan.operations.progress_reports import accept_report, draft_report, submit_report
from plan.rules.linked_text import Block, Token, blocks, tokens
from reports.operations.publishing import publish
from reports.queries.comparison import recomputed
from reports.registry import compute
from tests.factories import UserFactory
from tests.plan.conftest import day
from tests.reports.test_renderings import pdf_text

NOW = datetime.datetime(2012, 7, 4, 4, tzinfo=datetime.UTC)
REGISTER = "consolidated-reports"


@pytest.fixture
def accepted(unit, record, target, shaoguan_clerk_of_plan, province_clerk) -> ProgressReport:
    """Shaoguan trained three times and reported on it."""
    record("progress-entries", target=target("T12"), unit=unit("440200"),
           happened_on=day("2012-05-01"), value=3)  # fmt: skip
    report = draft_report(actor=shaoguan_clerk_of_plan, unit=unit("440200"), period="H1", now=NOW)
    section = ReportSection.objects.filter(parent=report).first()
    section.text = "组织中小企业开拓市场3场。"
    section.save()
    submit_report(actor=shaoguan_clerk_of_plan, report=report, expected_version=None, now=NOW)
    return accept_report(actor=province_clerk, report=report, expected_version=None, now=NOW)


@pytest.fixture
def drafted(plan, accepted, province_clerk) -> ConsolidatedReport:
    return draft_consolidated(actor=province_clerk, plan=plan, period="H1", now=NOW)


@pytest.fixture
def head(db) -> Any:
    return UserFactory(username="head", role=Role.LEADER)


def edited(report: ConsolidatedReport, actor: Any, **values: Any) -> ConsolidatedReport:
    report = ConsolidatedReport.objects.get(pk=report.pk)
    for name, value in values.items():
        setattr(report, name, value)
    return save_entry(catalogue.REGISTERS[REGISTER], report, actor=actor, now=NOW,
                      expected_version=report.version)  # fmt: skip


def approved(report: ConsolidatedReport, actor: Any) -> ConsolidatedReport:
    return approve_consolidated(actor=actor, report=report, expected_version=None, now=NOW)


def asked(**more: Any) -> dict[str, Any]:
    return {"as_of": "2012-07-04", "year": "2012", "period": "H1", **more}


def told(**more: Any) -> dict[str, Any]:
    return compute("consolidated-report", asked(**more), user=None, today=day("2012-07-04")).figures


def test_a_text_is_headings_paragraphs_and_figures() -> None:
    text = "# 总体\n\n完成{T17}，{ T12% }。\n## 分项"
    assert blocks(text) == [
        Block(1, ("总体",)),
        Block(0, ("完成", Token("T17"), "，", Token("T12%"), "。")),
        Block(2, ("分项",)),
    ]
    assert list(tokens(text)) == [(3, "T17"), (3, "T12%")]


@given(st.text(alphabet="#{}T1 甲\n"))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    kept = "".join(
        piece if isinstance(piece, str) else f"{{{piece.name}}}"
        for block in blocks(text)
        for piece in block.pieces
    )

    def bare(words: str) -> str:
        return "".join(words.split()).replace("#", "")

    assert bare(kept) == bare(text)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_draft_tells_by_measure_and_names_what_is_missing(
    plan, accepted, province_clerk, language
) -> None:
    with translation.override(language):
        drafted = draft_consolidated(actor=province_clerk, plan=plan, period="H1", now=NOW)
    text = drafted.text
    assert "## 政策措施宣传贯彻" in text
    assert "{T12}，计划：" in text
    assert "韶关市：组织中小企业开拓市场3场。" in text
    missing = next(line for line in text.splitlines() if line.startswith("以下单位未报送"))
    assert "广州市" in missing
    assert "韶关市" not in missing
    assert drafted.signatory == "省经济和信息化委"
    assert told()["named"]["units:missing"] == "30个"


def test_its_figures_are_those_of_the_board_on_the_periods_last_day(
    drafted, record, unit, target
) -> None:
    assert told()["named"]["T12"].startswith("3")
    record("progress-entries", target=target("T12"), unit=unit("440200"),
           happened_on=day("2012-06-30"), value=4)  # fmt: skip
    record("progress-entries", target=target("T12"), unit=unit("440200"),
           happened_on=day("2012-07-01"), value=50)  # fmt: skip
    assert told()["named"]["T12"].startswith("7")
    board = compute("plan-board", {"as_of": "2012-06-30", "year": "2012"}, user=None,
                    today=day("2012-07-04")).figures  # fmt: skip
    values = {one["key"]: one["value"] for each in board["measures"] for one in each["targets"]}
    assert {each["key"]: each["value"] for each in told()["targets"]} == values


def test_a_figure_that_is_not_there_is_named_with_its_line(drafted, province_clerk) -> None:
    for wrong in ("T99", "T17:999999", "state:great", ""):
        with pytest.raises(DomainError) as refused:
            edited(drafted, province_clerk, text=f"第一段。\n本期{{{wrong}}}。")
        assert f"正文第2行的{{{wrong}}}" in refused.value.fields["text"].zh
    kept = edited(drafted, province_clerk, text="韶关{T12:440200}，完成{T12%}，逾期{state:late}。")
    assert told(version=kept.version)["named"]["T12:440200"].startswith("3")


def test_every_version_stays_and_approval_is_of_one(drafted, province_clerk, head) -> None:
    first = drafted.version
    second = edited(drafted, province_clerk, text="本期培训{T12}。")
    done = approved(second, head)
    assert (done.approved, done.signed_on) == (True, day("2012-07-04"))
    assert done.approved_figures == told()["named"]
    later = edited(done, province_clerk, text="改写{T12}。")
    assert not later.approved
    assert told()["text"]["text"] == "本期培训{T12}。"  # the approved one unless asked otherwise
    assert told(version=later.version)["text"]["text"] == "改写{T12}。"
    assert "总体情况" in told(version=first)["text"]["text"]
    with pytest.raises(DomainError):
        told(version=later.version + 1)


def test_nobody_approves_what_he_wrote(drafted, province_clerk, head) -> None:
    with pytest.raises(StateConflict) as refused:
        approved(drafted, province_clerk)
    assert refused.value.code == "own-text"
    with pytest.raises(PermissionRefused):
        approved(drafted, UserFactory(role=Role.AUDITOR))
    place = Prefecture.objects.get(code="440200")
    local = UserFactory(role=Role.LEADER, prefecture=place)
    with pytest.raises(PermissionRefused):
        approved(drafted, local)
    with pytest.raises(EditConflict):
        approve_consolidated(
            actor=head, report=drafted, expected_version=drafted.version - 1, now=NOW
        )
    done = approved(drafted, head)
    with pytest.raises(StateConflict):
        approved(done, head)
    assert JournalEntry.objects.filter(action="consolidated-report.approved").count() == 1


def test_only_the_approved_is_published_and_only_with_its_figures(
    drafted, province_clerk, head, record, unit, target
) -> None:
    def published() -> Any:
        return publish(code="consolidated-report", asked=asked(), actor=province_clerk,
                       now=timezone.now())  # fmt: skip

    with pytest.raises(StateConflict) as refused:
        published()
    assert refused.value.code == "not-approved"
    done = approved(edited(drafted, province_clerk, text="本期培训{T12}。"), head)
    entry = record("progress-entries", target=target("T12"), unit=unit("440200"),
                   happened_on=day("2012-06-01"), value=1)  # fmt: skip
    with pytest.raises(StateConflict) as refused:
        published()
    assert "{T12} 3" in refused.value.message.zh
    done = approved(edited(done, province_clerk, note="已核对"), head)
    kept = published()
    assert kept.figures["named"] == done.approved_figures
    entry.value = 9
    save_entry(catalogue.REGISTERS["progress-entries"], entry, actor=province_clerk, now=NOW,
               expected_version=entry.version)  # fmt: skip
    edited(done, province_clerk, text="全部改写。")
    assert recomputed(kept).equal  # as it was, though text and figures moved on


def test_page_pdf_workbook_and_interface_tell_the_same(
    drafted, client_of, head, caller, tmp_path
) -> None:
    client = client_of(head)
    page = client.get("/reports/consolidated-report/", asked()).content.decode()
    assert "一、总体情况" in page
    assert "（一）政策措施宣传贯彻" in page
    assert "{T12}" not in page
    document = json.loads(client.get(
        "/reports/consolidated-report/", asked(format="json")).content)  # fmt: skip
    by_machine = caller(head).get("/reports/consolidated-report/", **asked()).json()["figures"]
    assert document["figures"] == by_machine == told()
    text = pdf_text(
        client.get("/reports/consolidated-report/", asked(format="pdf")).content, tmp_path
    )
    for words in ("省委、省政府：", "一、总体情况", "附件：1.", "附件3", "省经济和信息化委"):
        assert words in text
    book = load_workbook(BytesIO(
        client.get("/reports/consolidated-report/", asked(format="xlsx")).content))  # fmt: skip
    rows = [list(row) for row in book["目标完成情况"].iter_rows(values_only=True)]
    assert any(row[0] == "T12" and 3 in row for row in rows)


def test_every_figure_of_the_text_opens_to_its_evidence(drafted, client_of, head) -> None:
    client = client_of(head)
    behind = "/reports/consolidated-report/lineage/"
    page = client.get(behind, asked(figure="target:T12")).content.decode()
    assert "/progress-entries/" in page
    assert "广州市" in client.get(behind, asked(figure="units:missing")).content.decode()
    assert client.get(behind, asked(figure="units:none")).status_code == 404
    report = compute("consolidated-report", asked(), user=None, today=day("2012-07-04"))
    for known in report.result.named.values():
        assert client.get(behind, asked(figure=known.figure)).status_code == 200, known


def test_a_period_without_a_report_says_so(plan, client_of, head) -> None:
    page = client_of(head).get("/reports/consolidated-report/", asked(period="Y"))
    assert "还没有起草" in page.content.decode()
    assert client_of(head).get(
        "/reports/consolidated-report/", asked(report="WR-1")).status_code == 422  # fmt: skip


def test_it_is_drafted_edited_and_approved_by_the_pages(
    plan, accepted, client_of, province_clerk, head
) -> None:
    office, chief = client_of(province_clerk), client_of(head)
    status = office.get("/progress-reports/status/?period=H1&as_of=2012-07-04").content.decode()
    assert "起草汇总报告" in status
    assert "起草汇总报告" not in chief.get("/progress-reports/status/").content.decode()
    begun = office.post("/consolidated-reports/draft/", {"plan": plan.code, "period": "H1"})
    report = ConsolidatedReport.objects.get()
    here = f"/consolidated-reports/{report.code}"
    assert begun["Location"] == f"{here}/"
    form = office.get(f"{here}/edit/").content.decode()
    assert "<td>{T12}</td>" in form.split("可引用的数字")[-1]
    refused = office.post(f"{here}/approve/", {"expected_version": report.version})
    assert "请由他人批准" in refused.content.decode()
    assert chief.post(f"{here}/approve/", {"expected_version": report.version}).status_code == 302
    assert chief.get(f"{here}/edit/").status_code == 403
    assert "/reports/consolidated-report/publish/" in office.get(f"{here}/").content.decode()
    again = office.post("/consolidated-reports/draft/", {"plan": plan.code, "period": "H1"})
    assert again.status_code == 409


def test_machines_approve_too(drafted, caller, head, province_clerk) -> None:
    here = f"/consolidated-reports/{drafted.code}"
    row = caller(head).get(f"{here}/").json()
    assert row["state"] == "draft"
    match = {"HTTP_IF_MATCH": f'"{row["version"]}"'}
    assert caller(province_clerk).post(f"{here}/approve/", {}, **match).status_code == 409
    answer = caller(head).post(f"{here}/approve/", {"note": "同意"}, **match)
    assert answer.json()["state"] == "approved"


def test_queries_do_not_grow_with_the_text(drafted, province_clerk) -> None:
    def queries(**more: Any) -> int:
        with CaptureQueriesContext(connection) as found:
            told(**more)
        return len(found)

    short = edited(drafted, province_clerk, text="本期培训{T12}。")
    assert queries(version=short.version) == queries(version=1)


def test_the_history_tells_the_lines_that_changed(drafted, province_clerk) -> None:
    text = drafted.text.replace("# 下一步工作", "# 今后工作")
    changes = history_of(edited(drafted, province_clerk, text=text))[0].changes
    assert [(each.before, each.after) for each in changes if each.field == "text"] == [
        ("# 下一步工作", "# 今后工作")
    ]
