"""Pages, exports and the API: a department sees and answers its own, by each door alike."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models.users import Role
from listings.models import CaseEvent
from tests.factories import UserFactory

LIST = "listings:green-channel-cases"


@pytest.fixture
def two_cases(opened, tax_office, other_enterprise):
    """A case of the land office in Shaoguan, and one of the tax office in Guangzhou."""
    return opened(), opened(department=tax_office, enterprise=other_enterprise)


def test_a_department_sees_its_own_on_page_and_export(client_of, two_cases, land_clerk) -> None:
    client = client_of(land_clerk)
    own, other = two_cases
    page = client.get(reverse(LIST)).content.decode()
    assert own.code in page
    assert other.code not in page
    for wanted in ("csv", "xlsx"):
        assert client.get(reverse(LIST), {"format": wanted}).status_code == 200
    text = b"".join(client.get(reverse(LIST), {"format": "csv"}).streaming_content).decode()
    assert own.code in text
    assert other.code not in text
    assert client.get(reverse(f"{LIST}-record", args=[own.code])).status_code == 200
    assert client.get(reverse(f"{LIST}-record", args=[other.code])).status_code == 404
    act = reverse("listings:green-channel-answer", args=[other.code])
    assert client.get(act).status_code == 404


def test_a_department_sees_its_own_by_machine(caller, two_cases, act, land_clerk) -> None:
    own, other = two_cases
    act(own, "answer", "2012-05-08")
    theirs = act(other, "answer", "2012-05-08")
    api = caller(land_clerk)
    rows = api.get("/green-channel-cases/").json()["results"]
    assert [row["code"] for row in rows] == [own.code]
    assert api.get(f"/green-channel-cases/{other.code}/").status_code == 404
    events = api.get("/green-channel-events/").json()["results"]
    assert [row["case"] for row in events] == [own.code]
    assert api.get(f"/green-channel-events/{theirs.code}/").status_code == 404
    body = {"happened_on": "2012-05-09", "text": "演示"}
    assert api.post(f"/green-channel-cases/{other.code}/answer/", body).status_code == 404
    event = {"case": other.code, "act": "answer", **body}
    assert api.post("/green-channel-events/", event).status_code == 422
    assert api.post("/green-channel-cases/", {}).status_code == 403


def test_staff_without_a_department_see_nothing(client_of, two_cases, department_clerk) -> None:
    page = client_of(department_clerk).get(reverse(LIST)).content.decode()
    assert not any(case.code in page for case in two_cases)


def test_a_prefecture_sees_its_own_cases(caller, two_cases, shaoguan_clerk, shaoguan) -> None:
    own, other = two_cases
    mayor = UserFactory(username="mayor", role=Role.LEADER, prefecture=shaoguan)
    for person in (shaoguan_clerk, mayor):
        rows = caller(person).get("/green-channel-cases/").json()["results"]
        assert [row["code"] for row in rows] == [own.code]
        assert caller(person).get(f"/green-channel-cases/{other.code}/").status_code == 404


def test_people_of_institutions_have_no_door(client_of, preparer) -> None:
    assert client_of(preparer).get(reverse(LIST)).status_code == 403


def test_the_page_offers_what_the_state_and_the_role_allow(
    client_of, opened, act, land_clerk, shaoguan_clerk
) -> None:
    case = opened()

    def offered(person) -> set[str]:
        page = client_of(person).get(reverse(f"{LIST}-record", args=[case.code]))
        text = page.content.decode()
        return {
            what
            for what in ("answer", "wait", "resume", "close", "reopen")
            if reverse(f"listings:green-channel-{what}", args=[case.code]) in text
        }

    assert offered(land_clerk) == {"answer", "wait", "close"}
    act(case, "close", "2012-05-09")
    assert (offered(land_clerk), offered(shaoguan_clerk)) == (set(), {"reopen"})


def test_a_department_answers_and_closes_on_the_page(client_of, opened, land_clerk) -> None:
    case = opened()
    client = client_of(land_clerk)
    for what, values in {
        "answer": {"text": "已受理"},
        "wait": {"text": "请补规划图"},
        "resume": {},
        "close": {"result": "solved", "document_number": "韶国土资函〔2012〕8号"},
    }.items():
        address = reverse(f"listings:green-channel-{what}", args=[case.code])
        assert client.get(address).status_code == 200
        answer = client.post(address, {"happened_on": "2012-05-09", **values})
        assert answer.status_code == 302, answer.content.decode()
    page = client.get(reverse(f"{LIST}-record", args=[case.code])).content.decode()
    assert "按期办结" in page
    assert "韶国土资函〔2012〕8号" in page


BAD = [
    ("answer", {"happened_on": "2012-05-09", "text": ""}),
    ("wait", {"happened_on": "2012-05-06", "text": "演示"}),
    ("resume", {"happened_on": "2012-05-09"}),
    ("close", {"happened_on": "2012-05-09"}),
    ("close", {"happened_on": "2099-05-09", "result": "solved"}),
    ("close", {"happened_on": "2012-05-09", "result": "solved", "document_number": "八号"}),
    ("answer", {"text": "演示"}),
]


@pytest.mark.parametrize(("what", "values"), BAD)
def test_page_and_api_refuse_alike(client_of, caller, opened, land_clerk, what, values) -> None:
    case = opened()
    answer = caller(land_clerk).post(f"/green-channel-cases/{case.code}/{what}/", values)
    assert answer.status_code in (409, 422)
    named = {each["field"] for each in answer.json().get("errors", [])}
    address = reverse(f"listings:green-channel-{what}", args=[case.code])
    page = client_of(land_clerk).post(address, values)
    assert page.status_code == 422
    form = page.context["form"]
    assert form.errors
    assert {name for name in named if name} <= set(form.errors)
    assert answer.json()["detail"] in page.content.decode() or named
    assert not CaseEvent.objects.exists()


def test_the_same_key_acts_once(caller, opened, land_clerk) -> None:
    case = opened()
    body = {"happened_on": "2012-05-09", "text": "演示"}
    address = f"/green-channel-cases/{case.code}/answer/"
    api = caller(land_clerk, **{"Idempotency-Key": "k1"})
    first, second = api.post(address, body), api.post(address, body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert CaseEvent.objects.count() == 1
    assert first.json()["standing"] == "overdue"


def queries(ask) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert ask().status_code == 200
    return len(caught)


def test_lists_take_the_same_queries_for_two_cases_and_twenty(
    client_of, caller, opened, act, province_clerk
) -> None:
    client, api = client_of(province_clerk), caller(province_clerk)
    opened()
    asks = {
        "page": lambda: client.get(reverse(LIST)),
        "api": lambda: api.get("/green-channel-cases/"),
    }
    for ask in asks.values():
        ask()
    before = {name: queries(ask) for name, ask in asks.items()}
    for _case in range(20):
        act(opened(), "wait", "2012-05-09")
    assert {name: queries(ask) for name, ask in asks.items()} == before
    assert before == {"page": 5, "api": 2}
