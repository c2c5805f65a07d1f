"""Whether what a prefecture decided rests on a delegation in force, and was filed in time.

Source: plan 2012 (七) 试点下放审批权限; the flow is domain facts 3.3. Findings stop nothing.
Pure: approvals, delegations and the calendar arrive as arguments.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.rules.calendar import working_days_after
from core.rules.remarks import Remark
from core.text import Text

MATTERS: Mapping[str, Text] = {
    "establishment": Text("设立", "establishment"),
    "capital": Text("增资", "capital increase"),
    "shares": Text("股权变更", "share transfer"),
    "managers": Text("高管", "officers"),
    "relocation": Text("迁址", "relocation"),
    "scope": Text("业务范围", "business scope"),
    "branch": Text("分支机构", "branches"),
}
# Which kind of dated fact decides which matter.
MATTER_OF_FACT: Mapping[str, str] = {
    "opening_approved": "establishment",
    "capital_changed": "capital",
    "shareholding_changed": "shares",
    "manager_changed": "managers",
    "relocated": "relocation",
    "scope_changed": "scope",
    "branch_opened": "branch",
}


@dataclass(frozen=True, slots=True)
class Power:
    """A delegation as far as it is judged."""

    id: int
    number: str
    prefecture: str
    matters: tuple[str, ...]
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    capital_ceiling: Decimal | None = None
    needs_filing: bool = True
    filing_days: int = 10

    def in_force(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Decision:
    """An approval as far as it is judged. ``delegation`` is the id of the one it names."""

    kind: str
    on: datetime.date
    level: str
    prefecture: str
    capital: Decimal | None = None
    delegation: int | None = None
    filed_on: datetime.date | None = None


def delegation_remarks(
    decision: Decision,
    powers: Sequence[Power],
    *,
    as_of: datetime.date,
    calendar: Mapping[datetime.date, bool],
) -> list[Remark]:
    """Return what is wrong with the authority of a decision; nothing for the province's own.

    A decision that names no delegation is judged by any of its prefecture that would serve.
    """
    matter = MATTER_OF_FACT.get(decision.kind)
    if matter is None or decision.level != "prefecture" or decision.on > as_of:
        return []
    named = next((each for each in powers if each.id == decision.delegation), None)
    serving = named or _serving(decision, matter, powers)
    if serving is None:
        return [_none(decision, matter)]
    return [*_fit(decision, matter, serving), *_filing(decision, serving, as_of, calendar)]


def _serving(decision: Decision, matter: str, powers: Sequence[Power]) -> Power | None:
    fitting = [
        each
        for each in powers
        if each.prefecture == decision.prefecture
        and matter in each.matters
        and each.in_force(decision.on)
    ]
    return fitting[0] if fitting else None


def _none(decision: Decision, matter: str) -> Remark:
    word = MATTERS[matter]
    return Remark(
        "delegation.none",
        Text(
            f"{decision.on} 由市级决定的{word.zh}没有当日有效的下放权限；"
            "请核对决定层级，或登记省的下放文件。",
            f"The {word.en} of {decision.on} was decided by the prefecture without a delegation "
            "in force; check the deciding level, or record the province's document.",
        ),
    )


def _fit(decision: Decision, matter: str, power: Power) -> Iterable[Remark]:
    word = MATTERS[matter]
    if power.prefecture != decision.prefecture:
        yield Remark(
            "delegation.other-prefecture",
            Text(
                f"所依的 {power.number} 不是下放给该市的；请改选。",
                f"{power.number} is not a delegation to this prefecture; choose another.",
            ),
            power.number,
        )
    if matter not in power.matters:
        listed = "、".join(MATTERS[each].zh for each in power.matters)
        yield Remark(
            "delegation.other-matter",
            Text(
                f"{power.number} 未下放“{word.zh}”（下放的是：{listed}）。",
                f"{power.number} does not delegate {word.en}.",
            ),
            power.number,
        )
    if not power.in_force(decision.on):
        until = power.valid_to or "—"
        yield Remark(
            "delegation.not-in-force",
            Text(
                f"{decision.on} 的决定不在 {power.number} 的有效期内"
                f"（{power.valid_from} 至 {until}）。",
                f"The decision of {decision.on} lies outside {power.number} "
                f"({power.valid_from} to {until}).",
            ),
            power.number,
        )
    ceiling = power.capital_ceiling
    if ceiling is not None and decision.capital is not None and decision.capital > ceiling:
        yield Remark(
            "delegation.over-ceiling",
            Text(
                f"注册资本 {decision.capital} 万元超过 {power.number} 的上限 {ceiling} 万元，"
                "应由省决定。",
                f"Capital of {decision.capital} (10,000 yuan) is above the ceiling of "
                f"{power.number}, {ceiling}; the province should decide.",
            ),
            power.number,
        )


def _filing(
    decision: Decision,
    power: Power,
    as_of: datetime.date,
    calendar: Mapping[datetime.date, bool],
) -> Iterable[Remark]:
    if not power.needs_filing:
        return
    due = working_days_after(decision.on, power.filing_days, calendar)
    if decision.filed_on is None or decision.filed_on > as_of:
        if as_of > due:
            yield Remark(
                "delegation.not-filed",
                Text(
                    f"{decision.on} 的决定应在 {due} 前报省备案，尚未备案；请补报。",
                    f"The decision of {decision.on} had to be filed with the province by {due} "
                    "and is not; file it.",
                ),
                power.number,
            )
    elif decision.filed_on > due:
        yield Remark(
            "delegation.filed-late",
            Text(
                f"{decision.on} 的决定 {decision.filed_on} 才报省备案，晚于期限 {due}。",
                f"The decision of {decision.on} was filed on {decision.filed_on}, after {due}.",
            ),
            power.number,
        )
