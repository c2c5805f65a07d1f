"""The life of a note, told by dated events: its state on a day, and who paid what. Pure.

Events come in the order of their days. Stages may be told in any order (what is out of order
is a finding); what cannot be, such as more principal paid than was issued, is refused.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from core.rules.splitting import split
from core.tabular import formats
from core.text import Text

STAGES = ("selected", "engaged", "rated", "filed", "registered", "issued")
PAYMENTS = ("coupon", "principal", "repaid", "compensated")
DEFAULTED, CANCELLED, ISSUED, REGISTERED = "defaulted", "cancelled", "issued", "registered"
KIND_WORDS = {
    "selected": Text("遴选入围", "Selected"),
    "engaged": Text("承销及增信签约", "Underwriter and enhancer engaged"),
    "rated": Text("评级完成", "Rated"),
    "filed": Text("报送注册", "Filed for registration"),
    "registered": Text("接受注册", "Registered"),
    "issued": Text("发行（起息）", "Issued"),
    "coupon": Text("付息", "Coupon paid"),
    "principal": Text("分期还本", "Principal paid"),
    "repaid": Text("兑付结清", "Repaid"),
    "defaulted": Text("违约", "Defaulted"),
    "compensated": Text("代偿", "Compensated"),
    "cancelled": Text("取消", "Cancelled"),
}
STATE_WORDS = {
    "coming": Text("尚未启动", "Not begun"),
    "preparing": Text("筹备", "In preparation"),
    **{each: KIND_WORDS[each] for each in STAGES[:-1]},
    "lapsed": Text("注册已失效", "Registration lapsed"),
    "outstanding": Text("存续", "Outstanding"),
    "defaulted": Text("违约", "In default"),
    "repaid": Text("已兑付", "Repaid"),
    "compensated": Text("代偿了结", "Settled by compensation"),
    "cancelled": Text("已取消", "Cancelled"),
}
STATE_TONES = {
    "coming": "plain", "preparing": "plain", "selected": "plain", "engaged": "plain",
    "rated": "plain", "filed": "info", "registered": "info", "lapsed": "warn",
    "outstanding": "good",
    "defaulted": "bad", "repaid": "plain", "compensated": "bad", "cancelled": "plain",
}  # fmt: skip
IN_PREPARATION = ("preparing", *STAGES[:-2])
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day. ``issuer`` is one issuer's key, "" for all of them."""

    kind: str
    on: datetime.date
    issuer: str = ""
    interest: Decimal = NOTHING
    principal: Decimal = NOTHING
    valid_until: datetime.date | None = None

    @property
    def amount(self) -> Decimal:
        return self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Part:
    """One issuer's part of a payment."""

    issuer: str
    interest: Decimal
    principal: Decimal

    @property
    def amount(self) -> Decimal:
        return self.interest + self.principal


