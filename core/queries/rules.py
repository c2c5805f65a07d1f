"""Dated rules in force on a day."""

import datetime
from collections.abc import Mapping

from core.models import RuleParameter
from core.models.rules import RuleScope, in_force
from core.rules.remarks import Rule

SHENZHEN = "440300"


class RulesOnDay:
    """All rules in force on a day, read by one query; for many look-ups of the same day.

    With ``known_at`` their values are those of that moment, or today's where the rules were
    loaded later.
    """

    def __init__(self, day: datetime.date, known_at: datetime.datetime | None = None) -> None:
        self.day = day
        rules: list[RuleParameter] = []
        if known_at is not None:
            rules = list(RuleParameter.history.as_of(known_at).filter(in_force(day)))
        if not rules:
            rules = list(RuleParameter.objects.in_force(day))
        self._rules: dict[tuple[str, str], RuleParameter] = {
            (rule.code, rule.scope): rule for rule in rules
        }

    def get(self, code: str, *, prefecture_code: str = "") -> RuleParameter | None:
        """The rule for a place: Shenzhen's own value first, then province, then nation."""
        order = [RuleScope.PROVINCE, RuleScope.NATION]
        if prefecture_code == SHENZHEN:
            order.insert(0, RuleScope.SHENZHEN)
        for scope in order:
            if rule := self._rules.get((code, scope)):
                return rule
        return None


def rules_on(day: datetime.date, *, known_at: datetime.datetime | None = None) -> RulesOnDay:
    """Return the rules in force on ``day``, as known now or at a moment. One query."""
    return RulesOnDay(day, known_at)


def rule_value(code: str, *, on: datetime.date, scope: str = "") -> RuleParameter | None:
    """Return one rule in force on a day, in ``scope`` or by the usual order; None if none."""
    if scope:
        return RuleParameter.objects.in_force(on).filter(code=code, scope=scope).first()
    return rules_on(on).get(code)


def rule_versions(prefix: str) -> Mapping[str, list[RuleParameter]]:
    """All values ever of the rules whose code begins with ``prefix``, oldest first. One query."""
    found: dict[str, list[RuleParameter]] = {}
    rows = RuleParameter.objects.filter(code__startswith=prefix)
    for rule in rows.order_by("code", "valid_from"):
        found.setdefault(rule.code, []).append(rule)
    return found


def remark_rules(prefix: str) -> dict[str, list[Rule]]:
    """The rules whose code begins with ``prefix``, as remarks are judged by them. One query."""
    return {
        code: [
            Rule(
                each.value,
                each.source,
                each.certainty != "L",
                each.valid_from,
                each.valid_to,
                each.scope,
            )
            for each in versions
        ]
        for code, versions in rule_versions(prefix).items()
    }
