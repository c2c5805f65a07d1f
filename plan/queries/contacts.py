"""Which units have filed their contacts, and which have not by the day they were due."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from plan.models import ContactReply, Milestone, Plan, Unit

CONTACTS_DUE = "S04"  # 报送联系部门和联系人


@dataclass(frozen=True, slots=True)
class UnitReply:
    """A unit and its reply; ``late`` is filed, or still missing, after the day."""

    unit: Unit
    reply: ContactReply | None
    late: bool


def contacts_due(plan: Plan) -> datetime.date | None:
    """The day by which contacts are due, from the plan's milestones."""
    found = Milestone.objects.standing().filter(plan=plan, key=CONTACTS_DUE).first()
    return found.due_on if found else None


def replies_of(plan: Plan, *, as_of: datetime.date) -> Sequence[UnitReply]:
    """Every unit with its reply as of a day, those missing first. Three queries."""
    due = contacts_due(plan)
    replies = {
        each.unit_id: each
        for each in ContactReply.objects.standing().filter(unit__plan=plan, replied_on__lte=as_of)
    }
    units = Unit.objects.standing().filter(plan=plan).select_related("prefecture", "department")
    ordered = units.order_by("department__code", "prefecture__display_order")
    found = [_standing(unit, replies.get(unit.pk), due, as_of) for unit in ordered]
    return sorted(found, key=lambda each: each.reply is not None)


def _standing(
    unit: Unit, reply: ContactReply | None, due: datetime.date | None, as_of: datetime.date
) -> UnitReply:
    day = reply.replied_on if reply else as_of
    return UnitReply(unit, reply, late=due is not None and day > due)
