"""A microloan company's pages: what it is on a day, what is odd about it, its conversion."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.models import Fact, JournalEntry
from finance.models import MicroloanCompany, VillageBank
from tests.factories import CountyFactory, fact

LIST = "finance:microloan-companies"
RECORD = "finance:microloan-companies-record"
CONVERT = "finance:microloan-company-convert"


@pytest.fixture
def page(client_of, province_clerk):
    def read(name: str, *args: str, user=None, **query: str) -> str:
        answer = client_of(user or province_clerk).get(reverse(name, args=args), query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return read


@pytest.fixture
def opened(company):
    """The company, opened in April 2011."""
    fact(company.institution, "opened", "2011-04-01")
    return company


def test_a_company_is_shown_as_of_the_day(opened, hold, guangzhou, page, rules) -> None:
    hold(opened, "先行公司", "40.00", home_prefecture=guangzhou, contributed=Decimal(2000))
    hold(opened, "后来公司", "60.00", held_from="2012-05-01", role="participant")
    fact(opened.institution, "capital_changed", "2012-05-20", capital=Decimal(8000),
         document_number="韶金〔2012〕5号")  # fmt: skip
    now = page(RECORD, "ML01", as_of="2012-06-30")
    assert all(word in now for word in ("8,000.00", "+3,000.00", "100.00%", "始兴县", "广州市"))
    before = page(RECORD, "ML01", as_of="2012-04-30")
    assert "后来公司" not in before
    assert "+3,000.00" not in before
    assert "各股东持股合计 40.00%，不是 100%" in before


def test_sponsors_strength_is_told_with_their_three_years(opened, hold, page) -> None:
    hold(opened, "优质公司", 30, is_quality_enterprise=True, net_assets=Decimal("12345.67"),
         debt_ratio=Decimal("45.50"), profit_year=2010, profit_last=Decimal(800),
         profit_second=Decimal(650), profit_third=Decimal("512.50"))  # fmt: skip
    hold(opened, "无数公司", 15, profit_last=Decimal(1), profit_year=2010)
    text = page(RECORD, "ML01", as_of="2012-06-30")
    for word in ("优质企业", "12,345.67", "45.50%", "2008–2010", "1,962.50"):
        assert word in text
    assert "1.00 / — / —" in text


def test_a_citys_approval_without_authority_is_flagged(company, delegation, page) -> None:
    fact(company.institution, "opening_approved", "2012-04-10", level="prefecture",
         delegation=delegation, document_number="韶金〔2012〕2号")  # fmt: skip
    text = page(RECORD, "ML01", as_of="2012-06-30")
    assert text.count("2012-04-10 的决定不在 粤金〔2012〕30号 的有效期内") == 2  # remark and table
    assert reverse("core:delegations-record", args=["DL-1"]) in text
    assert "ML01" in page(LIST, as_of="2012-06-30", remarks="true")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"ML01", "ML02", "ML03"}),
        ({"state": "open"}, {"ML01"}),
        ({"state": "none"}, {"ML02", "ML03"}),
        ({"underdeveloped": "true"}, {"ML01", "ML02"}),
        ({"underdeveloped": "false"}, {"ML03"}),
        ({"legal_form": "jsc"}, {"ML02"}),
        ({"prefecture": "440100"}, {"ML03"}),
        ({"region": "delta"}, {"ML03"}),
        ({"county": "440222"}, {"ML01", "ML02"}),
        ({"is_featured": "true"}, {"ML02"}),
        ({"in_pilot": "true"}, {"ML03"}),
        ({"q": "甲公司"}, {"ML01"}),
        ({"q": "ML03"}, {"ML03"}),
    ],
)
def test_page_and_interface_filter_alike(
    query, found, opened, new_company, hold, guangzhou, page, caller, province_clerk
) -> None:
    new_company("ML02", legal_form="jsc", is_featured=True)
    new_company("ML03", prefecture=guangzhou, county=None, in_pilot=True)
    hold(opened, "甲公司", 30)
    text = page(LIST, as_of="2012-06-30", **query)
    assert {code for code in ("ML01", "ML02", "ML03") if f"/{code}/" in text} == found
    answer = caller(province_clerk).get("/microloan-companies/", as_of="2012-06-30", **query)
    assert {row["code"] for row in answer.json()["results"]} == found


def test_people_of_a_company_see_their_own_and_change_nothing(
    opened, new_company, preparer, client_of
) -> None:
    new_company("ML02")
    preparer.institution = opened.institution
    preparer.save()
    client = client_of(preparer)
    text = client.get(reverse(LIST)).content.decode()
    assert ("ML01" in text, "ML02" in text) == (True, False)
    assert client.get(reverse(RECORD, args=["ML02"])).status_code == 404
    own = client.get(reverse(RECORD, args=["ML01"])).content.decode()
    assert reverse(CONVERT, args=["ML01"]) not in own
    assert client.get(reverse(CONVERT, args=["ML01"])).status_code == 403


def test_a_company_is_made_and_changed_by_its_form(client_of, shaoguan_clerk, shaoguan, county):
    client = client_of(shaoguan_clerk)
    data = {
        "code": "ML09", "name": "始兴县演示新设小额贷款有限责任公司", "prefecture": shaoguan.pk,
        "county": county.pk, "detail-legal_form": "llc", "detail-capital": "-1",
    }  # fmt: skip
    refused = client.post(reverse(f"{LIST}-new"), data)
    assert refused.status_code == 422
    assert not MicroloanCompany.objects.exists()
    made = client.post(reverse(f"{LIST}-new"), data | {"detail-capital": "5000"})
    assert made.url == reverse(RECORD, args=["ML09"])
    assert MicroloanCompany.objects.get().capital == 5000


def test_the_institutions_page_leads_to_the_companys(opened, page) -> None:
    assert reverse(RECORD, args=["ML01"]) in page("core:institution", "ML01")


def decided(company, on: str) -> None:
    """The prefecture decided on the company's capital."""
    fact(company.institution, "capital_changed", on, capital=Decimal(6000), level="prefecture")


