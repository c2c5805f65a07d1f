"""Findings as JSON, in words and with their place."""

from typing import Any

from api.acts import fields_schema
from api.declaration import said
from returns.checking.check import SEVERITY_LABELS, TIER_LABELS
from returns.checking.words import describe
from returns.forms.declaration import Form
from returns.models import Finding

TEXTS = (
    "code", "severity", "severity_label", "tier_label", "table", "column", "cell", "key",
    "value", "expected", "place", "title", "message", "cure", "source", "explanation",
)  # fmt: skip
FINDING = fields_schema(
    ("id", *TEXTS, "tier", "row", "more", "explained_at"),
    id="integer",
    tier="integer",
    row={"type": ["integer", "null"]},
    more={"type": "integer", "description": "How many equal findings are not listed."},
    explained_at={"type": ["string", "null"], "format": "date-time"},
    **dict.fromkeys(TEXTS, "string"),
)


def finding_json(finding: Finding, form: Form) -> dict[str, Any]:
    """A finding with its place, value, rule and cure, in the caller's language."""
    words = describe(finding, form)
    return {
        "id": finding.pk,
        "code": finding.check_code,
        "severity": finding.severity,
        "severity_label": said(SEVERITY_LABELS[finding.severity]),
        "tier": finding.tier,
        "tier_label": said(TIER_LABELS[finding.tier]),
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "cell": finding.cell,
        "key": finding.key,
        "value": finding.value,
        "expected": finding.expected,
        "place": said(words.place),
        "title": said(words.title),
        "message": said(words.message),
        "cure": said(words.cure),
        "source": said(words.source),
        "more": finding.more,
        "explanation": finding.explanation,
        "explained_at": finding.explained_at,
    }
