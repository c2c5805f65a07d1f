"""What stands behind the figures of the coverage report, and what was learnt since."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.models import Fact, Prefecture
from core.models.institutions import InstitutionKind
from core.text import Text
from finance.rules.coverage import Coverage
from finance.rules.pipeline import BLOCKING
from reports.coverage.compute import CoverageParameters, compute_coverage
from reports.coverage.tables import place_name
from reports.coverage.words import EVENTS, EXITS, REGIONS, both
from reports.declaration import Evidence, Lineage
from reports.links import attachment_url, institution_url

GROUPS = {
    "total": Text("地级以上市覆盖", "Prefectures covered"),
    "counties": Text("县域覆盖", "Counties covered"),
    "gains": Text("新增覆盖", "Gained"),
    "losses": Text("减少覆盖", "Lost"),
}


def lineage(
    parameters: CoverageParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """Return the facts behind a figure, each with its document, files and institution."""
    answer = compute_coverage(parameters, known_at)
    ids = answer.facts_behind(figure)
    facts = _with_places(Fact.objects.filter(pk__in=ids))
    return Lineage(title=_title(answer, figure), evidence=[_evidence(each) for each in facts])


def _with_places(facts: QuerySet) -> QuerySet:
    return (
        facts.select_related(
            "institution__prefecture", "institution__county", "county__prefecture", "prefecture"
        )
        .prefetch_related("attachments")
        .order_by("happened_on", "pk")
    )


def _title(answer: Coverage, figure: str) -> Text:
    name, _, key = figure.partition(":")
    if name in GROUPS:
        return GROUPS[name]
    place = REGIONS[key] if name.startswith("region") else place_name(answer, key)
    what = {
        "region": Text("已覆盖的市", "prefectures covered"),
        "region-counties": Text("已覆盖的县（市）", "counties covered"),
        "pipeline": Text("筹建进展", "what is under way"),
    }.get(name, Text("覆盖依据", "what covers it"))
    return Text(f"{place.zh}：{what.zh}", f"{place.en}: {what.en}")


def _evidence(fact: Fact) -> Evidence:
    city = fact.prefecture or (fact.county or fact.institution).prefecture
    place = fact.county or city
    what = EVENTS.get(fact.kind, both(fact.get_kind_display()))
    why = (EXITS if fact.kind == "exited" else BLOCKING).get(fact.reason)
    if why:
        what = Text(f"{what.zh}（{why.zh}）", f"{what.en} ({why.en})")
    if fact.voided_at:
        what = Text(f"{what.zh}（已作废：{fact.void_reason}）", f"{what.en} (voided)")
    if fact.subject:
        what = Text(f"{what.zh}：{fact.subject}", f"{what.en}: {fact.subject}")
    return Evidence(
        on=fact.happened_on,
        what=Text(f"{fact.institution.name} {what.zh}", f"{fact.institution.name}: {what.en}"),
        where=both(str(place)),
        document=" ".join(part for part in (fact.document_number, fact.decided_by) if part),
        files=[(each.title, attachment_url(each.pk)) for each in fact.attachments.all()],
        url=institution_url(fact.institution),
        keys=_keys(fact, city),
    )


def _keys(fact: Fact, city: Prefecture) -> tuple[str, ...]:
    """Codes of the places the fact may cover: its own, and those of the bank's seat."""
    seat = fact.institution
    found = [city.code, city.region, seat.prefecture.code, seat.prefecture.region]
    if fact.county:
        found.append(fact.county.code)
    if seat.county:
        found.append(seat.county.code)
    return tuple(dict.fromkeys(found))


def learnt_since(parameters: CoverageParameters, moment: datetime.datetime) -> list[Evidence]:
    """Return the facts recorded or voided after ``moment`` that the report's date includes."""
    return facts_learnt(kind=InstitutionKind.VILLAGE_BANK, as_of=parameters.as_of, moment=moment)


def facts_learnt(*, kind: str, as_of: datetime.date, moment: datetime.datetime) -> list[Evidence]:
    """Facts of a kind of institution, by ``as_of``, that were recorded or voided since."""
    facts = _with_places(
        Fact.objects.filter(
            Q(recorded_at__gt=moment) | Q(voided_at__gt=moment),
            institution__kind=kind,
            happened_on__lte=as_of,
        )
    )
    return [_evidence(each) for each in facts]
