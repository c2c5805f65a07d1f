"""Every address, with those who may and those who may not: who gets in is what the table says.

A route that is new, or that declares no permission, fails here before anybody can open it. That
each role is granted what the table says is compared without a request; that each address asks
is tried at every address by nobody, by one role that may and by one that may not, in turns, so
that every role walks through a good part of the house.
"""

import zlib
from functools import cache

import pytest
from django.conf import settings
from django.core.cache import cache as rate_limits
from django.test import Client
from django.urls import reverse

from core.models.users import Role
from core.permissions import GRANTS, PUBLIC, ROUTES
from reports.registry import REPORTS
from tests.factories import UserFactory
from tests.permissions.routes import METHODS, Route, routes
from tests.permissions.table import LETTERS, TABLE

EVERY_ROLE = frozenset(LETTERS.values())
NOBODY = "nobody"
CAST = (*LETTERS.values(), NOBODY)


@cache
def table() -> dict[str, dict[str, frozenset[str]]]:
    """Return route name → method → those who may, with ``nobody`` among them if public."""
    rows = {}
    for row in TABLE.strip().splitlines():
        name, *cells = row.split()
        if name != "#":
            rows[name] = dict(zip(METHODS, map(_people, cells), strict=True))
    return rows


def _people(cell: str) -> frozenset[str]:
    if cell in "*+":
        return EVERY_ROLE | {NOBODY} if cell == "*" else EVERY_ROLE
    return frozenset(LETTERS[letter] for letter in cell if letter != "-")


def _cell(action: str | None) -> str:
    if action is None or action == PUBLIC:
        return "*" if action else "-"
    held = "".join(letter for letter, role in LETTERS.items() if Role(role) in GRANTS[action])
    return "+" if len(held) == len(LETTERS) else held


def _declared(route: Route) -> dict[str, str]:
    """Method → action; a report's own permission, which may be narrower than its page's."""
    report = REPORTS.get(route.name.removeprefix("reports:").removesuffix("-lineage"))
    if report and route.name.startswith("reports:"):
        return dict.fromkeys(route.methods, report.permission)
    library = ROUTES.get(route.name)
    return route.methods or (dict.fromkeys(("GET", "POST"), library) if library else {})


def _row(route: Route) -> str:
    """The row that a route's own declaration asks for."""
    declared = _declared(route)
    return f"{route.name:<37} " + " ".join(f"{_cell(declared.get(m)):<8}" for m in METHODS).rstrip()


def test_every_route_declares_its_permission() -> None:
    silent = [route.name for route in routes() if not _declared(route)]
    assert not silent, (
        "these routes declare no permission; mark the view with @requires(get=…) or give the "
        f"API view a permissions = {{…}}: {silent}"
    )


def test_the_table_has_a_row_for_every_route_and_no_other() -> None:
    known = {route.name for route in routes()}
    missing = [_row(route) for route in routes() if route.name not in table()]
    assert not missing, (
        "these routes are not in tests/permissions/table.py. If the roles are meant, add:\n"
        + "\n".join(dict.fromkeys(missing))
    )
    assert not table().keys() - known, "these rows of the table name no route"


def test_the_table_names_the_methods_that_views_declare() -> None:
    wrong = [
        f"is    {_row(route)}"
        for route in routes()
        if route.name in table()
        and route.name not in ROUTES
        and {m for m, who in table()[route.name].items() if who} != _declared(route).keys()
    ]
    assert not wrong, "the table and these declarations differ:\n" + "\n".join(wrong)


def test_the_table_names_the_roles_that_are_granted_it() -> None:
    wrong = [
        f"is    {_row(route)}"
        for route in routes()
        if route.name in table()
        for method, action in _declared(route).items()
        if _people(_cell(action)) != table()[route.name][method]
        and (route.name not in ROUTES or table()[route.name][method])
    ]
    assert not wrong, "the table and the grants differ:\n" + "\n".join(dict.fromkeys(wrong))


@pytest.fixture(autouse=True)
def _counters_of_their_own():
    """The walk uses up rate limits, which are counted by user ids that later tests have too."""
    yield
    rate_limits.clear()


@pytest.fixture
def person(request, bank, shaoguan):
    """The account of a role, of Shaoguan and its bank where the role has a place."""
    role = request.param
    if role == NOBODY:
        return None
    places = {
        Role.PREFECTURE_STAFF: {"prefecture": shaoguan},
        Role.DEPARTMENT_STAFF: {"department": "省经济和信息化委"},
        Role.PREPARER: {"institution": bank},
        Role.SIGNATORY: {"institution": bank},
    }
    return UserFactory(username=role, role=role, **places.get(Role(role), {}))


@pytest.mark.parametrize("person", CAST, indirect=True, ids=CAST)
def test_who_gets_in(person, client_of) -> None:
    who = person.role if person else NOBODY
    client, wrong = None, []
    for route in routes():
        turn = zlib.crc32(route.name.encode())  # an address keeps its roles when others come
        expected = table().get(route.name, dict.fromkeys(METHODS, frozenset()))
        for method in _worth_trying(expected):
            if who not in _tried(expected[method], turn):
                continue
            if client is None or (person and "_auth_user_id" not in client.session):
                client = client_of(person) if person else Client()
            found = _answer(client, route, method)
            if found != ("in" if who in expected[method] else "out"):
                wrong.append(f"{method} {route.name} ({route.path}): {found}")
    assert not wrong, f"for {who}, the door was wrong at:\n" + "\n".join(wrong)


def _tried(admitted: frozenset[str], turn: int) -> set[str]:
    """Nobody, one role that may and one that may not; other ones at the next address."""
    roles = list(LETTERS.values())
    groups = [[role for role in roles if (role in admitted) is may] for may in (True, False)]
    return {NOBODY, *(group[turn % len(group)] for group in groups if group)}


def _worth_trying(row: dict[str, frozenset[str]]) -> list[str]:
    """The methods that somebody may use, and one that nobody may."""
    closed = [method for method in METHODS if not row[method]]
    return [method for method in METHODS if row[method]] + closed[-1:]


def _answer(client: Client, route: Route, method: str) -> str:
    """Say whether the door opened: ``out`` is a refusal, or being sent to sign in."""
    if method in ("GET", "POST") and not route.is_api:
        response = getattr(client, method.lower())(route.path)
    else:
        body = "" if method in ("GET", "DELETE") else "{}"
        response = client.generic(method, route.path, body, content_type="application/json")
    sign_in = f"{reverse(settings.LOGIN_URL)}?next="
    sent_away = response.status_code == 302 and response["Location"].startswith(sign_in)
    return "out" if sent_away or response.status_code in (401, 403, 405) else "in"
