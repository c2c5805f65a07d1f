"""The coverage report, declared."""

import datetime
from typing import Any

from core.models import Fact
from core.text import Text
from finance.rules.coverage import Coverage
from finance.rules.pipeline import BLOCKING
from reports.coverage.compute import CoverageForm, CoverageParameters, compute_coverage
from reports.coverage.content import content
from reports.coverage.tables import place_name
from reports.coverage.words import EVENTS, EXITS, REGIONS, both
from reports.declaration import Evidence, Lineage, Report
from reports.links import document_url, institution_url
from reports.plain import plain

GROUPS = {
    "total": Text("地级以上市覆盖", "Prefectures covered"),
    "counties": Text("县域覆盖", "Counties covered"),
    "gains": Text("新增覆盖", "Gained"),
    "losses": Text("减少覆盖", "Lost"),
}


def figures(answer: Coverage) -> dict[str, Any]:
    """The figures as plain data: places by code, ratios with both their numbers."""
    codes = {bank.id: bank.code for bank in answer.banks.values()}
    return {
        "prefectures": plain(answer.covered),
        "counties": plain(answer.county_covered),
        "regions": [{"code": each.region} | plain(each) for each in answer.regions],
        "by_prefecture": [_place(answer, each, codes) for each in answer.prefectures],
        "by_county": [_place(answer, each, codes) for each in answer.counties],
        "uncovered": [
            {
                "code": each.code,
                "pipeline": [
                    {
                        "code": codes[one.bank],
                        "state": one.state,
                        "since": plain(one.since),
                        "blocked": one.blocked,
                    }
                    for one in each.pipeline
                ],
            }
            for each in answer.uncovered
        ],
        "changes": [plain(each) | {"bank": codes[each.bank]} for each in answer.changes],
        "pace": plain(answer.pace) if answer.pace else None,
    }


def _place(answer: Coverage, place: Any, codes: dict[int, str]) -> dict[str, Any]:
    since = min((each.since for each in place.presences), default=None)
    name = place_name(answer, place.code)
    return {
        "code": place.code,
        "name": name.zh,
        "region": place.region,
        "covered": place.covered,
        "banks": [codes[bank] for bank in place.banks],
        "since": plain(since),
    }


def lineage(
    parameters: CoverageParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """Return the facts behind a figure, each with its document, files and institution."""
    answer = compute_coverage(parameters, known_at)
    ids = answer.facts_behind(figure)
    facts = (
        Fact.objects.filter(pk__in=ids)
        .select_related("institution__prefecture", "county", "prefecture")
        .prefetch_related("attachments__document")
        .order_by("happened_on", "pk")
    )
    return Lineage(title=_title(answer, figure), evidence=[_evidence(each) for each in facts])


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
    place = fact.county or fact.prefecture or fact.institution.prefecture
    what = EVENTS.get(fact.kind, both(fact.get_kind_display()))
    why = (EXITS if fact.kind == "exited" else BLOCKING).get(fact.reason)
    if why:
        what = Text(f"{what.zh}（{why.zh}）", f"{what.en} ({why.en})")
    if fact.subject:
        what = Text(f"{what.zh}：{fact.subject}", f"{what.en}: {fact.subject}")
    return Evidence(
        on=fact.happened_on,
        what=Text(f"{fact.institution.name} {what.zh}", f"{fact.institution.name}: {what.en}"),
        where=both(str(place)),
        document=" ".join(part for part in (fact.document_number, fact.decided_by) if part),
        files=[(each.title, document_url(each.document_id)) for each in fact.attachments.all()],
        url=institution_url(fact.institution),
    )


COVERAGE = Report(
    code="coverage",
    title=Text("广东省村镇银行覆盖情况", "Village-bank coverage of Guangdong"),
    form=CoverageForm,
    compute=compute_coverage,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    lineage=lineage,
)
