"""The registers of plans, measures, their items, and the units that answer for them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from core.permissions import may
from core.registers import Part, RecordAction, Register
from core.text import Text
from plan import filters
from plan.models import Measure, MeasureDepartment, MeasureItem, Plan, Unit


def plan_actions(plan: Plan, *, user: Any) -> list[RecordAction]:
    """The board of the plan's year, and a copy for the next year."""
    board = f"{reverse('reports:plan-board')}?year={plan.year}"
    found = [RecordAction(Text("计划看板", "Plan board"), board, "speedometer2", primary=True)]
    if may(user, Plan.EDIT, plan):
        found.append(
            RecordAction(
                Text("沿用到新年度", "Copy to a new year"),
                reverse("plan:copy", args=[plan.code]),
                "files",
            )
        )
    return found


PLANS = Register(
    key="plans",
    app="plan",
    title=Text("行动计划", "Action plans"),
    one=Text("行动计划", "action plan"),
    model=Plan,
    fields=(
        "year",
        "title",
        "title_en",
        "document_number",
        "issued_by",
        "issued_on",
        "basis",
        "lead",
    ),
    columns=("code", "year", "title", "document_number", "issued_by", "issued_on", "?lead"),
    default_sort="-year",
    filterset=filters.PlanFilter,
    actions=plan_actions,
    intro=Text(
        "每年一份；新年度沿用上年再改，两份都保留。",
        "One a year; a new one is copied from the last and changed, and both stay.",
    ),
    icon="flag",
    examples={"year": "2013", "title": "2013年实施创新帮扶中小企业行动计划工作方案"},
)


def departments_check(measure: Measure, rows: Sequence[MeasureDepartment]) -> dict[str, Text]:
    """Somebody leads, and nobody stands twice."""
    named = [row.department_id for row in rows]
    if len(set(named)) != len(named):
        return {"": Text("同一部门只填一行。", "Each department stands once.")}
    if rows and not any(row.answering == "lead" for row in rows):
        return {"": Text("请指明牵头部门。", "Say which department leads.")}
    return {}


MEASURES = Register(
    key="measures",
    app="plan",
    title=Text("工作措施", "Measures"),
    one=Text("工作措施", "measure"),
    model=Measure,
    fields=("plan", "number", "title", "title_en", "words"),
    columns=("code", "plan", "number", "title", "?title_en", "?words"),
    filterset=filters.MeasureFilter,
    parents=("plan",),
    parts=(
        Part(
            key="departments",
            title=Text("责任部门", "Departments"),
            model=MeasureDepartment,
            fields=("department", "answering"),
            check=departments_check,
        ),
    ),
    icon="list-check",
    examples={
        "number": "7",
        "title": "完善中小企业融资服务",
        "words": "（七）完善中小企业融资服务。",
    },
)

ITEMS = Register(
    key="measure-items",
    app="plan",
    title=Text("措施分项", "Items of measures"),
    one=Text("措施分项", "item of a measure"),
    model=MeasureItem,
    fields=("measure", "key", "title", "title_en", "words"),
    columns=("code", "measure", "key", "title", "?title_en", "words"),
    filterset=filters.MeasureItemFilter,
    parents=("measure",),
    icon="list-check",
    examples={"key": "F02", "title": "村镇银行", "words": "加快村镇银行组建步伐"},
)

UNITS = Register(
    key="plan-units",
    app="plan",
    title=Text("计划单位", "Units of the plan"),
    one=Text("计划单位", "unit of the plan"),
    model=Unit,
    fields=("plan", "prefecture", "department"),
    columns=("code", "plan", "prefecture", "department"),
    filterset=filters.UnitFilter,
    parents=("plan",),
    icon="building",
    intro=Text(
        "按方案报送联系人和工作情况的地市与部门。",
        "The prefectures and departments that file contacts and reports.",
    ),
    examples={"plan": "PL-2012", "prefecture": "440200"},
)
