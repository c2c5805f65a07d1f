"""Tokens: shown once, bounded in time and place, never more than their person."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, PermissionRefused
from core.models import ApiToken
from core.operations.tokens import authenticate_token, issue_token, revoke_token

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def issued(user, **changes):
    values = {
        "name": "数据中心", "scopes": ["read:core"], "expires_at": NOW + 30 * DAY, "now": NOW
    }  # fmt: skip
    return issue_token(actor=user, **(values | changes))


def test_only_the_digest_is_kept(auditor) -> None:
    token, raw = issued(auditor)
    assert raw not in str(vars(token))
    assert authenticate_token(raw, address="10.0.0.1", now=NOW) == token


@pytest.mark.parametrize("raw", ["", "x", "abcdefgh.wrong", "." * 500])
def test_a_wrong_token_is_nobody(auditor, raw) -> None:
    issued(auditor)
    assert authenticate_token(raw, address="", now=NOW) is None


def test_expired_revoked_or_locked_tokens_are_dead(auditor) -> None:
    token, raw = issued(auditor)
    assert authenticate_token(raw, address="", now=NOW + 31 * DAY) is None
    revoke_token(actor=auditor, token=token, now=NOW)
    assert authenticate_token(raw, address="", now=NOW) is None


def test_a_locked_person_has_no_tokens(auditor) -> None:
    _token, raw = issued(auditor)
    auditor.is_active = False
    auditor.save()
    assert authenticate_token(raw, address="", now=NOW) is None


def test_networks_bound_where_a_token_is_used(auditor) -> None:
    _token, raw = issued(auditor, networks="10.1.0.0/16, 192.168.0.5/32")
    assert authenticate_token(raw, address="10.1.2.3", now=NOW)
    assert authenticate_token(raw, address="10.2.0.1", now=NOW) is None
    assert authenticate_token(raw, address="", now=NOW) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"networks": "everywhere"},
        {"expires_at": NOW},
        {"expires_at": NOW + 400 * DAY},
        {"scopes": []},
        {"scopes": ["read:everything"]},
    ],
)
def test_unbounded_tokens_are_refused(auditor, changes) -> None:
    with pytest.raises(DomainError) as caught:
        issued(auditor, **changes)
    assert caught.value.fields
    assert not ApiToken.objects.exists()


def test_nobody_revokes_anothers_token(auditor, leader) -> None:
    token, _raw = issued(auditor)
    with pytest.raises(PermissionRefused):
        revoke_token(actor=leader, token=token, now=NOW)


def test_the_page_shows_the_token_once(client_of, auditor) -> None:
    client = client_of(auditor)
    form = {"name": "x", "days": 30, "scopes": ["read:core"]}
    page = client.post(reverse("core:tokens"), form).content.decode()
    token = ApiToken.objects.get()
    assert token.prefix + "." in page
    assert token.prefix + "." not in client.get(reverse("core:tokens")).content.decode()
    client.post(reverse("core:revoke-token", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at <= timezone.now()
