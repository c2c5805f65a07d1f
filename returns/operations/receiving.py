"""Receiving figures by any channel: workbook, CSV, grid or API. One way in.

Reading and checking happen before the transaction, since a database with one writer should
not wait for a parser; what they found is stored in one transaction, or not at all.
"""

import datetime
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from core.errors import DomainError, StateConflict
from core.models import Institution, Period
from core.operations.documents import keep_document
from core.operations.journal import record as journal
from core.permissions import require
from core.text import Text
from returns.checking.check import Severity
from returns.forms import form as form_of
from returns.forms.storing import storing
from returns.intake.examine import Examination, examine
from returns.models import Finding, Obligation, Return, ReturnState
from returns.operations.common import ask, ask_open, bump, locked
from returns.rules import Act

CONTENT_TYPES = {
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "grid": "application/json",
    "api": "application/json",
}


def receive(
    *,
    actor: Any,
    institution: Institution,
    period: Period,
    data: bytes,
    filename: str,
    channel: str,
    now: datetime.datetime,
    expected_version: int | None = None,
    on_behalf: bool = False,
) -> tuple[Return, Examination]:
    """Take a file or payload into the institution's draft of the period.

    The draft is made if there is none. With findings or without, what was sent is kept; lines
    are stored only if there is no error. ``expected_version`` (of an existing draft) refuses
    to overwrite what somebody else sent meanwhile. ``on_behalf`` is a regulator's filing for
    institutions of its own; signing stays the institution's.
    Raises PermissionRefused, StateConflict, EditConflict, DomainError.
    """
    permission = "return.submit-many" if on_behalf else "return.prepare"
    require(actor, permission, institution)
    ask_open(period, now)
    _ask_obliged(institution, period)
    form = form_of(period.form)
    examination = examine(
        form=form,
        data=data,
        filename=filename,
        channel=channel,
        institution=institution,
        period=period,
        now=now,
    )
    try:
        with transaction.atomic():
            draft = _draft(actor, institution, period, channel, form.version, now)
            record = locked(draft, expected_version=expected_version)
            ask(Act.RECEIVE, record, actor=actor, now=now, permission=permission)
            _replace(record, examination, data, filename, channel, actor, now)
            journal(
                actor=actor,
                action="return.received",
                target=record,
                now=now,
                detail=_detail(record, examination),
            )
    except IntegrityError as error:
        raise _simultaneous() from error
    return record, examination


def _ask_obliged(institution: Institution, period: Period) -> None:
    if not Obligation.objects.filter(institution=institution, period=period).exists():
        raise DomainError(
            "no-obligation",
            Text(
                f"{institution} 在 {period} 没有填报任务；如有疑问请联系省金融办。",
                f"{institution} need not file for {period.code}; ask the provincial office.",
            ),
        )


def _draft(
    actor: Any,
    institution: Institution,
    period: Period,
    channel: str,
    form_version: str,
    now: datetime.datetime,
) -> Return:
    """Return the open draft, or make the first revision. A signed return is in the way."""
    latest = (
        Return.objects.filter(institution=institution, period=period).order_by("-revision").first()
    )
    if latest is None:
        return Return.objects.create(
            institution=institution,
            period=period,
            channel=channel,
            form_version=form_version,
            prepared_by=actor,
            prepared_at=now,
        )
    if latest.state != ReturnState.DRAFT:
        raise StateConflict(
            "no-open-draft",
            Text(
                f"第 {latest.revision} 版{latest.get_state_display()}。"
                "如需更正，请先“修订”以开始新的一版。",
                f"Revision {latest.revision} is {latest.state}. To correct it, start a revision.",
            ),
        )
    return latest


def _replace(
    record: Return,
    examination: Examination,
    data: bytes,
    filename: str,
    channel: str,
    actor: Any,
    now: datetime.datetime,
) -> None:
    """Put a new document with its findings and lines in the place of the draft's old one."""
    keeps = storing(record.period.form)
    explained = _explanations(record)
    if record.document is not None and not record.document.returns.exclude(pk=record.pk).exists():
        keeps.discard(record.document)
    record.document = keep_document(
        data,
        filename=filename,
        content_type=CONTENT_TYPES[channel],
        channel=channel,
        institution=record.institution,
        actor=actor,
        now=now,
    )
    record.channel = channel
    record.form_version = examination.form.version
    record.prepared_by, record.prepared_at = actor, now
    record.findings.all().delete()
    findings = [_finding(record, each, explained) for each in examination.findings]
    Finding.objects.bulk_create(findings, batch_size=500)
    if examination.storable:
        keeps.store(record.document, record.institution, record.period, examination.tables)
    record.line_count = examination.line_count
    record.error_count = examination.error_count
    record.warning_count = examination.warning_count
    record.unexplained_count = unexplained(findings)
    record.key_figures = examination.key_figures if examination.storable else {}
    bump(record)


def unexplained(findings: list[Finding]) -> int:
    """How many kept warnings still need an explanation."""
    return sum(each.severity == Severity.WARNING and not each.explanation for each in findings)


def _explanations(record: Return) -> dict[tuple[str, ...], Finding]:
    return {_identity(each): each for each in record.findings.exclude(explanation="")}


def _identity(finding: Any) -> tuple[str, ...]:
    """What makes a finding the same after another upload: rule, line, column and value."""
    return (finding.check_code, finding.table, finding.key, finding.column, finding.value)


def _finding(record: Return, found: Any, explained: dict[tuple[str, ...], Finding]) -> Finding:
    finding = Finding(return_record=record, **asdict(found))
    finding.value, finding.expected = finding.value[:100], finding.expected[:200]
    before = explained.get(_identity(finding))
    if before is not None:
        finding.explanation = before.explanation
        finding.explained_by_id = before.explained_by_id
        finding.explained_at = before.explained_at
    return finding


def _detail(record: Return, examination: Examination) -> dict[str, Any]:
    return {
        "revision": record.revision,
        "channel": record.channel,
        "sha256": record.document.sha256 if record.document else "",
        "lines": examination.line_count,
        "errors": examination.error_count,
        "warnings": examination.warning_count,
    }


def _simultaneous() -> StateConflict:
    return StateConflict(
        "simultaneous-submission",
        Text(
            "本机构的另一位同事正在同时提交本期报表。请刷新页面，看到对方的结果后再提交。",
            "A colleague is filing the same return right now. Reload, look, and then file.",
        ),
    )
