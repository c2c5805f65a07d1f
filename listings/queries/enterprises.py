"""All that is told of one enterprise on a day, for its page and the API alike."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from core.text import Text
from listings.models import Enterprise, EnterpriseYear, EvidenceRequirement, StageEvent, StageSpan
from listings.queries.evidence import missing_evidence
from listings.queries.milestones import calendar, reached_by
from listings.queries.readiness import readiness_of
from listings.queries.sizes import sizing_of, with_size, years_of
from listings.queries.stages import all_terms, span_value, spans_of_enterprise
from listings.rules.milestones import Calendar, Reached, Template, template_on
from listings.rules.readiness import Readiness
from listings.rules.sizes import Sizing
from listings.rules.stages import Term, terms_on
from listings.rules.timeline import ENTRIES


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where an enterprise stood by a day, its size, readiness, milestones and what is missing."""

    code: str
    as_of: datetime.date
    spans: Sequence[StageSpan]
    years: Sequence[EnterpriseYear]
    sizing: Sizing
    readiness: Readiness
    calendar: Calendar
    template: Template | None
    reached: Sequence[Reached]
    entries: Sequence[StageEvent]
    missing: Mapping[int, list[EvidenceRequirement]]
    terms: Sequence[Term]

    @property
    def standing(self) -> StageSpan | None:
        """The stretch in which it stood at the end of the day."""
        last = self.spans[-1] if self.spans else None
        over = last is not None and last.ends_on is not None and last.ends_on <= self.as_of
        return None if over else last

    def name(self, stage: int, day: datetime.date) -> Text:
        """What a batch was called on a day."""
        term = terms_on(self.terms, day).get(stage)
        return term.name if term else Text("—", "—")


def assessment_of(enterprise: Enterprise, *, as_of: datetime.date) -> Assessment:
    """Read all of it: a constant number of queries."""
    spans = list(spans_of_enterprise(enterprise).filter(starts_on__lte=as_of))
    board = spans[-1].board if spans else enterprise.intended_board
    years = years_of(enterprise, as_of=as_of)
    events = StageEvent.objects.known().filter(
        enterprise=enterprise, happened_on__lte=as_of, kind__in=ENTRIES
    )
    return Assessment(
        code=enterprise.code,
        as_of=as_of,
        spans=spans,
        years=years,
        sizing=sizing_of(enterprise, years[-1] if years else None, as_of=as_of),
        readiness=readiness_of(board, years, as_of=as_of),
        calendar=calendar(),
        template=template_on(calendar(), board, as_of),
        reached=reached_by(enterprise, as_of=as_of),
        entries=list(events.select_related("province_stage").order_by("happened_on", "pk")),
        missing=missing_evidence(enterprise=enterprise, as_of=as_of),
        terms=all_terms(),
    )


def enterprise_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    """Enterprises with where they stood on the day, and their size by the last whole year."""
    day = as_of or datetime.date.max
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    years = EnterpriseYear.objects.standing().filter(enterprise=OuterRef("pk"), year__lte=last)
    sized = with_size(years, as_of or datetime.date.max).order_by("-year")
    return (
        Enterprise.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            stage=span_value(day, "stage__code"),
            stage_name=span_value(day, "stage_name"),
            state=span_value(day, "state"),
            since=span_value(day, "entered_on"),
            size=Subquery(sized.values("size")[:1]),
        )
    )
