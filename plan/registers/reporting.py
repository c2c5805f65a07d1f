"""What units file: progress on targets, events, contacts."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.permissions import scope_filter
from core.registers import Part, Register
from core.text import Text
from plan import filters
from plan.models import Contact, ContactReply, PlanEvent, ProgressEntry, Target, Unit


def own_units(actor: Any) -> QuerySet:
    """The units for which somebody may report."""
    mine = scope_filter(actor, "plan.report", department="department__name")
    return Unit.objects.standing().filter(mine)


def rows_of(model: Any, *more: str) -> Any:
    """The rows of a unit's register, with what its unit is called."""

    def rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
        found = model.objects.visible_to(user)
        return found.select_related("unit__prefecture", "unit__department", "file", *more)

    return rows


def entered_targets(actor: Any) -> QuerySet:
    """The targets for which progress is entered: those that nothing computes."""
    return Target.objects.standing().filter(source="")


def progress_check(entry: ProgressEntry) -> dict[str, Text]:
    """A computed target takes no entries; target and unit are of one plan; the day is in it."""
    target, problems = entry.target, {}
    if target.source:
        problems["target"] = Text(
            f"{target.key}由登记自动计算，不得另行填报。",
            f"{target.key} is computed from the registries and takes no entries.",
        )
    if target.measure.plan_id != entry.unit.plan_id:
        problems["unit"] = Text(
            "该单位不在目标所属年度的计划中，请改选。",
            "The unit is of another year's plan; choose one of the target's.",
        )
    if entry.happened_on < target.starts_on:
        problems["happened_on"] = Text(
            f"早于目标的起算日期 {target.starts_on}，请核对日期。",
            f"It is before {target.starts_on}, from which the target counts; check the date.",
        )
    return problems


PROGRESS = Register(
    key="progress-entries",
    app="plan",
    title=Text("目标进展", "Progress"),
    one=Text("进展", "progress entry"),
    model=ProgressEntry,
    fields=("target", "unit", "happened_on", "value", "document"),
    columns=("code", "target", "unit", "happened_on", "value", "document"),
    default_sort="-happened_on",
    filterset=filters.ProgressFilter,
    rows=rows_of(ProgressEntry, "target"),
    parents=("target", "unit"),
    check=progress_check,
    limit_choices={"unit": own_units, "target": entered_targets},
    icon="graph-up",
    intro=Text(
        "只填本次新增的数量，并附依据；由登记自动计算的目标不在此填报。",
        "Only what is new, with what proves it; computed targets are not entered here.",
    ),
    examples={"happened_on": "2012-06-20", "value": "12", "document": "粤经信服务〔2012〕1号"},
)


def event_check(event: PlanEvent) -> dict[str, Text]:
    """A county lies in its prefecture; kinds that count places say where."""
    problems: dict[str, Text] = {}
    if event.county is not None and event.county.prefecture_id != event.place_id:
        problems["county"] = Text(
            "该县（市、区）不在所填举办地市，请核对。",
            "The county is not in that prefecture; check both.",
        )
    if event.kind in ("local", "tour_city") and event.place is None:
        problems["place"] = Text(
            "此类活动按地方统计，请填写举办地市。",
            "This kind is counted by place; say in which prefecture it was held.",
        )
    return problems


EVENTS = Register(
    key="plan-events",
    app="plan",
    title=Text("计划活动", "Plan events"),
    one=Text("计划活动", "plan event"),
    model=PlanEvent,
    fields=(
        "unit",
        "kind",
        "name",
        "held_on",
        "ended_on",
        "place",
        "county",
        "venue",
        "enterprises",
        "people",
    ),
    columns=("code", "kind", "name", "held_on", "place", "county", "unit", "enterprises", "people"),
    default_sort="-held_on",
    filterset=filters.PlanEventFilter,
    rows=rows_of(PlanEvent, "place", "county"),
    parents=("unit",),
    check=event_check,
    limit_choices={"unit": own_units},
    icon="calendar3",
    intro=Text(
        "服务年活动、省市联办服务日、巡回宣讲、培训、路演、中博会等；按类型计入目标。",
        "Events of the service year, joint days, tours, training, roadshows, the fair; each kind "
        "counts towards its target.",
    ),
    examples={"kind": "省市联办服务日", "name": "中小企业服务日", "held_on": "2012-06-15"},
)


def contacts_check(reply: ContactReply, rows: Sequence[Contact]) -> dict[str, Text]:
    if not rows:
        return {"": Text("请至少填写一位联系人。", "Name at least one contact.")}
    return {}


def reply_check(reply: ContactReply) -> dict[str, Text]:
    """A reply is not dated ahead."""
    if reply.replied_on > timezone.localdate():
        return {"replied_on": Text("报送日期在将来，请核对。", "The date lies ahead; check it.")}
    return {}


CONTACTS = Register(
    key="contact-replies",
    app="plan",
    title=Text("联系人回执", "Contacts"),
    one=Text("联系人回执", "contacts reply"),
    model=ContactReply,
    fields=("unit", "replied_on"),
    columns=("code", "unit", "replied_on"),
    default_sort="-replied_on",
    filterset=filters.ContactReplyFilter,
    rows=rows_of(ContactReply),
    parents=("unit",),
    check=reply_check,
    parts=(
        Part(
            key="contacts",
            title=Text("联系人", "Contacts"),
            model=Contact,
            fields=("office", "person", "telephone", "email"),
            check=contacts_check,
            minimum=1,
            spare=4,
        ),
    ),
    limit_choices={"unit": own_units},
    icon="people",
    intro=Text(
        "各地、各有关部门按附件回执表报送的联系部门和联系人。",
        "The contacts that prefectures and departments file by the form in the plan's annex.",
    ),
    examples={"replied_on": "2012-04-29"},
)
