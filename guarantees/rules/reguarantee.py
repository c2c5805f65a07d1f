"""What is odd about a re-guarantee company. Pure.

Source: plan 2012 (七): 地市发起、多方出资; 七部委令2010年第3号 art. 20 for capital, which a newly
founded company is licensed apart from: a remark, never a refusal (domain facts 5.6).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.rules.remarks import Remark, Rules, rule_on, scopes_of
from core.text import Text
from guarantees.rules.agency import REGUARANTEE_CAPITAL_MIN


@dataclass(frozen=True, slots=True)
class ReguaranteeFacts:
    """A company as far as it is judged; money in 万元."""

    prefecture: str
    state: str
    promoter: str
    capital: Decimal | None
    subscribed: Decimal
    paid_in: Decimal
    contributors: int
    licence_until: datetime.date | None
    has_licence: bool


def reguarantee_remarks(
    company: ReguaranteeFacts, *, rules: Rules, as_of: datetime.date
) -> list[Remark]:
    """Return what is odd; nothing is asked of a company that has left."""
    if company.state in ("ended", "unknown"):
        return []
    return [*_founding(company), *_capital(company, rules, as_of), *_licence(company, as_of)]


def _founding(company: ReguaranteeFacts) -> Iterable[Remark]:
    if not company.promoter:
        yield Remark(
            "reguarantee.no-promoter",
            Text("未登记发起政府；请补登。", "No promoter is recorded; add it."),
        )
    if company.contributors == 1:
        yield Remark(
            "reguarantee.one-contributor",
            Text(
                "只有一个出资人；方案要求多方出资。",
                "There is one contributor only; the plan asks for several.",
            ),
        )


def _capital(company: ReguaranteeFacts, rules: Rules, as_of: datetime.date) -> Iterable[Remark]:
    if company.capital is None:
        return
    limit = rule_on(
        rules.get(REGUARANTEE_CAPITAL_MIN, ()), as_of, scopes=scopes_of(company.prefecture)
    )
    if limit is not None and company.capital < limit.value:
        yield Remark(
            "reguarantee.capital",
            Text(
                f"注册资本 {company.capital} 万元低于从事再担保业务的 {limit.value:f} 万元；"
                "新设公司以其批准文件为准。",
                f"The capital, {company.capital}, is below the {limit.value:f} that "
                "re-guaranteeing asks for (10,000 yuan); for a new company its approval decides.",
            ),
            limit.cited,
        )
    if company.contributors and company.subscribed != company.capital:
        yield Remark(
            "reguarantee.contributions",
            Text(
                f"各方认缴合计 {company.subscribed} 万元，与注册资本 {company.capital} 万元不符；"
                "请补登出资或资本变更。",
                f"{company.subscribed} was subscribed and the capital is {company.capital} "
                "(10,000 yuan); record the contribution or the change of capital.",
            ),
        )


def _licence(company: ReguaranteeFacts, as_of: datetime.date) -> Iterable[Remark]:
    if company.state == "preparing":
        return
    if not company.has_licence:
        yield Remark(
            "reguarantee.no-licence",
            Text(
                "未登记经营许可证；请补登证号与有效期。",
                "No operating licence is recorded; add its number and validity.",
            ),
        )
    elif company.licence_until is not None and company.licence_until < as_of:
        yield Remark(
            "reguarantee.licence-lapsed",
            Text(
                f"经营许可证已于 {company.licence_until} 到期；请督促换证或登记新证。",
                f"The licence lapsed on {company.licence_until}; see to its renewal.",
            ),
        )
