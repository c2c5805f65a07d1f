"""The registers of targets and milestones."""

import datetime

from django.db.models import Q

from core.queries.expiries import Running, standing
from core.registers import Register
from core.text import Text
from plan import filters
from plan.models import Milestone, Target
from plan.sources import SOURCES


def target_check(target: Target) -> dict[str, Text]:
    """A source is one that the registries know; an item belongs to the measure."""
    problems: dict[str, Text] = {}
    if target.source and target.source not in SOURCES:
        known = "、".join(SOURCES)
        problems["source"] = Text(
            f"没有取数来源“{target.source}”；可用：{known}。",
            f"There is no source “{target.source}”; use one of {', '.join(SOURCES)}.",
        )
    if target.item is not None and target.item.measure_id != target.measure_id:
        problems["item"] = Text(
            "该分项不属于所选措施，请改选。", "The item is of another measure; choose one of this."
        )
    if target.source and target.pk and target.entries.standing().exists():
        problems["source"] = Text(
            "该目标已有填报的进展；请先作废进展，再改为自动计算。",
            "Progress was entered for it; void that first, then have it computed.",
        )
    return problems


TARGETS = Register(
    key="targets",
    app="plan",
    title=Text("目标", "Targets"),
    one=Text("目标", "target"),
    model=Target,
    fields=(
        "measure",
        "item",
        "key",
        "title",
        "title_en",
        "words",
        "comparator",
        "lower",
        "upper",
        "unit",
        "unit_en",
        "starts_on",
        "due_on",
        "source",
    ),
    columns=(
        "code",
        "key",
        "title",
        "words",
        "comparator",
        "lower",
        "upper",
        "unit",
        "due_on",
        "?source",
        "?measure",
        "?item",
        "?title_en",
    ),
    filterset=filters.TargetFilter,
    parents=("measure", "item"),
    check=target_check,
    icon="flag",
    intro=Text(
        "每个数量连同原文表述；有取数来源的由登记自动计算，不再填报。",
        "Each number with its wording; those with a source are computed from the registries.",
    ),
    examples={
        "key": "T17",
        "title": "村镇银行地级以上市全覆盖",
        "words": "全省地级以上市全覆盖",
        "comparator": "=（等于）",
        "lower": "21",
        "unit": "市",
        "starts_on": "2012-04-28",
        "due_on": "2015-04-28",
        "source": "village_bank_prefectures",
    },
)


def milestone_check(milestone: Milestone) -> dict[str, Text]:
    """A measure of the same plan."""
    if milestone.measure is not None and milestone.measure.plan_id != milestone.plan_id:
        return {
            "measure": Text(
                "该措施不属于所选计划，请改选。", "The measure is of another plan; choose again."
            )
        }
    return {}


def milestones_due(
    *, as_of: datetime.date, within: int, known_at: datetime.datetime | None = None
) -> list[Running]:
    """Milestones not met by ``as_of`` that were or are due ``within`` days of it. One query."""
    until = as_of + datetime.timedelta(days=within)
    rows = standing(Milestone, known_at).filter(
        Q(done_on=None) | Q(done_on__gt=as_of), due_on__lte=until
    )
    return [
        Running(
            register="plan-milestones",
            code=each.code,
            what=Text("计划节点", "Milestone of the plan"),
            title=str(each),
            on=each.due_on,
            days=(each.due_on - as_of).days,
            prefecture=None,
            institution=None,
        )
        for each in rows.order_by("due_on", "code")
    ]


MILESTONES = Register(
    key="plan-milestones",
    app="plan",
    title=Text("节点", "Milestones"),
    one=Text("节点", "milestone"),
    model=Milestone,
    fields=(
        "plan",
        "measure",
        "key",
        "title",
        "title_en",
        "words",
        "due_on",
        "owner",
        "done_on",
        "document",
    ),
    columns=(
        "code",
        "key",
        "title",
        "words",
        "due_on",
        "owner",
        "done_on",
        "?measure",
        "?document",
    ),
    default_sort="due_on",
    filterset=filters.MilestoneFilter,
    parents=("plan", "measure"),
    check=milestone_check,
    falls_due=milestones_due,
    icon="calendar-check",
    examples={"key": "S04", "title": "报送联系部门和联系人", "due_on": "2012-04-30"},
)
