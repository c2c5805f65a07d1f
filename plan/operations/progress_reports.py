"""The way of a progress report: drafted, submitted, accepted or sent back."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError, StateConflict
from core.models.notifications import NotificationKind
from core.operations.journal import record as journal
from core.operations.notifications import notify
from core.operations.records import save_record
from core.permissions import require
from core.queries.notifications import province_staff
from core.text import Text
from plan.models import Measure, ProgressReport, ReportSection, ReportState, Unit
from plan.queries.progress_reports import PERIODS, figures_of
from plan.queries.units import people_of_unit

OPEN = (ReportState.DRAFT, ReportState.RETURNED)


@transaction.atomic
def draft_report(*, actor: Any, unit: Unit, period: str, now: datetime.datetime) -> ProgressReport:
    """Begin a report with a section a measure, from what the registries know of the unit.

    Raises PermissionRefused; StateConflict "report-exists".
    """
    require(actor, ProgressReport.EDIT, unit)
    if unit.progressreports.standing().filter(period=period).exists():
        raise StateConflict(
            "report-exists",
            Text("该单位已有这个报告期的报告。", "The unit has a report of that period."),
        )
    report = ProgressReport(unit=unit, period=period)
    report.code = f"HR-{unit.code.removeprefix('PU-')}-{period}"
    save_record(report, actor=actor, reason=_("由登记数字起草"))
    told: dict[int, list[str]] = {}
    for each in figures_of(unit, period, today=timezone.localdate(now)):
        line = f"{each['title']}：{each['value']}{each['unit']}"
        told.setdefault(each["measure"], []).append(line)
    for measure in Measure.objects.standing().filter(plan=unit.plan_id, number__in=told):
        text = "；".join(told[measure.number]) + "。"
        ReportSection(parent=report, measure=measure, text=text).save()
    return report


@transaction.atomic
def submit_report(
    *, actor: Any, report: ProgressReport, expected_version: int | None, now: datetime.datetime
) -> ProgressReport:
    """Submit a draft, or a report that was sent back, with the registries' figures of today.

    Raises PermissionRefused, EditConflict, StateConflict "report-not-open", DomainError
    "report-empty".
    """
    require(actor, ProgressReport.EDIT, report)
    _expect(report, OPEN)
    if not report.summary.strip() and not report.sections.exists():
        raise DomainError(
            "report-empty",
            Text(
                "报告是空的：请填写总体情况，或至少一项措施的进展。",
                "The report is empty: fill in the summary or the progress on one measure.",
            ),
        )
    report.figures = figures_of(report.unit, report.period, today=timezone.localdate(now))
    report.state = ReportState.SUBMITTED
    report.submitted_at, report.submitted_by = now, actor
    report.first_submitted_on = report.first_submitted_on or timezone.localdate(now)
    return _kept(report, actor, expected_version, now, "submitted", pgettext("act", "报送"))


@transaction.atomic
def accept_report(
    *,
    actor: Any,
    report: ProgressReport,
    expected_version: int | None,
    now: datetime.datetime,
    note: str = "",
) -> ProgressReport:
    """Accept what was submitted. Raises PermissionRefused, EditConflict, StateConflict."""
    require(actor, "plan.review", report)
    _expect(report, (ReportState.SUBMITTED,))
    report.state = ReportState.ACCEPTED
    return _reviewed(report, actor, expected_version, now, note, "accepted", _("接受"))


@transaction.atomic
def return_report(
    *,
    actor: Any,
    report: ProgressReport,
    expected_version: int | None,
    now: datetime.datetime,
    note: str,
) -> ProgressReport:
    """Send a report back with what is to be mended; the note is required.

    Raises PermissionRefused, EditConflict, StateConflict, DomainError "reason-required".
    """
    require(actor, "plan.review", report)
    _expect(report, (ReportState.SUBMITTED,))
    if not note.strip():
        raise DomainError(
            "reason-required",
            Text("退回时请写明需要修改的内容。", "Say what is to be mended."),
            fields={"note": Text("请填写审核说明。", "Fill in the remark.")},
        )
    report.state = ReportState.RETURNED
    return _reviewed(report, actor, expected_version, now, note, "returned", _("退回"))


def _reviewed(
    report: ProgressReport,
    actor: Any,
    expected: int | None,
    now: datetime.datetime,
    note: str,
    act: str,
    words: str,
) -> ProgressReport:
    report.reviewed_at, report.reviewed_by, report.review_note = now, actor, note.strip()
    return _kept(report, actor, expected, now, act, words)


def _expect(report: ProgressReport, states: tuple[ReportState, ...]) -> None:
    if report.voided_at is not None or report.state not in states:
        raise StateConflict(
            "report-not-open",
            Text(
                f"报告现为“{report.get_state_display()}”，不能这样办理；请刷新后再看。",
                f"The report is {report.state}; this cannot be done. Look again.",
            ),
        )


def _kept(
    report: ProgressReport,
    actor: Any,
    expected: int | None,
    now: datetime.datetime,
    act: str,
    words: str,
) -> ProgressReport:
    version = report.version if expected is None else expected
    save_record(report, actor=actor, reason=words, expected_version=version)
    journal(
        actor=actor, action=f"progress-report.{act}", target=report, now=now,
        detail={"code": report.code, "note": report.review_note if act != "submitted" else ""},
    )  # fmt: skip
    _tell(report, act, now)
    return report


TOLD = {
    "submitted": Text("已报送，请审核", "submitted; it waits for review"),
    "accepted": Text("已接受", "accepted"),
    "returned": Text("已退回，请修改后重新报送", "sent back; mend and submit again"),
}


def _tell(report: ProgressReport, act: str, now: datetime.datetime) -> None:
    """The province learns what was submitted, the unit's people what was answered."""
    submitted = act == "submitted"
    kind = NotificationKind.REPORT_SUBMITTED if submitted else NotificationKind.REPORT_ANSWERED
    year, period = report.unit.plan.year, PERIODS[report.period]
    notify(
        province_staff() if submitted else people_of_unit(report.unit),
        kind,
        Text(
            f"{report.unit}{year}年{period.zh}工作情况报告{TOLD[act].zh}",
            f"Progress report of {report.unit}, {year}, {period.en}: {TOLD[act].en}",
        ),
        url=reverse("plan:progress-reports-record", args=[report.code]),
        key=f"progress-report:{report.pk}:v{report.version}",
        now=now,
    )
