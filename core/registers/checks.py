"""What several fields of a supervision entry together get wrong; each stops the save."""

from typing import Any

from core.models.supervision import PenaltyMeasure
from core.registers.declaration import Problems
from core.text import Text

NEEDS_BOTH = Text(
    "提前终止日期与终止原因须同时填写。", "Give both the day and the reason of the early end."
)


def delegation(entry: Any) -> Problems:
    problems: dict[str, Text] = {}
    if entry.prefecture is None:
        problems["prefecture"] = Text(
            "请选择接受下放的地市。", "Choose the prefecture that may decide."
        )
    if entry.capital_ceiling is not None and entry.capital_ceiling <= 0:
        problems["capital_ceiling"] = Text(
            f"上限 {entry.capital_ceiling} 万元应大于零；没有上限的不填。",
            f"The ceiling of {entry.capital_ceiling} must be above zero; leave it empty for none.",
        )
    if entry.needs_filing and not entry.filing_days:
        problems["filing_days"] = Text(
            "须报省备案的，备案时限至少 1 个工作日。", "Filing takes at least one working day."
        )
    return problems


def licence(entry: Any) -> Problems:
    problems: dict[str, Text] = {}
    if bool(entry.ended_on) != bool(entry.end_reason):
        problems["end_reason" if entry.ended_on else "ended_on"] = NEEDS_BOTH
    elif entry.ended_on and entry.ended_on < entry.issued_on:
        problems["ended_on"] = Text(
            f"终止日期 {entry.ended_on} 早于发证日期 {entry.issued_on}。",
            f"Ended on {entry.ended_on}, before it was issued on {entry.issued_on}.",
        )
    return problems


def penalty(entry: Any) -> Problems:
    problems: dict[str, Text] = {}
    fined = entry.measure == PenaltyMeasure.FINE
    if fined and not (entry.amount and entry.amount > 0):
        problems["amount"] = Text("罚款须填大于零的金额。", "A fine has an amount above zero.")
    elif not fined and entry.amount is not None:
        problems["amount"] = Text(
            "只有罚款填金额，请清空；罚款另登记一条。",
            "Only a fine has an amount; clear it, and record the fine as an entry of its own.",
        )
    if entry.carried_out_on and entry.carried_out_on < entry.decided_on:
        problems["carried_out_on"] = Text(
            f"执行日期 {entry.carried_out_on} 早于决定日期 {entry.decided_on}。",
            f"Carried out on {entry.carried_out_on}, before the decision of {entry.decided_on}.",
        )
    return problems
