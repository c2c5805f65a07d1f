"""What is odd about a guarantee agency on a day, with the rule it is judged by. Pure.

Source: 《融资性担保公司管理暂行办法》(七部委令2010年第3号) art. 10, 20; later 国务院令第683号.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.rules.remarks import Remark, Rules, rule_on, scopes_of
from core.text import Text

CAPITAL_MIN = "guarantee.capital-min"
REGUARANTEE_CAPITAL_MIN = "guarantee.reguarantee-capital-min"
REGUARANTEE_YEARS_MIN = "guarantee.reguarantee-years-min"


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An agency as far as it is judged; money in 万元."""

    name: str
    prefecture: str
    state: str
    capital: Decimal | None
    opened_on: datetime.date | None
    licence_until: datetime.date | None
    has_licence: bool
    rating_state: str
    rating_until: datetime.date | None
    reguarantees: bool


def agency_remarks(agency: AgencyFacts, *, rules: Rules, as_of: datetime.date) -> list[Remark]:
    """Return what is odd; nothing is asked of an agency that has left."""
    if agency.state in ("ended", "unknown"):
        return []
    return [
        *_capital(agency, rules, as_of),
        *_licence(agency, as_of),
        *_rating(agency, as_of),
        *(_reguarantee(agency, rules, as_of) if agency.reguarantees else ()),
    ]


def _capital(agency: AgencyFacts, rules: Rules, as_of: datetime.date) -> Iterable[Remark]:
    judged = agency.opened_on or as_of
    limit = rule_on(rules.get(CAPITAL_MIN, ()), judged, scopes=scopes_of(agency.prefecture))
    if limit is None or agency.capital is None or agency.capital >= limit.value:
        return
    yield Remark(
        "guarantee.capital",
        Text(
            f"注册资本 {agency.capital} 万元低于 {judged} 适用的下限 {limit.value:f} 万元。",
            f"The capital, {agency.capital} (10,000 yuan), is below the minimum on {judged}, "
            f"{limit.value:f}.",
        ),
        limit.cited,
    )


def _licence(agency: AgencyFacts, as_of: datetime.date) -> Iterable[Remark]:
    if not agency.has_licence:
        yield Remark(
            "guarantee.no-licence",
            Text(
                "未登记经营许可证；请补登证号与有效期。",
                "No operating licence is recorded; add its number and validity.",
            ),
        )
    elif agency.licence_until and agency.licence_until < as_of:
        yield Remark(
            "guarantee.licence-lapsed",
            Text(
                f"经营许可证已于 {agency.licence_until} 到期；请督促换证或登记新证。",
                f"The licence lapsed on {agency.licence_until}; see to its renewal.",
            ),
        )


def _rating(agency: AgencyFacts, as_of: datetime.date) -> Iterable[Remark]:
    if agency.rating_state == "missing":
        yield Remark(
            "guarantee.no-rating",
            Text("没有有效的主体信用评级。", "The agency has no credit rating."),
        )
    elif agency.rating_state == "lapsed":
        yield Remark(
            "guarantee.rating-lapsed",
            Text(
                f"信用评级已于 {agency.rating_until} 到期。",
                f"The credit rating lapsed on {agency.rating_until}.",
            ),
        )


def _reguarantee(agency: AgencyFacts, rules: Rules, as_of: datetime.date) -> Iterable[Remark]:
    """Re-guaranteeing asks for capital and years in business; a reminder for the new."""
    capital = rule_on(rules.get(REGUARANTEE_CAPITAL_MIN, ()), as_of)
    if capital and agency.capital is not None and agency.capital < capital.value:
        yield Remark(
            "guarantee.reguarantee-capital",
            Text(
                f"从事再担保业务，注册资本应不低于 {capital.value:f} 万元，"
                f"现为 {agency.capital} 万元。",
                f"Re-guaranteeing asks for a capital of {capital.value:f}; it is "
                f"{agency.capital} (10,000 yuan).",
            ),
            capital.cited,
        )
    years = rule_on(rules.get(REGUARANTEE_YEARS_MIN, ()), as_of)
    if years and agency.opened_on and (as_of - agency.opened_on).days < years.value * 365:
        yield Remark(
            "guarantee.reguarantee-years",
            Text(
                f"从事再担保业务应连续营业 {years.value:f} 年以上，{agency.opened_on} 开业。",
                f"Re-guaranteeing asks for {years.value:f} years in business; opened on "
                f"{agency.opened_on}.",
            ),
            years.cited,
        )
