"""Invented guarantee agencies and re-guarantee companies, and who rates and insures."""

import datetime
from decimal import Decimal

from core.models import Institution
from core.models.facts import ExitReason, FactKind
from guarantees.models import Contribution, GuaranteeAgency, ReguaranteeCompany
from reports.demo.keeping import DAY, Desk, Firm

CAST_AGENCY = "DEMO-GA-01"
OFFICE = "演示省金融办"
KINDS = {"policy": "中小企业融资担保有限公司", "commercial": "融资担保有限公司",
         "mutual": "商会互助融资担保有限公司"}  # fmt: skip
# place, type, capital (万元), state share (%), year or days ago of the opening, story
AGENCIES = (
    ("440200", "policy", 20000, 80, 2009, ""), ("440100", "policy", 100000, 100, 2006, ""),
    ("440100", "commercial", 50000, 0, 2007, "leverage-near"),
    ("440106", "commercial", 20000, 0, 2009, "investments-near"),
    ("440300", "policy", 80000, 100, 2005, ""), ("440300", "commercial", 60000, 10, 2007, ""),
    ("440305", "commercial", 20000, 0, 2010, "single-broken"),
    ("440400", "commercial", 15000, 20, 2009, ""), ("440500", "commercial", 12000, 0, 2010, ""),
    ("440605", "policy", 30000, 60, 2008, "leverage-broken"),
    ("440606", "mutual", 12000, 0, 2011, "relatives"), ("441600", "policy", 8000, 70, 2010, ""),
    ("441400", "policy", 10000, 65, 2009, "reserve-broken"),
    ("441300", "commercial", 15000, 0, 2010, ""),
    ("441500", "policy", 6000, 90, 2011, "compensation-high"),
    ("441900", "commercial", 30000, 0, 2007, "single-near"),
    ("442000", "commercial", 20000, 30, 2009, ""), ("440700", "policy", 12000, 55, 2009, ""),
    ("441700", "commercial", 6000, 0, 2011, "premium-near"),
    ("440800", "policy", 12000, 60, 2009, ""), ("440900", "commercial", 8000, 0, 2010, ""),
    ("441200", "policy", 10000, 50, 2010, ""), ("441800", "policy", 8000, 75, 2010, ""),
    ("445200", "commercial", 5000, 0, 2010, "revoked"), ("445300", "policy", 6000, 85, 2011, ""),
    ("445100", "commercial", 5000, 0, 30, "preparing"),
)  # fmt: skip
BUSINESS = ["loans", "acceptances", "trade", "letters_of_credit", "non_financing"]
REGUARANTORS = (
    ("DEMO-RG-01", "演示广东省融资再担保有限公司", "440100", "演示省人民政府", 200000, 2009),
    ("DEMO-RG-02", "演示佛山市融资再担保有限公司", "440600", "演示佛山市人民政府", 30000, 2012),
    ("DEMO-RG-03", "演示惠州市融资再担保有限公司", "441300", "演示惠州市人民政府", 20000, 75),
)
OTHERS = (
    ("DEMO-RA-01", "rating_agency", "演示南方资信评估有限公司", "440100"),
    ("DEMO-RA-02", "rating_agency", "演示鹏城资信评级有限公司", "440300"),
    ("DEMO-RA-03", "rating_agency", "演示岭南信用评估有限公司", "440600"),
    ("DEMO-IN-01", "insurer", "演示南粤财产保险广东分公司", "440100"),
    ("DEMO-IN-02", "insurer", "演示安信责任保险广东分公司", "440100"),
    ("DEMO-IN-03", "insurer", "演示海湾财产保险佛山支公司", "440600"),
)


def make_agencies(desk: Desk) -> list[Firm]:
    """Make guarantee agencies with detail and facts; return all of them."""
    firms = []
    for place, (code, kind, capital, _state, when, story) in enumerate(AGENCIES, start=1):
        prefecture, county = desk.place(code)
        where = (county or prefecture).name.rstrip("市县区")
        name = f"演示{where}{KINDS[kind]}"
        if story == "leverage-near":
            name = f"演示{where}南粤融资担保股份有限公司"
        institution = desk.institution(f"DEMO-GA-{place:02d}", "guarantee_agency", name, code)
        firms.append(Firm(institution, capital, _opened(desk, when), story))
    desk.keep([each.institution for each in firms])
    details = []
    for firm, (_code, kind, capital, state, _when, _story) in zip(firms, AGENCIES, strict=True):
        _life(desk, firm)
        details.append(
            GuaranteeAgency(
                institution=firm.institution,
                legal_form="joint_stock" if "股份" in firm.institution.name else "limited",
                agency_type=kind,
                capital=Decimal(capital),
                paid_in=Decimal(capital),
                state_share=Decimal(state),
                business=[*BUSINESS, "bonds"] if capital >= 50000 else BUSINESS,
            )
        )
    desk.keep_facts()
    desk.keep(details)
    return firms


