"""Who answers for a unit of the plan."""

from django.db.models import QuerySet

from core.models import User
from core.models.users import Role
from plan.models import Unit


def people_of_unit(unit: Unit) -> QuerySet[User]:
    """Staff of its prefecture's office, or of its department."""
    if unit.prefecture_id is None:
        return people_of_department(unit.department_name)
    return User.objects.filter(
        role=Role.PREFECTURE_STAFF, prefecture=unit.prefecture_id, is_active=True
    )


def people_of_department(name: str) -> QuerySet[User]:
    """Staff whose account names a department."""
    return User.objects.filter(role=Role.DEPARTMENT_STAFF, department=name, is_active=True)
