"""A token reaches what its scopes name, from where it may, as long as it lives."""

import datetime

import pytest
from django.utils import timezone

from api.scopes import is_declared, scopes_needed
from core.errors import DomainError, PermissionRefused
from core.models import ApiToken
from core.operations.tokens import authenticate_token, issue_token, revoke_token, rotate_token
from core.scopes import all_scopes
from tests.calling import Caller
from tests.permissions.routes import routes

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
OPEN_TO_ALL = {"api:schema", "api:docs", "api:problems"}


@pytest.mark.parametrize(
    ("resource", "route", "method", "scopes"),
    [
        ("institutions", "institutions", "GET", ("read:core",)),
        ("shareholders", "shareholders-record", "GET", ("read:finance",)),
        ("credit-ratings", "credit-ratings", "GET", ("read:guarantees",)),
        ("enterprises", "enterprises", "HEAD", ("read:listings",)),
        ("returns", "returns-findings", "GET", ("read:returns",)),
        ("loan-figures", "loan-figures", "GET", ("read:reports",)),
        ("changes", "changes", "GET", ("read:changes",)),
        ("returns", "returns", "POST", ("submit",)),
        ("returns", "returns-sign", "POST", ("submit",)),
        ("returns", "returns-accept", "POST", ("write",)),
        ("shareholders", "shareholders", "POST", ("write",)),
        ("bulk-submissions", "bulk-submissions", "POST", ("submit:many",)),
        ("webhooks", "webhooks", "GET", ("webhook",)),
        ("token", "token", "GET", ()),
    ],
)
def test_the_scope_of_an_address(resource, route, method, scopes) -> None:
    assert scopes_needed(resource, route, method) == scopes


def test_every_address_has_its_scope() -> None:
    resources = {
        route.path.removeprefix("/api/v1/").split("/")[0]
        for route in routes()
        if route.is_api and route.name not in OPEN_TO_ALL
    }
    forgotten = sorted(each for each in resources if not is_declared(each))
    assert not forgotten, f"put these into api/scopes.py: {forgotten}"
    assert set(scopes_needed("nobody-thought-of-it", "x", "GET")) == set(all_scopes())


def test_a_token_reads_only_its_apps(program, province_clerk, bank) -> None:
    _token, caller = program(province_clerk, "read:core")
    assert caller.get("/institutions/").status_code == 200
    refused = caller.get("/returns/")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
    assert "read:returns" in refused.json()["detail"]
    assert caller.post("/licences/").json()["code"] == "read-only-token"


def test_a_scope_never_gives_more_than_the_person_has(program, leader) -> None:
    _token, caller = program(leader, "write")
    assert caller.post("/licences/").json()["code"] == "permission-refused"


def test_only_an_administrator_issues_for_others(province_clerk, leader) -> None:
    now = timezone.now()
    values = {"name": "x", "scopes": ["read:core"], "expires_at": now + DAY, "now": now}
    for more in ({"user": leader}, {"limits": {"rate_per_minute": 10**6}}):
        with pytest.raises(PermissionRefused):
            issue_token(actor=province_clerk, **values, **more)
    assert not ApiToken.objects.exists()


def test_after_a_rotation_both_texts_work_for_the_overlap(administrator, program, auditor) -> None:
    token, old = program(auditor, "read:core")
    now = timezone.now()
    token, raw = rotate_token(actor=administrator, token=token, overlap=DAY / 2, now=now)
    assert old.get("/token/").status_code == Caller(raw).get("/token/").status_code == 200
    later = now + DAY / 2
    assert authenticate_token(old.token, address="", now=later) is None
    assert authenticate_token(raw, address="", now=later) == token


def test_revoking_ends_the_old_text_too(administrator, program, auditor) -> None:
    token, old = program(auditor, "read:core")
    token, raw = rotate_token(actor=auditor, token=token, overlap=DAY, now=timezone.now())
    revoke_token(actor=administrator, token=token, now=timezone.now())
    assert {each.get("/token/").status_code for each in (old, Caller(raw))} == {401}
    with pytest.raises(DomainError) as caught:
        rotate_token(actor=auditor, token=token, overlap=DAY, now=timezone.now())
    assert caught.value.code == "token-ended"


@pytest.mark.parametrize("days", [-1, 15])
def test_an_overlap_has_bounds(program, auditor, days) -> None:
    token, _caller = program(auditor, "read:core")
    with pytest.raises(DomainError) as caught:
        rotate_token(actor=auditor, token=token, overlap=days * DAY, now=timezone.now())
    assert caught.value.code == "bad-overlap"


def test_the_range_of_addresses_holds_behind_a_proxy(settings, program, auditor) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    _token, caller = program(auditor, "read:core", networks="10.1.0.0/16")
    inside = caller.client.get("/api/v1/token/", headers={"X-Forwarded-For": "8.8.8.8, 10.1.2.3"})
    outside = caller.client.get("/api/v1/token/", headers={"X-Forwarded-For": "10.1.2.3, 8.8.8.8"})
    assert (inside.status_code, outside.status_code) == (200, 401)


def test_a_token_tells_about_itself(program, auditor, client_of) -> None:
    _token, caller = program(auditor, "read:core", limits={"rate_per_minute": 70})
    told = caller.get("/token/").json()
    assert told["user"] == "auditor"
    assert [each["name"] for each in told["scopes"]] == ["read:core"]
    assert told["limits"]["requests"]["limit"] == 70
    assert caller.token not in str(told)
    assert client_of(auditor).get("/api/v1/token/").status_code == 404
