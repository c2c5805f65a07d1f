"""Every register that is declared: its pages, its workbook, its resource; and what they cost.

A new register needs a row in ``tests/registers/rows.py``; the walk says so.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.registers.catalogue import DETAILS, REGISTERS
from tests.registers.rows import ROWS, Rows

EVERY = {**REGISTERS, **DETAILS}
# A page of a list, and a page of its resource: the same whether it holds one row or four.
PAGE, RESOURCE = 5, 2
OTHERWISE = {
    "shareholders": (6, 2),
    "plans": (4, 2),
    "measures": (4, 3),
    "measure-items": (4, 2),
    "plan-units": (4, 2),
    "targets": (4, 2),
    "plan-milestones": (4, 2),
    "contact-replies": (5, 3),
    "progress-reports": (5, 3),
    "consolidated-reports": (4, 2),
    "case-movements": (4, 2),
    "fund-entries": (4, 2),
    "loss-sharing-schemes": (5, 3),
    "insurance-pilots": (6, 4),
    "enterprises": (6, 2),
    "evidence-requirements": (4, 2),
    "incentive-policies": (5, 4),
    "collective-notes": (5, 5),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(province_clerk) -> Rows:
    return Rows(province_clerk)


@pytest.fixture
def client(client_of, province_clerk):
    return client_of(province_clerk)


def test_every_register_has_a_row_here() -> None:
    assert ROWS.keys() == EVERY.keys()


def test_numbers_of_no_two_registers_look_alike() -> None:
    prefixes = [each.model.CODE_PREFIX for each in REGISTERS.values()]
    assert len(set(prefixes)) == len(prefixes)


def test_every_register_is_described() -> None:
    described = Path(settings.BASE_DIR, "docs/registries.md").read_text()
    rows = [row for row in described.splitlines() if row.startswith("| ")]
    missing = [
        key
        for key, each in EVERY.items()
        if not any(f"`{key}`" in row and each.title.zh in row for row in rows)
    ]
    assert not missing, f"docs/registries.md needs a row with key and title of: {missing}"


@pytest.mark.parametrize("key", EVERY)
def test_pages_of_a_register_open(key, rows, client) -> None:
    register, code = EVERY[key], rows.keep(key, 1)
    for what in ("", "new", "import", "import-template", "data"):
        assert client.get(reverse(register.url_name(what))).status_code == 200, what
    listed = client.get(reverse(register.url_name())).content.decode()
    assert reverse(register.url_name("record"), args=[code]) in listed
    own = ("record", "edit") if key in DETAILS else ("record", "edit", "void")
    for what in own:
        address = reverse(register.url_name(what), args=[code])
        added_only = what == "edit" and getattr(register, "fixed", False)
        assert client.get(address).status_code == (409 if added_only else 200), what
    for kind in ("csv", "xlsx"):
        assert client.get(reverse(register.url_name()), {"format": kind}).status_code == 200
    assert client.get(reverse(register.url_name()), {"colour": "red"}).status_code == 422


@pytest.mark.parametrize("key", EVERY)
def test_its_workbook_comes_back_unchanged(key, rows, client) -> None:
    register = EVERY[key]
    for number in (1, 2):
        rows.keep(key, number)
    exported = b"".join(client.get(reverse(register.url_name("data"))))
    file = SimpleUploadedFile("x.xlsx", exported)
    answer = client.post(reverse(register.url_name("import")), {"file": file}, follow=True)
    outcome = answer.context["outcome"]
    assert outcome.clean, [row.problems for row in outcome.rows]
    assert [row.outcome for row in outcome.rows] == ["unchanged"] * len(outcome.rows)
    assert len(outcome.rows) >= 2


@pytest.mark.parametrize("key", EVERY)
def test_its_resource_is_listed_read_and_exported(key, rows, caller, province_clerk) -> None:
    code, office = rows.keep(key, 1), caller(province_clerk)
    listed = office.get(f"/{key}/")
    assert code in [each["code"] for each in listed.json()["results"]]
    record = office.get(f"/{key}/{code}/")
    assert record.json()["code"] == code
    assert record["ETag"] == f'"v{record.json()["version"]}"'
    assert code.encode() in b"".join(office.get(f"/{key}/", format="csv"))
    assert office.get(f"/{key}/", colour="red").status_code == 422


@pytest.mark.parametrize("key", EVERY)
def test_a_list_costs_the_same_with_one_row_and_with_four(
    key, rows, client, caller, province_clerk, django_assert_num_queries
) -> None:
    page, resource = OTHERWISE.get(key, (PAGE, RESOURCE))
    address, office = reverse(EVERY[key].url_name()), caller(province_clerk)
    rows.keep(key, 1)
    client.get(address), office.get(f"/{key}/")  # the first visit also notes the visitor
    for numbers in ((), (2, 3, 4)):
        for number in numbers:
            rows.keep(key, number)
        with django_assert_num_queries(page):
            client.get(address)
        with django_assert_num_queries(resource):
            office.get(f"/{key}/")


@pytest.mark.parametrize("key", EVERY)
def test_a_record_costs_the_same_however_many_there_are(
    key, rows, client, django_assert_max_num_queries
) -> None:
    address = reverse(EVERY[key].url_name("record"), args=[rows.keep(key, 1)])
    client.get(address)
    with django_assert_max_num_queries(60) as alone:
        client.get(address)
    for number in (2, 3, 4):
        rows.keep(key, number)
    with django_assert_max_num_queries(len(alone)) as among_others:
        client.get(address)
    assert len(among_others) == len(alone)
