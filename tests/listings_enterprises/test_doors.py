"""Pages, workbooks and the interface: one declaration behind all doors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.operations.reference import load_rules
from core.queries.history import history_of
from listings.models import Enterprise, StageEvent, StageSpan
from tests.listings_enterprises.conftest import day

GOOD_CODE = "914403001922038216"
LIBRARY = (
    "编号,企业名称,统一社会信用代码,组织机构代码,地市,行业代码,拟上市板块,高新技术企业\n"
    f"SG001,演示韶关精工股份有限公司,{GOOD_CODE},19220382-1,韶关市,C34,创业板,是\n"
    ",演示韶关药业股份有限公司,,,440200,2760,中小企业板,否\n"
)
HISTORY = (
    "编号,企业,事项,批次,日期,原因\n"
    ",SG001,进入批次,CULTIVATE,2010年3月1日,\n"
    ",演示韶关精工股份有限公司,进入批次,RESTRUCTURE,2011/6/1,\n"
    ",SG001,进入批次,FILE,2012-02-01,材料齐备直接申报\n"
    ",SG001,未通过（否决）,,2012-08-01,持续盈利能力存疑\n"
)


def bring(client, register: str, text: str, **asked):
    """Upload a workbook: the dry run's outcome, and how to confirm it."""
    file = SimpleUploadedFile("x.csv", text.encode())
    tried = client.post(f"/{register}/import/", {"file": file}, follow=True)
    return tried.context["outcome"], tried.request["PATH_INFO"]


def test_a_citys_library_and_its_history_come_by_workbook_after_a_dry_run(
    client, stages, shaoguan_clerk, shaoguan
) -> None:
    client.force_login(shaoguan_clerk)
    outcome, address = bring(client, "enterprises", LIBRARY)
    assert [row.outcome for row in outcome.rows] == ["new", "new"]
    assert not Enterprise.objects.exists()
    client.post(address, {"fingerprint": outcome.fingerprint})
    enterprise = Enterprise.objects.get(code="SG001")
    assert (enterprise.industry, enterprise.intended_board) == ("34", "chinext")
    assert enterprise.pinyin_initials == "yssgjggfyxgs"

    outcome, address = bring(client, "stage-events", HISTORY)
    assert [row.outcome for row in outcome.rows] == ["new"] * 4
    assert not StageEvent.objects.exists()
    assert not StageSpan.objects.exists()
    client.post(address, {"fingerprint": outcome.fingerprint})
    spans = StageSpan.objects.known().order_by("starts_on")
    assert [(each.stage.code, each.state) for each in spans] == [
        ("CULTIVATE", "active"), ("RESTRUCTURE", "active"), ("FILE", "active"),
        ("FILE", "rejected")]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",SG001,进入批次,NOWHERE,2012-03-01,", "NOWHERE"),
        (",没有的企业,进入批次,TUTOR,2012-03-01,", "没有的企业"),
        (",SG001,进入批次,TUTOR,2012-02-30,", "2012-06-30"),
        (",SG001,进入批次,TUTOR,2011-01-01,", "跳过"),
        (",SG001,否决,,2012-03-01,", "未通过"),
    ],
)
def test_a_wrong_row_of_the_history_is_told_and_nothing_is_written(
    client, record, new_enterprise, province_clerk, row, told
) -> None:
    record(new_enterprise(code="SG001"), "enter", "2010-03-01", "CULTIVATE")
    client.force_login(province_clerk)
    outcome, _address = bring(client, "stage-events", "编号,企业,事项,批次,日期,原因\n" + row)
    (found,) = outcome.rows
    assert found.outcome == "error"
    assert any(told in problem[1].zh for problem in found.problems)
    assert StageEvent.objects.count() == 1


def test_a_clerk_imports_into_the_own_prefecture_only(client, stages, shaoguan_clerk, guangzhou):
    client.force_login(shaoguan_clerk)
    text = "编号,企业名称,地市\n,演示广州软件股份有限公司,广州市\n"
    outcome, _address = bring(client, "enterprises", text)
    assert outcome.rows[0].outcome == "error"


