"""Next year's plan is data: copied from a plan, to be changed; both stay."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import StateConflict
from core.models.entries import Entry
from core.operations.journal import record as journal
from core.operations.records import save_record
from core.permissions import require
from core.text import Text
from plan.models import Measure, MeasureDepartment, MeasureItem, Milestone, Plan


@transaction.atomic
def copy_plan(*, actor: Any, plan: Plan, year: int, now: datetime.datetime) -> Plan:
    """Copy a plan with its measures, items, targets, milestones and units into ``year``.

    Days move by whole years; progress, events and what was done are not copied, and the
    document is the new plan's own. Raises PermissionRefused; StateConflict "plan-exists".
    """
    require(actor, Plan.EDIT, plan)
    if Plan.objects.standing().filter(year=year).exists():
        raise StateConflict(
            "plan-exists",
            Text(
                f"{year} 年已有行动计划，请直接修改那一份。",
                f"There is a plan of {year} already; change that one.",
            ),
        )
    moved = year - plan.year
    fresh = _keep(
        Plan(
            code=f"PL-{year}",
            year=year,
            title=plan.title.replace(str(plan.year), str(year)),
            title_en=plan.title_en.replace(str(plan.year), str(year)),
            issued_by=plan.issued_by,
            lead=plan.lead,
            copied_from=plan,
        ),
        actor,
    )
    for unit in plan.units.standing():
        _copied(unit, actor, fresh, plan=fresh)
    for milestone in plan.milestones.standing().filter(measure=None):
        _milestone(milestone, actor, fresh, moved, measure=None)
    for measure in plan.measures.standing():
        _measure(measure, actor, fresh, moved)
    journal(
        actor=actor,
        action="plan.copied",
        target=fresh,
        now=now,
        detail={"from": plan.code, "year": year},
    )
    return fresh


def _measure(measure: Measure, actor: Any, fresh: Plan, moved: int) -> None:
    ours = _copied(measure, actor, fresh, plan=fresh)
    for row in measure.departments.all():
        MeasureDepartment(parent=ours, department=row.department, answering=row.answering).save()
    items: dict[int | None, MeasureItem | None] = {None: None}
    for item in measure.items.standing():
        items[item.pk] = _copied(item, actor, fresh, measure=ours)
    for target in measure.targets.standing():
        _copied(
            target,
            actor,
            fresh,
            measure=ours,
            item=items[target.item_id],
            starts_on=later(target.starts_on, moved),
            due_on=later(target.due_on, moved),
        )
    for milestone in measure.milestones.standing():
        _milestone(milestone, actor, fresh, moved, measure=ours)


def _milestone(
    milestone: Milestone, actor: Any, fresh: Plan, moved: int, *, measure: Measure | None
) -> None:
    due_on = later(milestone.due_on, moved)
    _copied(
        milestone, actor, fresh, plan=fresh, measure=measure, due_on=due_on, done_on=None,
        document="",
    )  # fmt: skip


def _copied(entry: Entry, actor: Any, fresh: Plan, **changes: Any) -> Any:
    """A new entry with the fields of another; its code carries the new year."""
    kept = {
        field.name: getattr(entry, field.name)
        for field in entry._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in ("code", "file")
    }
    known = fresh.copied_from
    code = entry.code.replace(str(known.year), str(fresh.year))
    return _keep(
        type(entry)(**kept | changes, code=code if code != entry.code else f"{code}-{fresh.year}"),
        actor,
    )


def _keep(entry: Any, actor: Any) -> Any:
    return save_record(entry, actor=actor, reason=_("沿用上年计划"))


def later(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
