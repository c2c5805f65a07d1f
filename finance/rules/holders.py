"""What is odd about who holds a microloan company: stakes, their sum, sponsors' strength. Pure.

Sources: 银监发〔2008〕23号 (one holder with those related to it), 粤金〔2012〕6号 (main sponsors,
other holders), Shenzhen's own rules of 2009, each as a dated rule with its scope.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.rules.remarks import Remark, Rule, Rules, rule_on, scopes_of
from core.text import Text

WHOLE = Decimal(100)
MAIN_SPONSOR = "main_sponsor"
MONEY, PEOPLE = " 万元", "人"
UNITS = {"%": "%", PEOPLE: "", MONEY: " (10,000 yuan)"}  # in English


@dataclass(frozen=True, slots=True)
class Holding:
    """A holding of the day; money in 万元. ``related`` is the key of another holding.

    ``profits`` are of the last three years, as far as they are known.
    """

    key: int
    name: str
    role: str
    stake: Decimal
    related: int | None = None
    net_assets: Decimal | None = None
    debt_ratio: Decimal | None = None
    profits: tuple[Decimal | None, ...] = ()

    @property
    def sponsors(self) -> bool:
        return self.role == MAIN_SPONSOR

    @property
    def profit(self) -> Decimal | None:
        """The sum of the years' profits; None if any is not known."""
        known = [each for each in self.profits if each is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(self.profits) else None


@dataclass(frozen=True, slots=True)
class _Judged:
    """The rules of a day and place."""

    rules: Rules
    day: datetime.date
    scopes: tuple[str, ...]

    def get(self, code: str) -> Rule | None:
        found = self.rules.get(f"microloan.{code}", ())
        return rule_on(found, self.day, scopes=self.scopes)


def groups_of(holdings: Sequence[Holding]) -> list[tuple[Holding, ...]]:
    """Holdings that count together, in the order of the first of each.

    A link to what is no holding of the day is no link; links may run in a chain or a circle.
    """
    group = {each.key: each.key for each in holdings}
    for each in holdings:
        if each.related in group:
            old, new = group[each.key], group[each.related]
            group = {key: new if found == old else found for key, found in group.items()}
    found: dict[int, list[Holding]] = {}
    for each in holdings:
        found.setdefault(group[each.key], []).append(each)
    return [tuple(members) for members in found.values()]


def sum_of(holdings: Iterable[Holding]) -> Decimal:
    """The stakes added up, in percent."""
    return sum((each.stake for each in holdings), Decimal(0))


def holder_remarks(
    holdings: Sequence[Holding],
    *,
    legal_form: str,
    prefecture: str,
    rules: Rules,
    as_of: datetime.date,
) -> list[Remark]:
    """Return what is odd about the holders of the day, by the rules of the company's place."""
    judged = _Judged(rules, as_of, scopes_of(prefecture))
    return [
        *_sum(holdings),
        *_number(holdings, legal_form, judged),
        *_sponsors(holdings, judged),
        *_others(holdings, judged),
        *_strength(holdings, judged),
    ]


def _sum(holdings: Sequence[Holding]) -> Iterable[Remark]:
    total = sum_of(holdings)
    if total != WHOLE:
        yield Remark(
            "microloan.stakes-sum",
            Text(
                f"各股东持股合计 {total}%，不是 100%；请核对股东与持股起止日期。",
                f"The stakes sum to {total}%, not to 100%; check the holders and their dates.",
            ),
        )


def _number(holdings: Sequence[Holding], legal_form: str, judged: _Judged) -> Iterable[Remark]:
    number = len({each.name for each in holdings})
    most, least = (judged.get(f"holders-{end}.{legal_form}") for end in ("max", "min"))
    what = Text("股东人数", "The number of holders")
    if most and number > most.value:
        yield _told("holders-max", what, number, most, above=True, unit=PEOPLE)
    if least and number < least.value:
        yield _told("holders-min", what, number, least, above=False, unit=PEOPLE)


def _sponsors(holdings: Sequence[Holding], judged: _Judged) -> Iterable[Remark]:
    """Each main sponsor, and all of them where there are several."""
    sponsors = [each for each in holdings if each.sponsors]
    most, least = (judged.get(f"main-sponsor-stake-{end}") for end in ("max", "min"))
    for each in sponsors:
        what = Text(f"主发起人“{each.name}”持股", f"The stake of the main sponsor “{each.name}”")
        if most and each.stake > most.value:
            yield _told("main-sponsor-stake-max", what, each.stake, most, above=True)
        if least and each.stake < least.value:
            yield _told("main-sponsor-stake-min", what, each.stake, least, above=False)
    together = judged.get("main-sponsors-stake-max")
    total = sum_of(sponsors)
    if together and len(sponsors) > 1 and total > together.value:
        what = Text(f"{len(sponsors)} 个主发起人合计持股", "The main sponsors' stakes together")
        yield _told("main-sponsors-stake-max", what, total, together, above=True)


def _others(holdings: Sequence[Holding], judged: _Judged) -> Iterable[Remark]:
    """One holder with those related to it; main sponsors only where no rule is their own."""
    most, least = (judged.get(f"holder-stake-{end}") for end in ("max", "min"))
    own = judged.get("main-sponsor-stake-max") or judged.get("main-sponsor-stake-min")
    for group in groups_of(holdings) if most else ():
        total = sum_of(group)
        if total <= most.value or (own and any(each.sponsors for each in group)):
            continue
        names, related = "、".join(each.name for each in group), len(group) > 1
        what = Text(
            f"“{names}”{'（关联股东）合计' if related else ''}持股",
            f"The stake of “{names}”{', related to each other' if related else ''}",
        )
        yield _told("holder-stake-max", what, total, most, above=True)
    for each in holdings:
        if least and not each.sponsors and each.stake < least.value:
            what = Text(f"“{each.name}”持股", f"The stake of “{each.name}”")
            yield _told("holder-stake-min", what, each.stake, least, above=False)


def _strength(holdings: Sequence[Holding], judged: _Judged) -> Iterable[Remark]:
    """A main sponsor's own figures, where a rule asks for them."""
    assets = judged.get("sponsor-net-assets-min")
    debts = judged.get("sponsor-debt-ratio-max")
    profits = judged.get("sponsor-profit-min")
    for each in (one for one in holdings if one.sponsors):
        of = f"主发起人“{each.name}”"
        if assets and each.net_assets is not None and each.net_assets <= assets.value:
            what = Text(f"{of}净资产", f"The net assets of “{each.name}”")
            yield _told(
                "sponsor-net-assets", what, each.net_assets, assets, above=False, unit=MONEY
            )
        if debts and each.debt_ratio is not None and each.debt_ratio > debts.value:
            what = Text(f"{of}资产负债率", f"The debt ratio of “{each.name}”")
            yield _told("sponsor-debt-ratio", what, each.debt_ratio, debts, above=True)
        if profits and each.profit is not None and each.profit < profits.value:
            what = Text(f"{of}三年净利润合计", f"The three years' profit of “{each.name}”")
            yield _told("sponsor-profit", what, each.profit, profits, above=False, unit=MONEY)


def _told(
    code: str, what: Text, figure: Decimal | int, rule: Rule, *, above: bool, unit: str = "%"
) -> Remark:
    """A figure beyond its limit, both in ``unit``."""
    limit = f"{rule.value.normalize():f}"
    spelt = UNITS[unit]
    return Remark(
        f"microloan.{code}",
        Text(
            f"{what.zh} {figure}{unit}，{'超过上限' if above else '低于下限'} {limit}{unit}。",
            f"{what.en}: {figure}{spelt}, {'above the maximum' if above else 'below the minimum'}, "
            f"{limit}{spelt}.",
        ),
        rule.cited,
    )
