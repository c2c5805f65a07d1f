"""Loss-sharing schemes: who shares, how much, in which order, and what makes a scheme valid.

Source: plan 2012 (七) 合理的代偿损失责任分担机制; no province-wide ratio was found, so schemes are
data (domain facts 5.5). Amounts are 万元, shares percent, with two decimals. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.text import Text

WHOLE = Decimal(100)
NOTHING = Decimal(0)


class Party(StrEnum):
    """Who may bear a share."""

    BANK = "bank"
    GUARANTOR = "guarantor"
    REGUARANTOR = "reguarantor"
    PROVINCIAL_FUND = "provincial_fund"
    GOVERNMENT = "government"
    INSURER = "insurer"


PARTY_WORDS: Mapping[str, Text] = {
    Party.BANK: Text("银行", "Bank"),
    Party.GUARANTOR: Text("担保机构", "Guarantor"),
    Party.REGUARANTOR: Text("再担保机构", "Re-guarantor"),
    Party.PROVINCIAL_FUND: Text("省级基金", "Provincial fund"),
    Party.GOVERNMENT: Text("政府", "Government"),
    Party.INSURER: Text("保险公司", "Insurer"),
}


class Order(StrEnum):
    PRO_RATA = "pro_rata"
    FIRST_LOSS = "first_loss"


@dataclass(frozen=True, slots=True)
class Participant:
    """One who shares. ``cap`` bounds what it bears of one case, in 万元; None is no bound.

    Under first loss, ``cap`` is the participant's layer and ``share`` is not read.
    """

    party: str
    share: Decimal = NOTHING
    cap: Decimal | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How losses are shared.

    ``excess`` is the place of the participant that bears what caps leave over, the guarantor
    unless the scheme says otherwise. ``case_cap`` bounds what is shared of one case; ``fuse``
    is the compensation ratio (%) above which no one but ``excess`` bears anything.
    """

    participants: tuple[Participant, ...]
    order: Order = Order.PRO_RATA
    excess: int = 0
    case_cap: Decimal | None = None
    fuse: Decimal | None = None
    interest: bool = True  # the base is principal and interest; else principal alone


def scheme_problems(scheme: Scheme) -> dict[str, Text]:
    """What is wrong with a scheme, by field: ``participants``, ``excess_party``, ``case_cap``,
    ``fuse_rate``.
    """
    problems: dict[str, Text] = {}
    if trouble := _participants_problem(scheme):
        problems["participants"] = trouble
    elif trouble := _excess_problem(scheme):
        problems["excess_party"] = trouble
    if scheme.case_cap is not None and scheme.case_cap <= 0:
        problems["case_cap"] = Text(
            f"单案分担上限 {scheme.case_cap} 万元应大于 0；不设上限请留空。",
            f"The cap of a case, {scheme.case_cap} (10,000 yuan), must be above 0; leave it "
            "empty to set none.",
        )
    if scheme.fuse is not None and not 0 < scheme.fuse <= WHOLE:
        problems["fuse_rate"] = Text(
            f"熔断代偿率 {scheme.fuse}% 应大于 0 且不超过 100%；不设熔断请留空。",
            f"The fuse, {scheme.fuse}%, must be above 0 and at most 100%; leave it empty to set "
            "none.",
        )
    return problems


def _participants_problem(scheme: Scheme) -> Text | None:
    people = scheme.participants
    if not people:
        return Text("至少填一个分担方。", "Name at least one participant.")
    for each in people:
        words = PARTY_WORDS.get(each.party)
        if words is None:
            known = "、".join(one.zh for one in PARTY_WORDS.values())
            listed = ", ".join(one.en for one in PARTY_WORDS.values())
            return Text(
                f"没有“{each.party}”这一类分担方；可用：{known}。",
                f"There is no kind of participant “{each.party}”; use one of: {listed}.",
            )
        if not 0 <= each.share <= WHOLE:
            return Text(
                f"{words.zh}的比例 {each.share}% 应在 0 与 100 之间。",
                f"{words.en}'s share of {each.share}% must lie between 0 and 100.",
            )
        if each.cap is not None and each.cap <= 0:
            return Text(
                f"{words.zh}的单案上限 {each.cap} 万元应大于 0；不设上限请留空。",
                f"{words.en}'s cap of {each.cap} (10,000 yuan) must be above 0; leave it empty "
                "to set none.",
            )
    if scheme.order == Order.PRO_RATA:
        total = sum((each.share for each in people), NOTHING)
        if total != WHOLE:
            return Text(
                f"各方比例合计 {total}%，应为 100.00%。",
                f"The shares add up to {total}%; they must be 100.00%.",
            )
        return None
    if people[-1].cap is not None:
        return Text(
            "顺序分担的最后一方不设上限，否则超出部分无人承担。",
            "The last of a first-loss order has no cap, or nobody bears what exceeds it.",
        )
    for place, each in enumerate(people[:-1], start=1):
        if each.cap is None:
            words = PARTY_WORDS[each.party]
            return Text(
                f"顺序分担的第 {place} 方（{words.zh}）未填上限，后面各方不会承担；请填写其层额。",
                f"Participant {place} of the first-loss order ({words.en}) has no cap, so nobody "
                "after it would bear anything; fill in its layer.",
            )
    return None


def _excess_problem(scheme: Scheme) -> Text | None:
    """Who bears what exceeds is a participant; its own cap would leave part with nobody."""
    if not 0 <= scheme.excess < len(scheme.participants):
        return Text(
            "超出部分的承担方不在分担方中；请改选或增加该分担方。",
            "Whoever bears what exceeds is no participant; choose another or add it.",
        )
    bearer = scheme.participants[scheme.excess]
    if scheme.order == Order.PRO_RATA and bearer.cap is not None:
        words = PARTY_WORDS[bearer.party]
        return Text(
            f"{words.zh}承担超出部分，不能另设单案上限（{bearer.cap} 万元）。",
            f"{words.en} bears what exceeds and cannot have a cap of its own ({bearer.cap}).",
        )
    return None
