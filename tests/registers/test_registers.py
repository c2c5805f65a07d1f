"""A register declared as data is kept like every other: scope, versions, history, workbooks."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import EditConflict, PermissionRefused, StateConflict
from core.models import JournalEntry, Licence
from core.registers.saving import save_entry, void_entry
from core.spreadsheets import Limits, read_file
from tests.filing import NOW

FIELDS = {
    "institution": "B9001",
    "kind": "operating",
    "number": "粤0002",
    "scope": "",
    "issued_by": "广东省金融办",
    "issued_on": "2011-03-01",
    "valid_until": "2016-03-01",
    "code": "",
    "note": "",
}


def test_a_new_entry_draws_the_next_number(register, licence, client_of, province_clerk) -> None:
    answer = client_of(province_clerk).post("/try-licences/new/", FIELDS)
    assert answer.status_code == 302
    assert answer.url == "/try-licences/LC00002/"
    saved = Licence.objects.get(code="LC00002")
    assert saved.number == "粤0002"
    assert saved.history.get().history_user == province_clerk


def test_a_new_entry_is_filled_with_what_the_address_says(
    register, bank, client_of, province_clerk
) -> None:
    page = client_of(province_clerk).get(f"/try-licences/new/?institution={bank.code}")
    assert f'<option value="{bank.code}" selected>' in page.content.decode()


def test_a_form_begins_with_what_the_entry_points_at(
    register, licence, bank, client_of, province_clerk
) -> None:
    page = client_of(province_clerk).get("/try-licences/LC00001/edit/")
    assert f'<option value="{bank.code}" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("issued_on", "2011-13-01", "日期"),
        ("kind", "driving", "driving"),
        ("institution", "B0", ""),
        ("valid_until", "2010-01-01", "不能早于起始日期"),
        ("valid_until", "2031-01-01", "有效期不超过十年"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    register, bank, client_of, province_clerk, field, value, told
) -> None:
    answer = client_of(province_clerk).post("/try-licences/new/", FIELDS | {field: value})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Licence.objects.exists()


def test_a_prefecture_keeps_its_own_entries_only(
    register, licence, other_bank, client_of, shaoguan_clerk
) -> None:
    client = client_of(shaoguan_clerk)
    assert client.get("/try-licences/LC00001/edit/").status_code == 200
    refused = client.post("/try-licences/new/", FIELDS | {"institution": other_bank.code})
    assert refused.status_code == 422
    foreign = Licence(code="LC9", institution=other_bank, number="x",
                      issued_on=datetime.date(2011, 1, 1))  # fmt: skip
    foreign.save()
    assert client.get("/try-licences/LC9/").status_code == 200
    assert client.get("/try-licences/LC9/edit/").status_code == 403
    with pytest.raises(PermissionRefused):
        void_entry(register, code="LC9", actor=shaoguan_clerk, reason="r", now=NOW)


def test_people_of_an_institution_see_only_their_own(
    register, licence, other_bank, client_of, preparer
) -> None:
    Licence(code="LC9", institution=other_bank, number="x",
            issued_on=datetime.date(2011, 1, 1)).save()  # fmt: skip
    client = client_of(preparer)
    page = client.get("/try-licences/").content.decode()
    assert "LC00001" in page
    assert "LC9" not in page
    assert client.get("/try-licences/LC9/").status_code == 404
    assert client.get("/try-licences/new/").status_code == 403


def test_a_lost_edit_is_refused(register, licence, province_clerk) -> None:
    licence.number = "粤0009"
    with pytest.raises(EditConflict):
        save_entry(register, licence, actor=province_clerk, now=NOW, expected_version=7)


def test_a_void_entry_stays_readable_and_cannot_change(
    register, licence, client_of, province_clerk
) -> None:
    client = client_of(province_clerk)
    assert client.post("/try-licences/LC00001/void/", {"reason": ""}).status_code == 422
    assert client.post("/try-licences/LC00001/void/", {"reason": "重复登记"}).status_code == 302
    page = client.get("/try-licences/LC00001/").content.decode()
    assert "已作废" in page
    assert "重复登记" in page
    licence.refresh_from_db()
    with pytest.raises(StateConflict):
        save_entry(register, licence, actor=province_clerk, now=NOW, expected_version=2)
    assert JournalEntry.objects.filter(action="entry.void").count() == 1
    assert not Licence.objects.standing().exists()


def test_a_file_comes_with_the_entry_and_back_as_it_was(
    register, licence, client_of, province_clerk
) -> None:
    client = client_of(province_clerk)
    file = SimpleUploadedFile("licence.pdf", b"%PDF the scan")
    data = FIELDS | {"code": "LC00001", "expected_version": "1", "upload": file}
    assert client.post("/try-licences/LC00001/edit/", data).status_code == 302
    assert b"".join(client.get("/try-licences/LC00001/file/")) == b"%PDF the scan"


def test_a_record_lists_what_belongs_to_it(register, licence, client_of, province_clerk) -> None:
    page = client_of(province_clerk).get("/institutions/B9001/").content.decode()
    assert "试用证照" in page
    assert "/try-licences/LC00001/" in page
    assert "/try-licences/new/?institution=B9001" in page


def test_what_belongs_to_a_record_stands_newest_first(
    register, licence, bank, client_of, province_clerk
) -> None:
    for code, issued in (("LC00002", 2014), ("LC00003", 2012)):
        Licence(
            code=code, institution=bank, number=code, issued_on=datetime.date(issued, 1, 1),
            valid_until=datetime.date(2030, 1, 1),
        ).save()  # fmt: skip
    page = client_of(province_clerk).get("/institutions/B9001/").content.decode()
    places = [page.index(f"/try-licences/{code}/") for code in ("LC00002", "LC00003", "LC00001")]
    assert places == sorted(places)


def test_a_list_costs_the_same_however_long(
    register, bank, client_of, province_clerk, django_assert_max_num_queries
) -> None:
    client = client_of(province_clerk)
    day = datetime.date(2011, 1, 1)
    for number in range(30):
        Licence(code=f"LC{number:05d}", institution=bank, number=str(number), issued_on=day).save()
    with django_assert_max_num_queries(10):
        assert client.get("/try-licences/").status_code == 200


def sheet(answer) -> list[list[object]]:
    data = b"".join(answer) if answer.streaming else answer.content
    limits = Limits(max_bytes=2**20, max_unpacked=2**22, max_rows=100, max_columns=40)
    book = read_file(data, filename="x.xlsx", limits=limits)
    return next(iter(book.sheets.values())).rows


def test_what_is_exported_for_editing_is_imported_unchanged(
    register, licence, client_of, province_clerk
) -> None:
    client = client_of(province_clerk)
    exported = b"".join(client.get("/try-licences/data/"))
    answer = client.post(
        "/try-licences/import/", {"file": SimpleUploadedFile("x.xlsx", exported)}, follow=True
    )
    assert answer.context["outcome"].number("unchanged") == 1
    assert answer.context["outcome"].clean


CSV = (
    "编号,机构,证照,证号,发证日期,有效期至\n"
    "LC00001,演示韶关银行,经营许可证,粤0001,2010/1/1,2016年1月1日\n"
    ",B9001,营业执照,新0002,2012-01-01,\n"
)


def test_a_workbook_is_tried_first_and_then_written_whole(
    register, licence, client_of, province_clerk
) -> None:
    client = client_of(province_clerk)
    file = SimpleUploadedFile("x.csv", CSV.encode())
    tried = client.post("/try-licences/import/", {"file": file}, follow=True)
    outcome = tried.context["outcome"]
    assert [row.outcome for row in outcome.rows] == ["changed", "new"]
    assert outcome.rows[0].changes == [("有效期至", "2015-01-01", "2016-01-01")]
    assert Licence.objects.count() == 1
    done = client.post(tried.request["PATH_INFO"], {"fingerprint": outcome.fingerprint})
    assert done.status_code == 302
    licence.refresh_from_db()
    assert licence.valid_until == datetime.date(2016, 1, 1)
    assert Licence.objects.get(code="LC00002").kind == "business"


@pytest.mark.parametrize(
    ("cell", "place", "told"),
    [
        ("LC00001,没有的银行,经营许可证,粤1,2010/1/1,", "B2", "没有的银行"),
        ("LC00001,B9001,驾驶证,粤1,2010/1/1,", "C2", "经营许可证"),
        ("LC00001,B9001,经营许可证,粤1,去年,", "E2", "2012-06-30"),
        ("LC00001,B9001,经营许可证,粤1,2010/1/1,2009-01-01", "A2", ""),
        ("LC00001,B9001,经营许可证,粤1,2010/1/1,2040-01-01", "F2", "十年"),
    ],
)
def test_a_wrong_row_is_told_with_its_cell(
    register, licence, client_of, province_clerk, cell, place, told
) -> None:
    head = "编号,机构,证照,证号,发证日期,有效期至\n"
    file = SimpleUploadedFile("x.csv", (head + cell).encode())
    tried = client_of(province_clerk).post("/try-licences/import/", {"file": file}, follow=True)
    (row,) = tried.context["outcome"].rows
    assert row.outcome == "error"
    assert row.problems[0][0] == place
    assert told in row.problems[0][1].zh


def test_the_template_carries_the_fields_of_the_form(register, client_of, province_clerk) -> None:
    rows = sheet(client_of(province_clerk).get("/try-licences/import/template/"))
    assert rows[0][:3] == ["编号", "机构", "证照"]


def test_an_export_holds_what_the_list_shows(register, licence, client_of, leader) -> None:
    rows = sheet(client_of(leader).get("/try-licences/?format=xlsx&columns=code,institution"))
    assert rows == [["编号", "机构"], ["LC00001", "演示韶关银行"]]
