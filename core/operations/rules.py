"""Editing dated rules and the territory's dated marks."""

import datetime

from django.db import transaction

from core.errors import DomainError
from core.models import County, RuleParameter, User
from core.operations import journal
from core.operations.records import save_record
from core.permissions import require
from core.text import Text


def save_rule(
    rule: RuleParameter,
    *,
    actor: User,
    now: datetime.datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> RuleParameter:
    """Create or change a rule parameter. Two values of one rule never run at the same time."""
    require(actor, "rule.edit")
    with transaction.atomic():
        others = RuleParameter.objects.filter(code=rule.code, scope=rule.scope)
        for other in others.exclude(pk=rule.pk):
            starts_before_end = rule.valid_to is None or other.valid_from <= rule.valid_to
            ends_after_start = other.valid_to is None or other.valid_to >= rule.valid_from
            if starts_before_end and ends_after_start:
                message = Text(
                    f"与 {other.valid_from} 至 {other.valid_to or '今'} 的同一规则重叠；"
                    "请先为旧值填写失效日期。",
                    f"Overlaps the same rule from {other.valid_from} to "
                    f"{other.valid_to or 'now'}; end the old value first.",
                )
                raise DomainError("rule-overlaps", message, fields={"valid_from": message})
        save_record(rule, actor=actor, reason=reason, expected_version=expected_version)
        journal.record(
            actor=actor,
            action="rule.save",
            target=rule,
            now=now,
            detail={"code": rule.code, "scope": rule.scope, "value": rule.value},
        )
    return rule


def save_county(county: County, *, actor: User, expected_version: int, reason: str = "") -> County:
    """Change a county's validity, successor or underdeveloped dates, with history."""
    require(actor, "territory.edit")
    fields = {}
    for start, end in (("valid_from", "valid_to"), ("underdeveloped_from", "underdeveloped_to")):
        first, last = getattr(county, start), getattr(county, end)
        if first and last and last < first:
            fields[end] = Text(f"早于起始日期 {first}。", f"Before its start, {first}.")
    if fields:
        raise DomainError(
            "invalid-record",
            Text("日期先后不对，请按提示修改。", "Dates run backwards; mend them as told."),
            fields=fields,
        )
    return save_record(county, actor=actor, expected_version=expected_version, reason=reason)
