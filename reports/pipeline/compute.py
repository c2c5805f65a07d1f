"""The one computation of the pipeline report."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from core.models import Prefecture
from core.naming import both
from core.text import Text
from finance.rules.industries import INDUSTRIES
from listings.models import Board
from listings.queries.pipeline import told_of
from listings.queries.stages import all_terms
from listings.rules.pipeline import Dims, Pipeline, pipeline
from listings.rules.stages import Scheme, scheme_on
from reports.loans.words import REGIONS
from reports.pipeline.parameters import PipelineParameters

UNKNOWN = Text("未填写", "Not given")
RETIRED = Text("（停用）", " (retired)")


@dataclass(frozen=True, slots=True)
class PipelineReport:
    """The figures with the names of the day."""

    parameters: PipelineParameters
    scheme: Scheme
    codes: Mapping[int, str]
    names: Mapping[int, Text]
    groups: Mapping[str, Text]
    figures: Pipeline

    def code(self, stage: int | None) -> str:
        """A batch's code in figures and addresses; "outside" for none."""
        return self.codes.get(stage, "") if stage is not None else "outside"

    def name(self, stage: int) -> Text:
        return self.names.get(stage, Text("—", "—"))


def compute(parameters: PipelineParameters, known_at: datetime.datetime | None) -> PipelineReport:
    """Compute stock and flow. Nine queries, whatever the history."""
    terms = all_terms(known_at=known_at)
    scheme = scheme_on(terms, parameters.as_of)
    told = told_of(parameters.window(known_at), parameters.where)
    groups, regions = _groups(parameters)
    figures = pipeline(
        told,
        scheme,
        group_of=lambda dims: group_of(parameters.by, dims, regions),
        groups=[code for code in groups if code],
    )
    last = {each.stage: each for each in sorted(terms, key=lambda term: term.valid_from)}
    names = {}
    for stage in figures.stages:
        term = scheme.term(stage) or last[stage]
        mark = Text("", "") if stage in scheme.stages else RETIRED
        names[stage] = Text(term.name.zh + mark.zh, term.name.en + mark.en)
    return PipelineReport(
        parameters=parameters,
        scheme=scheme,
        codes={each.stage: each.code for each in terms},
        names=names,
        groups=groups,
        figures=figures,
    )


def group_of(by: str, dims: Dims, regions: Mapping[str, str]) -> str:
    """The group that an enterprise counts in; ``none`` where the record does not say."""
    if by == "region":
        return regions[dims.prefecture]
    return getattr(dims, by) or "none"


def _groups(parameters: PipelineParameters) -> tuple[dict[str, Text], dict[str, str]]:
    """The names of all groups in their official order, and each prefecture's region."""
    prefectures = list(Prefecture.objects.all())
    regions = {each.code: each.region for each in prefectures}
    where = parameters.where
    if parameters.by in ("prefecture", "region"):
        meant = [
            each
            for each in prefectures
            if where.prefecture in ("", each.code)
            and where.region in ("", each.region)
            and (where.include_shenzhen or each.code != Prefecture.SHENZHEN)
        ]
        if parameters.by == "prefecture":
            return {each.code: Text(each.name, each.name_en) for each in meant}, regions
        kept = {each.region for each in meant}
        return {code: words for code, words in REGIONS.items() if code in kept}, regions
    if parameters.by == "industry":
        names = {code: Text(f"{code} {t.zh}", f"{code} {t.en}") for code, t in INDUSTRIES.items()}
    else:
        names = {each.value: both(each.label) for each in Board}
    return names | {"none": UNKNOWN}, regions
