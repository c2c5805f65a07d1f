"""Batches as they stood on a day, and where enterprises stand."""

import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from core.text import Text
from listings.models import StageSpan, StageTerm
from listings.rules.stages import Scheme, Term, scheme_on


def all_terms(*, known_at: datetime.datetime | None = None) -> list[Term]:
    """All terms of all schemes, in the order of their recording. One query."""
    rows = StageTerm.objects.known(known_at).select_related("stage")
    return [
        Term(
            stage=row.stage_id,
            code=row.stage.code,
            valid_from=row.valid_from,
            name=Text(row.name, row.name_en or row.name),
            order=row.order,
            in_use=row.in_use,
            listing=row.stage.listing,
            prefecture=row.stage.prefecture_id,
            maps_to=row.maps_to_id,
        )
        for row in rows.order_by("recorded_at", "pk")
        if row.stage.voided_at is None
    ]


def province_scheme(*, day: datetime.date, known_at: datetime.datetime | None = None) -> Scheme:
    """The province's batches on a day. One query."""
    return scheme_on(all_terms(known_at=known_at), day)


def stage_name_on(day: datetime.date, stage: str = "stage") -> Subquery:
    """The name that the batch at ``stage`` had on a day, as an expression."""
    terms = StageTerm.objects.known().filter(stage=OuterRef(stage), valid_from__lte=day)
    return Subquery(terms.order_by("-valid_from", "-pk").values("name")[:1])


def span_value(day: datetime.date, name: str, enterprise: str = "pk") -> Subquery:
    """A value of the stretch in which an enterprise stood on a day, as an expression."""
    spans = StageSpan.objects.on(day).filter(enterprise=OuterRef(enterprise))
    if name == "stage_name":
        spans = spans.annotate(stage_name=stage_name_on(day))
    return Subquery(spans.values(name)[:1])


def spans_of_enterprise(enterprise: Any, *, known_at: datetime.datetime | None = None) -> QuerySet:
    """The stretches of an enterprise, oldest first."""
    rows = StageSpan.objects.known(known_at).filter(enterprise=enterprise)
    return rows.select_related("stage", "own_stage", "prefecture").order_by("starts_on")
