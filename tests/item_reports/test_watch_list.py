"""The watch list: by the room that is left, with its trend, and open to whom it concerns."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.models import RuleParameter
from core.models.users import Role
from reports.operations.publishing import publish
from reports.watch.limits import GUARANTEE, MICROLOAN
from returns.forms import form as form_of
from tests.factories import UserFactory
from tests.item_reports.conftest import (
    GUANGZHOU,
    SHAOGUAN,
    figures,
    pdf_text,
    report,
    sheets,
)

ADDRESS = "/reports/watch-list/?as_of=2012-07-31"


def listed(**asked: str) -> list[dict[str, Any]]:
    return figures("watch-list", guarantee_period="2012-06", **asked)["watched"]


def test_the_broken_come_first_then_the_nearest(watched) -> None:
    found = listed()
    assert found[0]["code"] == "ML01/microloan.borrowing-ratio-max"
    assert found[0]["standing"] == "broken"
    assert {each["standing"] for each in found[1:]} == {"near"}
    shares = [Decimal(each["share"]) for each in found]
    assert shares == sorted(shares)
    assert all(share < 10 for share in shares)
    codes = {each["code"] for each in found}
    assert {"ML02/microloan.single-borrower-max", "GA02/guarantee.leverage-max"} <= codes
    everything = listed(show="all")
    assert len(everything) > len(found)
    assert [each["code"] for each in everything][: len(found)] == [each["code"] for each in found]


def test_room_is_what_the_numerator_may_still_grow(watched) -> None:
    found = {each["code"]: each for each in listed()}["ML02/microloan.borrowing-ratio-max"]
    borrowed, net = (Decimal(found["measured"][name]) for name in ("numerator", "denominator"))
    assert Decimal(found["room"]) == round(net / 2 - borrowed, 2)
    assert Decimal(found["share"]) == round((net / 2 - borrowed) / (net / 2) * 100, 2)


def test_the_trend_compares_with_the_month_right_before(watched, client_of, leader) -> None:
    found = {each["code"]: each for each in listed()}
    moved = found["ML02/microloan.borrowing-ratio-max"]
    assert Decimal(moved["share_change"]) < -10
    assert Decimal(moved["share_last_month"]) + Decimal(moved["share_change"]) == Decimal(
        moved["share"]
    )
    same = found["ML02/microloan.single-borrower-max"]
    assert Decimal(same["share_change"]) == 0
    page = client_of(leader).get(f"{ADDRESS}&guarantee_period=2012-06").content.decode()
    code = "ML02%2Fmicroloan.borrowing-ratio-max"
    row = next(part for part in page.split("<tr") if code in part)
    assert f"↓\u00a0{abs(Decimal(moved['share_change']))}" in row
    may = figures("watch-list", microloan_period="2012-05", kind="microloan_company")
    assert {each["share_change"] for each in may["watched"]} == {None}  # nobody filed April


def test_page_pdf_workbook_and_api_list_the_same(
    watched, client_of, leader, caller, tmp_path
) -> None:
    client, address = client_of(leader), f"{ADDRESS}&guarantee_period=2012-06"
    page = client.get(address).content.decode()
    paper = pdf_text(client.get(f"{address}&format=pdf").content, tmp_path).replace("\n", "")
    rows = sheets(client.get(f"{address}&format=xlsx").content)["名单"]
    asked = {"as_of": "2012-07-31", "guarantee_period": "2012-06"}
    told = caller(leader).get("/reports/watch-list/", **asked).json()["figures"]["watched"]
    head = next(place for place, row in enumerate(rows) if row[0] == "机构")
    names = [row[0] for row in rows[head + 1 :]]
    assert names == [each["name"] for each in told]
    for each, row in zip(told, rows[head + 1 :], strict=True):
        assert Decimal(str(row[5])) == Decimal(each["share"])
        assert f"{Decimal(each['share']):,}%" in page
        assert f"{Decimal(each['share']):,}%" in paper
    order = [page.index(f"value%3A{each['code'].replace('/', '%2F')}") for each in told]
    assert order == sorted(order)


def test_who_has_not_filed_is_not_judged_and_named(watched, client_of, leader) -> None:
    page = client_of(leader).get(f"{ADDRESS}&guarantee_period=2012-06").content.decode()
    listed_there, missing = page.split("未计入本期的机构</h2>")
    assert "演示GA01有限公司" in missing
    assert "演示GA01有限公司" not in listed_there
    # Unless a month is asked for, it is the latest that is whole.
    assert report("watch-list").asked["guarantee_period"] == "2012-05"


def test_a_figure_opens_to_the_cells_that_were_judged(watched, client_of, leader) -> None:
    client = client_of(leader)
    asked = {"as_of": "2012-07-31", "figure": "value:ML01/microloan.borrowing-ratio-max"}
    page = client.get("/reports/watch-list/lineage/", asked).content.decode()
    assert "银行融入余额" in page
    assert "资本净额" in page
    rows = re.findall(r'href="(/returns/\d+/row/[^"]+)"', page)
    assert len(rows) == 2
    assert "highlight" in client.get(rows[0].replace("&amp;", "&")).content.decode()
    asked["figure"] = "broken"
    broken = client.get("/reports/watch-list/lineage/", asked).content.decode()
    assert "演示ML01有限公司" in broken
    for wrong in ("value:ML01/guarantee.leverage-max", "value:ML99/x", "worse"):
        asked["figure"] = wrong
        assert client.get("/reports/watch-list/lineage/", asked).status_code == 404


def test_each_sees_the_figures_of_their_own_scope(
    watched, client_of, caller, shaoguan_clerk, province_clerk, department_clerk, shaoguan
) -> None:
    everybody = client_of(province_clerk).get(ADDRESS).content.decode()
    assert "演示ML01有限公司" in everybody
    assert "演示ML02有限公司" in everybody
    of_the_prefecture = UserFactory(role=Role.LEADER, prefecture=shaoguan)
    for person in (shaoguan_clerk, of_the_prefecture):
        client = client_of(person)
        page = client.get(ADDRESS).content.decode()
        assert "演示ML01有限公司" in page
        assert "演示ML02有限公司" not in page
        assert "口径</span> 韶关市" in page
        told = caller(person).get("/reports/watch-list/", as_of="2012-07-31").json()
        assert {each["prefecture"] for each in told["figures"]["watched"]} == {SHAOGUAN}
        assert client.get(f"{ADDRESS}&prefecture={GUANGZHOU}").status_code == 403
        asked = {"as_of": "2012-07-31", "figure": "value:ML02/microloan.borrowing-ratio-max"}
        assert client.get("/reports/watch-list/lineage/", asked).status_code == 404
    closed = client_of(department_clerk)
    assert closed.get(ADDRESS).status_code == 403
    assert "/reports/watch-list/" not in closed.get("/").content.decode()


def test_a_published_list_is_read_by_those_who_see_every_institution(
    watched, client_of, caller, leader, province_clerk, shaoguan_clerk, department_clerk
) -> None:
    paper = publish(
        code="watch-list", asked={"as_of": "2012-07-31"}, actor=province_clerk, now=timezone.now()
    )
    for person, status in ((leader, 200), (shaoguan_clerk, 404), (department_clerk, 404)):
        client, page = client_of(person), f"/reports/published/{paper.number}/"
        for address in (page, f"{page}pdf/", f"{page}figures/"):
            assert client.get(address).status_code == status
        for address in ("/reports/published/", "/"):
            assert (paper.number in client.get(address).content.decode()) == (status == 200)
        told = caller(person)
        assert told.get(f"/published-reports/{paper.number}/").status_code == status


def test_the_cockpit_of_staff_and_leader_begins_with_the_head_of_the_list(
    watched, client_of, leader, shaoguan_clerk, department_clerk
) -> None:
    for person in (leader, shaoguan_clerk):
        panel = client_of(person).get("/").content.decode().split("限额监测")[2]
        head = panel.split("</section>")[0]
        assert "突破 1" in head
        assert "演示ML01有限公司" in head
        assert ("演示ML02有限公司" in head) == (person is leader)
    assert "预警名单" not in client_of(department_clerk).get("/").content.decode()


def test_limits_follow_the_rules_that_the_office_keeps(watched) -> None:
    rule = RuleParameter.objects.get(code="microloan.borrowing-ratio-max")
    rule.value = 70
    rule.save()
    codes = {each["code"]: each for each in listed(show="all")}
    eased = codes["ML01/microloan.borrowing-ratio-max"]
    assert (eased["standing"], Decimal(eased["limit"])) == ("free", 70)
    line = RuleParameter.objects.get(code="limits.near")
    line.value = 50
    line.save()
    assert len(listed()) > 4


@pytest.mark.parametrize(("code", "bounds"), [("microloan", MICROLOAN), ("guarantee", GUARANTEE)])
def test_the_list_bounds_what_the_forms_checks_bound(code, bounds) -> None:
    judged = {each.rule: (each.over, each.factor) for each in bounds}
    checks = [each for each in form_of(code).checks if set(each.parameters) & set(judged)]
    assert {rule for each in checks for rule in each.parameters} == {
        name for each in bounds for name in (each.rule, each.factor) if name
    }
    for each in checks:
        (table, _item, measure), factor = judged[each.parameters[0]]
        assert (each.table, each.columns) == (table, (measure,))
        assert each.parameters[1:] == ((factor,) if factor else ())
