"""What is odd about a record, and the dated rules by which it is judged. Pure.

A remark cites its rule and never stops a save.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.text import Text

PROVINCIAL = Text("本省参数（可配置）", "Set by the province (configurable)")  # where no law rules


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated rule's value and its source; ``law`` is False for configurable parameters."""

    value: Decimal
    source: str
    law: bool = True
    valid_from: datetime.date = datetime.date.min
    valid_to: datetime.date | None = None
    scope: str = "nation"

    @property
    def cited(self) -> str | Text:
        """The source as it is shown: what is configurable is never shown as law."""
        return self.source if self.law else PROVINCIAL


Rules = Mapping[str, Sequence[Rule]]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd: a stable code, what is odd with its cure, and the rule it is judged by."""

    code: str
    message: Text
    rule: str | Text = ""


def rule_on(
    rules: Sequence[Rule], day: datetime.date, *, scopes: Sequence[str] = ()
) -> Rule | None:
    """The value of a rule in force on ``day``; None where it had none.

    ``scopes`` are those that apply, the narrowest first (``shenzhen, province, nation``);
    without them any scope serves.
    """
    in_force = [
        rule
        for rule in rules
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
    ]
    for scope in scopes:
        for rule in in_force:
            if rule.scope == scope:
                return rule
    return in_force[0] if in_force and not scopes else None


def scopes_of(prefecture: str) -> tuple[str, ...]:
    """The scopes that apply in a prefecture, the narrowest first."""
    if prefecture == "440300":
        return ("shenzhen", "nation")
    return ("province", "nation")
