"""What the rules say of a collective note 中小企业集合票据: issuers, amounts, roles. Pure.

Amounts are 万元. The limits are dated rules and arrive as arguments; a code that has no value
in force judges nobody. Source of the limits: 《银行间债券市场中小非金融企业集合票据业务指引》.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.ratio import Ratio
from core.rules.limits import SIGNS, STANDING_WORDS, Judgement, Limit, Standing, judge
from core.rules.remarks import PROVINCIAL
from core.tabular import formats
from core.text import Text

NOTE = "collective_note"  # the kind that the rules below are about, and that the plan counts
ISSUERS_MIN, ISSUERS_MAX = "note.issuers-min", "note.issuers-max"
TOTAL, ISSUER_AMOUNT = "note.total-max", "note.issuer-amount-max"
NET_ASSETS = "note.net-assets-share-max"
ROLES = {
    "note.underwriters-min": ("lead_underwriter", "joint_underwriter"),
    "note.enhancers-min": ("enhancer",),
    "note.raters-min": ("rater",),
}
ISSUES, MONTHS = "note.issues-per-registration-max", "note.issue-within-months"
TARGET_MIN, TARGET_MAX = "note.target-min", "note.target-max"
OF_ONE_NOTE = (ISSUERS_MIN, ISSUERS_MAX, TOTAL, ISSUER_AMOUNT, NET_ASSETS, *ROLES)
ALL = (*OF_ONE_NOTE, ISSUES, MONTHS)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Issuer:
    """One who issues. ``existing`` is the debt financing that already stands, None if unknown.

    ``key`` is the enterprise's code, or the name of one outside the library.
    """

    key: str
    name: str
    amount: Decimal
    existing: Decimal | None = None
    net_assets: Decimal | None = None

    @property
    def together(self) -> Decimal:
        """What stands already and what is new, the sum that is held against net assets."""
        return (self.existing or NOTHING) + self.amount

    @property
    def share(self) -> Ratio:
        return Ratio(self.together, self.net_assets)


@dataclass(frozen=True, slots=True)
class Issue:
    """A note as it is judged; ``roles`` are those of its role holders, one for each.

    Before it is ``filed`` for registration, issuers and roles may still be missing.
    """

    amount: Decimal
    issuers: tuple[Issuer, ...]
    roles: tuple[str, ...] = ()
    filed: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule on a note, or on one of its issuers (``place`` from 1, as on the note)."""

    judgement: Judgement
    issuer: Issuer | None = None
    place: int = 0

    @property
    def limit(self) -> Limit:
        return self.judgement.limit

    @property
    def broken(self) -> bool:
        return self.judgement.standing is Standing.BROKEN

    @property
    def sum(self) -> Text:
        """How the figure came about: the sum and the division, with their numbers."""
        if self.issuer is not None and self.limit.code == NET_ASSETS:
            return _share_sum(self.issuer, self.judgement.shown)
        return _in_unit(self.judgement.shown, self.limit.unit)

    @property
    def message(self) -> Text:
        """What is wrong, by how much, and against which limit."""
        who = Text("本期", "The note")
        if self.issuer is not None:
            name = self.issuer.name
            who = Text(f"第 {self.place} 家发行人“{name}”", f"Issuer {self.place}, {name},")
        bound = self.bound
        standing = STANDING_WORDS[self.judgement.standing]
        unit = "万元" if self.limit.unit == "%" else self.limit.unit
        over = _in_unit(abs(self.judgement.room or NOTHING), unit)
        return Text(
            f"{who.zh}{self.limit.title.zh}：{self.sum.zh}，限额 {bound.zh}，"
            f"{standing.zh}，相差 {over.zh}。",
            f"{who.en} {self.limit.title.en}: {self.sum.en}, limit {bound.en}, "
            f"{standing.en.lower()} by {over.en}.",
        )

    @property
    def bound(self) -> Text:
        """The limit with its sign."""
        sign, value = SIGNS[self.limit.comparator], _in_unit(self.limit.value, self.limit.unit)
        return Text(f"{sign} {value.zh}", f"{sign} {value.en}")

    @property
    def cited(self) -> Text | str:
        """The source; what is configurable is never shown as law."""
        if not self.limit.law:
            return PROVINCIAL
        return f"{self.limit.source} {self.limit.article}".strip()


UNITS = {"万元": "(10,000 yuan)", "家": "", "次": "times", "个月": "months"}


