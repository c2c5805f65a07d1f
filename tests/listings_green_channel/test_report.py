"""The report on the green channel: workload, overdue and days taken, for any day and moment."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import PermissionRefused
from core.models.users import Role
from core.registers.saving import void_entry
from listings.registers.green_channel import EVENTS
from listings.rules.workload import Workload
from reports.operations.publishing import publish
from reports.queries.comparison import compared_with_today, recomputed
from reports.registry import compute
from tests.factories import UserFactory
from tests.filing import NOW
from tests.listings_green_channel.conftest import LAND, day

ASKED = {"as_of": "2012-05-31", "since": "2012-05-01"}


@pytest.fixture
def month(opened, act, tax_office, other_enterprise):
    """The land office: one closed in time, one late, one overdue, one waiting; the tax office:
    one closed in time."""
    cases = [opened() for _number in range(4)]
    act(cases[0], "close", "2012-05-10")  # 3 working days
    act(cases[1], "close", "2012-05-21")  # 10
    act(cases[3], "wait", "2012-05-09")
    theirs = opened(department=tax_office, enterprise=other_enterprise)
    act(theirs, "wait", "2012-05-08")
    act(theirs, "resume", "2012-05-28")
    act(theirs, "close", "2012-05-29", document_number="粤地税函〔2012〕3号")  # 1 + 1
    return cases, theirs


def figures(user=None, known_at=None, **asked):
    return compute(
        "green-channel", ASKED | asked, user=user, today=day("2012-06-01"), known_at=known_at
    ).figures


def test_workload_overdue_and_days_taken(month) -> None:
    cases, _theirs = month
    found = figures()
    land, tax = found["departments"]
    assert {name: land[name] for name in ("opened", "closed", "closed_in_time", "open")} == {
        "opened": 4, "closed": 2, "closed_in_time": 1, "open": 2
    }  # fmt: skip
    assert (land["waiting"], land["overdue"]) == (1, 1)
    assert land["in_time"] == {"numerator": 1, "denominator": 2, "percent": "50.00"}
    assert land["days_taken"] == {
        "cases": 2, "sum": 13, "mean": "6.50", "median": "6.5", "longest": 10
    }  # fmt: skip
    assert tax["days_taken"]["sum"] == 2
    assert found["total"]["days_taken"]["mean"] == "5.00"  # 15 / 3, never the mean of means
    assert [each["code"] for each in found["prefectures"]] == ["440100", "440200"]
    (late,) = found["overdue"]
    assert (late["code"], late["due_on"], late["days_overdue"]) == (
        cases[2].code, "2012-05-14", 17
    )  # fmt: skip


def test_an_earlier_day_still_says_what_held_then(month) -> None:
    before = figures(as_of="2012-05-15")
    assert before["total"]["open"] == 4
    assert before["total"]["overdue"] == 2
    assert figures(as_of="2012-05-06")["total"]["opened"] == 0


def test_nothing_closed_divides_by_nothing() -> None:
    empty = Workload()
    assert (empty.mean, empty.median, empty.longest, empty.in_time.percent) == (None,) * 4


def test_a_department_reads_its_own_report(month, land_clerk, tax_office, client_of) -> None:
    found = figures(user=land_clerk)
    assert [each["name"] for each in found["departments"]] == [LAND]
    assert found["total"]["closed"] == 2
    with pytest.raises(PermissionRefused):
        figures(user=land_clerk, department=tax_office.code)
    client = client_of(land_clerk)
    page = client.get(reverse("reports:green-channel"), ASKED).content.decode()
    assert LAND in page
    assert "省地方税务局" not in page
    behind = reverse("reports:green-channel-lineage")
    text = client.get(behind, ASKED | {"figure": "closed"}).content.decode()
    assert "粤地税函" not in text
    assert client.get(behind, ASKED | {"figure": "closed:DP02"}).status_code == 404
    for wanted in ("pdf", "xlsx", "json"):
        file = client.get(reverse("reports:green-channel"), ASKED | {"format": wanted})
        assert file.status_code == 200


def test_a_prefecture_reads_its_own_report(month, shaoguan_clerk, caller) -> None:
    answer = caller(shaoguan_clerk).get("/reports/green-channel/", **ASKED).json()
    assert answer["figures"]["prefecture"] == "440200"
    assert [each["code"] for each in answer["figures"]["prefectures"]] == ["440200"]
    refused = caller(shaoguan_clerk).get("/reports/green-channel/", prefecture="440100", **ASKED)
    assert refused.status_code == 403


def test_staff_without_a_department_read_none(month) -> None:
    of_none = UserFactory(username="of-none", role=Role.DEPARTMENT_STAFF, department="")
    with pytest.raises(PermissionRefused):
        figures(user=of_none)


def test_four_renderings_hold_the_same_figures(month, client_of, leader, caller) -> None:
    client = client_of(leader)
    address = reverse("reports:green-channel")
    page = client.get(address, ASKED).content.decode()
    told = json.loads(client.get(address, ASKED | {"format": "json"}).content)["figures"]
    by_machine = caller(leader).get("/reports/green-channel/", **ASKED).json()["figures"]
    assert told == by_machine
    assert told["overdue"][0]["code"] in page
    assert f"{told['total']['in_time']['percent']}%" in page
    for wanted in ("pdf", "xlsx"):
        assert client.get(address, ASKED | {"format": wanted}).status_code == 200


def test_every_linked_figure_opens(month, client_of, leader) -> None:
    client = client_of(leader)
    behind = reverse("reports:green-channel-lineage")
    for figure in ("open", "overdue:DP01", "closed_in_time:440100", "opened:property", "waiting"):
        answer = client.get(behind, ASKED | {"figure": figure})
        assert answer.status_code == 200
        assert "演示" in answer.content.decode()
    assert client.get(behind, ASKED | {"figure": "nothing"}).status_code == 404


def test_a_publication_is_recomputed_and_later_corrections_show(month, province_clerk, act) -> None:
    cases, _theirs = month
    closing = cases[0].events.get(act="close")
    published = publish(code="green-channel", asked=ASKED, actor=province_clerk, now=timezone.now())
    void_entry(
        EVENTS, code=closing.code, actor=province_clerk, reason="登记有误", now=timezone.now()
    )
    assert recomputed(published).equal
    today = compared_with_today(published)
    moved = {each.path: each for each in today.differences}
    assert (moved["total.closed"].published, moved["total.closed"].found) == (3, 2)
    assert any("作废" in cause.what.zh for cause in moved["total.closed"].causes)


def test_publications_are_for_those_who_see_the_whole(
    month, province_clerk, land_clerk, leader, shaoguan_clerk, client_of, caller
) -> None:
    published = publish(code="green-channel", asked=ASKED, actor=province_clerk, now=NOW)
    address = reverse("reports:publication-figures", args=[published.number])
    assert client_of(leader).get(address).status_code == 200
    for person in (land_clerk, shaoguan_clerk):
        assert client_of(person).get(address).status_code == 404
        listed = client_of(person).get(reverse("reports:published")).content.decode()
        assert published.number not in listed
        api = caller(person)
        assert api.get(f"/published-reports/{published.number}/").status_code == 404
        assert api.get("/published-reports/").json()["results"] == []


@pytest.mark.parametrize(
    "asked", [{"since": "2012-06-01"}, {"department": "DP99"}, {"prefecture": "999999"}]
)
def test_a_wrong_parameter_is_an_error(month, leader, client_of, asked) -> None:
    address = reverse("reports:green-channel")
    assert client_of(leader).get(address, ASKED | asked).status_code == 422


def test_the_number_of_queries_does_not_grow(month, opened, act, django_assert_num_queries) -> None:
    with django_assert_num_queries(7):
        figures()
    for _case in range(10):
        act(opened("2012-05-08"), "wait", "2012-05-09")
    with django_assert_num_queries(7):
        figures()


def test_a_leader_of_a_city_reads_the_citys(month, shaoguan) -> None:
    mayor = UserFactory(username="mayor", role=Role.LEADER, prefecture=shaoguan)
    assert figures(user=mayor)["total"]["closed"] == 2
