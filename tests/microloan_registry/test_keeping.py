"""Holders, service points, platforms and events: what is refused, and whose they are."""

from typing import Any

import pytest
from django.urls import reverse

from core.models import Institution
from core.registers.catalogue import REGISTERS
from tests.factories import InstitutionFactory

NEW: dict[str, dict[str, Any]] = {
    "shareholders": {
        "institution": "ML01", "name": "新股东", "kind": "enterprise", "role": "participant",
        "stake": "20", "held_from": "2012-01-01",
    },
    "service-points": {
        "institution": "B9001", "kind": "outlet", "name": "新网点", "prefecture": "440200",
        "opened_on": "2012-06-01",
    },
    "cooperation-platforms": {
        "name": "新平台", "kind": "park", "prefecture": "440200", "established_on": "2012-01-05",
    },
    "platform-results": {
        "platform": "CP01", "year": "2012", "span": "H2", "served": "60", "financed": "25",
        "amount": "5200",
    },
    "financing-events": {
        "name": "新对接会", "kind": "fair", "held_on": "2012-06-15", "prefecture": "440200",
        "enterprises": "120", "enterprises_signed": "35",
    },
    "event-drawings": {"event": "FE01", "as_of": "2012-12-31", "amount": "30000"},
}  # fmt: skip
WRONG = [
    ("shareholders", {"stake": "0"}, "stake", "应大于 0"),
    ("shareholders", {"stake": "100.01"}, "", "0 至 100"),
    ("shareholders", {"kind": "person", "organisation_code": "1"}, "organisation_code", "自然人"),
    ("shareholders", {"home_prefecture": "440200", "home_place": "湖南"}, "home_place", "其一"),
    ("shareholders", {"contributed": "-1"}, "contributed", "不能为负"),
    ("shareholders", {"profit_last": "9"}, "profit_year", "最近年度"),
    ("shareholders", {"profit_year": "2999"}, "profit_year", "2999"),
    ("shareholders", {"financials_as_of": "2999-01-01"}, "financials_as_of", "晚于今天"),
    ("shareholders", {"held_until": "2011-12-31"}, "", "不能早于起始日期"),
    ("shareholders", {"related_with": "SH-X"}, "related_with", "请选同一公司"),
    ("shareholders", {"institution": "B9001"}, "institution", ""),
    ("service-points", {"prefecture": ""}, "prefecture", "网点所在地市"),
    ("service-points", {"institution": "ML01"}, "institution", ""),
    ("service-points", {"closed_on": "2012-05-31"}, "", "不能早于起始日期"),
    ("cooperation-platforms", {"ended_on": "2011-05-31"}, "", "不能早于起始日期"),
    ("platform-results", {"financed": "61"}, "financed", "多于服务 60 户"),
    ("platform-results", {"amount": "-1"}, "amount", "不能为负"),
    ("platform-results", {"year": "2010"}, "year", "才成立"),
    ("platform-results", {"span": "H1"}, "span", "PR01"),
    ("financing-events", {"enterprises_signed": "121"}, "enterprises_signed", "参加企业 120"),
    ("financing-events", {"amount_signed": "-1"}, "amount_signed", "不能为负"),
    ("event-drawings", {"as_of": "2012-06-14"}, "as_of", "早于活动举办日期"),
    ("event-drawings", {"as_of": "2999-06-14"}, "as_of", "晚于今天"),
    ("event-drawings", {"as_of": "2012-09-30"}, "as_of", "ED01"),
    ("event-drawings", {"amount": "-1"}, "amount", "不能为负"),
]


@pytest.fixture
def ground(company, new_company, hold, bank, result, drawn) -> None:
    """What new entries hang on, and what they would contradict."""
    hold(new_company("ML02"), "他司股东", 10, code="SH-X")
    result("PR01", 2012, "H1", "5000")
    drawn("ED01", "2012-09-30", "18000", enterprises=20)


def post(client, key: str, **changes: str):
    data = {"code": "", "note": "", **NEW[key], **changes}
    return client.post(reverse(REGISTERS[key].url_name("new")), data)


@pytest.mark.parametrize(("key", "changes", "field", "told"), WRONG)
def test_page_and_interface_refuse_alike(
    key, changes, field, told, ground, client, caller, shaoguan_clerk
) -> None:
    before = REGISTERS[key].model.objects.count()
    page = post(client, key, **changes)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert field == "" or field in page.context["form"].errors
    model, body = REGISTERS[key].model, NEW[key] | changes
    whole = {"PositiveIntegerField", "PositiveSmallIntegerField"}
    for name, value in body.items():
        if model._meta.get_field(name).get_internal_type() in whole:
            body[name] = int(value)
    answer = caller(shaoguan_clerk).post(f"/{key}/", body)
    assert answer.status_code == 422, answer.json()
    assert told in str(answer.json())
    assert model.objects.count() == before


@pytest.mark.parametrize("key", NEW)
def test_a_clerk_keeps_entries_of_the_own_prefecture(
    key, ground, client, shaoguan_clerk, guangzhou, platform, event, bank
) -> None:
    made = post(client, key)
    assert made.status_code == 302, made.content.decode()
    assert client.get(made.url).status_code == 200
    code = made.url.rstrip("/").split("/")[-1]
    edit = reverse(REGISTERS[key].url_name("edit"), args=[code])
    assert client.get(edit).status_code == 200
    moved = [*Institution.objects.all(), platform, event]
    if key in ("service-points", "cooperation-platforms", "financing-events"):
        moved.append(REGISTERS[key].model.objects.get(code=code))
    for each in moved:
        each.prefecture, each.county = guangzhou, None
        each.save()
    assert client.get(made.url).status_code == 200
    assert client.get(edit).status_code == 403


@pytest.mark.parametrize("key", ["cooperation-platforms", "platform-results", "financing-events",
                                 "event-drawings"])  # fmt: skip
def test_institutions_see_nothing_of_the_offices_own(key, ground, client_of, preparer, caller):
    text = client_of(preparer).get(reverse(REGISTERS[key].url_name())).content.decode()
    assert not any(code in text for code in ("CP01", "PR01", "FE01", "ED01"))
    assert caller(preparer).get(f"/{key}/").json()["results"] == []


def test_a_bank_sees_its_own_points_and_a_company_its_own_holders(
    ground, client, client_of, preparer, company, caller
) -> None:
    other = InstitutionFactory(
        code="B77", name="另一银行", prefecture=company.institution.prefecture
    )
    post(client, "service-points")
    post(client, "service-points", institution=other.code, name="他行网点")
    seen = caller(preparer).get("/service-points/").json()["results"]
    assert [row["name"] for row in seen] == ["新网点"]
    post(client, "shareholders")
    preparer.institution = company.institution
    preparer.save()
    rows = caller(preparer).get("/shareholders/").json()["results"]
    assert [row["name"] for row in rows] == ["新股东"]


def test_a_bank_of_elsewhere_may_have_its_point_here(
    other_bank, shaoguan, client, shaoguan_clerk
) -> None:
    made = post(client, "service-points", institution="B9002")
    assert made.status_code == 302, made.content.decode()
