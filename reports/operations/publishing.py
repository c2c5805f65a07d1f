"""Publishing: a report's figures, what was known, and its PDF, kept as they were."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.errors import StateConflict
from core.models.documents import Channel
from core.operations.documents import keep_document
from core.operations.journal import record
from core.permissions import require
from core.tabular import formats
from core.text import Text
from reports.models import PublishedReport
from reports.plain import fingerprint
from reports.registry import Computed, compute
from reports.rendering import render

LANGUAGE = "zh-hans"  # the official text is Chinese, whoever publishes


def publish(
    *, code: str, asked: Mapping[str, Any], actor: Any, now: datetime.datetime, note: str = ""
) -> PublishedReport:
    """Compute a report with what is known at ``now`` and keep it for good.

    ``asked`` are the report's parameters as in its address. Raises PermissionRefused,
    DomainError "invalid-parameters", what the report's ``ready`` says, or StateConflict when two
    people publish at once.
    """
    require(actor, "report.publish")
    today = timezone.localdate(now)
    computed = compute(code, asked, user=actor, today=today, known_at=now)
    if computed.report.ready is not None:
        computed.report.ready(computed.result)
    file = render(computed, "pdf", LANGUAGE, now=now)
    with transaction.atomic():
        document = keep_document(
            file.data,
            filename=file.name,
            content_type=file.content_type,
            channel=Channel.REGISTRY,
            institution=None,
            actor=actor,
            now=now,
        )
        published = PublishedReport(
            report=code,
            number=_number(computed),
            title=f"{computed.content.title.zh}（截至{formats.day(computed.as_of)}）",
            parameters=dict(computed.asked),
            as_of=computed.as_of,
            known_at=now,
            figures=computed.figures,
            figures_sha256=fingerprint(computed.figures),
            pdf=document,
            published_at=now,
            published_by=actor,
            note=note.strip()[:300],
        )
        published.save(force_insert=True)
        record(
            actor=actor,
            action="report.published",
            target=published,
            now=now,
            detail={
                "report": code,
                "number": published.number,
                "as_of": published.as_of,
                "figures_sha256": published.figures_sha256,
                "pdf_sha256": document.sha256,
            },
        )
    return published


def _number(computed: Computed) -> str:
    """The next number of this report and date: ``coverage-20120630-01``."""
    code, as_of = computed.report.code, computed.as_of
    same = PublishedReport.objects.filter(report=code, as_of=as_of)
    number = f"{code}-{as_of:%Y%m%d}-{same.count() + 1:02d}"
    if PublishedReport.objects.filter(number=number).exists():
        raise StateConflict(
            "published-at-once",
            Text(
                f"编号 {number} 刚被使用；请刷新后重新发布。",
                f"Number {number} was just taken; reload and publish again.",
            ),
        )
    return number
