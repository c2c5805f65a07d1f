"""The pages on which tokens are issued, rotated and revoked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import ApiToken
from core.operations.token_use import LEDGER

pytestmark = pytest.mark.django_db


def test_an_administrator_issues_for_somebody_and_sees_the_text_once(
    client_of, administrator, auditor
) -> None:
    client = client_of(administrator)
    form = {"user": auditor.pk, "name": "审计接口", "days": 30, "scopes": ["read:core"],
            "networks": "10.0.0.0/8", "rate_per_minute": 60}  # fmt: skip
    page = client.post(reverse("core:issue-token"), form)
    token = ApiToken.objects.get()
    assert token.prefix + "." in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert (token.user, token.issued_by, token.rate_per_minute) == (auditor, administrator, 60)
    record = client_of(auditor).get(reverse("core:token", args=[token.pk])).content.decode()
    assert token.prefix + "." not in record
    assert administrator.display_name in record


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({"networks": "x"}, "不是网段"),
        ({"days": 999}, "366"),
        ({"scopes": []}, "必填"),
        ({"rate_per_minute": 0}, "1"),
    ],
)
def test_a_wrong_form_says_so_and_issues_nothing(
    client_of, administrator, auditor, spoilt, told
) -> None:
    form = {"user": auditor.pk, "name": "x", "days": 30, "scopes": ["read:core"]} | spoilt
    page = client_of(administrator).post(reverse("core:issue-token"), form)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not ApiToken.objects.exists()


def test_a_page_rotates(client_of, program, auditor) -> None:
    token, _caller = program(auditor, "read:core")
    url = reverse("core:rotate-token", args=[token.pk])
    assert client_of(auditor).get(url).status_code == 200
    page = client_of(auditor).post(url, {"overlap": 1}).content.decode()
    before = token.digest
    token.refresh_from_db()
    assert token.prefix + "." in page
    assert token.previous_digest == before != token.digest


def test_others_see_nothing_of_a_token(client_of, program, auditor, province_clerk) -> None:
    token, _caller = program(auditor, "read:core")
    for name in ("core:token", "core:rotate-token", "core:revoke-token"):
        url = reverse(name, args=[token.pk])
        assert client_of(province_clerk).get(url).status_code == 404


def test_the_list_and_the_record_cost_the_same_for_many(
    client_of, program, administrator, auditor, province_clerk, bank
) -> None:
    client = client_of(administrator)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    token, caller = program(auditor, "read:core")
    listed, shown = reverse("core:all-tokens"), reverse("core:token", args=[token.pk])
    cost(listed)  # what is read once a session
    first = cost(listed), cost(shown)
    for _ in range(4):
        program(province_clerk, "read:core")
    for path in ("/institutions/", "/prefectures/", "/counties/"):
        caller.get(path)
    LEDGER.flush()
    assert (cost(listed), cost(shown)) == first
    assert client.get(listed, {"state": "live"}).status_code == 200
