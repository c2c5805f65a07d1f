"""Bulk submissions: one file, many institutions, one job, one answer for each."""

from collections.abc import Iterator
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from api.acts import fields_schema
from api.base import ApiView, only_parameters
from api.bodies import invalid_body
from api.parsers import CSVParser, NDJSONParser
from api.problems import TooLarge
from api.resources import is_number
from api.responses import answer
from core.errors import DomainError, NotFound
from core.models.jobs import JobState
from core.tabular import Column, stream_csv
from core.text import Text
from returns.models import BulkSubmission
from returns.models.bulk import PartState
from returns.operations.bulk import submit_many, try_again
from returns.queries.bulk import COLUMNS, PART_WORDS, flat, results, with_counts
from returns.tasks import file_many

LATEST = 100
_COUNTS = fields_schema(tuple(PartState), **{str(state): "integer" for state in PartState})
_LINKS = fields_schema(
    ("self", "retry", "result_ndjson", "result_csv"),
    self="string", retry="string", result_ndjson="string", result_csv="string",
)  # fmt: skip
SUBMISSION = fields_schema(
    ("id", "filename", "sha256", "form", "period", "created_by", "created_at", "state", "done",
     "institutions", "counts", "links"),
    id="integer", filename="string", sha256="string",
    form={"type": "string", "description": "Said beside the file; empty if rows name theirs."},
    period="string", created_by="string",
    created_at={"type": "string", "format": "date-time"},
    state={"type": "string", "enum": list(JobState), "description": "Of the job."},
    done={"type": "integer", "description": "Institutions worked on."},
    institutions="integer", counts=_COUNTS, links=_LINKS,
)  # fmt: skip
PAGE = fields_schema(("results",), results={"type": "array", "items": SUBMISSION})
FILE = fields_schema(
    ("file",), file={"type": "string", "format": "binary"}, form="string", period="string"
)
KEY = OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The `id`.")
BESIDE = [
    OpenApiParameter("form", str, description="Where rows do not name it."),
    OpenApiParameter("period", str, description="Where rows do not name it; 2012-06."),
]