@pytest.fixture
def conversion(opened, village_bank):
    VillageBank(institution=village_bank).save(force_insert=True)
    return {"village_bank": "VB01", "on": "2012-06-01", "document_number": "粤银监复〔2012〕9号",
            "decided_by": "广东银监局", "expected_version": "1"}  # fmt: skip


def test_a_company_becomes_a_village_bank_from_its_page(
    conversion, page, client_of, shaoguan_clerk
) -> None:
    client, address = client_of(shaoguan_clerk), reverse(CONVERT, args=["ML01"])
    assert address in page(RECORD, "ML01", user=shaoguan_clerk)
    assert "始兴演示村镇银行" in client.get(address).content.decode()
    done = client.post(address, conversion)
    assert done.url == reverse(RECORD, args=["ML01"])
    exit_ = Fact.objects.get(kind="exited")
    assert (exit_.reason, exit_.decided_by) == ("converted", "广东银监局")
    assert MicroloanCompany.objects.get().converted_into.code == "VB01"
    assert JournalEntry.objects.filter(action="microloan.convert").count() == 1
    after = page(RECORD, "ML01", user=shaoguan_clerk)
    assert "已改制为村镇银行" in after
    assert reverse("finance:village-bank", args=["VB01"]) in after
    assert address not in after
    assert "ML01" in page("finance:village-bank", "VB01")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"village_bank": ""}, "必填"),
        ({"village_bank": "B9001"}, "有效的选项"),
        ({"on": "2999-01-01"}, "2999-01-01"),
        ({"on": "2011-03-31"}, "未登记为营业或停业"),
        ({"on": "soon"}, "日期"),
        ({"document_number": "随便写的"}, "已核对，仍按所填保存"),
        ({"expected_version": "7"}, ""),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(
    changes, told, conversion, bank, client_of, shaoguan_clerk
) -> None:
    answer = client_of(shaoguan_clerk).post(reverse(CONVERT, args=["ML01"]), conversion | changes)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Fact.objects.filter(kind="exited").exists()
    assert MicroloanCompany.objects.get().converted_into is None


def test_a_doubtful_number_is_kept_once_it_is_confirmed(
    conversion, client_of, shaoguan_clerk
) -> None:
    address = reverse(CONVERT, args=["ML01"])
    doubtful = conversion | {"document_number": "随便写的", "confirmed": "on"}
    assert client_of(shaoguan_clerk).post(address, doubtful).status_code == 302
    assert Fact.objects.get(kind="exited").document_number == "随便写的"


def test_only_banks_of_the_same_prefecture_are_offered(
    conversion, village_bank, guangzhou, client_of, province_clerk
) -> None:
    CountyFactory(code="440183", name="增城市", prefecture=guangzhou)
    village_bank.prefecture, village_bank.county = guangzhou, None
    village_bank.save()
    client, address = client_of(province_clerk), reverse(CONVERT, args=["ML01"])
    assert "VB01" not in client.get(address).content.decode()
    assert client.post(address, conversion).status_code == 422


def test_another_prefectures_clerk_converts_nothing(
    new_company, guangzhou, client_of, shaoguan_clerk
) -> None:
    new_company("ML02", prefecture=guangzhou, county=None)
    address = reverse(CONVERT, args=["ML02"])
    assert client_of(shaoguan_clerk).get(address).status_code == 403
    assert client_of(shaoguan_clerk).post(address, {"on": "2012-06-01"}).status_code == 403


def test_the_page_costs_the_same_however_many_hold_the_company(
    opened, hold, client_of, province_clerk, django_assert_max_num_queries
) -> None:
    client, address = client_of(province_clerk), reverse(RECORD, args=["ML01"])
    hold(opened, "甲公司", 30)
    decided(opened, "2012-06-01")
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    for number in range(4):
        hold(opened, f"股东{number}", 10)
        decided(opened, f"2012-0{number + 1}-01")
    with django_assert_max_num_queries(60) as five:
        client.get(address)
    assert len(five) == len(one)
