"""The coverage report, declared."""

from typing import Any

from core.text import Text
from finance.rules.coverage import Coverage
from reports.coverage.compute import CoverageForm, compute_coverage
from reports.coverage.content import content
from reports.coverage.definitions import DEFINITIONS
from reports.coverage.lineage import learnt_since, lineage
from reports.coverage.tables import place_name
from reports.declaration import Report
from reports.plain import plain


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


COVERAGE = Report(
    code="coverage",
    title=Text("广东省村镇银行覆盖情况", "Village-bank coverage of Guangdong"),
    form=CoverageForm,
    compute=compute_coverage,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
