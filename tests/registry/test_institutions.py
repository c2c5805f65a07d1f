"""Institutions on their pages: lists, records, edits, facts, files."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import DomainError, EditConflict, PermissionRefused
from core.models import Fact, Institution, JournalEntry
from core.operations.facts import record_fact, void_fact
from core.operations.institutions import save_institution
from core.queries.history import history_of
from core.queries.institutions import institutions_on, name_on, names_on
from tests.factories import CountyFactory, InstitutionFactory, PrefectureFactory, fact

NOW = datetime.datetime(2012, 7, 1, 9, tzinfo=datetime.UTC)
GOOD, BAD = "914403001922038216", "914403001922038217"


def url(name, *args):
    return reverse(f"core:{name}", args=args)


def test_a_list_costs_the_same_queries_for_one_row_and_for_fifty(
    province_clerk, client_of, django_assert_num_queries
):
    InstitutionFactory(county=CountyFactory())
    client = client_of(province_clerk)
    client.get(url("institutions"))
    with django_assert_num_queries(5):  # session, user, prefectures of the filter, rows, count
        client.get(url("institutions"))
    for _ in range(49):
        InstitutionFactory(county=CountyFactory(), parent=Institution.objects.first())
    with django_assert_num_queries(5):
        assert client.get(url("institutions")).content.count(b"data-url") == 50


@pytest.mark.parametrize("text", ["韶关", "ysshaoguan", "yssgyh", "B9001", "YANSHISHAO"])
def test_a_clerk_finds_a_bank_by_name_pinyin_or_code(
    text, province_clerk, client_of, bank, other_bank
):
    page = client_of(province_clerk).get(url("institutions"), {"q": text}).content.decode()
    found = "演示韶关银行" in page
    assert found == (text != "ysshaoguan")
    assert "演示广州银行" not in page


def test_an_export_is_exactly_what_the_list_shows(province_clerk, client_of, bank, other_bank):
    query = {"columns": "name,state", "sort": "-name", "format": "csv"}
    response = client_of(province_clerk).get(url("institutions"), query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["名称,状态", "演示韶关银行,营业", "演示广州银行,营业"]


def test_a_misspelt_filter_is_an_error(province_clerk, client_of):
    response = client_of(province_clerk).get(url("institutions"), {"prefecure": "440200"})
    assert response.status_code == 422
    assert "prefecure" in response.content.decode()


def test_the_state_of_an_institution_is_that_of_the_day_asked(province_clerk, bank):
    fact(bank, "suspended", "2010-05-01")
    fact(bank, "resumed", "2010-06-01")
    fact(bank, "licence_granted", "2011-01-01")
    fact(bank, "exited", "2012-01-01", reason="merged")

    def state(day):
        rows = institutions_on(user=province_clerk, as_of=datetime.date.fromisoformat(day))
        return rows.get(pk=bank.pk).state

    assert [state(day) for day in ("1999-01-01", "2000-01-01", "2010-05-15")] == [
        "unknown",
        "open",
        "suspended",
    ]
    assert [state("2011-06-01"), state("2012-06-01")] == ["open", "ended"]


def form_of(institution, **changes):
    values = {
        "code": institution.code,
        "kind": institution.kind,
        "name": institution.name,
        "prefecture": institution.prefecture_id,
        "expected_version": institution.version,
    }
    return {**values, **changes}


def test_a_doubtful_identifier_is_saved_only_after_a_second_look(province_clerk, client_of, bank):
    client = client_of(province_clerk)
    edit = url("institution-edit", bank.code)
    asked = client.post(edit, form_of(bank, credit_code=BAD))
    assert asked.status_code == 422
    assert "校验位不符" in asked.content.decode()
    assert 'name="confirmed"' in asked.content.decode()
    bank.refresh_from_db()
    assert bank.credit_code == ""
    assert client.post(edit, form_of(bank, credit_code=BAD, confirmed="on")).status_code == 302
    bank.refresh_from_db()
    assert bank.credit_code == BAD


def test_saving_writes_pinyin_and_a_history_of_fields(province_clerk, bank):
    bank.name, bank.credit_code = "演示曲江银行", " 91440300 1922038216"
    save_institution(
        bank, actor=province_clerk, now=NOW, expected_version=bank.version, reason="更正"
    )
    bank.refresh_from_db()
    assert (bank.pinyin_initials, bank.credit_code) == ("ysqjyh", GOOD)
    newest = history_of(bank)[0]
    assert (newest.who, newest.why) == (province_clerk.display_name, "更正")
    assert {c.field: (c.before, c.after) for c in newest.changes} == {
        "name": ("演示韶关银行", "演示曲江银行"),
        "credit_code": ("", GOOD),
    }


def test_an_edit_that_started_from_an_old_version_is_refused(province_clerk, bank):
    stale = Institution.objects.get(pk=bank.pk)
    save_institution(bank, actor=province_clerk, now=NOW, expected_version=1)
    stale.name = "旧页面"
    with pytest.raises(EditConflict):
        save_institution(stale, actor=province_clerk, now=NOW, expected_version=1)
    assert Institution.objects.get(pk=bank.pk).name == "演示韶关银行"


def test_a_prefectures_clerk_edits_only_its_prefecture(
    shaoguan_clerk, bank, other_bank, guangzhou, shaoguan, client_of
):
    with pytest.raises(PermissionRefused):
        save_institution(other_bank, actor=shaoguan_clerk, now=NOW, expected_version=1)
    bank.prefecture = guangzhou
    with pytest.raises(PermissionRefused):
        save_institution(bank, actor=shaoguan_clerk, now=NOW, expected_version=1)
    other_bank.prefecture = shaoguan
    with pytest.raises(PermissionRefused):
        save_institution(other_bank, actor=shaoguan_clerk, now=NOW, expected_version=1)
    places = Institution.objects.order_by("code").values_list("prefecture__code", flat=True)
    assert list(places) == ["440200", "440100"]
    assert client_of(shaoguan_clerk).get(url("institution-edit", "B9002")).status_code == 403


def test_a_county_of_another_prefecture_is_refused_at_its_field(province_clerk, bank, guangzhou):
    bank.county = CountyFactory(code="440183", name="增城市", prefecture=guangzhou)
    with pytest.raises(DomainError) as refusal:
        save_institution(bank, actor=province_clerk, now=NOW, expected_version=1)
    assert list(refusal.value.fields) == ["county"]


def test_people_of_a_bank_see_no_other_bank(preparer, client_of, bank, other_bank):
    client = client_of(preparer)
    assert client.get(url("institution", bank.code)).status_code == 200
    assert client.get(url("institution", other_bank.code)).status_code == 404
    assert "演示广州银行" not in client.get(url("institutions")).content.decode()


def test_a_renaming_keeps_the_old_name_for_the_past(province_clerk, bank):
    renamed = Fact(
        institution=bank,
        kind="renamed",
        happened_on=datetime.date(2011, 3, 1),
        new_name="演示粤北银行",
        document_number="粤银监复[2011] 9号",
    )
    record_fact(renamed, actor=province_clerk, now=NOW)
    bank.refresh_from_db()
    assert bank.name == "演示粤北银行"
    assert renamed.document_number == "粤银监复〔2011〕9号"
    before, after = datetime.date(2011, 2, 28), datetime.date(2011, 3, 1)
    assert name_on(bank, day=before) == "演示韶关银行"
    assert name_on(bank, day=after) == "演示粤北银行"
    assert names_on(institutions=[bank.pk], day=before) == {bank.pk: "演示韶关银行"}
    void_fact(fact_id=renamed.pk, actor=province_clerk, reason="登记错误", now=NOW)
    bank.refresh_from_db()
    assert bank.name == "演示韶关银行"
    assert list(JournalEntry.objects.values_list("action", flat=True)) == [
        "fact.record",
        "fact.void",
    ]


def test_a_clerk_cannot_relocate_a_bank_out_of_its_prefecture(shaoguan_clerk, bank, guangzhou):
    moved = Fact(
        institution=bank,
        kind="relocated",
        happened_on=datetime.date(2012, 1, 1),
        prefecture=guangzhou,
    )
    with pytest.raises(PermissionRefused):
        record_fact(moved, actor=shaoguan_clerk, now=NOW)
    assert not Fact.objects.filter(kind="relocated").exists()
    bank.refresh_from_db()
    assert bank.prefecture.code == "440200"


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("exited", {}, "reason"),
        ("exited", {"reason": "linkage"}, "reason"),
        ("capital_changed", {"capital": 5, "subject": "x"}, "subject"),
        ("intention", {}, "kind"),
        ("opened", {"happened_on": datetime.date(2012, 7, 2)}, "happened_on"),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_at_its_field(
    kind, values, field, province_clerk, bank
):
    wrong = Fact(institution=bank, kind=kind)
    for name, value in {"happened_on": datetime.date(2012, 6, 1), **values}.items():
        setattr(wrong, name, value)
    with pytest.raises(DomainError) as refusal:
        record_fact(wrong, actor=province_clerk, now=NOW)
    assert list(refusal.value.fields) == [field]


def test_a_fact_is_recorded_and_voided_on_pages(province_clerk, client_of, bank):
    client = client_of(province_clerk)
    assert "更名" in client.get(url("fact-add", bank.code)).content.decode()
    add = f"{url('fact-add', bank.code)}?kind=capital_changed"
    wrong = client.post(add, {"happened_on": "2012-01-05"})
    assert wrong.status_code == 422
    odd = {"happened_on": "2012-01-05", "capital": "8000", "document_number": "随便"}
    assert "不像公文文号" in client.post(add, odd).content.decode()
    assert client.post(add, {**odd, "confirmed": "on"}).status_code == 302
    kept = Fact.objects.get(kind="capital_changed")
    assert kept.recorded_by == province_clerk
    page = client.get(url("institution", bank.code)).content.decode()
    assert "8,000.00" in page
    void = url("fact-void", bank.code, kept.pk)
    assert client.post(void, {"reason": ""}).status_code == 422
    assert client.post(void, {"reason": "重复登记"}).status_code == 302
    assert client.post(void, {"reason": "再次"}).status_code == 409
    assert "重复登记" in client.get(url("institution", bank.code)).content.decode()


def test_a_file_is_kept_and_handed_back_only_to_those_who_see_the_bank(
    province_clerk, preparer, client_of, bank, other_bank
):
    client = client_of(province_clerk)
    file = SimpleUploadedFile("批复.html", b"<script>alert(1)</script>", "text/html")
    added = client.post(url("attachment-add", other_bank.code), {"title": "批复", "file": file})
    assert added.status_code == 302
    kept = other_bank.attachments.get()
    answer = client.get(url("attachment", kept.pk))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(preparer).get(url("attachment", kept.pk)).status_code == 404
    empty = SimpleUploadedFile("空.pdf", b"")
    assert client.post(url("attachment-add", bank.code), {"file": empty}).status_code == 422


def test_an_institution_cannot_stand_above_itself(province_clerk, bank):
    child = InstitutionFactory(parent=bank, prefecture=PrefectureFactory())
    bank.parent = child
    with pytest.raises(DomainError) as refusal:
        save_institution(bank, actor=province_clerk, now=NOW, expected_version=1)
    assert list(refusal.value.fields) == ["parent"]
