"""Explaining warnings."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.operations.journal import record as journal
from core.text import Text
from returns.models import Finding, Return
from returns.operations.common import ask, bump, locked
from returns.operations.receiving import unexplained
from returns.rules import Act

MIN_LENGTH = 4


@transaction.atomic
def explain_findings(
    *,
    actor: Any,
    record: Return,
    explanations: Mapping[int, str],
    expected_version: int | None,
    now: datetime.datetime,
) -> Return:
    """Set the explanations of findings by id; an empty text takes one back.

    Raises DomainError for a finding of another return, an error (which is mended, not
    explained), or a text too short to say anything.
    """
    fresh = locked(record, expected_version=expected_version)
    ask(Act.EXPLAIN, fresh, actor=actor, now=now)
    findings = {each.pk: each for each in fresh.findings.all()}
    problems = {
        str(key): problem
        for key, text in explanations.items()
        if (problem := _problem(findings.get(key), text.strip()))
    }
    if problems:
        raise DomainError(
            "bad-explanation",
            Text("有说明未能保存，请按提示修改。", "Some explanations were not saved; see each."),
            fields=problems,
        )
    changed = []
    for key, text in explanations.items():
        finding = findings[key]
        if finding.explanation != text.strip():
            finding.explanation = text.strip()
            finding.explained_by = actor if text.strip() else None
            finding.explained_at = now if text.strip() else None
            changed.append(finding)
    Finding.objects.bulk_update(changed, ["explanation", "explained_by", "explained_at"])
    fresh.unexplained_count = unexplained(list(findings.values()))
    bump(fresh)
    if changed:
        detail = {"findings": [each.check_code + " " + each.cell for each in changed][:50]}
        journal(actor=actor, action="return.explained", target=fresh, now=now, detail=detail)
    return fresh


def _problem(finding: Finding | None, text: str) -> Text | None:
    if finding is None:
        return Text("没有这条审核意见", "no such finding of this return")
    if finding.severity == "error" and text:
        return Text("错误须更正，不能以说明代替", "an error must be mended, not explained")
    if text and len(text) < MIN_LENGTH:
        return Text("说明过短，请写明原因", "too short: say what the reason is")
    return None