def _in_unit(value: Decimal | None, unit: str) -> Text:
    if value is None:
        return Text(formats.NOTHING, formats.NOTHING)
    if unit == "%":
        return Text(formats.percent_value(value), formats.percent_value(value))
    number = formats.money(value) if unit == "万元" else formats.count(int(value))
    return Text(f"{number} {unit}", f"{number} {UNITS.get(unit, unit)}".strip())


def _share_sum(issuer: Issuer, shown: Decimal | None) -> Text:
    parts = [formats.money(each) for each in (issuer.existing, issuer.amount, issuer.together)]
    assets, share = formats.money(issuer.net_assets), formats.percent_value(shown)
    return Text(
        f"（已有 {parts[0]} + 本期 {parts[1]} = {parts[2]} 万元）÷ 净资产 {assets} 万元 = {share}",
        f"(standing {parts[0]} + new {parts[1]} = {parts[2]}) / net assets {assets} = {share}",
    )


def judged(issue: Issue, *, limits: Mapping[str, Limit], near: Decimal) -> list[Judged]:
    """Every rule in force on a note, its own first, then issuer by issuer in their order."""
    number = Decimal(len(issue.issuers))
    measured: dict[str, Decimal] = {ISSUERS_MAX: number, TOTAL: issue.amount}
    if issue.filed:
        measured = {ISSUERS_MIN: number, **measured}
        for code, roles in ROLES.items():
            measured[code] = Decimal(sum(each in roles for each in issue.roles))
    found = [
        Judged(judge(limits[code], figure, near=near if code == TOTAL else NOTHING))
        for code, figure in measured.items()
        if code in limits  # a number of firms is right or wrong, never near
    ]
    for place, issuer in enumerate(issue.issuers, start=1):
        for code, figure in ((ISSUER_AMOUNT, issuer.amount), (NET_ASSETS, issuer.share)):
            if code in limits:
                found.append(Judged(judge(limits[code], figure, near=near), issuer, place))
    return found


def split_problem(amount: Decimal, parts: Sequence[Decimal], *, what: Text) -> Text | None:
    """Parts that do not add up to the note: the sum, the note, and what is missing."""
    total = sum(parts, NOTHING)
    if total == amount:
        return None
    given, whole = formats.money(total), formats.money(amount)
    apart = formats.money(abs(total - amount))
    word = Text("多", "too much") if total > amount else Text("少", "too little")
    return Text(
        f"{what.zh}合计 {given} 万元，与本期金额 {whole} 万元不等，"
        f"{word.zh} {apart} 万元；请核对。",
        f"{what.en} add up to {given}, not to the note's {whole} (10,000 yuan): {apart} "
        f"{word.en}; check them.",
    )


@dataclass(frozen=True, slots=True)
class Target:
    """How many tranches a year the plan asks for, as a range; ``source`` is the plan."""

    low: int
    high: int
    source: str


BELOW, MET, ABOVE = "below", "met", "above"
PROGRESS_WORDS = {
    BELOW: Text("未达", "Not yet"),
    MET: Text("达标", "Met"),
    ABOVE: Text("超额", "More than asked for"),
}
PROGRESS_TONES = {BELOW: "warn", MET: "good", ABOVE: "good"}


def progress(issued: int, target: Target | None) -> str:
    """``below``, ``met`` or ``above`` the range; "" where nothing is asked for."""
    if target is None:
        return ""
    if issued < target.low:
        return BELOW
    return MET if issued <= target.high else ABOVE


DIGITS = "〇一二三四五六七八九"


def in_chinese(number: int) -> str:
    """1 to 99 as a Chinese numeral: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return lead + (DIGITS[ones] if ones or not tens else "")


def suggested_name(place: str, year: int, number: int, *, product: str, regional: bool) -> str:
    """``<地区>中小企业<年>年度第<期>期集合票据``; a regional one says 区域集优."""
    lead = f"{place}{'区域集优' if regional else ''}中小企业"
    return f"{lead}{year}年度第{in_chinese(number)}期{product}"


def suggested_short_name(place: str, year: int, number: int, *, regional: bool) -> str:
    """``<年><地区>SMECN<n>``; a regional one is ``SMECNII``."""
    short = place.removesuffix("省").removesuffix("市")
    return f"{year % 100:02d}{short}SMECN{'II' if regional else ''}{number}"
