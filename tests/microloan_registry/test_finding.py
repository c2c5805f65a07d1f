"""Finding entries: filters of pages, exports and the interface; imports; the calendar."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Licence
from core.queries.expiries import running_out
from core.registers.catalogue import REGISTERS
from finance.models import CooperationPlatform
from tests.factories import fact
from tests.microloan_registry.conftest import DAY, day


@pytest.mark.parametrize(
    ("key", "query", "found"),
    [
        ("shareholders", {"state": "current"}, ["甲公司"]),
        ("shareholders", {"state": "past"}, ["乙公司"]),
        ("shareholders", {"state": "past", "as_of": "2011-06-30"}, []),
        ("shareholders", {"role": "main_sponsor"}, ["乙公司"]),
        ("shareholders", {"kind": "person"}, []),
        ("shareholders", {"stake_min": "25"}, ["甲公司"]),
        ("shareholders", {"stake_max": "25"}, ["乙公司"]),
        ("shareholders", {"is_quality_enterprise": "true"}, ["甲公司"]),
        ("shareholders", {"home_prefecture": "440200"}, ["乙公司"]),
        ("shareholders", {"institution": "ML02"}, []),
        ("shareholders", {"q": "甲"}, ["甲公司"]),
        ("cooperation-platforms", {"state": "past"}, ["旧平台"]),
        ("cooperation-platforms", {"kind": "cluster"}, ["旧平台"]),
        ("cooperation-platforms", {"established_on_after": "2011-01-01"}, ["演示园区平台"]),
        ("platform-results", {"year": "2012"}, ["PR01"]),
        ("platform-results", {"span": "Y"}, []),
        ("platform-results", {"platform": "CP01"}, ["PR01"]),
        ("financing-events", {"state": "held"}, ["演示对接会"]),
        ("financing-events", {"state": "held", "as_of": "2012-06-14"}, []),
        ("financing-events", {"kind": "fair"}, []),
        ("financing-events", {"held_on_before": "2012-06-14"}, []),
        ("event-drawings", {"drawn_by_after": "2012-10-01"}, []),
        ("event-drawings", {"event": "FE01"}, ["ED01"]),
    ],
)
def test_page_export_and_interface_filter_alike(
    key, query, found, company, hold, shaoguan, result, drawn, client, caller, shaoguan_clerk
) -> None:
    hold(company, "甲公司", 30, role="participant", is_quality_enterprise=True)
    hold(company, "乙公司", 10, held_until=day("2011-12-31"), home_prefecture=shaoguan)
    CooperationPlatform(
        code="CP02", name="旧平台", kind="cluster", prefecture=shaoguan,
        established_on=day("2009-01-01"), ended_on=day("2010-01-01"),
    ).save()  # fmt: skip
    result("PR01", 2012, "H1", "5000")
    drawn("ED01", "2012-09-30", "18000")
    name = "code" if key in ("platform-results", "event-drawings") else "name"
    rows = caller(shaoguan_clerk).get(f"/{key}/", **query).json()["results"]
    assert [row[name] for row in rows] == found
    address = reverse(REGISTERS[key].url_name())
    exported = b"".join(client.get(address, {**query, "format": "csv"})).decode()
    assert len(exported.strip().splitlines()) == 1 + len(found)
    page = client.get(address, query).content.decode()
    assert all(word in page for word in found)


def test_a_name_that_holds_twice_and_a_false_code_are_odd(company, hold, client) -> None:
    hold(company, "甲公司", 20, code="SH01", organisation_code="19220382-2")
    hold(company, "甲公司", 30, code="SH02", held_from=day("2012-01-01"))
    text = client.get(reverse("finance:shareholders-record", args=["SH01"])).content.decode()
    assert "校验位不符" in text
    assert "SH02" in text
    first = company.institution.shareholders.get(code="SH01")
    first.held_until = day("2011-12-31")
    first.save()
    later = client.get(reverse("finance:shareholders-record", args=["SH02"])).content.decode()
    assert "同名股东" not in later


def test_shareholders_are_imported_from_a_workbook(company, client) -> None:
    head = "机构,股东名称,股东类型,角色,持股比例（%）,持股起,来自地市,优质企业,编号\n"
    rows = "ML01,示例公司,企业法人,主发起人,30%,2011年3月1日,韶关市,是,\n" \
           "ML01,张某,自然人,参股,二十,2011-03-01,,,\n"  # fmt: skip
    file = SimpleUploadedFile("x.csv", (head + rows).encode())
    address = reverse("finance:shareholders-import")
    tried = client.post(address, {"file": file}, follow=True)
    good, bad = tried.context["outcome"].rows
    assert (good.outcome, bad.outcome) == ("new", "error")
    assert bad.problems[0][0] == "E3"
    file = SimpleUploadedFile("x.csv", (head + rows.splitlines()[0]).encode())
    tried = client.post(address, {"file": file}, follow=True)
    fingerprint = tried.context["outcome"].fingerprint
    assert client.post(tried.request["PATH_INFO"], {"fingerprint": fingerprint}).status_code == 302
    holder = company.institution.shareholders.get()
    assert (holder.code, holder.stake, holder.is_quality_enterprise) == ("SH00001", 30, True)


def test_a_lapsed_licence_of_a_company_is_in_the_calendar(company) -> None:
    fact(company.institution, "opened", "2011-04-01")
    Licence(code="LC1", institution=company.institution, number="粤1", issued_on=day("2011-03-01"),
            valid_until=DAY - datetime.timedelta(days=1)).save()  # fmt: skip
    (found,) = running_out(as_of=DAY, within=30)
    assert (found.register, found.title, found.lapsed) == (
        "licences", company.institution.name, True,
    )  # fmt: skip
