"""Bulk submissions: split, checked and answered institution by institution, as one job."""

import datetime
import hashlib
from dataclasses import asdict
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from core.errors import DomainError, StateConflict
from core.models import Institution, Job, Period
from core.models.jobs import JobState
from core.operations.documents import keep_document
from core.operations.jobs import advance, finish, start_job
from core.operations.journal import record as journal
from core.permissions import may, require
from core.queries.periods import period_called, period_condition
from core.text import Text
from returns.forms import FORMS
from returns.intake.many import Part, split
from returns.models import BulkPart, BulkSubmission, Return
from returns.models.bulk import PartState
from returns.operations.receiving import receive

log = structlog.get_logger(__name__)
PERMISSION = "return.submit-many"
TRIED_AGAIN = (PartState.WAITING, PartState.REFUSED)


def submit_many(
    *,
    actor: Any,
    data: bytes,
    filename: str,
    form: str = "",
    period: str = "",
    task: Any = None,
    now: datetime.datetime,
) -> tuple[BulkSubmission, bool]:
    """Take a file with many institutions' returns; the ``task`` works on it in the background.

    Without a task nothing is started: ``work_through`` does it here and now. The same file
    sent again by the same person is the same submission: returns it, and whether it is new.
    Raises PermissionRefused, DomainError "bad-bulk-file".
    """
    require(actor, PERMISSION)
    _ask_beside(form, period)
    sha256 = hashlib.sha256(data).hexdigest()
    same = {"created_by": actor, "sha256": sha256, "form": form, "period_code": period}
    before = BulkSubmission.objects.filter(**same).first()
    if before is not None:
        return before, False
    parts = split(
        data, filename=filename, form=form, period=period, limit=settings.UPLOAD_MAX_BYTES
    )
    try:
        with transaction.atomic():
            return _kept(actor, data, filename, parts, same, task, now), True
    except IntegrityError:  # the same file, sent twice at once
        return BulkSubmission.objects.get(**same), False


def _ask_beside(form: str, period: str) -> None:
    """Raise unless what is said beside the file could be a form and a period."""
    if form and form not in FORMS:
        raise _no_form(form)
    if period and period_condition(period) is None:
        raise _no_period(period)


def _kept(
    actor: Any,
    data: bytes,
    filename: str,
    parts: list[Part],
    same: dict[str, Any],
    task: Any,
    now: datetime.datetime,
) -> BulkSubmission:
    channel = parts[0].channel
    document = keep_document(
        data,
        filename=filename,
        content_type="text/csv" if channel == "csv" else "application/x-ndjson",
        channel=channel,
        institution=None,
        actor=actor,
        now=now,
    )
    submission = BulkSubmission.objects.create(**same, document=document, created_at=now)
    BulkPart.objects.bulk_create(
        (
            BulkPart(
                submission=submission,
                position=position,
                institution_code=part.institution[:60],
                form=part.form[:60],
                period_code=part.period[:60],
                line=part.line,
            )
            for position, part in enumerate(parts)
        ),
        batch_size=500,
    )
    if task is not None:
        _start(submission, actor, task, now)
    detail = {"sha256": same["sha256"], "filename": filename, "institutions": len(parts)}
    journal(actor=actor, action="bulk.received", target=submission, now=now, detail=detail)
    return submission


def _start(submission: BulkSubmission, actor: Any, task: Any, now: datetime.datetime) -> None:
    title = f"{submission.document.filename}"
    submission.job = start_job(
        actor=actor, task=task, title=title[:150], now=now, submission=submission.pk
    )
    submission.save()


@transaction.atomic
def try_again(
    *, actor: Any, submission: BulkSubmission, task: Any, now: datetime.datetime
) -> BulkSubmission:
    """Work once more on the institutions whose returns were not taken.

    Raises PermissionRefused, StateConflict "bulk-at-work" while the job runs and
    "bulk-complete" where nothing is left.
    """
    require(actor, PERMISSION)
    submission = BulkSubmission.objects.select_for_update().get(pk=submission.pk)
    job = Job.objects.filter(pk=submission.job_id).first()
    if job is not None and job.state == JobState.WAITING:
        raise StateConflict(
            "bulk-at-work",
            Text("后台工作尚未开始，请稍候。", "The job has not begun yet; wait for it."),
        )
    left = submission.parts.filter(state__in=TRIED_AGAIN)
    if not left.update(state=PartState.WAITING, code="", message_zh="", message_en=""):
        raise StateConflict(
            "bulk-complete",
            Text("各家都已收下，无须重试。", "Every institution's return was taken; none is left."),
        )
    _start(submission, actor, task, now)
    return submission


