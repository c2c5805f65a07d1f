"""The way of a consolidated report: drafted from what is known, edited, approved."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.errors import StateConflict
from core.operations.journal import record as journal
from core.operations.records import save_record
from core.permissions import require
from core.text import Text
from plan.models import ConsolidatedReport, Plan
from plan.queries.consolidated_reports import (
    figures_for,
    plain_values,
    versions_of,
)
from plan.queries.first_draft import RECIPIENTS, first_draft, title_of


@transaction.atomic
def draft_consolidated(
    *, actor: Any, plan: Plan, period: str, now: datetime.datetime
) -> ConsolidatedReport:
    """Write the first text, by measure, from accepted reports and computed figures.

    What is missing is named in it. Raises PermissionRefused; StateConflict "report-exists".
    """
    require(actor, ConsolidatedReport.EDIT)
    if plan.consolidated_reports.standing().filter(period=period).exists():
        raise StateConflict(
            "report-exists",
            Text(
                "该报告期已有汇总报告，请修改原报告。",
                "There is a consolidated report of that period; edit it.",
            ),
        )
    figures = figures_for(plan, period, today=timezone.localdate(now))
    with override("zh-hans"):  # the letter is Chinese, whatever its drafter reads the pages in
        text = "\n".join(first_draft(plan, period, figures))
    report = ConsolidatedReport(
        plan=plan,
        period=period,
        title=title_of(plan, period),
        recipients=RECIPIENTS,
        signatory=plan.lead.name if plan.lead else "",
        text=text,
    )
    earlier = ConsolidatedReport.objects.filter(plan=plan, period=period).count()
    report.code = f"WR-{plan.year}-{period}" + (f"-{earlier + 1}" if earlier else "")
    return save_record(report, actor=actor, reason=_("由登记和已接受的报告起草"))


@transaction.atomic
def approve_consolidated(
    *,
    actor: Any,
    report: ConsolidatedReport,
    expected_version: int | None,
    now: datetime.datetime,
    note: str = "",
) -> ConsolidatedReport:
    """Approve the text that stands, with the figures that it now tells.

    Whoever wrote the text last does not approve it. Raises PermissionRefused, EditConflict,
    StateConflict "already-approved" or "own-text".
    """
    require(actor, "plan.approve", report)
    if report.voided_at is not None or report.approved:
        raise StateConflict(
            "already-approved",
            Text(
                "这一版已批准或已作废，无需再批准。",
                "This version is approved already, or void.",
            ),
        )
    writer = versions_of(report.code).values_list("history_user", flat=True).first()
    if writer == actor.pk:
        raise StateConflict(
            "own-text",
            Text(
                "最后一版正文由您修改，请由他人批准。",
                "You wrote the last version; somebody else has to approve it.",
            ),
        )
    figures = figures_for(report.plan, report.period, today=timezone.localdate(now))
    report.approved_figures = plain_values(figures.named_in(report.text))
    report.approved_at, report.approved_by = now, actor
    report.signed_on = report.signed_on or timezone.localdate(now)
    report.approved_version = report.version + 1
    version = report.version if expected_version is None else expected_version
    save_record(report, actor=actor, reason=note or _("批准"), expected_version=version)
    journal(
        actor=actor, action="consolidated-report.approved", target=report, now=now,
        detail={"code": report.code, "version": report.version, "note": note},
    )  # fmt: skip
    return report
