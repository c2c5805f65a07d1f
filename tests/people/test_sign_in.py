"""Coming in: password, lock-out, second factor, one-time password, idle session."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from core.models import JournalEntry
from core.operations.users import create_user, reset_password
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def test_the_right_password_comes_in_and_is_noted(client, administrator) -> None:
    assert sign_in(client, "administrator").status_code == 302
    assert client.get(reverse("core:users")).status_code == 200
    assert JournalEntry.objects.filter(action="user.signed_in", actor=administrator).exists()


def test_nobody_signs_up(client) -> None:
    assert client.get("/account/signup/").status_code in (302, 404)


def test_five_wrong_passwords_lock_and_a_reset_unlocks(client, administrator) -> None:
    UserFactory(username="clerk")
    for _ in range(5):
        answer = sign_in(client, "clerk", "wrong")
    assert answer.status_code == 429
    assert "锁定" in answer.content.decode()
    assert sign_in(client, "clerk").status_code == 429
    clerk = type(administrator).objects.get(username="clerk")
    password = reset_password(actor=administrator, user=clerk, now=_now())
    assert sign_in(client, "clerk", password).status_code == 302


def test_a_one_time_password_must_be_changed_first(client, administrator) -> None:
    values = {"username": "fresh", "display_name": "新同事", "role": "auditor"}
    _user, password = create_user(actor=administrator, values=values, now=_now())
    sign_in(client, "fresh", password)
    change = reverse("account_change_password")
    assert client.get(reverse("core:journal")).url == change
    client.post(
        change,
        {
            "oldpassword": password,
            "password1": "一个足够长的密码 9",
            "password2": "一个足够长的密码 9",
        },
    )
    assert client.get(reverse("core:journal")).status_code == 200


def test_a_second_factor_is_asked_once_it_is_set(client) -> None:
    user = UserFactory(username="careful", role="auditor")
    TOTP.activate(user, generate_totp_secret())
    assert sign_in(client, "careful").url == reverse("mfa_authenticate")
    assert client.get(reverse("core:journal")).status_code == 302
    assert Authenticator.objects.filter(user=user).count() == 1


def test_roles_that_need_a_second_factor_are_sent_to_set_it(client, settings) -> None:
    settings.MFA_REQUIRED_ROLES = ["auditor"]
    UserFactory(username="careful", role="auditor")
    sign_in(client, "careful")
    assert client.get(reverse("core:journal")).url == reverse("mfa_activate_totp")


def test_an_idle_session_ends_with_a_friendly_word(client, auditor) -> None:
    sign_in(client, "auditor")
    session = client.session
    session["last_seen"] = int(time.time()) - 10_000
    session.save()
    answer = client.get(reverse("core:journal"), follow=True)
    assert "重新登录" in answer.content.decode()


def test_passwords_are_hashed_with_argon2(settings) -> None:
    from config import settings as shipped

    assert shipped.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def _now():
    from django.utils import timezone

    return timezone.now()
