"""Units file about themselves: contacts by page and workbook, progress, events; who may do it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.errors import PermissionRefused, StateConflict
from plan.models import ContactReply, Measure, Milestone, Plan, Target, Unit
from plan.operations.copying import copy_plan
from plan.queries.contacts import replies_of
from tests.filing import NOW
from tests.plan.conftest import day

FORM = {
    "replied_on": "2012-04-29",
    "contacts-TOTAL_FORMS": "2",
    "contacts-INITIAL_FORMS": "0",
    "contacts-0-office": "中小企业科",
    "contacts-0-person": "某联系人",
    "contacts-0-telephone": "0751-0000000",
    "contacts-0-email": "contact@example.gov.cn",
    "contacts-1-office": "金融科",
    "contacts-1-person": "另一人",
    "contacts-1-telephone": "0751-0000001",
}


def test_a_prefecture_replies_on_the_page_and_prints_the_annex(
    unit, client_of, shaoguan_clerk_of_plan
) -> None:
    client = client_of(shaoguan_clerk_of_plan)
    before = client.get("/contact-replies/status/?as_of=2012-05-02").content.decode()
    assert "逾期未报" in before
    answer = client.post("/contact-replies/new/", FORM | {"unit": unit("440200").code})
    assert answer.status_code == 302, answer.context["form"].errors
    reply = ContactReply.objects.get()
    assert [each.person for each in reply.contacts.all()] == ["某联系人", "另一人"]
    printed = client.get(f"/contact-replies/{reply.code}/form/")
    assert printed.content.startswith(b"%PDF")
    again = client.post("/contact-replies/new/", FORM | {"unit": unit("440200").code})
    assert "该单位已有回执" in again.content.decode()


def test_nobody_replies_for_another(unit, client_of, shaoguan_clerk_of_plan, trade_office) -> None:
    for person in (shaoguan_clerk_of_plan, trade_office):
        answer = client_of(person).post(
            "/contact-replies/new/", FORM | {"unit": unit("440300").code}
        )
        assert answer.status_code in (403, 422)
    assert not ContactReply.objects.exists()


def test_a_department_replies_by_workbook(unit, client_of, trade_office) -> None:
    import openpyxl

    client = client_of(trade_office)
    template = b"".join(client.get("/contact-replies/import/template/"))
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = 2
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).value = None
    sheet.cell(row, heads["地区/单位"]).value = unit("DP-EIC").code
    sheet.cell(row, heads["报送日期"]).value = "2012-04-28"
    sheet.cell(
        row, heads["联系人（部门|联系人|联系电话|电子邮箱）"]
    ).value = "服务体系处|某处长|020-0000000|a@example.gov.cn"
    for extra in range(3, sheet.max_row + 1):
        for column in range(1, sheet.max_column + 1):
            sheet.cell(extra, column).value = None
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("contacts.xlsx", out.getvalue())
    checked = client.post("/contact-replies/import/", {"file": file}, follow=True)
    assert checked.context["outcome"].clean, [r.problems for r in checked.context["outcome"].rows]
    fingerprint = checked.context["outcome"].fingerprint
    client.post(checked.request["PATH_INFO"], {"fingerprint": fingerprint})
    assert ContactReply.objects.get().contacts.get().person == "某处长"


def test_who_has_not_replied_stands_first_and_late_ones_are_told(plan, unit, record) -> None:
    for code, on in (("440200", "2012-04-29"), ("440300", "2012-05-03")):
        record("contact-replies", unit=unit(code), replied_on=day(on))
    found = replies_of(plan, as_of=day("2012-05-04"))
    assert len(found) == 31
    assert [each.reply is None for each in found[:29]] == [True] * 29
    late = {each.unit.prefecture.code: each.late for each in found if each.reply}
    assert late == {"440200": False, "440300": True}
    assert not any(each.late for each in replies_of(plan, as_of=day("2012-04-30")))


def test_progress_is_entered_for_ones_own_unit(unit, target, caller, trade_office) -> None:
    body = {"target": target("T10").code, "happened_on": "2012-10-18", "value": 20}
    office = caller(trade_office)
    own = office.post("/progress-entries/", body | {"unit": unit("DP-EIC").code})
    assert own.status_code == 201, own.content
    other = office.post("/progress-entries/", body | {"unit": unit("440200").code})
    assert other.status_code in (403, 422)
    early = office.post(
        "/progress-entries/", body | {"unit": unit("DP-EIC").code, "happened_on": "2011-12-31"}
    )
    assert early.status_code == 422
    assert "2012-01-01" in early.content.decode()


def test_the_plan_itself_is_the_provinces(target, caller, trade_office, province_clerk) -> None:
    found = target("T12")
    for person, status in ((trade_office, 403), (province_clerk, 200)):
        answer = caller(person).patch(
            f"/targets/{found.code}/", {"lower": 25}, headers={"If-Match": '"v1"'}
        )
        assert answer.status_code == status, answer.content
    assert Target.objects.get(pk=found.pk).lower == 25


def test_a_plan_is_copied_and_both_stay(plan, record, unit, target, province_clerk) -> None:
    record("progress-entries", target=target("T10"), unit=unit("DP-EIC"),
           happened_on=day("2012-10-18"), value=20)  # fmt: skip
    fresh = copy_plan(actor=province_clerk, plan=plan, year=2013, now=NOW)
    assert fresh.copied_from == plan
    assert "2013" in fresh.title
    assert fresh.document_number == ""
    for model, path in ((Measure, "plan"), (Target, "measure__plan"), (Milestone, "plan"),
                        (Unit, "plan")):  # fmt: skip
        count = model.objects.filter(**{path: fresh}).count()
        assert count == model.objects.filter(**{path: plan}).count() > 0
    copied = Target.objects.get(measure__plan=fresh, key="T10")
    assert copied.due_on == day("2013-12-31")
    assert not copied.entries.exists()
    assert not Milestone.objects.filter(plan=fresh, done_on__isnull=False).exists()
    copied.lower = 30
    copied.save()
    assert target("T10").lower == 20
    with pytest.raises(StateConflict):
        copy_plan(actor=province_clerk, plan=plan, year=2013, now=timezone.now())


def test_only_the_province_copies_a_plan(plan, trade_office, client_of) -> None:
    with pytest.raises(PermissionRefused):
        copy_plan(actor=trade_office, plan=plan, year=2013, now=NOW)
    assert client_of(trade_office).post(f"/plans/{plan.code}/copy/").status_code == 403
    assert Plan.objects.count() == 1


def test_the_page_copies_and_opens_the_new_plan(plan, client_of, province_clerk) -> None:
    client = client_of(province_clerk)
    assert client.get(f"/plans/{plan.code}/copy/").status_code == 200
    answer = client.post(f"/plans/{plan.code}/copy/", {"year": "2013"})
    assert answer.status_code == 302
    assert answer.url == "/plans/PL-2013/"
    assert client.get(answer.url).status_code == 200
    again = client.post(f"/plans/{plan.code}/copy/", {"year": "2013"})
    assert again.status_code == 422
    assert "已有行动计划" in again.content.decode()
