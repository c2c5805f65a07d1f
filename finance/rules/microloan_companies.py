"""What is odd about a microloan company on a day, with the rule it is judged by. Pure.

Sources: 银监发〔2008〕23号; 粤金〔2012〕6号; Shenzhen's own rules of 2009 (as dated rules with a
scope). What a prefecture decided without authority is judged in ``core.rules.delegations``.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.rules.remarks import Remark, Rule, Rules, rule_on, scopes_of
from core.text import Text
from finance.rules.holders import Holding, holder_remarks

CAPITAL_MIN, CAPITAL_MAX = "microloan.capital-min", "microloan.capital-max"
IN_BUSINESS = ("open", "suspended")
LIMITED, JOINT_STOCK = "llc", "jsc"
ENDINGS = {
    LIMITED: ("小额贷款有限责任公司", "小额贷款有限公司"),
    JOINT_STOCK: ("小额贷款股份有限公司",),
}


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company as far as it is judged on a day; money in 万元.

    ``approved_on`` is the day by whose rules its minimum capital is judged; None: the day
    asked about. ``county`` is "" where none is recorded.
    """

    name: str
    legal_form: str
    prefecture: str
    county: str
    underdeveloped: bool
    state: str
    capital: Decimal | None
    approved_on: datetime.date | None = None
    opened_on: datetime.date | None = None
    licence_until: datetime.date | None = None
    has_licence: bool = True
    converted: bool = True  # the village bank is named, where the state says it is one
    holdings: Sequence[Holding] = field(default=())


def company_remarks(company: CompanyFacts, *, rules: Rules, as_of: datetime.date) -> list[Remark]:
    """Return what is odd; of a company that has left only whether its end is whole."""
    if company.state == "converted" and not company.converted:
        return [_unnamed_bank()]
    if company.state in ("exited", "converted", "none"):
        return []
    found = [*_capital_min(company, rules, as_of), *_capital_max(company, rules, as_of)]
    if company.holdings:
        found += holder_remarks(
            company.holdings,
            legal_form=company.legal_form,
            prefecture=company.prefecture,
            rules=rules,
            as_of=as_of,
        )
    elif company.state in IN_BUSINESS:
        found.append(_no_holders(as_of))
    if company.state in IN_BUSINESS:
        found += _licence(company, as_of)
    return [*found, *_name(company), *_seat(company)]


def _capital_min(company: CompanyFacts, rules: Rules, as_of: datetime.date) -> Iterable[Remark]:
    """The minimum on the day of the approval; the law's before the province's own."""
    judged = company.approved_on or company.opened_on or as_of
    if company.capital is None:
        return
    for rule in _minima(company, rules, judged):
        if company.capital < rule.value:
            yield Remark(
                "microloan.capital-min",
                Text(
                    f"注册资本 {company.capital} 万元低于 {judged} 适用的下限 "
                    f"{plain(rule.value)} 万元；请核对资本与组织形式。",
                    f"The capital, {company.capital} (10,000 yuan), is below the minimum on "
                    f"{judged}, {plain(rule.value)}; check it and the legal form.",
                ),
                rule.cited,
            )
            return


def _minima(company: CompanyFacts, rules: Rules, day: datetime.date) -> Iterable[Rule]:
    """The minima that apply to the legal form: the nation's, then that of the place."""
    code = f"{CAPITAL_MIN}.{company.legal_form}"
    national = rule_on(rules.get(code, ()), day, scopes=("nation",))
    if national:
        yield national
    own = scopes_of(company.prefecture)[:1]
    poor = rules.get(f"{code}.underdeveloped", ()) if company.underdeveloped else ()
    local = rule_on(poor, day, scopes=own) or rule_on(rules.get(code, ()), day, scopes=own)
    if local:
        yield local


def _capital_max(company: CompanyFacts, rules: Rules, as_of: datetime.date) -> Iterable[Remark]:
    rule = rule_on(rules.get(CAPITAL_MAX, ()), as_of, scopes=scopes_of(company.prefecture))
    if rule is None or company.capital is None or company.capital <= rule.value:
        return
    yield Remark(
        "microloan.capital-max",
        Text(
            f"注册资本 {company.capital} 万元超过 {as_of} 适用的上限 {plain(rule.value)} 万元。",
            f"The capital, {company.capital} (10,000 yuan), is above the maximum on {as_of}, "
            f"{plain(rule.value)}.",
        ),
        rule.cited,
    )


def _no_holders(as_of: datetime.date) -> Remark:
    return Remark(
        "microloan.no-holders",
        Text(
            f"{as_of} 没有登记股东；请补登股东及持股比例。",
            f"No shareholder is recorded on {as_of}; add the shareholders and their stakes.",
        ),
    )


def _licence(company: CompanyFacts, as_of: datetime.date) -> Iterable[Remark]:
    if not company.has_licence:
        yield Remark(
            "microloan.no-licence",
            Text(
                "已开业但未登记营业执照或经营许可证；请补登证照。",
                "In business, but no licence is recorded; add it.",
            ),
        )
    elif company.licence_until and company.licence_until < as_of:
        yield Remark(
            "microloan.licence-lapsed",
            Text(
                f"证照已于 {company.licence_until} 到期；请督促换证或登记新证。",
                f"The licence lapsed on {company.licence_until}; see to its renewal.",
            ),
        )


def _name(company: CompanyFacts) -> Iterable[Remark]:
    """The name ends in the business and the legal form (银监发〔2008〕23号)."""
    endings = ENDINGS.get(company.legal_form, ())
    if company.name.endswith(endings):
        return
    chinese, english = "”或“".join(endings), "” or “".join(endings)
    yield Remark(
        "microloan.name",
        Text(
            f"名称“{company.name}”未以“{chinese}”结尾；请核对名称与组织形式。",
            f"The name “{company.name}” does not end in “{english}”, as its legal form asks; "
            "check both.",
        ),
        "银监发〔2008〕23号",
    )


def _seat(company: CompanyFacts) -> Iterable[Remark]:
    """In Guangdong a company is set up in a county; Shenzhen has rules of its own."""
    if company.county or company.prefecture in WITHOUT_COUNTIES:
        return
    yield Remark(
        "microloan.no-county",
        Text(
            "未登记所在县（市、区）：小额贷款公司设在县（市、区）。",
            "No county is recorded: a microloan company is set up in one.",
        ),
        "粤金〔2009〕10号",
    )


WITHOUT_COUNTIES = ("440300", "441900", "442000")  # Shenzhen; Dongguan and Zhongshan have none


def _unnamed_bank() -> Remark:
    return Remark(
        "microloan.converted-into-nothing",
        Text(
            "登记为改制退出，但未指明村镇银行；请作废该退出事项，再办理“改制为村镇银行”。",
            "Its exit says that it became a village bank, but not which; void that fact and "
            "convert the company by the act for it.",
        ),
    )


def plain(value: Decimal) -> str:
    """A limit without the zeros at its end."""
    return f"{value.normalize():f}"