class BulkSubmissions(ApiView):
    """Send a file; see what was sent."""

    permissions: ClassVar = {"GET": "return.submit-many", "POST": "return.submit-many"}
    parser_classes = [CSVParser, NDJSONParser, MultiPartParser]

    @extend_schema(
        operation_id="bulk_submissions_list", tags=["bulk-submissions"],
        summary="Bulk submissions, the latest first 批量报送", responses={200: PAGE},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        only_parameters(request)
        rows = with_counts(BulkSubmission.objects.visible_to(request.user))
        return answer({"results": [_shown(each) for each in rows[:LATEST]]})

    @extend_schema(
        operation_id="bulk_submissions_create", tags=["bulk-submissions"],
        summary="File for many institutions 批量报送", parameters=BESIDE,
        request={"text/csv": OpenApiTypes.BINARY, "application/x-ndjson": OpenApiTypes.BINARY,
                 "multipart/form-data": FILE},
        responses={200: SUBMISSION, 202: SUBMISSION},
    )  # fmt: skip
    def post(self, request: Request) -> HttpResponse:
        """202 with a job; 200 with the first answer where the same file was sent before."""
        only_parameters(request, "form", "period")
        data, filename, form, period = _sent(request)
        submission, new = submit_many(
            actor=request.user,
            data=data,
            filename=filename,
            form=form,
            period=period,
            task=file_many,
            now=timezone.now(),
        )
        return _answered(request, submission, status=202 if new else 200)


def _sent(request: Request) -> tuple[bytes, str, str, str]:
    said_beside = request.query_params
    if request.content_type.startswith("multipart/"):
        file = request.data.get("file")
        if not hasattr(file, "read"):
            raise invalid_body({"file": Text("请附上文件", "attach the file")})
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise TooLarge()
        beside = {name: str(request.data.get(name, "")) for name in ("form", "period")}
        beside |= {name: said_beside[name] for name in beside if name in said_beside}
        return file.read(), file.name, beside["form"], beside["period"]
    body = request.data if isinstance(request.data, bytes) else b""
    kind = "csv" if request.content_type.startswith("text/csv") else "ndjson"
    return body, f"bulk.{kind}", said_beside.get("form", ""), said_beside.get("period", "")


class BulkSubmissionRecord(ApiView):
    """How far one is."""

    permissions: ClassVar = {"GET": "return.submit-many"}

    @extend_schema(
        operation_id="bulk_submissions_retrieve", tags=["bulk-submissions"],
        summary="Bulk submission 批量报送", parameters=[KEY], responses={200: SUBMISSION},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request)
        return _answered(request, submission_called(request, key))


class BulkSubmissionRetry(ApiView):
    """Try again where returns were not taken."""

    permissions: ClassVar = {"POST": "return.submit-many"}

    @extend_schema(
        operation_id="bulk_submissions_retry", tags=["bulk-submissions"],
        summary="Try again what was not taken 重试未收下的", parameters=[KEY], request=None,
        responses={202: SUBMISSION},
    )  # fmt: skip
    def post(self, request: Request, key: str) -> HttpResponse:
        submission = try_again(
            actor=request.user,
            submission=submission_called(request, key),
            task=file_many,
            now=timezone.now(),
        )
        return _answered(request, submission, status=202)


class BulkSubmissionResult(ApiView):
    """What became of each institution."""

    permissions: ClassVar = {"GET": "return.submit-many"}

    @extend_schema(
        operation_id="bulk_submissions_result", tags=["bulk-submissions"],
        summary="Answer for each institution, with findings 逐家结果",
        parameters=[KEY, OpenApiParameter("format", str, enum=["ndjson", "csv"],
                                          description="ndjson if unset.")],
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY,
                   (200, "text/csv"): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request: Request, key: str) -> HttpResponse:
        only_parameters(request, "format")
        submission, language = submission_called(request, key), get_language() or "zh-hans"
        wanted = request.query_params.get("format", "ndjson")
        if wanted == "ndjson":
            found, kind = _lines(submission, language), "application/x-ndjson"
        elif wanted == "csv":
            columns = [Column(each.key, each.key, each.kind) for each in COLUMNS]
            found, kind = stream_csv(columns, flat(submission, language), language), "text/csv"
        else:
            raise DomainError(
                "unknown-format",
                Text(f"不支持的格式“{wanted}”；可用 ndjson、csv。",
                     f"Unknown format “{wanted}”; use ndjson or csv."),
            )  # fmt: skip
        response = StreamingHttpResponse(found, content_type=f"{kind}; charset=utf-8")
        name = f"bulk-{submission.pk}.{wanted}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _lines(submission: BulkSubmission, language: str) -> Iterator[bytes]:
    for each in results(submission, language):
        words = PART_WORDS[each["state"]].in_language(language)
        yield orjson.dumps(each | {"state_label": words}, option=orjson.OPT_APPEND_NEWLINE)


def submission_called(request: Request, key: str) -> BulkSubmission:
    """The submission, if the caller may see it. Raises NotFound."""
    rows = with_counts(BulkSubmission.objects.visible_to(request.user))
    found = rows.filter(pk=key).first() if is_number(key) else None
    if found is None:
        raise NotFound(Text("这次批量报送", "bulk submission"))
    return found


def _answered(request: Request, submission: BulkSubmission, *, status: int = 200) -> HttpResponse:
    body = _shown(submission_called(request, str(submission.pk)))
    return answer(body, status=status, headers={"Location": body["links"]["self"]})


def _shown(submission: BulkSubmission) -> dict[str, Any]:
    counts = {str(state): getattr(submission, f"n_{state}") for state in PartState}
    here = f"/api/v1/bulk-submissions/{submission.pk}/"
    job = submission.job
    return {
        "id": submission.pk,
        "filename": submission.document.filename,
        "sha256": submission.sha256,
        "form": submission.form,
        "period": submission.period_code,
        "created_by": submission.created_by.username,
        "created_at": submission.created_at,
        "state": job.state if job else JobState.DONE,
        "done": submission.n_parts - counts[PartState.WAITING],
        "institutions": submission.n_parts,
        "counts": counts,
        "links": {
            "self": here,
            "retry": f"{here}retry/",
            "result_ndjson": f"{here}result/?format=ndjson",
            "result_csv": f"{here}result/?format=csv",
        },
    }
