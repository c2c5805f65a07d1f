"""The plan of 2012 as it is loaded, and people of three units of it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from core.models import User
from core.models.users import Role
from core.operations.reference import load_rules, load_territory
from core.registers import catalogue
from core.registers.saving import save_entry
from plan.models import Plan, Target, Unit
from plan.operations.reference import load_plan
from plan.queries.board import Board, TargetOn, board_on
from tests.factories import UserFactory
from tests.filing import NOW

END = datetime.date(2012, 12, 31)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def plan(db) -> Plan:
    load_territory()
    load_rules()
    load_plan()
    return Plan.objects.get(year=2012)


@pytest.fixture
def unit(plan) -> Callable[[str], Unit]:
    """``unit("440200")`` is a prefecture's, ``unit("DP-EIC")`` a department's."""
    return lambda code: Unit.objects.get(code=f"PU-2012-{code}")


@pytest.fixture
def target(plan) -> Callable[[str], Target]:
    return lambda key: Target.objects.get(code=f"PT-2012-{key}")


@pytest.fixture
def trade_office(plan) -> User:
    """Staff of the department that leads seven of the eight measures."""
    return UserFactory(username="trade", role=Role.DEPARTMENT_STAFF, department="省经济和信息化委")


@pytest.fixture
def record(province_clerk) -> Callable[..., Any]:
    """``record("plan-events", unit=…, …)`` keeps an entry as its register does."""

    def keep(key: str, actor: User | None = None, **values: Any) -> Any:
        register = catalogue.REGISTERS[key]
        entry = register.model(**values)
        return save_entry(register, entry, actor=actor or province_clerk, now=NOW)

    return keep


@pytest.fixture
def board(plan) -> Callable[..., Board]:
    return lambda on=END, **more: board_on(plan, as_of=on, **more)


@pytest.fixture
def standing(board) -> Callable[..., TargetOn]:
    """``standing("T17", on)`` is one target of the board."""

    def of(key: str, on: datetime.date = END, **more: Any) -> TargetOn:
        return next(each for each in board(on, **more).targets if each.target.key == key)

    return of


@pytest.fixture
def shaoguan_clerk_of_plan(plan) -> User:
    """Staff of Shaoguan's finance office."""
    from core.models import Prefecture

    place = Prefecture.objects.get(code="440200")
    return UserFactory(username="shaoguan-plan", role=Role.PREFECTURE_STAFF, prefecture=place)
