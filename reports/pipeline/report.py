"""The pipeline report, declared."""

from typing import Any

from core.text import Text
from listings.rules.pipeline import Group
from reports.declaration import Report
from reports.pipeline.compute import PipelineReport, compute
from reports.pipeline.content import content
from reports.pipeline.definitions import definitions
from reports.pipeline.lineage import learnt_since, lineage
from reports.pipeline.parameters import PipelineForm
from reports.plain import plain

MEASURES = ("opening", "entered", "new", "left", "forward", "fell_back", "gone", "moved", "closing")


def figures(report: PipelineReport) -> dict[str, Any]:
    """The figures as plain data."""
    found = report.figures
    return {
        "since": report.parameters.since.isoformat(),
        "by": report.parameters.by,
        "stages": [
            {
                "code": report.code(stage),
                "name": report.name(stage).zh,
                "name_en": report.name(stage).en,
                "in_use": stage in report.scheme.stages,
            }
            for stage in found.stages
        ],
        "total": _group(report, found.total),
        "groups": [_group(report, each) for each in found.groups],
        "flows": [
            {
                "from": report.code(each.came_from),
                "to": each.way if each.went_to is None else report.code(each.went_to),
                "way": each.way,
                "number": each.number,
            }
            for each in found.flows
        ],
        "passages": [
            {
                "code": f"{report.code(each.stage)}-{report.code(each.following)}",
                "converted": plain(each.converted),
                "moves": each.moves,
                "median_days": plain(each.median),
                "shortest_days": each.shortest,
                "longest_days": each.longest,
            }
            for each in found.passages
        ],
    }


def _group(report: PipelineReport, group: Group) -> dict[str, Any]:
    name = report.groups.get(group.code, Text("全省", "The whole province"))
    return {
        "code": group.code or "all",
        "name": name.zh,
        "stages": [
            {
                "code": report.code(line.stage),
                **{measure: getattr(line, measure) for measure in MEASURES},
                "states": dict(sorted(line.states.items())),
            }
            for line in group.lines
        ],
    }


PIPELINE = Report(
    code="pipeline",
    title=Text("上市梯度培育", "Listing pipeline"),
    form=PipelineForm,
    compute=compute,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=definitions,
    lineage=lineage,
    learnt_since=learnt_since,
)