def _opened(desk: Desk, when: int) -> datetime.date:
    """A day of the year, or so many days ago."""
    rng = desk.rng
    if when < 1000:
        return desk.ago(when)
    return datetime.date(when, rng.randint(3, 11), rng.randint(1, 28))


def _life(desk: Desk, firm: Firm) -> None:
    who, opened = firm.institution, firm.opened
    approved = opened - 40 * DAY
    grown = opened + 500 * DAY
    grows = firm.capital >= 20000 and grown < desk.ago(90)
    desk.happened(
        who,
        FactKind.OPENING_APPROVED,
        approved,
        document_number=desk.document("粤金担", approved),
        decided_by=OFFICE,
        authority="statutory",
        capital=Decimal(firm.capital // 2 if grows else firm.capital),
    )
    if firm.story == "preparing":
        firm.opened = None
        return
    desk.happened(who, FactKind.REGISTERED, opened - 10 * DAY, decided_by="演示工商行政管理局")
    desk.happened(who, FactKind.OPENED, opened)
    if grows:
        desk.happened(who, FactKind.CAPITAL_CHANGED, grown, capital=Decimal(firm.capital),
                      document_number=desk.document("粤金担", grown), decided_by=OFFICE,
                      authority="statutory")  # fmt: skip
    if firm.story == "revoked":
        firm.left = desk.ago(230)
        desk.happened(who, FactKind.EXITED, firm.left, reason=ExitReason.REVOKED,
                      document_number=desk.document("粤金担", firm.left),
                      decided_by=OFFICE)  # fmt: skip


def make_reguarantors(desk: Desk) -> list[Firm]:
    """Make re-guarantee companies; the newest is licensed and capitalised too little so far."""
    firms = []
    for code, name, place, _promoter, capital, when in REGUARANTORS:
        institution = desk.institution(code, "reguarantee_company", name, place)
        firms.append(Firm(institution, capital, _opened(desk, when)))
    desk.keep([each.institution for each in firms])
    details = []
    for firm, (_code, _name, _place, promoter, capital, _when) in zip(
        firms, REGUARANTORS, strict=True
    ):
        _life(desk, firm)
        modes = ["proportional", "joint"] if capital > 20000 else ["general"]
        details.append(
            ReguaranteeCompany(
                institution=firm.institution,
                promoter=promoter,
                modes=modes,
                capital=Decimal(capital),
            )
        )
    desk.keep_facts()
    desk.keep(details)
    for firm, row in zip(firms, REGUARANTORS, strict=True):
        _contributions(desk, firm, row[3])
    return firms


def _contributions(desk: Desk, firm: Firm, promoter: str) -> None:
    """Government first, then state and private enterprises and agencies; one paid in late."""
    parts = (
        (promoter.replace("人民政府", "财政局"), "prefecture", 50, 50),
        ("演示交通建设投资有限公司", "state_enterprise", 25, 25),
        ("演示工业联合控股有限公司", "private_enterprise", 15, 15),
        ("演示融资担保行业合作社", "guarantee_agency", 10, 4),
    )
    for name, kind, subscribed, paid in parts:
        desk.act(
            Contribution(
                institution=firm.institution,
                contributor=name,
                kind="province" if "省" in promoter and kind == "prefecture" else kind,
                subscribed=Decimal(firm.capital * subscribed) / 100,
                paid_in=Decimal(firm.capital * paid) / 100,
                happened_on=firm.opened - 20 * DAY,
            )
        )


def make_others(desk: Desk) -> list[Institution]:
    """Make rating agencies and insurers; return them in the order of the table."""
    found = [desk.institution(code, kind, name, place) for code, kind, name, place in OTHERS]
    desk.keep(found)
    for each in found:
        desk.happened(each, FactKind.OPENED, datetime.date(2004, 6, 18))
    desk.keep_facts()
    return found
