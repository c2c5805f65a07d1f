"""Dated rules as limits, and how near is near, on a day."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.models import RuleParameter
from core.queries.rules import RulesOnDay, rule_versions, rules_on
from core.rules.limits import Limit
from core.rules.remarks import scopes_of
from core.text import Text

NEAR = "limits.near"
NEAR_UNLESS_SET = Decimal(10)


def near_of(rules: RulesOnDay) -> Decimal:
    """The share of a limit (%) below which its room counts as near."""
    rule = rules.get(NEAR)
    return rule.value if rule else NEAR_UNLESS_SET


def near_share(day: datetime.date) -> Decimal:
    """``near_of`` of a day's rules. One query."""
    return near_of(rules_on(day))


def limits_of(rules: RulesOnDay, codes: Iterable[str]) -> Mapping[str, Limit]:
    """Dated rules as limits; those without a value on the day are left out."""
    found = {code: rules.get(code) for code in codes}
    return {code: limit_from(rule) for code, rule in found.items() if rule is not None}


def limit_from(rule: RuleParameter) -> Limit:
    """One value of a dated rule as a limit."""
    return Limit(
        rule.code,
        Text(rule.title, rule.title_en),
        rule.value,
        rule.unit,
        rule.comparator,
        rule.source,
        rule.article,
        rule.scope,
        rule.certainty != "L",
    )


class LimitsByDay:
    """Limits of a prefix on any day, for what is judged by the rules of its own day. One query."""

    def __init__(self, prefix: str) -> None:
        self._versions = rule_versions(prefix)

    def on(self, day: datetime.date, *, prefecture: str = "") -> dict[str, Limit]:
        """The limits in force on ``day`` where ``prefecture`` is, the narrowest scope first."""
        found = {}
        for code, versions in self._versions.items():
            in_force = {
                each.scope: each
                for each in versions
                if each.valid_from <= day and (each.valid_to is None or day <= each.valid_to)
            }
            for scope in scopes_of(prefecture):
                if scope in in_force:
                    found[code] = limit_from(in_force[scope])
                    break
        return found