def test_a_doubtful_identifier_is_asked_about_and_linked(caller, province_clerk, shaoguan) -> None:
    api = caller(province_clerk)
    body = {"name": "演示机械股份有限公司", "prefecture": "440200",
            "credit_code": GOOD_CODE[:-1] + "7"}  # fmt: skip
    refused = api.post("/enterprises/", body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "doubtful-identifier"
    other = body | {"credit_code": GOOD_CODE, "organisation_code": "71093123-3"}
    refused = api.post("/enterprises/", other)
    assert "19220382-1" in str(refused.json())
    assert api.post("/enterprises/", body | {"confirmed": True}).status_code == 201


def test_a_credit_code_tells_the_organisation_code_it_embeds(new_enterprise) -> None:
    assert new_enterprise(credit_code=GOOD_CODE).organisation_code == "19220382-1"


def test_one_credit_code_is_one_enterprise(new_enterprise, caller, province_clerk) -> None:
    new_enterprise(credit_code=GOOD_CODE)
    body = {"name": "演示机械股份有限公司", "prefecture": "440200", "credit_code": GOOD_CODE}
    refused = caller(province_clerk).post("/enterprises/", body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "invalid-record"


BAD = [
    ({"kind": "enter", "stage": "", "happened_on": "2012-06-01"}, "stage"),
    ({"kind": "reject", "stage": "", "happened_on": "2012-06-01"}, "reason"),
    ({"kind": "enter", "stage": "CULTIVATE", "happened_on": "2012-06-01"}, "reason"),
    ({"kind": "reject", "stage": "", "happened_on": "2009-06-01", "reason": "x"}, "happened_on"),
    ({"kind": "enter", "stage": "TUTOR", "happened_on": "2999-06-01"}, "happened_on"),
    ({"kind": "dance", "stage": "", "happened_on": "2012-06-01"}, "kind"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
def test_page_and_interface_refuse_alike(
    client, caller, record, enterprise, province_clerk, body, field
) -> None:
    record(enterprise, "enter", "2010-03-01", "RESTRUCTURE")
    given = body | {"enterprise": enterprise.code}
    refused = caller(province_clerk).post("/stage-events/", given)
    assert refused.status_code == 422
    assert field in str(refused.json())
    client.force_login(province_clerk)
    page = client.post(reverse("listings:stage-events-new"), given)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert StageEvent.objects.count() == 1


def test_an_event_goes_by_machine_and_is_voided_never_changed(
    caller, stages, enterprise, province_clerk
) -> None:
    api = caller(province_clerk)
    body = {"enterprise": enterprise.code, "stage": "CULTIVATE", "happened_on": "2012-03-01"}
    made = api.post("/stage-events/", body)
    assert made.status_code == 201
    code = made.json()["code"]
    changed = api.patch(f"/stage-events/{code}/", {"happened_on": "2012-04-01"},
                        headers={"If-Match": made.headers["ETag"]})  # fmt: skip
    assert (changed.status_code, changed.json()["code"]) == (409, "entry-fixed")
    row = api.get(f"/enterprises/{enterprise.code}/", as_of="2012-03-01").json()
    assert (row["stage"], row["stage_name"], row["since"]) == (
        "CULTIVATE", "培育（储备）一批", "2012-03-01")  # fmt: skip
    assert api.get(f"/enterprises/{enterprise.code}/", as_of="2012-02-29").json()["stage"] is None
    gone = api.post(f"/stage-events/{code}/void/", {"reason": "登记有误"})
    assert gone.status_code == 200
    assert api.get("/enterprises/", stage="CULTIVATE").json()["results"] == []


def test_the_assessment_by_machine_is_that_of_the_page(
    client, caller, record, enterprise, province_clerk
) -> None:
    load_rules()
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    record(enterprise, "suspend", "2011-03-01", reason="市场原因")
    api = caller(province_clerk)
    year = {"enterprise": enterprise.code, "year": 2011, "headcount": 320, "revenue": "18500",
            "net_profit": "2100", "assets": "22000"}  # fmt: skip
    assert api.post("/enterprise-years/", year).status_code == 201
    given = api.get(f"/enterprises/{enterprise.code}/assessment/", as_of="2012-06-30").json()
    assert [(each["stage"], each["state"]) for each in given["spans"]] == [
        ("CULTIVATE", "active"), ("CULTIVATE", "suspended")]  # fmt: skip
    assert (given["size"]["size"], given["size"]["source"]) == ("M", "工信部联企业〔2011〕300号")
    assert given["readiness"]["verdict"] == "unknown"
    assert len(given["findings"]) == 2
    client.force_login(province_clerk)
    page = client.get(reverse("listings:enterprises-record", args=[enterprise.code]),
                      {"as_of": "2012-06-30"}).content.decode()  # fmt: skip
    for told in ("企业规模：中型", "上市财务条件对照：创业板", "暂停（搁置）", "上市意向书"):
        assert told in page
    listed = api.get("/enterprise-years/", as_of="2012-06-30").json()["results"]
    assert listed[0]["size"] == "M"
    assert api.get("/enterprises/nobody/assessment/").status_code == 404
    assert api.get(f"/enterprises/{enterprise.code}/assessment/", colour="red").status_code == 422


def test_people_of_banks_see_no_enterprise(client, caller, enterprise, preparer) -> None:
    client.force_login(preparer)
    assert enterprise.name not in client.get(reverse("listings:enterprises")).content.decode()
    assert client.get(reverse("listings:enterprises-record",
                              args=[enterprise.code])).status_code == 404  # fmt: skip
    assert client.get(reverse("reports:pipeline")).status_code == 403
    answer = caller(preparer, can_write=False).get(f"/enterprises/{enterprise.code}/assessment/")
    assert answer.status_code == 404


def test_a_list_and_a_record_cost_the_same_however_many(
    client, province_clerk, record, new_enterprise, django_assert_num_queries
) -> None:
    client.force_login(province_clerk)
    first = new_enterprise("演示第0股份有限公司")
    record(first, "enter", "2010-03-01", "CULTIVATE")
    address = reverse("listings:enterprises-record", args=[first.code])
    client.get(address)  # the first page of a test reads more
    for turn in range(2):
        with django_assert_num_queries(6):
            client.get(reverse("listings:enterprises"), {"as_of": "2014-12-31"})
        with django_assert_num_queries(25):
            client.get(address)
        for number in range(6):
            each = new_enterprise(f"演示第{turn}{number}股份有限公司")
            record(each, "enter", "2010-03-01", "CULTIVATE")
            record(first, "suspend", f"201{turn}-0{number + 4}-01", reason="搁置")
            record(first, "resume", f"201{turn}-0{number + 4}-20")


def test_where_an_enterprise_stood_is_listed_for_any_day(client, province_clerk, record,
                                                         enterprise) -> None:  # fmt: skip
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    record(enterprise, "enter", "2011-03-01", "RESTRUCTURE")
    client.force_login(province_clerk)
    for on, found in (("2010-12-31", "培育（储备）一批"), ("2011-12-31", "改制一批")):
        page = client.get(reverse("listings:enterprises"), {"as_of": on, "q": "ysjm"})
        row = page.content.decode().split("<tbody")[1]
        assert found in row
    none = client.get(reverse("listings:enterprises"), {"as_of": "2009-12-31", "stage": "none"})
    assert enterprise.code in none.content.decode()
    assert StageSpan.objects.on(day("2010-12-31")).count() == 1


def test_the_history_of_an_enterprise_tells_of_what_was_filled_in(enterprise, change) -> None:
    """What it was before its first change follows from that, and is not told a second time."""
    change(enterprise, "2012-07-01", new_board="sme")
    told = [each.field for entry in history_of(Enterprise.objects.get()) for each in entry.changes]
    assert sorted(told) == [
        "code", "industry", "intended_board", "intended_board", "name", "prefecture", "status"
    ]  # fmt: skip
