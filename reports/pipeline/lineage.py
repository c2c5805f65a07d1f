"""From a figure of the pipeline report to the enterprises and events behind it."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.models import Prefecture
from core.naming import both
from core.permissions import may
from core.text import Text
from listings.models import SpanState, StageEvent, StageSpan
from listings.queries.pipeline import enterprises_behind, entries_in, exits_in
from listings.rules.stages import Move, move
from listings.rules.timeline import ENTRIES
from reports.declaration import Evidence, Lineage
from reports.links import address
from reports.pipeline.compute import PipelineReport, compute
from reports.pipeline.content import LEFT_AS, OUTSIDE
from reports.pipeline.parameters import PipelineParameters

MOST = 500  # rows of one page of evidence
WORDS = {
    "opening": Text("期初在库", "Opening stock"),
    "stock": Text("期末在库", "Closing stock"),
    "active": Text("正常推进", "Active"),
    "entered": Text("进入", "Entered"),
    "new": Text("新入库", "New"),
    "left": Text("转出", "Left"),
    "forward": Text("前进", "Forward"),
    "fell-back": Text("退回", "Fell back"),
    "gone": Text("退库、被并购", "Left the library"),
    "library": Text("在库企业", "In the library"),
}


def lineage(
    parameters: PipelineParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """The enterprises behind a figure, each with what happened; KeyError where there is none.

    Figures are ``stock:TUTOR``, ``entered:FILE:440200``, ``flow:FILE:TUTOR``, ``gone``.
    """
    report = compute(parameters, known_at)
    name, *rest = figure.split(":")
    window = parameters.window(known_at)
    if name == "flow":
        source, target = rest
        spans, title = _flow(report, window, source, target)
    else:
        stage, group = [*rest, "", ""][:2]
        spans = _named(report, window, name, stage, group)
        title = _title(report, name, stage, group)
    found = list(enterprises_behind(spans)[: MOST + 1])
    note = Text("", "")
    if len(found) > MOST:
        note = Text(f"只列出前 {MOST} 家。", f"The first {MOST} are listed.")
    leaves = name in ("left", "forward", "fell-back", "gone") or figure.endswith(tuple(LEFT_AS))
    return Lineage(
        title=title,
        evidence=[_evidence(each, user, leaves=leaves, known_at=known_at) for each in found[:MOST]],
        note=note,
    )


def _condition(report: PipelineReport, group: str) -> Q:
    parameters = report.parameters
    found = parameters.where.condition(Prefecture.objects.all())
    if not group:
        return found
    if group not in report.groups:
        raise KeyError(group)
    paths = {"prefecture": "prefecture__code", "region": "prefecture__region"}
    path = paths.get(parameters.by, parameters.by)
    return found & Q(**{path: "" if group == "none" else group})


def _stage(report: PipelineReport, code: str) -> int:
    for stage in report.figures.stages:
        if report.code(stage) == code:
            return stage
    raise KeyError(code)


def _named(report: PipelineReport, window: Any, name: str, code: str, group: str) -> QuerySet:
    """The stretches behind a figure of one batch, or of all where no batch is named."""
    if name not in WORDS or (not code and name not in ("library", "new", "fell-back", "gone")):
        raise KeyError(name)
    condition = _condition(report, group)
    only = Q(stage=_stage(report, code)) if code else Q()
    if name in ("opening", "stock", "active", "library"):
        day = window.since if name == "opening" else window.as_of
        rows = StageSpan.objects.on(day, window.known_at).filter(condition & only)
        if name == "active":
            rows = rows.filter(state=SpanState.ACTIVE)
        listing = report.scheme.listing
        if name == "library" and listing:
            rows = rows.exclude(stage=listing.stage)
        return rows
    if name in ("entered", "new"):
        rows = entries_in(window, condition & only)
        return rows.filter(came_from=None) if name == "new" else rows
    if name == "gone":
        return exits_in(window, condition & only).filter(went_to=None)
    return _left(report, window, condition, code, name)


def _left(report: PipelineReport, window: Any, condition: Q, code: str, name: str) -> QuerySet:
    """Who left a batch: the stays that others began, and those that left the library."""
    way = Q(came_from=_stage(report, code)) if code else ~Q(came_from=None)
    moved = entries_in(window, condition & way)
    pairs = [
        Q(came_from=a.came_from, stage=a.went_to)
        for a in report.figures.flows
        if a.came_from is not None
        and a.went_to is not None
        and _counts(move(report.scheme, a.came_from, a.went_to), name)
    ]
    wanted = Q(pk__in=[])
    for pair in pairs:
        wanted |= pair
    rows = moved.filter(wanted)
    if name != "left":
        return rows
    gone = exits_in(window, condition & Q(stage=_stage(report, code))).filter(went_to=None)
    return StageSpan.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=gone.values("pk")))


def _counts(way: str, name: str) -> bool:
    if name == "fell-back":
        return way == Move.BACK
    return name == "left" or way in (Move.FORWARD, Move.SKIP)


def _flow(report: PipelineReport, window: Any, source: str, target: str) -> tuple[QuerySet, Text]:
    condition = _condition(report, "")
    before = None if source == "outside" else _stage(report, source)
    name = OUTSIDE if before is None else report.name(before)
    if target in LEFT_AS:
        rows = exits_in(window, condition & Q(stage=before, leaving=target)).filter(went_to=None)
        end = LEFT_AS[target]
    else:
        rows = entries_in(window, condition & Q(came_from=before, stage=_stage(report, target)))
        end = report.name(_stage(report, target))
    return rows, Text(f"{name.zh} → {end.zh}", f"{name.en} → {end.en}")


def _title(report: PipelineReport, name: str, code: str, group: str) -> Text:
    parts = [WORDS[name]]
    if code:
        parts.insert(0, report.name(_stage(report, code)))
    if group:
        parts.insert(0, report.groups[group])
    return Text("：".join(each.zh for each in parts), ": ".join(each.en for each in parts))


def _evidence(
    span: StageSpan, user: Any, *, leaves: bool, known_at: datetime.datetime | None
) -> Evidence:
    """One enterprise: since when it stood there, from where it came or where it went."""
    if leaves and span.leaving in LEFT_AS and span.went_to_id is None:
        on, what = span.left_on, LEFT_AS[span.leaving]
    else:
        on, what = span.entered_on, _entered(span)
    if span.state != SpanState.ACTIVE and not leaves:
        state = both(SpanState(span.state).label)
        what = Text(f"{what.zh}（{state.zh}）", f"{what.en} ({state.en})")
    shown = user is None or may(user, "register.view", span.enterprise)
    place = span.prefecture
    return Evidence(
        on=on,
        what=Text(f"{span.enterprise}：{what.zh}", f"{span.enterprise}: {what.en}"),
        where=Text(place.name, place.name_en),
        document=span.enterprise.code,
        url=address("listings:enterprises-record", span.enterprise.code) if shown else "",
        keys=(place.code, place.region, span.industry, span.board),
    )


def _entered(span: StageSpan) -> Text:
    stage = Text(span.stage.name, span.stage.name_en or span.stage.name)
    if span.came_from is None:
        return Text(f"进入{stage.zh}", f"entered {stage.en}")
    before = Text(span.came_from.name, span.came_from.name_en or span.came_from.name)
    return Text(f"由{before.zh}转入{stage.zh}", f"from {before.en} to {stage.en}")


def learnt_since(parameters: PipelineParameters, moment: datetime.datetime) -> list[Evidence]:
    """The stage events recorded or voided after ``moment`` that the report's date includes."""
    rows = StageEvent.objects.filter(
        Q(recorded_at__gt=moment) | Q(voided_at__gt=moment), happened_on__lte=parameters.as_of
    ).select_related("enterprise__prefecture", "stage")
    return [_learnt(each) for each in rows.order_by("happened_on", "pk")[:MOST]]


def _learnt(event: StageEvent) -> Evidence:
    kind = both(event.get_kind_display())
    what = Text(f"{event.enterprise} {kind.zh}", f"{event.enterprise}: {kind.en}")
    if event.stage is not None and event.kind in ENTRIES:
        what = Text(f"{what.zh} {event.stage.name}", f"{what.en} {event.stage.name_en}")
    if event.voided_at:
        what = Text(f"{what.zh}（已作废：{event.void_reason}）", f"{what.en} (voided)")
    place = event.enterprise.prefecture
    return Evidence(
        on=event.happened_on,
        what=what,
        where=Text(place.name, place.name_en),
        document=event.code,
        url=address("listings:stage-events-record", event.code),
        keys=(place.code, place.region),
    )
