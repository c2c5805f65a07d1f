"""Behind the door: another institution's things are not there, whatever the address."""

from collections.abc import Callable

import pytest
from django.urls import NoReverseMatch, reverse

from returns.operations import sign_return
from tests.factories import UserFactory
from tests.filing import NOW
from tests.permissions.routes import METHODS, routes
from tests.permissions.table import TABLE

CLOSED = (401, 403, 404)


def addresses(spaces: tuple[str, ...], key: object) -> list[tuple[str, str, str]]:
    """Every (name, method, path) under ``spaces`` that takes one parameter, filled with ``key``."""
    rows = {row.split()[0]: row.split()[1:] for row in TABLE.strip().splitlines()}
    found = []
    for route in routes():
        if route.name.startswith(spaces) and route.name in rows:
            try:
                path = reverse(route.name, args=[key])
            except NoReverseMatch:
                continue
            for method, cell in zip(METHODS, rows[route.name], strict=True):
                if cell != "-":
                    found.append((route.name, method, path))
    return found


def opened(client, tried: list[tuple[str, str, str]]) -> list[str]:
    """The addresses that did not stay closed."""
    return [
        f"{method} {name}"
        for name, method, path in tried
        if client.generic(method, path, "{}", content_type="application/json").status_code
        not in CLOSED
    ]


# Addresses of returns: "period" takes the key of a period, which everybody shares.
OF_PERIODS = {"returns:period", "returns:workbook", "returns:upload", "returns:grid",
              "returns:change-period", "api:periods-record"}  # fmt: skip


@pytest.fixture
def of_a_return() -> Callable[[int], list[tuple[str, str, str]]]:
    def tried(pk: int) -> list[tuple[str, str, str]]:
        found = addresses(("returns:", "api:returns"), pk)
        return [each for each in found if each[0] not in OF_PERIODS]

    return tried


@pytest.mark.parametrize("who", ["preparer", "signatory", "shaoguan_clerk"])
def test_another_banks_return_is_not_there(
    who, request, client_of, of_a_return, bank, other_bank, june, accepted, filed
):
    own = accepted(bank, june)
    people = [
        UserFactory(username=f"other-{role}", role=role, institution=other_bank)
        for role in ("preparer", "signatory")
    ]
    draft = filed(other_bank, june, actor=people[0])
    theirs = sign_return(actor=people[1], record=draft, expected_version=None, now=NOW)
    client = client_of(request.getfixturevalue(who))
    tried = of_a_return(theirs.pk)
    assert len(tried) > 15
    assert opened(client, tried) == []
    assert client.get(reverse("returns:return", args=[own.pk])).status_code == 200


@pytest.mark.parametrize("who", ["preparer", "signatory"])
def test_another_institution_is_not_there(who, request, client_of, bank, other_bank):
    client = client_of(request.getfixturevalue(who))
    spaces = ("core:institution", "core:fact", "core:attachment", "api:institutions", "api:banks")
    tried = addresses(spaces, other_bank.code)
    assert len(tried) > 5
    assert opened(client, tried) == []
    assert client.get(reverse("core:institution", args=[bank.code])).status_code == 200


def test_a_prefectures_clerk_edits_only_its_own(client_of, shaoguan_clerk, bank, other_bank):
    client = client_of(shaoguan_clerk)
    edit = "core:institution-edit"
    assert client.get(reverse(edit, args=[bank.code])).status_code == 200
    tried = [each for each in addresses(("core:",), other_bank.code)
             if each[0] in (edit, "core:fact-add", "core:attachment-add")]  # fmt: skip
    assert len(tried) == 6
    assert opened(client, tried) == []
