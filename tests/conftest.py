"""The cast of the tests: a few named people and the places they belong to."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from core.models import Institution, Period, Prefecture, User
from core.models.users import Role
from core.operations.changes import settle
from core.operations.reference import load_rules
from core.operations.token_limits import SHARES_HELD
from core.operations.token_use import LEDGER
from core.operations.tokens import issue_token
from core.queries import changes
from core.scopes import all_scopes, read_scopes
from returns.models import Return
from returns.operations import accept_return, receive, sign_return
from tests.calling import Caller
from tests.factories import InstitutionFactory, PrefectureFactory, UserFactory, fact
from tests.filing import NOW, body, month


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path) -> None:
    """Documents of a test go to its own folder; passwords hash fast."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """A request in English leaves no English to the next test."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _tokens_of_their_own(settings) -> Iterator[None]:
    """Uses of tokens are written, and rates limited, only where a test says so."""
    settings.TOKEN_USE_SECONDS = settings.API_RATE_PER_MINUTE = 0
    yield
    LEDGER.discard()
    SHARES_HELD.forget()


@pytest.fixture
def feed_at_once(monkeypatch) -> None:
    """Within a test's own transaction, which never commits, whoever reads the feed writes it."""
    read = changes.head

    def settled() -> changes.Head:
        settle(connection)
        return read()

    monkeypatch.setattr(changes, "head", settled)


@pytest.fixture
def shaoguan(db) -> Prefecture:
    return PrefectureFactory(code="440200", name="韶关市", name_en="Shaoguan", display_order=6)


@pytest.fixture
def guangzhou(db) -> Prefecture:
    return PrefectureFactory(
        code="440100", name="广州市", name_en="Guangzhou", region="delta", display_order=1
    )


@pytest.fixture
def bank(shaoguan) -> Institution:
    """A bank of Shaoguan, open since 2000."""
    institution = InstitutionFactory(code="B9001", name="演示韶关银行", prefecture=shaoguan)
    fact(institution, "opened", "2000-01-01")
    return institution


@pytest.fixture
def other_bank(guangzhou) -> Institution:
    """A bank of Guangzhou that the people of ``bank`` must never see into."""
    institution = InstitutionFactory(code="B9002", name="演示广州银行", prefecture=guangzhou)
    fact(institution, "opened", "2000-01-01")
    return institution


@pytest.fixture
def province_clerk(db) -> User:
    return UserFactory(username="province", role=Role.PROVINCE_STAFF)


@pytest.fixture
def shaoguan_clerk(shaoguan) -> User:
    return UserFactory(username="shaoguan", role=Role.PREFECTURE_STAFF, prefecture=shaoguan)


@pytest.fixture
def department_clerk(db) -> User:
    return UserFactory(
        username="department", role=Role.DEPARTMENT_STAFF, department="省经济和信息化委"
    )


@pytest.fixture
def preparer(bank) -> User:
    return UserFactory(username="preparer", role=Role.PREPARER, institution=bank)


@pytest.fixture
def signatory(bank) -> User:
    return UserFactory(username="signatory", role=Role.SIGNATORY, institution=bank)


@pytest.fixture
def leader(db) -> User:
    return UserFactory(username="leader", role=Role.LEADER)


@pytest.fixture
def auditor(db) -> User:
    return UserFactory(username="auditor", role=Role.AUDITOR)


@pytest.fixture
def administrator(db) -> User:
    return UserFactory(username="administrator", role=Role.ADMINISTRATOR)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """``client_of(user)`` is a browser in which that user is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def rules(db) -> None:
    """The dated rules that checks and reports read."""
    load_rules()


@pytest.fixture
def june(rules, bank, other_bank) -> Period:
    return month(2012, 6, bank, other_bank)


@pytest.fixture
def filed(preparer) -> Callable[..., Return]:
    """``filed(bank, june)`` prepares a sound draft; more arguments spoil it."""

    def file(institution: Institution, period: Period, **changes: Any) -> Return:
        actor: User = changes.pop("actor", preparer)
        moment = changes.pop("now", NOW)
        record, _ = receive(
            actor=actor,
            institution=institution,
            period=period,
            data=body(institution, period, **changes),
            filename="june.json",
            channel="api",
            now=moment,
        )
        return record

    return file


@pytest.fixture
def accepted(filed, signatory, province_clerk) -> Callable[..., Return]:
    """``accepted(bank, june)`` takes a return the whole way."""

    def accept(institution: Institution, period: Period, **changes: Any) -> Return:
        record = filed(institution, period, **changes)
        signed = sign_return(actor=signatory, record=record, expected_version=None, now=NOW)
        return accept_return(actor=province_clerk, record=signed, expected_version=None, now=NOW)

    return accept


@pytest.fixture
def caller() -> Callable[..., Caller]:
    """``caller(user)`` may write; ``caller(user, can_write=False)`` only reads."""

    def issued(user: Any, *, can_write: bool = True, **headers: str) -> Caller:
        now = timezone.now()
        _, raw = issue_token(
            actor=user,
            name="test",
            scopes=all_scopes() if can_write else read_scopes(),
            expires_at=now + datetime.timedelta(days=1),
            now=now,
        )
        return Caller(raw, **headers)

    return issued