class CannotBe(ValueError):
    """An event that contradicts what came before: what is wrong, and the field it is in."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message.zh)
        self.field, self.message = field, message


@dataclass(slots=True)
class Book:
    """What each issuer owes, event by event. ``issuers`` maps its key to its amount.

    A payment that names no issuer is split among those who are not in default: interest by
    what each still owes, principal so that the last payment leaves nobody a cent.
    """

    issuers: Mapping[str, Decimal]
    issued: bool = False
    cancelled: bool = False
    repaid: dict[str, Decimal] = field(default_factory=dict)
    in_default: set[str] = field(default_factory=set)

    def owed(self, issuer: str) -> Decimal:
        return self.issuers[issuer] - self.repaid.get(issuer, NOTHING)

    @property
    def outstanding(self) -> Decimal:
        """Principal that is not paid yet; nothing before the issue."""
        return sum(map(self.owed, self.issuers), NOTHING) if self.issued else NOTHING

    def tell(self, event: Event) -> list[Part]:
        """Take an event in; return the parts of a payment. Raises CannotBe."""
        self._refuse_impossible(event)
        if event.kind == ISSUED:
            self.issued = True
        elif event.kind == CANCELLED:
            self.cancelled = True
        elif event.kind == DEFAULTED:
            self.in_default.add(event.issuer)
        if event.kind not in PAYMENTS:
            return []
        parts = self._parts(event)
        for part in parts:
            self.repaid[part.issuer] = self.repaid.get(part.issuer, NOTHING) + part.principal
        self.in_default.discard(event.issuer)
        if event.kind == "repaid" and self.outstanding:
            raise CannotBe("principal", _left_over(event, self.outstanding))
        return parts

    def _refuse_impossible(self, event: Event) -> None:
        if event.issuer and event.issuer not in self.issuers:
            raise CannotBe("issuer", _no_issuer(event.issuer, self.issuers))
        if self.cancelled:
            raise CannotBe("kind", _after(event, "已取消", "was cancelled"))
        if event.kind == CANCELLED and self.issued:
            raise CannotBe("kind", _after(event, "已发行", "was issued"))
        if event.kind in (*PAYMENTS, DEFAULTED) and not self.issued:
            raise CannotBe("happened_on", _too_early(event))
        if event.kind in PAYMENTS and not self.issuers:
            raise CannotBe("kind", NO_ISSUERS)

    def _parts(self, event: Event) -> list[Part]:
        who = [event.issuer] if event.issuer else self._payers()
        owed = [self.owed(each) for each in who]
        if event.principal > sum(owed):
            raise CannotBe("principal", _too_much(event, sum(owed, NOTHING)))
        shares = owed if any(owed) else [self.issuers[each] for each in who]
        interest = split(event.interest, shares)
        before = [self.repaid.get(each, NOTHING) for each in who]
        after = split(
            sum(before, NOTHING) + event.principal, [self.issuers[each] for each in who], before
        )
        return [
            Part(each, paid, now - was)
            for each, paid, now, was in zip(who, interest, after, before, strict=True)
        ]

    def _payers(self) -> list[str]:
        """Those not in default; all of them where that leaves nobody."""
        sound = [each for each in self.issuers if each not in self.in_default]
        return sound or list(self.issuers)


NO_ISSUERS = Text(
    "本期还没有登记发行人，请先补登。", "The note has no issuers yet; add them first."
)


def _no_issuer(named: str, issuers: Iterable[str]) -> Text:
    known = "、".join(issuers)
    return Text(
        f"“{named}”不是本期发行人，请填企业编号或名称：{known}。",
        f"“{named}” is no issuer of the note; give one of {known}.",
    )


def _after(event: Event, zh: str, en: str) -> Text:
    words = KIND_WORDS[event.kind]
    return Text(
        f"本期{zh}，不能再登记“{words.zh}”（{event.on}）；如属误登，请先作废原事项。",
        f"The note {en}: “{words.en}” of {event.on} cannot follow; void the event that is wrong.",
    )


def _too_early(event: Event) -> Text:
    words = KIND_WORDS[event.kind]
    return Text(
        f"{event.on} 尚未发行，不能登记“{words.zh}”；请核对日期，或先登记发行。",
        f"The note was not issued by {event.on}, so “{words.en}” cannot be; check the day or "
        "record the issue first.",
    )


def _too_much(event: Event, owed: Decimal) -> Text:
    paid, left = formats.money(event.principal), formats.money(owed)
    return Text(
        f"{event.on} 本金 {paid} 万元，超过尚未偿还的 {left} 万元；请核对金额与日期。",
        f"Principal of {paid} on {event.on} is more than is owed, {left} (10,000 yuan); check "
        "amount and day.",
    )


def _left_over(event: Event, left: Decimal) -> Text:
    rest = formats.money(left)
    return Text(
        f"{event.on} 兑付结清后仍有 {rest} 万元本金未还；请补填本金，或改登“分期还本”。",
        f"{rest} (10,000 yuan) of principal is left after the repayment of {event.on}; mend the "
        "principal, or record a payment of principal.",
    )


def state_on(events: Sequence[Event], day: datetime.date, amount: Decimal) -> str:
    """The state of a note on a day: a key of STATE_WORDS."""
    past = [each for each in events if each.on <= day]
    if any(each.kind == ISSUED for each in past):
        return _issued_state(past, amount)
    if any(each.kind == CANCELLED for each in past):
        return CANCELLED
    stages = [each for each in past if each.kind in STAGES]
    if not stages:
        return "preparing"
    last = stages[-1]
    ended = last.kind == REGISTERED and last.valid_until is not None and last.valid_until < day
    return "lapsed" if ended else last.kind


def _issued_state(past: Sequence[Event], amount: Decimal) -> str:
    paid = sum((each.principal for each in past if each.kind in PAYMENTS), NOTHING)
    if amount and paid >= amount:
        compensated = any(each.kind == "compensated" for each in past)
        return "compensated" if compensated else "repaid"
    open_defaults: set[str] = set()
    for each in past:
        if each.kind == DEFAULTED:
            open_defaults.add(each.issuer)
        elif each.kind in PAYMENTS:
            open_defaults.discard(each.issuer)
    return DEFAULTED if open_defaults else "outstanding"


@dataclass(frozen=True, slots=True)
class Disorder:
    """Two events whose days are the wrong way round, or a stage that is missing."""

    code: str
    message: Text


def disorders(events: Sequence[Event]) -> list[Disorder]:
    """Stages out of order (each against the next one told), and an issue never registered."""
    first: dict[str, datetime.date] = {}
    for each in events:
        if each.kind in STAGES:
            first.setdefault(each.kind, each.on)
    told = [stage for stage in STAGES if stage in first]
    found = [
        Disorder("note.out-of-order", _out_of_order(early, first[early], late, first[late]))
        for early, late in pairwise(told)
        if first[late] < first[early]
    ]
    if ISSUED in first and REGISTERED not in first:
        found.append(Disorder("note.never-registered", NEVER_REGISTERED))
    return found


NEVER_REGISTERED = Text(
    "已发行，但未登记接受注册的日期和通知书；请补登。",
    "The note was issued, but no registration is recorded; add it.",
)


def _out_of_order(early: str, early_on: datetime.date, late: str, late_on: datetime.date) -> Text:
    before, after = KIND_WORDS[early], KIND_WORDS[late]
    return Text(
        f"“{after.zh}”（{late_on}）早于“{before.zh}”（{early_on}），请核对日期。",
        f"“{after.en}” ({late_on}) is before “{before.en}” ({early_on}); check the days.",
    )
