"""Every register: its list, record, form, workbook and resource, from one table."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.registers import catalogue

# register, what a clerk fills in, what goes wrong where
NEW = {
    "insurance-pilots": {"name": "新试点", "prefecture": "440200", "started_on": "2012-04-01"},
    "pilot-figures": {
        "pilot": "IP01", "period_end": "2012-06-30", "policies": "10", "premium": "20",
        "insured_loans": "900", "borrowers": "10", "balance": "900", "overdue": "9",
        "claims": "0", "paid": "0", "recovered": "0", "fiscal_compensation": "0",
    },
    "contributions": {
        "institution": "RG01", "contributor": "韶关市财政局", "kind": "prefecture",
        "happened_on": "2012-03-01", "subscribed": "20000", "paid_in": "12000",
    },
    "guarantee-funds": {
        "name": "新基金", "prefecture": "", "founded": "on", "founded_on": "2012-06-01",
    },
    "fund-entries": {
        "fund": "GF01", "happened_on": "2012-03-01", "direction": "source",
        "kind": "province", "committed": "5000", "paid": "3000",
    },
    "support-programmes": {
        "name": "新政策", "level": "province", "kind": "tax_relief",
        "valid_from": "2012-01-01", "test": "none",
    },
    "support-applications": {
        "institution": "GA01", "programme": "PG01", "year": "2011",
        "applied_on": "2012-06-10", "decision": "pending",
    },
    "training-courses": {"name": "新培训班", "topic": "risk", "started_on": "2012-09-01"},
    "evaluation-schemes": {"name": "新办法", "prefecture": "440200",
                           "started_on": "2012-01-01"},
    "platform-participants": {"name": "演示工商局", "kind": "department", "access": "both",
                              "prefecture": "440200", "joined_on": "2012-04-01"},
    "credit-coverage": {"prefecture": "440200", "counted_on": "2012-06-30",
                        "enterprises": "10000", "filed": "6000", "evaluated": "2000",
                        "financed": "500"},
}  # fmt: skip
WRONG = {
    "insurance-pilots": ({"ended_on": "2012-03-01"}, "结束日期不能早于起始日期"),
    "pilot-figures": ({"overdue": "901"}, "逾期贷款不能大于贷款余额"),
    "contributions": ({"paid_in": "20000.01"}, "大于认缴"),
    "guarantee-funds": ({"founded_on": ""}, "须填设立日期"),
    "fund-entries": ({"kind": "risk"}, "与方向不符"),
    "support-programmes": ({"budget": "-1"}, "预算不能为负"),
    "support-applications": ({"granted": "5"}, "批准的须填审批日期"),
    "training-courses": ({"ended_on": "2012-08-31"}, "结束日期不能早于起始日期"),
    "evaluation-schemes": ({"ended_on": "2011-08-31"}, "结束日期不能早于起始日期"),
    "platform-participants": ({"name": ""}, "或填写名称"),
    "credit-coverage": ({"financed": "2001"}, "不能大于已评价户数"),
}
PARTS = {"insurance-pilots": {"participants-TOTAL_FORMS": "0", "participants-INITIAL_FORMS": "0"}}
EVERY = (*NEW, "support-payments", "attendances", "re-guarantee-companies")


@pytest.fixture
def ground(pilot, company, fund, programme, agency) -> None:
    """What the new entries belong to."""


@pytest.fixture
def client(client_of, province_clerk):
    return client_of(province_clerk)


def add(client, key: str, **changes: str):
    data = {**NEW[key], **PARTS.get(key, {}), "code": "", "note": "", **changes}
    return client.post(f"/{key}/new/", data)


@pytest.mark.parametrize("key", EVERY)
def test_lists_forms_and_files_open(ground, client, key) -> None:
    for address in ("", "new/", "import/", "import/template/", "data/", "?format=xlsx"):
        assert client.get(f"/{key}/{address}").status_code == 200, address
    assert client.get(f"/{key}/?colour=red").status_code >= 400


@pytest.mark.parametrize("key", NEW)
def test_an_entry_is_made_read_changed_and_voided(ground, client, key) -> None:
    model = catalogue.REGISTERS[key].model
    made = add(client, key)
    assert made.status_code == 302, made.content.decode()
    code = made.url.strip("/").split("/")[-1]
    assert re.fullmatch(rf"{model.CODE_PREFIX}\d{{5}}", code)
    assert client.get(made.url).status_code == 200
    assert code in client.get(f"/{key}/").content.decode()
    edit = {**NEW[key], **PARTS.get(key, {}), "code": code, "note": "已核对",
            "expected_version": "1", "change_reason": "补注"}  # fmt: skip
    assert client.post(f"/{key}/{code}/edit/", edit).status_code == 302
    assert model.objects.get(code=code).note == "已核对"
    late = client.post(f"/{key}/{code}/edit/", edit | {"note": "迟到"})
    assert late.status_code == 422
    assert client.post(f"/{key}/{code}/void/", {"reason": "重复"}).status_code == 302
    assert not model.objects.standing().filter(code=code).exists()
    assert code not in client.get(f"/{key}/").content.decode()


@pytest.mark.parametrize("key", NEW)
def test_what_is_wrong_is_told_on_the_page(ground, client, key) -> None:
    changes, told = WRONG[key]
    answer = add(client, key, **changes)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert (
        not catalogue.REGISTERS[key]
        .model.objects.filter(note="")
        .exclude(code__in=("IP01", "GF01", "PG01"))
    )


@pytest.mark.parametrize("key", NEW)
def test_what_is_exported_for_editing_comes_back_unchanged(ground, client, key) -> None:
    add(client, key)
    exported = b"".join(client.get(f"/{key}/data/"))
    file = SimpleUploadedFile("x.xlsx", exported)
    outcome = client.post(f"/{key}/import/", {"file": file}, follow=True).context["outcome"]
    assert outcome.clean, [row.problems for row in outcome.rows]
    assert {row.outcome for row in outcome.rows} == {"unchanged"}


@pytest.mark.parametrize("key", NEW)
def test_a_machine_writes_what_a_page_writes(ground, caller, province_clerk, key) -> None:
    office = caller(province_clerk)
    model = catalogue.REGISTERS[key].model
    body = {name: value for name, value in NEW[key].items() if value != ""}
    for name, value in body.items():
        kind = model._meta.get_field(name).get_internal_type()
        if kind in ("PositiveIntegerField", "PositiveSmallIntegerField"):
            body[name] = int(value)
        elif kind == "BooleanField":
            body[name] = True
    added = office.post(f"/{key}/", body)
    assert added.status_code == 201, added.json()
    code = added.json()["code"]
    changed = office.patch(f"/{key}/{code}/", {"note": "接口"}, headers={"If-Match": added["ETag"]})
    assert changed.json()["note"] == "接口"
    changes, _told = WRONG[key]
    refused = office.patch(
        f"/{key}/{code}/",
        {name: int(value) if isinstance(body.get(name), int) else value or None
         for name, value in changes.items()},
        headers={"If-Match": changed["ETag"]},
    )  # fmt: skip
    assert refused.status_code == 422, refused.json()
    assert office.post(f"/{key}/{code}/void/", {"reason": "重复"}).status_code == 200
    codes = [row["code"] for row in office.get(f"/{key}/").json()["results"]]
    assert code not in codes


def test_a_payment_and_an_attendance_hang_on_theirs(client, applied, agency) -> None:
    application = applied("60")
    paid = client.post("/support-payments/new/", {"application": application.code,
                       "paid_on": "2012-09-01", "amount": "60"})  # fmt: skip
    assert paid.status_code == 302, paid.content.decode()
    page = client.get(f"/support-applications/{application.code}/").content.decode()
    assert "60.00" in page
    course = add(client, "training-courses").url.strip("/").split("/")[-1]
    manager = {"person": "某经理", "post": "general_manager", "completed": "on"}
    came = client.post(
        "/attendances/new/", {"course": course, "institution": agency.code, **manager}
    )
    assert came.status_code == 302, came.content.decode()
    assert "某经理" in client.get(f"/training-courses/{course}/").content.decode()
    assert "某经理" in client.get(f"/guarantee-agencies/{agency.code}/").content.decode()


def test_a_company_is_made_by_its_form_and_shows_who_contributed(
    client, record, shaoguan, province_clerk
) -> None:
    made = client.post("/re-guarantee-companies/new/", {
        "code": "RG09", "name": "演示新设再担保有限公司", "prefecture": shaoguan.pk,
        "detail-promoter": "韶关市人民政府", "detail-legal_form": "limited",
        "detail-modes": ["joint", "surplus"], "detail-capital": "30000",
    })  # fmt: skip
    assert made.status_code == 302, made.content.decode()
    page = client.get("/re-guarantee-companies/RG09/").content.decode()
    assert "溢额再担保" in page
    assert "/contributions/new/?institution=RG09" in page


@pytest.mark.parametrize("key", [*NEW, "re-guarantee-companies"])
def test_a_list_costs_the_same_however_long(
    ground, client, key, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(f"/{key}/").status_code == 200


def test_a_pilot_is_filled_in_with_those_who_take_part(
    client, shaoguan, insurer, bank, pilot
) -> None:
    rows = {
        "participants-TOTAL_FORMS": "2", "participants-INITIAL_FORMS": "0",
        "participants-0-role": "insurer", "participants-0-institution": bank.code,
        "participants-1-role": "bank", "participants-1-name": "某未登记银行",
    }  # fmt: skip
    refused = add(client, "insurance-pilots", **rows)
    assert refused.status_code == 422
    assert "与所选角色不符" in refused.content.decode()
    made = add(client, "insurance-pilots", **rows | {"participants-0-institution": insurer.code})
    assert made.status_code == 302, made.content.decode()
    page = client.get(made.url).content.decode()
    assert insurer.name in page
    assert "某未登记银行" in page


def test_pilots_are_imported_with_those_who_take_part(client, insurer, shaoguan) -> None:
    head = "编号,试点名称,地市,启动日期,参与方（角色|机构（已登记）|名称|加入日期）\n"
    row = ",新试点,韶关市,2012年4月1日,保险公司|IN01||；银行||某银行|2012/4/1\n"
    file = SimpleUploadedFile("x.csv", (head + row).encode())
    tried = client.post("/insurance-pilots/import/", {"file": file}, follow=True)
    outcome = tried.context["outcome"]
    assert outcome.clean, outcome.rows[0].problems
    done = client.post(tried.request["PATH_INFO"], {"fingerprint": outcome.fingerprint})
    assert done.status_code == 302
    pilot = catalogue.REGISTERS["insurance-pilots"].model.objects.get()
    assert [str(each) for each in pilot.participants.all()] == [insurer.name, "某银行"]
