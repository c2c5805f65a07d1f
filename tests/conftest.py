"""The cast of the tests: a few named people and the places they belong to."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.models import Institution, Prefecture, User
from core.models.users import Role
from tests.factories import InstitutionFactory, PrefectureFactory, UserFactory, fact


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path) -> None:
    """Documents of a test go to its own folder; passwords hash fast."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
    return UserFactory(username="department", role=Role.DEPARTMENT_STAFF)


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
