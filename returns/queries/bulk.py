"""What became of bulk submissions."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from core.tabular import Column
from core.text import Text
from returns.checking.words import describe
from returns.forms import form as form_of
from returns.models import BulkPart, BulkSubmission
from returns.models.bulk import PartState

PART_WORDS = {
    PartState.WAITING: Text("等待", "waiting"),
    PartState.RECEIVED: Text("已收到", "received"),
    PartState.WITH_ERRORS: Text("有错误，已存为草稿", "kept as a draft, with errors"),
    PartState.UNCHANGED: Text("与已收到的相同", "the same as was received before"),
    PartState.REFUSED: Text("未收下", "not taken"),
}
PART_STYLE = {
    PartState.WAITING: "",
    PartState.RECEIVED: "good",
    PartState.WITH_ERRORS: "bad",
    PartState.UNCHANGED: "info",
    PartState.REFUSED: "bad",
}
FINDING_FIELDS = (
    "severity", "check", "table", "row", "column", "value", "place", "message", "cure",
)  # fmt: skip
PART_FIELDS = (
    "institution", "form", "period", "line", "state", "return", "revision", "errors",
    "warnings", "code", "message",
)  # fmt: skip
COLUMNS = [
    Column("institution", Text("机构编码", "institution")),
    Column("form", Text("报表", "form")),
    Column("period", Text("报告期", "period")),
    Column("line", Text("文件中的行", "line of the file"), "integer"),
    Column("state", Text("状态", "state")),
    Column("return", Text("报表编号", "return"), "integer"),
    Column("revision", Text("版次", "revision"), "integer"),
    Column("errors", Text("错误数", "errors"), "integer"),
    Column("warnings", Text("预警数", "warnings"), "integer"),
    Column("code", Text("代码", "code")),
    Column("message", Text("说明", "message")),
    Column("severity", Text("级别", "severity")),
    Column("check", Text("审核规则", "check")),
    Column("table", Text("表", "table")),
    Column("row", Text("行", "row"), "integer"),
    Column("column", Text("列", "column")),
    Column("value", Text("值", "value")),
    Column("place", Text("位置", "place")),
    Column("finding", Text("审核意见", "finding")),
    Column("cure", Text("改法", "cure")),
]


def with_counts(rows: QuerySet[BulkSubmission]) -> QuerySet[BulkSubmission]:
    """Submissions with how many of their institutions are in each state, in one query."""
    counts = {f"n_{state}": Count("parts", filter=Q(parts__state=state)) for state in PartState}
    return rows.select_related("document", "job", "created_by").annotate(
        n_parts=Count("parts"), n_errors=Sum("parts__error_count"), **counts
    )


def parts_of(submission: BulkSubmission) -> QuerySet[BulkPart]:
    """The institutions of a submission in the file's order, with their returns."""
    return submission.parts.select_related("return_record").order_by("position")


def results(submission: BulkSubmission, language: str) -> Iterator[dict[str, Any]]:
    """What became of each institution, with its findings in words."""
    for part in parts_of(submission).iterator(chunk_size=200):
        yield result(part, language)


def result(part: BulkPart, language: str) -> dict[str, Any]:
    """One institution's answer. ``row`` counts in the whole CSV, or within an NDJSON table."""
    record = part.return_record
    message = Text(part.message_zh, part.message_en)
    return {
        "institution": part.institution_code,
        "form": part.form,
        "period": part.period_code,
        "line": part.line,
        "state": part.state,
        "return": record.pk if record else None,
        "revision": record.revision if record else None,
        "errors": part.error_count,
        "warnings": part.warning_count,
        "code": part.code,
        "message": message.in_language(language),
        "findings": [_finding(each, part.form, language) for each in part.findings],
    }


def _finding(kept: dict[str, Any], form: str, language: str) -> dict[str, Any]:
    words = describe(SimpleNamespace(**kept), form_of(form))
    return {
        "severity": kept["severity"],
        "check": kept["check_code"],
        "table": kept["table"],
        "row": kept["row"],
        "column": kept["column"],
        "value": kept["value"],
        "place": words.place.in_language(language),
        "message": words.message.in_language(language),
        "cure": words.cure.in_language(language),
    }


def flat(submission: BulkSubmission, language: str) -> Iterator[list[Any]]:
    """The same as rows of ``COLUMNS``: one for each finding, one for whoever has none."""
    nothing = dict.fromkeys(FINDING_FIELDS)
    for answer in results(submission, language):
        head = [answer[name] for name in PART_FIELDS]
        for finding in answer["findings"] or [nothing]:
            yield head + [finding[name] for name in FINDING_FIELDS]
