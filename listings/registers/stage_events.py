"""The registers of what happens to enterprises: stage events and dated changes."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from core.registers import Register
from core.rules.remarks import PROVINCIAL, Remark
from core.text import Text
from listings import filters
from listings.models import (
    EnterpriseChange,
    EvidenceRequirement,
    Stage,
    StageEvent,
    StageEvidence,
)
from listings.operations.enterprises import change_problems, follow_change
from listings.operations.stage_events import event_problems, follow_event
from listings.queries.evidence import missing_evidence


def stages_for(actor: Any) -> QuerySet:
    """The province's batches and, for a city's clerk, the city's own."""
    mine = Q(prefecture=None)
    mine |= Q(prefecture=actor.prefecture_id) if actor.prefecture_id else Q(pk__gt=0)
    return Stage.objects.standing().filter(mine)


def evidence_remarks(
    events: Sequence[StageEvent], missing: dict[int, list[EvidenceRequirement]]
) -> list[Remark]:
    """Each paper that an entry lacks, with the rule that asks for it."""
    return [
        Remark(
            "stage-event.evidence-missing",
            Text(
                f"{event.happened_on} {each.stage}：缺少“{each.name}”。请在该批次事项下补充。",
                f"{event.happened_on} {each.stage.name_en or each.stage}: "
                f"“{each.name_en or each.name}” is missing; add it to the event.",
            ),
            each.source if each.certainty != "L" else PROVINCIAL,
        )
        for event in events
        for each in missing.get(event.pk, ())
    ]


def event_remarks(event: Any, day: datetime.date) -> list[Remark]:
    if event.voided_at is not None:
        return []
    return evidence_remarks([event], missing_evidence(enterprise=event.enterprise_id))


STAGE_EVENTS = Register(
    key="stage-events",
    app="listings",
    title=Text("批次事项", "Batch events"),
    one=Text("批次事项", "batch event"),
    model=StageEvent,
    fields=("enterprise", "kind", "stage", "happened_on", "reason"),
    columns=(
        "code",
        "enterprise",
        "enterprise.prefecture",
        "kind",
        "stage",
        "happened_on",
        "reason",
        "?province_stage",
        "?recorded_at",
    ),
    default_sort="-happened_on",
    filterset=filters.StageEventFilter,
    parents=("enterprise",),
    fixed=True,
    check=event_problems,
    saved=follow_event,
    remarks=event_remarks,
    limit_choices={"stage": stages_for},
    icon="flag",
    intro=Text(
        "企业进入、退回、跳过批次和中止、撤回、否决等事项；只追加，填错的作废后重新登记。",
        "What happened to enterprises on their way; append-only, a mistake is voided.",
    ),
    examples={"kind": "进入批次", "stage": "TUTOR", "happened_on": "2012-03-15"},
)


def evidence_problems(evidence: StageEvidence) -> dict[str, Text]:
    """A paper proves an entry into the batch that asks for it."""
    wanted, event = evidence.requirement, evidence.event
    if wanted is not None and wanted.stage_id != event.province_stage_id:
        return {
            "requirement": Text(
                f"“{wanted.name}”是进入“{wanted.stage}”的材料，与该事项的批次不符。",
                f"“{wanted.name_en or wanted.name}” proves the entry into another batch.",
            )
        }
    return {}


STAGE_EVIDENCE = Register(
    key="stage-evidence",
    app="listings",
    title=Text("证明材料", "Evidence"),
    one=Text("证明材料", "evidence"),
    model=StageEvidence,
    fields=("event", "requirement", "document", "dated_on"),
    columns=("code", "document", "requirement", "dated_on", "event.enterprise", "event"),
    default_sort="-dated_on",
    filterset=filters.StageEvidenceFilter,
    parents=("event",),
    check=evidence_problems,
    icon="paperclip",
    examples={"document": "粤证监备案〔2012〕12号", "dated_on": "2012-03-15"},
)

ENTERPRISE_CHANGES = Register(
    key="enterprise-changes",
    examples={"happened_on": "2012-06-01", "new_board": "创业板"},
    app="listings",
    title=Text("企业变更", "Changes of enterprises"),
    one=Text("企业变更", "change of an enterprise"),
    model=EnterpriseChange,
    fields=(
        "enterprise",
        "happened_on",
        "new_prefecture",
        "new_county",
        "new_industry",
        "new_board",
        "new_name",
    ),
    columns=(
        "code",
        "enterprise",
        "happened_on",
        "new_prefecture",
        "new_county",
        "new_board",
        "?new_industry",
        "?new_name",
    ),
    default_sort="-happened_on",
    filterset=filters.EnterpriseChangeFilter,
    parents=("enterprise",),
    fixed=True,
    check=change_problems,
    saved=follow_change,
    icon="arrow-repeat",
    intro=Text(
        "迁址、改变拟上市板块、行业或名称：从变更之日起算，过去日期的统计不变。",
        "Moves and changes of board, industry or name count from their day on.",
    ),
)

REGISTERS = (STAGE_EVENTS, STAGE_EVIDENCE, ENTERPRISE_CHANGES)
