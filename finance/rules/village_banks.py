"""A village bank's stage on a day, and what is odd about its life.

Sources: 银监发〔2007〕5号, 银监发〔2006〕90号, 银监发〔2012〕27号 (as dated rules); life: domain
facts 2.3. Findings cite their rule and never stop a save. Pure: facts, rules and the day
arrive as arguments.
"""

import datetime
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from core.rules.remarks import Remark, Rule, rule_on
from core.text import Text
from finance.rules.pipeline import RANK, WAY

STAGES: dict[str, Text] = {
    "none": Text("未登记事项", "Nothing recorded"),
    **{kind: words[0] for kind, words in WAY.items()},
    "opened": Text("开业", "Open"),
    "suspended": Text("停业", "Suspended"),
    "abandoned": Text("意向终止", "Given up"),
    "exited": Text("退出", "Exited"),
}
KEPT_BY_LAPSE = ("intention", "plan_approved")
STANDING = ("opened", "exited", "suspended", "resumed")
_NAME = re.compile(r"村镇银行(股份有限公司|有限责任公司|有限公司)$")


class FactLike(Protocol):
    """What is read of a fact."""

    pk: int
    kind: str
    happened_on: datetime.date


def stage_on(facts: Iterable[FactLike], *, as_of: datetime.date) -> str:
    """Return the stage (a key of STAGES) that the facts in force prove on ``as_of``.

    An opening outranks papers that came later; a lapsed preparation falls back to the plan;
    an intention given up counts for nothing unless a new one follows.
    """
    known = sorted(
        (f for f in facts if f.happened_on <= as_of), key=lambda f: (f.happened_on, f.pk)
    )
    standing = [fact.kind for fact in known if fact.kind in STANDING]
    if standing:
        return "opened" if standing[-1] == "resumed" else standing[-1]
    ended = max((f.happened_on for f in known if f.kind == "abandoned"), default=None)
    lapsed = max((f.happened_on for f in known if f.kind == "preparation_lapsed"), default=None)
    reached = [
        fact.kind
        for fact in known
        if fact.kind in RANK
        and (ended is None or fact.happened_on > ended)
        and (lapsed is None or fact.kind in KEPT_BY_LAPSE or fact.happened_on > lapsed)
    ]
    if reached:
        return max(reached, key=lambda kind: RANK[kind])
    return "abandoned" if ended else "none"


def remarks(
    *,
    name: str,
    facts: Sequence[FactLike],
    capital: Decimal | None,
    capital_level: str,
    stake: Decimal | None,
    rules: Mapping[str, Sequence[Rule]],
    as_of: datetime.date,
) -> list[Remark]:
    """Return what is odd on ``as_of``. ``rules``: code → its values over time, 万元 and %."""
    known = [fact for fact in facts if fact.happened_on <= as_of]
    first: dict[str, datetime.date] = {}
    for fact in sorted(known, key=lambda f: (f.happened_on, f.pk)):
        first.setdefault(fact.kind, fact.happened_on)
    found = [*_order(first), *_opening(first, known)]
    judged = first.get("opening_approved") or first.get("preparation_approved") or as_of
    found += _minimum(
        "capital", f"village-bank.capital-min.{capital_level}", capital, rules, judged
    )
    found += _minimum("stake", "village-bank.sponsor-stake-min", stake, rules, judged)
    found += _preparation(first, rules, as_of)
    if not _NAME.search(name):
        text = Text(
            f"名称“{name}”不合“地名＋字号＋村镇银行＋组织形式”的写法。",
            f"The name “{name}” does not end in “村镇银行” (village bank) and a company form.",
        )
        found.append(Remark("village-bank.name", text))
    return found


def _order(first: Mapping[str, datetime.date]) -> Iterable[Remark]:
    """Each step on the way comes no earlier than the steps before it."""
    way = [kind for kind in (*WAY, "opened") if kind in first]
    for earlier, later in itertools.pairwise(way):
        if first[later] < first[earlier]:
            a, b = STAGES[earlier], STAGES[later]
            yield Remark(
                "village-bank.order",
                Text(
                    f"{b.zh}（{first[later]}）早于{a.zh}（{first[earlier]}），请核对日期。",
                    f"{b.en} ({first[later]}) precedes {a.en} ({first[earlier]}); check the dates.",
                ),
            )


def _opening(first: Mapping[str, datetime.date], known: Sequence[FactLike]) -> Iterable[Remark]:
    if "opening_approved" in first and "preparation_approved" not in first:
        yield Remark(
            "village-bank.no-preparation",
            Text(
                "已登记批准开业，但没有批准筹建；请补登。",
                "Approved to open, but no approval to prepare is recorded; add it.",
            ),
        )
    if "opened" in first and "licence_granted" not in first:
        yield Remark(
            "village-bank.no-licence",
            Text(
                "已开业但未登记金融许可证；请补登。",
                "Open, but no financial licence is recorded; add it.",
            ),
        )
    standing = False
    for fact in sorted(known, key=lambda f: (f.happened_on, f.pk)):
        if fact.kind == "opened" and standing:
            yield Remark(
                "village-bank.opened-twice",
                Text(
                    f"{fact.happened_on} 重复登记开业；请作废其中一条。",
                    f"Opened again on {fact.happened_on}; void one of the two.",
                ),
            )
        standing = standing or fact.kind == "opened"
        if fact.kind == "exited":
            standing = False


def _minimum(
    what: str,
    code: str,
    value: Decimal | None,
    rules: Mapping[str, Sequence[Rule]],
    day: datetime.date,
) -> Iterable[Remark]:
    rule = rule_on(rules.get(code, ()), day)
    if rule is None or value is None or value >= rule.value:
        return
    zh, en, unit, spelt = {
        "capital": ("注册资本", "The registered capital", "万元", " (10,000 yuan)"),
        "stake": ("主发起行持股", "The main sponsor's stake", "%", "%"),
    }[what]
    limit = f"{rule.value.normalize():f}"
    yield Remark(
        f"village-bank.{what}",
        Text(
            f"{zh} {value}{unit} 低于 {day} 适用的下限 {limit}{unit}。",
            f"{en}, {value}{spelt}, is below the minimum on {day}, {limit}{spelt}.",
        ),
        rule.cited,
    )


def _preparation(
    first: Mapping[str, datetime.date], rules: Mapping[str, Sequence[Rule]], as_of: datetime.date
) -> Iterable[Remark]:
    """A reminder: preparation takes six months and one extension of three."""
    begun = first.get("preparation_approved")
    if begun is None or "preparation_lapsed" in first:
        return
    limit = rule_on(rules.get("village-bank.preparation-months", ()), begun)
    extra = rule_on(rules.get("village-bank.preparation-extension-months", ()), begun)
    if limit is None:
        return
    months = int(limit.value) + (int(extra.value) if extra else 0)
    due = months_after(begun, months)
    ended = first.get("opening_approved") or first.get("opened") or as_of
    if ended > due:
        yield Remark(
            "village-bank.preparation-long",
            Text(
                f"筹建自 {begun} 起已超过 {months} 个月（含延期，至 {due}）；请核对是否失效。",
                f"Preparation since {begun} took more than {months} months with its extension "
                f"(to {due}); has it lapsed?",
            ),
            limit.source,
        )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))
