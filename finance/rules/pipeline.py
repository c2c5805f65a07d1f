"""A village bank on its way: how far it has come, what holds it up, what comes next.

Source: domain facts 2.3 (life) and 2.2 (blocking reasons).
"""

import datetime
from dataclasses import dataclass

from core.text import Text
from finance.rules.presence import EXITED, GIVEN_UP, OPENED, BankFact, BankLife

# The way to opening, in order: fact → (name of the state reached, next step).
WAY: dict[str, tuple[Text, Text]] = {
    "intention": (
        Text("意向/酝酿", "Intention"),
        Text("落实主发起行并列入设立计划", "Settle the main sponsor; enter the plan"),
    ),
    "plan_approved": (
        Text("规划获批", "Plan approved"),
        Text("提交筹建申请", "Apply for preparation"),
    ),
    "preparation_accepted": (
        Text("筹建申请受理", "Preparation under review"),
        Text("取得筹建批复", "Obtain approval to prepare"),
    ),
    "preparation_approved": (
        Text("批准筹建", "Approved to prepare"),
        Text("完成筹建，提交开业申请", "Finish preparation; apply to open"),
    ),
    "opening_accepted": (
        Text("开业申请受理", "Opening under review"),
        Text("取得开业批复", "Obtain approval to open"),
    ),
    "opening_approved": (
        Text("批准开业", "Approved to open"),
        Text("领取金融许可证和营业执照", "Take out licence and registration"),
    ),
    "licence_granted": (
        Text("取得金融许可证", "Licensed"),
        Text("办理工商登记", "Register the business"),
    ),
    "registered": (Text("工商登记", "Registered"), Text("正式开业", "Open for business")),
}
RANK = {kind: place for place, kind in enumerate(WAY, start=1)}
BLOCKING = {
    "no_sponsor": Text("无主发起行意向", "No main sponsor"),
    "linkage": Text("挂钩未落实", "Linkage not settled"),
    "quota": Text("指标未批", "Quota not granted"),
    "shareholders": Text("股东资格", "Shareholders' qualification"),
    "in_preparation": Text("筹建中", "In preparation"),
    "other": Text("其他", "Other"),
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Where a bank that is not open stands; ``blocked`` is a blocking reason or ""."""

    bank: int
    prefecture: str
    state: str
    since: datetime.date
    blocked: str
    facts: tuple[int, ...]

    @property
    def rank(self) -> int:
        """How far along the way: the higher, the nearer to opening."""
        return RANK[self.state]


def pipeline_of(bank: BankLife, *, as_of: datetime.date) -> Pipeline | None:
    """Return how far ``bank`` has come by ``as_of``; None if not begun, open or given up."""
    reached: BankFact | None = None
    block: BankFact | None = None
    prefecture = bank.prefecture
    for fact in bank.facts:
        if fact.happened_on > as_of:
            break
        if fact.kind == OPENED:
            return None
        if fact.kind in (EXITED, "abandoned"):
            reached = block = None
        elif fact.kind in GIVEN_UP and reached:
            reached = _fallen_back(bank, fact)
        elif fact.kind in WAY and (not reached or RANK[fact.kind] >= RANK[reached.kind]):
            reached, prefecture = fact, fact.prefecture or prefecture
        elif fact.kind in ("blocked", "unblocked"):
            block = fact if fact.kind == "blocked" else None
    if reached is None:
        return None
    facts = (reached.id, *([block.id] if block else []))
    return Pipeline(
        bank=bank.id,
        prefecture=prefecture,
        state=reached.kind,
        since=reached.happened_on,
        blocked=block.reason if block else "",
        facts=facts,
    )


def _fallen_back(bank: BankLife, lapse: BankFact) -> BankFact | None:
    """A lapsed preparation falls back to the last state before it: the plan or the intention."""
    earlier = [
        fact
        for fact in bank.facts
        if fact.kind in ("intention", "plan_approved") and fact.happened_on <= lapse.happened_on
    ]
    return max(earlier, key=lambda fact: RANK[fact.kind], default=None)
