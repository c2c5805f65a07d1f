"""Loading the plan of 2012: its measures, items, targets and dates, in its own words."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from core.models import Department, Prefecture
from plan.models import (
    Answering,
    Measure,
    MeasureDepartment,
    MeasureItem,
    Milestone,
    Plan,
    Target,
    Unit,
)

FILE = Path(__file__).resolve().parent.parent / "reference" / "plan_2012.json"


@transaction.atomic
def load_plan() -> int:
    """Load the plan unless one of its year is there; return how many targets were new."""
    given = json.loads(FILE.read_text())
    if Plan.objects.filter(year=given["year"]).exists():
        return 0
    departments = {each["name"]: _department(each) for each in given["departments"]}
    plan = Plan(
        code=given["code"],
        issued_on=_day(given["issued_on"]),
        lead=departments[given["lead"]],
        **{
            name: given[name]
            for name in ("year", "title", "title_en", "document_number", "issued_by", "basis")
        },
    )
    plan.save()
    _units(plan, departments)
    measures = {each["number"]: _measure(plan, each, departments) for each in given["measures"]}
    for each in given["milestones"]:
        Milestone(
            code=f"PS-{plan.year}-{each['key']}",
            plan=plan,
            measure=measures.get(each["measure"]),
            owner=departments.get(each["owner"]),
            due_on=_day(each["due_on"]),
            **{name: each[name] for name in ("key", "title", "title_en", "words")},
        ).save()
    return sum(len(each["targets"]) for each in given["measures"])


def _department(given: dict[str, str]) -> Department:
    found = Department.objects.standing().filter(name=given["name"]).first()
    if found is None:
        found = Department(**given)
        found.save()
    return found


def _units(plan: Plan, departments: dict[str, Department]) -> None:
    """Every prefecture, and every department that the plan names."""
    for prefecture in Prefecture.objects.all():
        code = f"PU-{plan.year}-{prefecture.code}"
        Unit(code=code, plan=plan, prefecture=prefecture).save()
    for department in departments.values():
        Unit(code=f"PU-{plan.year}-{department.code}", plan=plan, department=department).save()


def _measure(plan: Plan, given: dict[str, Any], departments: dict[str, Department]) -> Measure:
    measure = Measure(
        code=f"PM-{plan.year}-{given['number']}",
        plan=plan,
        **{name: given[name] for name in ("number", "title", "title_en", "words")},
    )
    measure.save()
    for names, answering in (
        (given["lead"], Answering.LEAD),
        (given["participants"], Answering.PARTICIPANT),
    ):
        for name in names:
            MeasureDepartment(
                parent=measure, department=departments[name], answering=answering
            ).save()
    items = {}
    for each in given["items"]:
        items[each["key"]] = item = MeasureItem(
            code=f"PI-{plan.year}-{each['key']}", measure=measure, **each
        )
        item.save()
    for each in given["targets"]:
        dates = {name: _day(each[name]) for name in ("starts_on", "due_on")}
        Target(
            code=f"PT-{plan.year}-{each['key']}",
            measure=measure,
            item=items.get(each["item"]),
            **{name: value for name, value in each.items() if name not in (*dates, "item")},
            **dates,
        ).save()
    return measure


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
