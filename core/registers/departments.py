"""The register of government departments."""

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Department, User
from core.queries.validity import TONES, VALIDITY, validity
from core.registers.declaration import Extra, Problems, Register
from core.supervision_filters import PlacedFilter, states_of
from core.text import Text


class DepartmentFilter(PlacedFilter):
    search_fields = ("name__icontains", "code__istartswith")
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))

    class Meta:
        model = Department
        fields: list[str] = []


def departments(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    day = as_of or timezone.localdate()
    rows = Department.objects.visible_to(user)
    rows = rows.select_related("prefecture", "county", "succeeds", "file")
    return rows.annotate(state=validity(day, first="valid_from", last="valid_to"))


def check(department: Department) -> Problems:
    """A department does not succeed itself."""
    if department.pk and department.succeeds_id == department.pk:
        return {
            "succeeds": Text(
                "部门不能是自己的原部门；请改选或不填。",
                "A department does not succeed itself; choose another, or none.",
            )
        }
    return {}


def keep_staff(department: Department, *, actor: Any, now: datetime.datetime) -> None:
    """Accounts name their department: they follow when its name is corrected."""
    earlier = set(department.history.values_list("name", flat=True)) - {department.name}
    others = Department.objects.standing().filter(name__in=earlier).exclude(pk=department.pk)
    earlier -= set(others.values_list("name", flat=True))
    for person in User.objects.filter(department__in=earlier):
        person.department = department.name
        person._history_user = actor
        person.save()


DEPARTMENTS = Register(
    key="departments",
    app="core",
    title=Text("部门", "Departments"),
    one=Text("部门", "department"),
    model=Department,
    fields=("name", "prefecture", "county", "valid_from", "valid_to", "succeeds"),
    columns=("code", "name", "prefecture", "?county", "valid_from", "valid_to", "?succeeds"),
    filterset=DepartmentFilter,
    rows=departments,
    check=check,
    saved=keep_staff,
    extras=(
        Extra("state", Text("状态", "State"), labels=VALIDITY, badge=lambda state: TONES[state]),
    ),
    icon="building",
    intro=Text(
        "部门按全称登记；改名的另登记一条并写明原部门，以前的记录仍显示当时的名称。",
        "Departments go by their full names; a new name is a new entry, so that earlier records "
        "keep the name of their time.",
    ),
    examples={"name": "演示市国土资源局"},
)