def work_through(
    submission: BulkSubmission, *, actor: Any, now: datetime.datetime, job: Job | None = None
) -> None:
    """File each part that waits, by the one door of returns; one bad part stops no other."""
    parts = split(
        submission.document.read(),
        filename=submission.document.filename,
        form=submission.form,
        period=submission.period_code,
        limit=settings.UPLOAD_MAX_BYTES,
    )
    institutions = Institution.objects.visible_to(actor).in_bulk(
        {part.institution for part in parts}, field_name="code"
    )
    waiting = list(submission.parts.filter(state=PartState.WAITING).order_by("position"))
    total, periods = len(parts), {}
    for done, row in enumerate(waiting, start=total - len(waiting)):
        if job is not None:
            advance(job, done, total)
        part = parts[row.position]
        try:
            _file(row, part, institutions.get(part.institution), periods, actor, now)
        except DomainError as error:
            _refused(row, error)
        except Exception:
            log.exception("a part of a bulk submission failed", part=row.pk)
            _refused(row, _broken())
        row.save()
    if job is not None:
        advance(job, total, total)
        finish(job, message="", now=now)


def _file(
    row: BulkPart,
    part: Part,
    institution: Institution | None,
    periods: dict[tuple[str, str], Period | None],
    actor: Any,
    now: datetime.datetime,
) -> None:
    if part.repeated:
        raise DomainError(
            "twice-in-file",
            Text("文件前面已有这家机构同一期的报表；请合并或删去一份。",
                 "The file holds this institution and period before; join them or drop one."),
        )  # fmt: skip
    if institution is None or not may(actor, PERMISSION, institution):
        raise DomainError(
            "no-institution",
            Text(f"找不到编码为“{part.institution}”的机构，或您不能代其报送。",
                 f"No institution “{part.institution}” for which you may file."),
        )  # fmt: skip
    period = _period(part, periods)
    latest = (
        Return.objects.filter(institution=institution, period=period)
        .select_related("document")
        .order_by("-revision")
        .first()
    )
    if latest is not None and latest.document and latest.document.sha256 == _sha(part):
        row.state, row.return_record = PartState.UNCHANGED, latest
        row.error_count, row.warning_count = latest.error_count, latest.warning_count
        return
    record, found = receive(
        actor=actor,
        institution=institution,
        period=period,
        data=part.data,
        filename=f"{institution.code}-{period.code}.{'csv' if part.channel == 'csv' else 'json'}",
        channel=part.channel,
        now=now,
        on_behalf=True,
    )
    row.state = PartState.RECEIVED if found.storable else PartState.WITH_ERRORS
    row.return_record = record
    row.error_count, row.warning_count = found.error_count, found.warning_count
    row.findings = [_of_the_file(asdict(each), part) for each in found.findings]


def _of_the_file(finding: dict[str, Any], part: Part) -> dict[str, Any]:
    """A finding with the row of the whole file; its cell was one of the part."""
    if not part.rows:
        return finding
    return finding | {"row": part.row(finding["row"]), "cell": ""}


def _period(part: Part, periods: dict[tuple[str, str], Period | None]) -> Period:
    """The period of a part, looked up once for a file."""
    if part.form not in FORMS:
        raise _no_form(part.form)
    key = part.form, part.period
    if key not in periods:
        periods[key] = period_called(form=part.form, code=part.period)
    period = periods[key]
    if period is None:
        raise _no_period(part.period)
    return period


def _no_form(code: str) -> DomainError:
    known = ", ".join(FORMS)
    return DomainError(
        "no-form", Text(f"没有报表“{code}”；可用：{known}", f"No form “{code}”; known: {known}")
    )


def _no_period(code: str) -> DomainError:
    return DomainError(
        "no-period",
        Text(f"没有报告期“{code}”，写法如 2012-06", f"No period “{code}”; write 2012-06"),
    )


def _sha(part: Part) -> str:
    return hashlib.sha256(part.data).hexdigest()


def _refused(row: BulkPart, error: DomainError) -> None:
    row.state, row.code = PartState.REFUSED, error.code
    row.message_zh, row.message_en = error.message.zh, error.message.en


def _broken() -> DomainError:
    return DomainError(
        "internal-error",
        Text("处理这家时系统内部出错，其他各家不受影响；请重试或联系系统管理员。",
             "Something broke here with this institution; others are not affected. Try again, "
             "or tell the administrator."),
    )  # fmt: skip
