"""The registers of batches: the batches, their names and order, and what proves an entry."""

import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from core.queries.rules import rules_on
from core.registers import Extra, Register
from core.rules.remarks import PROVINCIAL, Remark
from core.text import Text
from listings import filters
from listings.models import EvidenceRequirement, Stage, StageTerm
from listings.operations.stages import follow_term, term_problems
from listings.queries.stages import all_terms
from listings.rules.stages import scheme_on

YES_NO = {True: Text("是", "Yes"), False: Text("否", "No")}
LEAST, MOST = "listings.stages-min", "listings.stages-max"


def stage_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    """Batches with what they were called on the day, and their place in the order."""
    terms = StageTerm.objects.known().filter(stage=OuterRef("pk"))
    if as_of is not None:
        terms = terms.filter(valid_from__lte=as_of)
    last = terms.order_by("-valid_from", "-pk")
    return (
        Stage.objects.visible_to(user)
        .select_related("prefecture", "file")
        .annotate(
            name_on=Subquery(last.values("name")[:1]),
            name_en_on=Subquery(last.values("name_en")[:1]),
            order_on=Subquery(last.values("order")[:1]),
            in_use_on=Subquery(last.values("in_use")[:1]),
            maps_to_on=Subquery(last.values("maps_to__code")[:1]),
        )
    )


def stage_remarks(stage: Any, day: datetime.date) -> list[Remark]:
    """Too few or too many batches in the scheme of the day; more than one that lists."""
    scheme = scheme_on(all_terms(), day, prefecture=stage.prefecture_id)
    rules, found = rules_on(day), []
    number = len(scheme.terms)
    least, most = rules.get(LEAST), rules.get(MOST)
    if (least and number < least.value) or (most and number > most.value):
        found.append(
            Remark(
                "stages.number",
                Text(
                    f"当日启用 {number} 个批次，应为 {least.value:.0f} 至 {most.value:.0f} 个。",
                    f"{number} batches are in use; {least.value:.0f} to {most.value:.0f} are "
                    "expected.",
                ),
                PROVINCIAL,
            )
        )
    if stage.prefecture_id is None and sum(each.listing for each in scheme.terms) != 1:
        found.append(
            Remark(
                "stages.listing",
                Text("全省批次中应有且只有一个为“进入即为上市”。", "Exactly one batch lists."),
            )
        )
    unmapped = [t for t in scheme.terms if t.prefecture is not None and t.maps_to is None]
    if unmapped:
        names = "、".join(each.name.zh for each in unmapped)
        found.append(
            Remark(
                "stages.unmapped",
                Text(
                    f"{names} 未对应到全省批次，不能登记企业进入。",
                    f"{names}: mapped onto none of the province's batches, so nothing enters.",
                ),
            )
        )
    return found


STAGES = Register(
    key="stages",
    app="listings",
    title=Text("梯度培育批次", "Batches"),
    one=Text("批次", "batch"),
    model=Stage,
    fields=("prefecture", "listing"),
    columns=("code", "prefecture", "listing"),
    default_sort="order_on",
    filterset=filters.StageFilter,
    rows=stage_rows,
    extras=(
        Extra("name_on", Text("名称", "Name")),
        Extra("name_en_on", Text("英文名称", "English name")),
        Extra("order_on", Text("顺序", "Order"), "integer"),
        Extra("in_use_on", Text("使用", "In use"), "bool", labels=YES_NO),
        Extra("maps_to_on", Text("对应全省批次", "Province's batch")),
    ),
    remarks=stage_remarks,
    icon="diagram-3",
    intro=Text(
        "五个批次的名称按本省文件为准：名称和顺序在“批次名称与顺序”中按起始日期登记，过去的报告不变。",
        "Names and order are recorded from a day on, so that no past report changes.",
    ),
    examples={"code": "TUTOR"},
)

STAGE_TERMS = Register(
    key="stage-terms",
    app="listings",
    title=Text("批次名称与顺序", "Names and order of batches"),
    one=Text("批次名称与顺序", "name and order of a batch"),
    model=StageTerm,
    fields=("stage", "valid_from", "name", "name_en", "order", "in_use", "maps_to"),
    columns=("code", "stage", "stage.prefecture", "name", "order", "valid_from", "in_use",
             "?maps_to", "?recorded_at"),
    default_sort="-valid_from",
    filterset=filters.StageTermFilter,
    parents=("stage",),
    fixed=True,
    check=term_problems,
    saved=follow_term,
    limit_choices={"maps_to": lambda actor: Stage.objects.standing().filter(prefecture=None)},
    icon="list-check",
    intro=Text(
        "改名、插入、停用批次都登记一条新的，写明从哪一天起；不修改原来的记录。",
        "To rename, insert or retire a batch, record a new entry with the day from which it holds.",
    ),
    examples={"stage": "TUTOR", "name": "辅导一批", "order": "30", "valid_from": "2012-01-01"},
)  # fmt: skip

EVIDENCE_REQUIREMENTS = Register(
    key="evidence-requirements",
    examples={"stage": "TUTOR", "name": "辅导备案登记材料", "valid_from": "2012-01-01"},
    app="listings",
    title=Text("进入批次的证明材料", "Required evidence"),
    one=Text("证明材料要求", "required evidence"),
    model=EvidenceRequirement,
    fields=("stage", "name", "name_en", "valid_from", "valid_to", "source", "certainty"),
    columns=("code", "stage", "name", "valid_from", "valid_to", "?source", "certainty"),
    filterset=filters.EvidenceRequirementFilter,
    parents=("stage",),
    limit_choices={"stage": lambda actor: Stage.objects.standing().filter(prefecture=None)},
    icon="card-checklist",
    intro=Text("缺少材料只作提示，不影响登记。", "A missing paper is a finding and stops nothing."),
)

REGISTERS = (STAGES, STAGE_TERMS, EVIDENCE_REQUIREMENTS)
