"""Accounts name their department; they go on reaching its matters when its name is corrected."""

import pytest

from core.models import Department
from core.models.users import Role
from core.registers.catalogue import REGISTERS
from core.registers.saving import save_entry
from tests.factories import UserFactory
from tests.filing import NOW

REGISTER = REGISTERS["departments"]


@pytest.fixture
def keep(province_clerk):
    def kept(department: Department) -> Department:
        version = department.version if department.pk else None
        return save_entry(
            REGISTER, department, actor=province_clerk, now=NOW, expected_version=version
        )

    return kept


def staff(name: str):
    return UserFactory(role=Role.DEPARTMENT_STAFF, department=name)


def test_staff_follow_a_corrected_name_and_nobody_elses(keep) -> None:
    department, other = keep(Department(name="省科枝厅")), keep(Department(name="省商务厅"))
    own, foreign = staff("省科枝厅"), staff("省商务厅")
    department.name = "省科技厅"
    keep(department)
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.department, foreign.department) == ("省科技厅", "省商务厅")
    assert own.history.count() == 2
    other.name = "省科技厅（旧）"
    keep(other)
    own.refresh_from_db()
    assert own.department == "省科技厅"


def test_a_name_that_another_has_now_stays_with_it(keep) -> None:
    first = keep(Department(name="甲厅"))
    first.name = "乙厅"
    keep(first)
    keep(Department(name="甲厅"))
    person = staff("甲厅")
    first.name = "丙厅"
    keep(first)
    person.refresh_from_db()
    assert person.department == "甲厅"
