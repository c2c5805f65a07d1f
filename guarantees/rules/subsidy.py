"""Whether an agency may have the guarantee subsidy of 财企〔2012〕97号, criterion by criterion.

Limits arrive as arguments (dated rules ``guarantee.subsidy.*``, eastern provinces; domain facts
5.3). A figure that is missing, or a rule that was not in force, leaves its criterion unjudged:
nothing is ever guessed. Amounts are 万元, rates percent. Pure.
"""

import calendar
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.ratio import Ratio
from core.rules.limits import Judgement, Limit, Standing, judge
from core.text import Text

YEARS = "guarantee.subsidy.years-min"
SME_SHARE = "guarantee.subsidy.sme-share-min"
SME_AMOUNT = "guarantee.subsidy.sme-amount-min"
MULTIPLE = "guarantee.subsidy.multiple-min"
COMPENSATION = "guarantee.subsidy.compensation-max"
PREMIUM = "guarantee.subsidy.premium-max"
ALL = (YEARS, SME_SHARE, SME_AMOUNT, MULTIPLE, COMPENSATION, PREMIUM)


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


VERDICT_WORDS: Mapping[str, Text] = {
    Verdict.MET: Text("符合", "Met"),
    Verdict.NOT_MET: Text("不符合", "Not met"),
    Verdict.UNKNOWN: Text("无法判定", "Cannot be judged"),
}
VERDICT_TONES = {"met": "good", "not_met": "bad", "unknown": "warn"}


@dataclass(frozen=True, slots=True)
class Applicant:
    """The figures of an application; None where a figure was not given.

    ``benchmark`` is the one-year loan rate (%) at the end of the business year.
    """

    applied_on: datetime.date
    licensed_on: datetime.date | None = None
    new_business: Decimal | None = None
    new_sme_business: Decimal | None = None
    opening_net_assets: Decimal | None = None
    closing_net_assets: Decimal | None = None
    compensated: Decimal | None = None
    released: Decimal | None = None
    premium_rate: Decimal | None = None
    benchmark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: one limit, or several of which one is enough. Room as in ``Judgement``."""

    key: str
    title: Text
    judgements: tuple[Judgement, ...]

    @property
    def verdict(self) -> Verdict:
        standings = {each.standing for each in self.judgements}
        if standings & {Standing.FREE, Standing.NEAR}:
            return Verdict.MET
        if Standing.UNKNOWN in standings or not standings:
            return Verdict.UNKNOWN
        return Verdict.NOT_MET


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The criteria in the order of the regulation, and what they come to together."""

    criteria: tuple[Criterion, ...]

    @property
    def verdict(self) -> Verdict:
        verdicts = {each.verdict for each in self.criteria}
        if Verdict.NOT_MET in verdicts:
            return Verdict.NOT_MET
        return Verdict.MET if verdicts == {Verdict.MET} else Verdict.UNKNOWN

    @property
    def failed(self) -> Sequence[Criterion]:
        return [each for each in self.criteria if each.verdict is Verdict.NOT_MET]


def eligibility(
    applicant: Applicant, *, limits: Mapping[str, Limit], near: Decimal = Decimal(10)
) -> Eligibility:
    """Judge an applicant; ``limits`` are those in force on the day of the application."""

    def judged(**measured: Ratio | Decimal | None) -> tuple[Judgement, ...]:
        codes = {"years": YEARS, "share": SME_SHARE, "amount": SME_AMOUNT, "multiple": MULTIPLE,
                 "compensation": COMPENSATION, "premium": PREMIUM}  # fmt: skip
        return tuple(
            judge(limits[codes[name]], value, near=near)
            for name, value in measured.items()
            if codes[name] in limits
        )

    return Eligibility(
        (
            Criterion(
                "licensed",
                Text("取得许可并经营满年限", "Licensed, and in business long enough"),
                judged(years=years_between(applicant.licensed_on, applicant.applied_on)),
            ),
            Criterion(
                "small-firms",
                Text(
                    "中小企业业务占比或金额（满足其一）",
                    "Share or amount of small firms' business (one is enough)",
                ),
                judged(
                    share=Ratio(applicant.new_sme_business, applicant.new_business),
                    amount=applicant.new_sme_business,
                ),
            ),
            Criterion(
                "multiple",
                Text("新增担保额与平均净资产之比", "New business to average net assets"),
                judged(multiple=Ratio(applicant.new_business, average_net_assets(applicant))),
            ),
            Criterion(
                "compensation",
                Text("代偿率", "Compensation ratio"),
                judged(compensation=Ratio(applicant.compensated, applicant.released)),
            ),
            Criterion(
                "premium",
                Text("平均年担保费率与基准利率之比", "Premium rate to the benchmark rate"),
                judged(premium=Ratio(applicant.premium_rate, applicant.benchmark)),
            ),
        )
    )


def average_net_assets(applicant: Applicant) -> Decimal | None:
    """The mean of the year's first and last net assets; None unless both are known."""
    first, last = applicant.opening_net_assets, applicant.closing_net_assets
    return None if first is None or last is None else (first + last) / 2


def years_between(first: datetime.date | None, last: datetime.date) -> Decimal | None:
    """Whole years and the part of the next, two decimals, rounded down.

    A year is whole on its anniversary; 29 February has its own on 1 March of common years.
    """
    if first is None:
        return None
    if last < first:
        return Decimal(0)
    years = last.year - first.year
    if anniversary(first, last.year) > last:
        years -= 1
    begun = anniversary(first, first.year + years)
    length = (anniversary(first, first.year + years + 1) - begun).days
    return Decimal(years) + Decimal((last - begun).days * 100 // length) / 100


def anniversary(day: datetime.date, year: int) -> datetime.date:
    """The day in another year."""
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 3, 1)
    return day.replace(year=year)
