"""Page, machine and workbook: the same note, the same refusals, the same sums."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from listings.models import CollectiveNote, NoteEvent
from tests.listings_notes.conftest import ROLES, day

BODY = {
    "kind": "collective_note", "prefecture": "440200", "year": 2012, "number": 1,
    "amount": "9000", "months": 36, "rate": "6.1", "frequency": 1,
}  # fmt: skip


@pytest.fixture
def pair(enterprise) -> list[dict[str, str]]:
    return [
        {"enterprise": enterprise(name).code, "amount": amount, "net_assets": "20000"}
        for name, amount in (("甲", "5000"), ("乙", "4000"))
    ]


def page_data(issuers: list[dict[str, str]], **more) -> dict[str, str]:
    """What a browser would send for a note with these issuers."""
    data = {name: str(value) for name, value in {**BODY, **more}.items()}
    data |= {"code": "", "note": "", "name": "", "short_name": ""}
    for part, rows in (("issuers", issuers), ("role_holders", ROLES), ("instalments", [])):
        data |= {f"{part}-TOTAL_FORMS": str(len(rows)), f"{part}-INITIAL_FORMS": "0"}
        for place, row in enumerate(rows):
            data |= {f"{part}-{place}-{name}": value for name, value in row.items()}
    return data


def test_a_note_is_saved_on_one_page_and_shown_with_what_follows(
    rules, client_of, province_clerk, pair
) -> None:
    client = client_of(province_clerk)
    saved = client.post("/collective-notes/new/", page_data(pair))
    assert saved.status_code == 302, saved.context["form"].errors
    page = client.get(saved.url).content.decode()
    for words in ("韶关市中小企业2012年度第一期集合票据", "演示甲股份有限公司", "土地使用权抵押",
                  "≤ 40.00%", "÷ 净资产 20,000.00 万元 = 25.00%"):  # fmt: skip
        assert words in page
    code = CollectiveNote.objects.get().code
    for kind, on in (("registered", "2012-05-10"), ("issued", "2012-06-20")):
        added = client.post(
            "/note-events/new/",
            {"code": "", "tranche": code, "kind": kind, "happened_on": on, "interest": "0",
             "principal": "0", "note": ""},
        )  # fmt: skip
        assert added.status_code == 302, added.content.decode()
    page = client.get(saved.url).content.decode()
    assert "kind=coupon&amp;happened_on=2013-06-20&amp;interest=549.00" in page
    form = client.get(
        f"/note-events/new/?tranche={code}&kind=coupon&happened_on=2013-06-20&interest=549.00"
    )
    assert 'value="549.00"' in form.content.decode()


def test_ten_issuers_fit_on_the_page_of_a_new_note(client_of, province_clerk) -> None:
    """Their amounts must add up on the first save, so all of them have a row."""
    page = client_of(province_clerk).get("/collective-notes/new/").content.decode()
    assert 'name="issuers-9-amount"' in page
    assert 'type="date" name="instalments-0-due_on"' in page


def test_page_and_machine_refuse_with_the_same_words(
    rules, client_of, caller, province_clerk, pair
) -> None:
    office, client = caller(province_clerk), client_of(province_clerk)
    wrong = [pair[0], {**pair[1], "amount": "4000.01"}]
    sent = office.post("/collective-notes/", json.dumps(BODY | {"issuers": wrong}))
    page = client.post("/collective-notes/new/", page_data(wrong))
    assert sent.status_code == page.status_code == 422
    problem = sent.json()
    assert problem["code"] == "note-sums-unequal"
    said = "发行人金额合计 9,000.01 万元，与本期金额 9,000.00 万元不等，多 0.01 万元"
    assert said in json.dumps(problem, ensure_ascii=False)
    assert said in page.content.decode()
    assert not CollectiveNote.objects.exists()


EVENTS = [
    ({"kind": "coupon", "happened_on": "2012-06-19", "interest": "1"}, "note-life-contradicts"),
    ({"kind": "coupon", "happened_on": "2013-06-20"}, "invalid-record"),
    ({"kind": "principal", "happened_on": "2013-06-20", "principal": "9000.01"},
     "note-life-contradicts"),
    ({"kind": "cancelled", "happened_on": "2013-06-20", "reason": "x"}, "note-life-contradicts"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "code"), EVENTS)
def test_page_and_machine_refuse_the_same_events(
    issued, client_of, caller, province_clerk, body, code
) -> None:
    note = issued(("5000", "4000"))
    before = NoteEvent.objects.count()
    sent = caller(province_clerk).post("/note-events/", json.dumps(body | {"tranche": note.code}))
    assert (sent.status_code, sent.json()["code"]) == (422, code)
    data = {"code": "", "note": "", "interest": "0", "principal": "0", "tranche": note.code}
    page = client_of(province_clerk).post("/note-events/new/", data | body)
    assert page.status_code == 422
    said = [each["message"] for each in sent.json()["errors"]]
    assert said
    assert all(each in page.content.decode() for each in said)
    assert NoteEvent.objects.count() == before


def test_the_schedule_by_issuer_is_the_same_on_page_workbook_and_interface(
    issued, client_of, caller, leader, province_clerk
) -> None:
    note = issued()
    client = client_of(leader)
    url = f"/collective-notes/{note.code}/schedule/"
    told = caller(leader, can_write=False).get(url, as_of="2013-06-21").json()
    first = told["instalments"][0]
    assert (first["due_on"], first["interest"], first["state"]) == (
        "2013-06-20", "5659.44", "overdue",
    )  # fmt: skip
    assert len(first["parts"]) == 7
    assert sum(Decimal(each["interest"]) for each in first["parts"]) == Decimal("5659.44")
    page = client.get(f"{url}?as_of=2013-06-21").content.decode()
    for each in first["parts"]:
        assert f"{Decimal(each['interest']):,.2f}" in page
    book = load_workbook(BytesIO(b"".join(client.get(f"{url}?format=xlsx"))))
    rows = [row for row in book.active.iter_rows(values_only=True) if row[0] == 1]
    assert [f"{Decimal(str(row[4])):.2f}" for row in rows[:-1]] == [
        each["interest"] for each in first["parts"]
    ]
    assert rows[-1][3] == "合计"


def test_a_wrong_day_is_refused_and_another_note_is_not_there(issued, client_of, leader) -> None:
    note = issued(("5000", "4000"))
    client = client_of(leader)
    assert client.get(f"/collective-notes/{note.code}/schedule/?as_of=soon").status_code == 422
    assert client.get("/collective-notes/NT99999/schedule/").status_code == 404


def test_people_of_a_bank_find_no_note(issued, client_of, caller, preparer) -> None:
    note = issued(("5000", "4000"))
    client, program = client_of(preparer), caller(preparer, can_write=False)
    for path in (f"/collective-notes/{note.code}/", f"/collective-notes/{note.code}/schedule/"):
        assert client.get(path).status_code == 404
        assert program.get(path).status_code == 404
    assert program.get("/collective-notes/").json()["results"] == []
    assert program.get("/note-events/").json()["results"] == []


def test_a_note_travels_by_workbook_and_comes_back_unchanged(
    issued, client_of, province_clerk
) -> None:
    issued(("5000", "4000"))
    client = client_of(province_clerk)
    exported = b"".join(client.get("/collective-notes/data/"))
    tried = client.post(
        "/collective-notes/import/",
        {"file": SimpleUploadedFile("notes.xlsx", exported)},
        follow=True,
    )
    outcome = tried.context["outcome"]
    assert outcome.clean, [row.problems for row in outcome.rows]
    assert outcome.number("unchanged") == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "outstanding"}, [1]),
        ({"state": "selected"}, [2]),
        ({"state": "coming", "as_of": "2012-01-04"}, [1, 2]),
        ({"kind": "collective_note"}, [1, 2]),
        ({"kind": "collective_trust"}, []),
        ({"enterprise": "EN00001"}, [1]),
        ({"q": "演示甲"}, [1, 2]),
        ({"q": "SMECN1号"}, [1]),
        ({"state": "outstanding", "as_of": "2012-06-19"}, []),
        ({"state": "registered", "as_of": "2012-06-19"}, [1]),
        ({"year": "2013"}, []),
    ],
)
def test_lists_are_narrowed(issued, noted, caller, leader, asked, found) -> None:
    issued(("5000", "4000"))
    noted(("5000", "4000"), number=2)
    rows = caller(leader, can_write=False).get("/collective-notes/", **asked).json()["results"]
    assert sorted(each["number"] for each in rows) == found


def test_a_note_stands_on_the_pages_of_its_issuer_and_of_its_enhancer(
    rules, noted, client_of, leader, bank, enterprise
) -> None:
    roles = [{"role": "lead_underwriter", "institution": bank.code}]
    note = noted(("5000", "4000"), roles=roles)
    client = client_of(leader)
    issuer = note.issuers.first().enterprise
    for page in (f"/enterprises/{issuer.code}/", f"/institutions/{bank.code}/"):
        assert note.name in client.get(page).content.decode(), page
    other = enterprise("丙")
    assert note.name not in client.get(f"/enterprises/{other.code}/").content.decode()


def test_payments_stand_in_the_expiry_calendar_and_on_the_office_cockpit(
    rules, issued, client_of, province_clerk, shaoguan_clerk
) -> None:
    from core.queries.expiries import running_out

    note = issued(("5000", "4000"))
    (due,) = running_out(as_of=day("2013-06-01"), within=60)
    assert (due.code, due.on, due.days) == (note.code, day("2013-06-20"), 19)
    assert due.what.zh == "付息 549.00 万元"
    assert running_out(as_of=day("2013-06-21"), within=0)[0].lapsed
    calendar = client_of(province_clerk).get("/reports/expiries/?as_of=2013-06-01")
    assert "付息 549.00 万元" in calendar.content.decode()
    for clerk in (province_clerk, shaoguan_clerk):
        assert "付息 549.00 万元" in client_of(clerk).get("/").content.decode()


def test_lists_cost_the_same_however_many(
    rules, issued, client_of, leader, django_assert_num_queries
) -> None:
    client = client_of(leader)
    issued(("5000", "4000"))
    client.get("/collective-notes/")
    with django_assert_num_queries(5):
        client.get("/collective-notes/")
    for number in range(2, 6):
        issued(("5000", "4000"), number=f"中市协注〔2012〕SMECN{number}号")
    with django_assert_num_queries(5):
        client.get("/collective-notes/")
