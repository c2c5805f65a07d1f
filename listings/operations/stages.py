"""Names and order of batches: what a new term must fit, and what follows from it."""

import datetime

from core.models import User
from core.operations import journal
from core.operations.records import save_record
from core.queries.rules import rules_on
from core.text import Text
from listings.models import Stage, StageEvent, StageTerm
from listings.operations.spans import rebuild_spans
from listings.queries.stages import all_terms
from listings.rules.stages import scheme_on

MOST = "listings.stages-max"


def term_problems(term: StageTerm) -> dict[str, Text]:
    """What of a new term does not fit, by field."""
    problems: dict[str, Text] = {}
    province = term.stage.prefecture_id is None
    if province and term.maps_to_id is not None:
        problems["maps_to"] = Text(
            "全省批次不填对应批次，请清空。", "The province's own batch maps onto none."
        )
    scheme = scheme_on(all_terms(), term.valid_from, prefecture=term.stage.prefecture_id)
    others = [each for each in scheme.terms if each.stage != term.stage_id]
    same = next((each for each in others if term.in_use and each.order == term.order), None)
    if same is not None:
        problems["order"] = Text(
            f"当日“{same.name.zh}”的顺序已是 {term.order}，请另取一个数。",
            f"“{same.name.en}” has the order {term.order} on that day; take another number.",
        )
    most = rules_on(term.valid_from).get(MOST)
    if term.in_use and most and len(others) + 1 > most.value:
        problems["in_use"] = Text(
            f"当日将有 {len(others) + 1} 个批次，至多 {most.value:.0f} 个。",
            f"There would be {len(others) + 1} batches on that day; at most {most.value:.0f}.",
        )
    return problems


def follow_term(term: StageTerm, *, actor: User, now: datetime.datetime) -> None:
    """Keep the batch's present name; count what entered a city's batch by its new mapping."""
    stage = Stage.objects.get(pk=term.stage_id)
    last = stage.terms.known().order_by("-valid_from", "-recorded_at", "-pk").first()
    name, english = (last.name, last.name_en) if last else ("", "")
    if (stage.name, stage.name_en) != (name, english):
        stage.name, stage.name_en = name, english
        save_record(
            stage, actor=actor, reason="批次名称 Name of the batch", expected_version=stage.version
        )
    if stage.prefecture_id is not None:
        _map_anew(stage, now)
    if term.voided_at is None:
        journal.record(
            actor=actor,
            action="stage-term.record",
            target=term,
            now=now,
            detail={"stage": stage.code, "name": term.name, "valid_from": term.valid_from,
                    "order": term.order, "in_use": term.in_use},
        )  # fmt: skip


def _map_anew(stage: Stage, now: datetime.datetime) -> None:
    """Entries into a city's batch count by the mapping of their day."""
    terms = [each for each in all_terms() if each.stage == stage.pk]
    touched = set()
    for event in StageEvent.objects.known().filter(stage=stage):
        term = scheme_on(terms, event.happened_on, prefecture=stage.prefecture_id).term(stage.pk)
        if term and term.maps_to and term.maps_to != event.province_stage_id:
            event.province_stage_id = term.maps_to
            event._change_reason = "批次对应关系 Mapping of the batch"
            event.save(update_fields=["province_stage", "updated_at"])
            touched.add(event.enterprise_id)
    rebuild_spans(touched, now=now)
