"""Two enterprises, two departments with their people, and cases opened in May 2012."""

import datetime
from typing import Any

import pytest

from core.models import Department, User
from core.models.users import Role
from core.registers import catalogue
from core.registers.saving import save_entry
from listings.models import Enterprise, GreenChannelCase
from tests.factories import UserFactory
from tests.filing import NOW

LAND, TAX = "韶关市国土资源局", "省地方税务局"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def enterprise(shaoguan) -> Enterprise:
    found = Enterprise(code="EN01", name="演示韶关科技有限公司", prefecture=shaoguan)
    found.save()
    return found


@pytest.fixture
def other_enterprise(guangzhou) -> Enterprise:
    found = Enterprise(code="EN02", name="演示广州科技有限公司", prefecture=guangzhou)
    found.save()
    return found


@pytest.fixture
def land_office(shaoguan) -> Department:
    found = Department(code="DP01", name=LAND, prefecture=shaoguan)
    found.save()
    return found


@pytest.fixture
def tax_office(db) -> Department:
    found = Department(code="DP02", name=TAX)
    found.save()
    return found


@pytest.fixture
def land_clerk(land_office) -> User:
    return UserFactory(username="land", role=Role.DEPARTMENT_STAFF, department=LAND)


@pytest.fixture
def tax_clerk(tax_office) -> User:
    return UserFactory(username="tax", role=Role.DEPARTMENT_STAFF, department=TAX)


@pytest.fixture
def record(province_clerk) -> Any:
    """``record("green-channel-events", case=…, act="wait", …)`` saves as the clerk does."""

    def save(key: str, *, entry: Any = None, actor: Any = None, now: Any = NOW, **values: Any):
        register = catalogue.REGISTERS[key]
        changed = entry if entry is not None else register.model()
        for name, value in values.items():
            dated = name.endswith("_on") and isinstance(value, str)
            setattr(changed, name, day(value) if dated else value)
        return save_entry(
            register,
            changed,
            actor=actor or province_clerk,
            now=now,
            expected_version=changed.version if changed.pk else None,
        )

    return save


@pytest.fixture
def opened(rules, record, enterprise, land_office) -> Any:
    """``opened("2012-05-07", promised_days=5)`` is a case of the land office."""

    def open_case(on: str = "2012-05-07", **values: Any) -> GreenChannelCase:
        given = {
            "enterprise": enterprise, "department": land_office, "issue": "property",
            "subject": "补办厂房房产证", "opened_on": on, "promised_days": 5, **values,
        }  # fmt: skip
        return record("green-channel-cases", **given)

    return open_case


@pytest.fixture
def act(record) -> Any:
    """``act(case, "wait", "2012-05-10")`` records what happened to a case."""

    def do(case: GreenChannelCase, what: str, on: str, **values: Any):
        given = {"text": "演示", **values}
        if what == "close":
            given.setdefault("result", "solved")
        return record("green-channel-events", case=case, act=what, happened_on=on, **given)

    return do
