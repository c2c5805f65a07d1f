"""What is told of one enterprise on a day, as its page tells it."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.base import ApiView, only_parameters
from api.describe import AS_OF, key_parameter
from api.registers import resource_of
from api.responses import answer
from core.errors import NotFound
from core.filters import AsOfFilterSet
from core.rules.limits import Judgement
from core.rules.remarks import Remark
from core.text import Text
from listings.models import Enterprise, SpanState
from listings.queries.enterprises import Assessment, assessment_of
from listings.registers.assessed import enterprise_remarks
from listings.registers.enterprises import ENTERPRISES
from listings.rules.readiness import Met
from listings.rules.sizes import SIZE_WORDS

RESOURCE = resource_of(ENTERPRISES)
OBJECT = {"type": "object", "additionalProperties": True}


class AssessmentView(ApiView):
    """``GET /enterprises/{code}/assessment/``: batches, size, readiness, milestones, findings."""

    permissions: ClassVar = {"GET": Enterprise.VIEW}

    @extend_schema(
        operation_id="enterprises_assessment", tags=[ENTERPRISES.key],
        summary="Way, size, readiness and findings 企业评估",
        parameters=[key_parameter(RESOURCE), AS_OF], responses={200: OBJECT},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request, "as_of")
        asked = AsOfFilterSet(request.query_params, queryset=Enterprise.objects.none())
        asked.strict_qs()
        day = asked.form.cleaned_data.get("as_of") or timezone.localdate()
        rows = ENTERPRISES.visible(user=request.user, as_of=day)
        enterprise = rows.filter(code=key).first() if "\0" not in key else None
        if enterprise is None:
            raise NotFound(ENTERPRISES.one)
        found = enterprise.assessed = assessment_of(enterprise, as_of=day)
        remarks = enterprise_remarks(enterprise, day)
        return answer(told(found) | {"findings": [_remark(each) for each in remarks]})


def told(found: Assessment) -> dict[str, Any]:
    """The assessment as plain data."""
    return {
        "enterprise": found.code,
        "as_of": found.as_of.isoformat(),
        "spans": [_span(found, each) for each in found.spans],
        "size": _size(found),
        "readiness": {
            "board": found.readiness.board,
            "verdict": found.readiness.verdict.value if found.readiness.known else None,
            "years": list(found.readiness.years),
            "requirements": [_requirement(each) for each in found.readiness.requirements],
        },
        "milestones": {
            "template": found.template.key if found.template else None,
            "steps": list(found.template.steps) if found.template else [],
            "reached": [
                {"board": each.board, "milestone": each.milestone,
                 "happened_on": each.on.isoformat()}
                for each in found.reached
            ],
        },
    }  # fmt: skip


def _span(found: Assessment, span: Any) -> dict[str, Any]:
    name = found.name(span.stage_id, span.entered_on)
    return {
        "stage": span.stage.code,
        "stage_name": name.zh,
        "own_stage": span.own_stage.code,
        "state": span.state,
        "state_name": str(SpanState(span.state).label),
        "prefecture": span.prefecture.code,
        "board": span.board,
        "starts_on": span.starts_on.isoformat(),
        "ends_on": span.ends_on.isoformat() if span.ends_on else None,
        "entered_on": span.entered_on.isoformat(),
    }


def _size(found: Assessment) -> dict[str, Any]:
    sizing = found.sizing
    return {
        "size": sizing.size,
        "size_name": SIZE_WORDS[sizing.size].zh,
        "year": found.years[-1].year if found.years else None,
        "industry": _words(sizing.row.industry) if sizing.row else None,
        "source": sizing.source.zh or None,
        "why": _words(sizing.why),
        "indicators": [
            {
                "indicator": each.bounds.indicator,
                "value": _number(each.value),
                "small": _number(each.bounds.small),
                "medium": _number(each.bounds.medium),
                "large": _number(each.bounds.large),
                "size": each.size or None,
            }
            for each in sizing.measured
        ],
    }


def _requirement(met: Met) -> dict[str, Any]:
    return {
        "requirement": met.requirement.key,
        "title": _words(met.requirement.title),
        "verdict": met.verdict.value,
        "ways": [[_judgement(each) for each in way] for way in met.judgements],
    }


def _judgement(judged: Judgement) -> dict[str, Any]:
    limit = judged.limit
    return {
        "rule": limit.code,
        "value": _number(judged.shown),
        "comparator": limit.comparator,
        "limit": _number(limit.value),
        "unit": limit.unit,
        "room": _number(judged.room),
        "standing": judged.standing.value,
        "source": limit.source if limit.law else None,
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.code,
        "message": _words(remark.message),
        "rule": str(remark.rule) or None,
    }


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:f}"


def _words(text: Text) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text.zh else None
