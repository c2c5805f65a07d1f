"""Keeping an accepted return as the workflow would, without asking it each time.

The books keep every identity and what they break of the limits is explained, so nothing is kept
that the workflow would refuse; the tests examine the files with all the checks.
"""

import datetime
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from core.models import Institution, Period, Prefecture, User
from core.operations.documents import keep_document
from core.operations.journal import record as journal
from returns.checking.load import rules_in_force
from returns.forms.storing import storing
from returns.intake.examine import Examination
from returns.models import Finding, Return, ReturnState
from returns.operations import accept_return, explain_findings, receive, send_back, sign_return
from returns.operations.common import tell_figures
from returns.operations.receiving import CONTENT_TYPES
from returns.operations.signing import receipt_number

Progress = Callable[[int, int], None]
People = tuple[User, User, User]  # preparer, signatory, reviewing clerk
EXPLANATION = "演示说明：已逐笔核对，属季节性投放所致，按整改计划下月回落"
HOUR = datetime.timedelta(hours=1)
ENDINGS = {"workbook": "xlsx", "csv": "csv", "grid": "json", "api": "json"}


@dataclass
class RuleBook:
    """The rules in force on each day that was asked for, read once."""

    known: dict[tuple[datetime.date, bool], dict[str, Decimal]] = field(default_factory=dict)

    def on(self, day: datetime.date, institution: Institution) -> dict[str, Decimal]:
        key = day, institution.prefecture.code == Prefecture.SHENZHEN
        if key not in self.known:
            self.known[key] = rules_in_force(day, shenzhen=key[1])
        return self.known[key]


def file_name(institution: Institution, period: Period, channel: str) -> str:
    return f"{institution.code}-{period.code}.{ENDINGS[channel]}"


def keep_accepted(
    institution: Institution,
    period: Period,
    *,
    data: bytes,
    channel: str,
    found: Examination,
    people: People,
    at: datetime.datetime,
) -> Return:
    """Keep one examined return as filed, explained, signed and accepted, with its lines.

    The summaries are not touched: post the document, or rebuild them all.
    """
    preparer, signatory, clerk = people
    document = keep_document(
        data,
        filename=file_name(institution, period, channel),
        content_type=CONTENT_TYPES[channel],
        channel=channel,
        institution=institution,
        actor=preparer,
        now=at,
    )
    record = Return(
        institution=institution, period=period, state=ReturnState.ACCEPTED, channel=channel,
        document=document, form_version=found.form.version, line_count=found.line_count,
        key_figures=found.key_figures, prepared_by=preparer, prepared_at=at,
        signed_by=signatory, signed_at=at + 2 * HOUR,
        reviewed_by=clerk, reviewed_at=at + 24 * HOUR, accepted_at=at + 24 * HOUR,
        warning_count=found.warning_count,
    )  # fmt: skip
    record.receipt_number = receipt_number(record)
    record.save()
    _explain(record, found, at)
    storing(period.form).store(document, institution, period, found.tables)
    tell_figures(record, record.accepted_at)
    detail = {"receipt": record.receipt_number, "sha256": document.sha256}
    journal(
        actor=clerk, action="return.accepted", target=record, now=record.accepted_at, detail=detail
    )
    return record


def _explain(record: Return, found: Examination, at: datetime.datetime) -> None:
    findings = [Finding(return_record=record, **asdict(each)) for each in found.findings]
    for each in findings:
        each.value, each.expected = each.value[:100], each.expected[:200]
        each.explanation, each.explained_at = EXPLANATION, at + HOUR
        each.explained_by = record.prepared_by
    Finding.objects.bulk_create(findings)


def file_openly(
    institution: Institution,
    period: Period,
    *,
    data: bytes,
    channel: str,
    people: People,
    at: datetime.datetime,
    outcome: str,
) -> Return:
    """Take one return through the real workflow, as far as ``outcome`` says.

    ``draft`` leaves it as it was sent; ``submitted`` explains and signs; ``returned`` is sent
    back; ``accepted`` is accepted.
    """
    preparer, signatory, clerk = people
    record, _found = receive(
        actor=preparer,
        institution=institution,
        period=period,
        data=data,
        filename=file_name(institution, period, channel),
        channel=channel,
        now=at,
    )
    if outcome == "draft":
        return record
    if record.unexplained_count:
        texts = {each.pk: EXPLANATION for each in record.findings.all()}
        record = explain_findings(
            actor=preparer, record=record, explanations=texts, expected_version=None, now=at
        )
    record = sign_return(actor=signatory, record=record, expected_version=None, now=at)
    if outcome == "returned":
        return send_back(
            actor=clerk,
            record=record,
            reason="演示：请核对与上期的变动后重新报送",
            expected_version=None,
            now=at + 3 * HOUR,
        )
    if outcome == "accepted":
        return accept_return(actor=clerk, record=record, expected_version=None, now=at + 3 * HOUR)
    return record
