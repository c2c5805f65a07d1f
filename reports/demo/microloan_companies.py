"""Invented microloan companies in real counties, with their lives and who founded them."""

import datetime
from decimal import Decimal
from random import Random

from core.models import Institution
from core.models.facts import Authority, DecidingLevel, ExitReason, FactKind
from finance.models import MicroloanCompany, Shareholder
from finance.operations.microloan_companies import convert_into_village_bank
from reports.demo.keeping import DAY, REASON, Desk, Firm

CAST_COMPANY = "DEMO-MC-01"
OFFICE = "演示省金融办"
SCOPE = "办理各项小额贷款；办理中小企业发展、管理、财务等咨询业务"
TRADE_NAMES = ("禾盛", "惠农", "岭信", "江安", "海润", "诚达", "丰年", "德融")
FEATURES = ("涉农", "科技型企业", "产业链", "专业市场商户")
# place, legal form, capital (万元), year or days ago of the opening, where the main sponsor
# comes from ("" the same city, "?" not recorded, else a prefecture or a place elsewhere), story
COMPANIES = (
    ("440222", "llc", 5000, 2010, "440600", ""), ("440106", "llc", 20000, 2009, "", ""),
    ("440111", "llc", 10000, 2010, "", "borrowing-near"),
    ("440183", "jsc", 15000, 2010, "", ""), ("440303", "llc", 20000, 2009, "", ""),
    ("440305", "jsc", 30000, 2010, "", "amount-broken"),
    ("440307", "llc", 10000, 2011, "440100", "amount-near"),
    ("440402", "llc", 10000, 2011, "", ""), ("440605", "jsc", 30000, 2009, "", "raised"),
    ("440606", "llc", 20000, 2010, "", "borrowing-broken"),
    ("440604", "llc", 10000, 2011, "", "city-raise"), ("441302", "llc", 10000, 2010, "", ""),
    ("441322", "llc", 8000, 2011, "", "single-near"),
    ("441323", "llc", 6000, 2012, "440300", ""), ("441900", "jsc", 20000, 2010, "", ""),
    ("442000", "llc", 15000, 2010, "", "rate-near"), ("440703", "llc", 10000, 2011, "", ""),
    ("440785", "llc", 5000, 2012, "440100", "provision-near"),
    ("441202", "llc", 10000, 2011, "", ""), ("441284", "llc", 6000, 2011, "440600", ""),
    ("441223", "llc", 4000, 2012, "", "bad"), ("440511", "llc", 10000, 2009, "", ""),
    ("440515", "llc", 8000, 2011, "", ""), ("441581", "llc", 5000, 2011, "440300", ""),
    ("441521", "llc", 5000, 2012, "浙江省杭州市", ""),
    ("445122", "llc", 5000, 2012, "440100", ""), ("445281", "jsc", 10000, 2011, "", ""),
    ("445222", "llc", 3000, 2012, "?", ""), ("441781", "llc", 5000, 2011, "441900", ""),
    ("440883", "llc", 5000, 2010, "", "single-broken"),
    ("440881", "llc", 4000, 2012, "440600", "city-raise"),
    ("440981", "llc", 6000, 2011, "440100", ""),
    ("440983", "llc", 5000, 2012, "", ""), ("440281", "llc", 4000, 2011, "440300", "single-near"),
    ("440224", "llc", 3000, 2011, "", "exited"), ("441622", "llc", 5000, 2012, "440300", ""),
    ("441424", "llc", 4000, 2012, "440100", "provision-broken"),
    ("441481", "llc", 5000, 2009, "", "converted"),
    ("441881", "llc", 6000, 2010, "440600", ""), ("441823", "llc", 3000, 2012, "441900", ""),
    ("445381", "llc", 5000, 2011, "440100", ""), ("445302", "llc", 5000, 40, "", "preparing"),
    ("441623", "llc", 5000, 150, "440300", ""),
)  # fmt: skip
STAKES = ((30, 20, 20, 15, 15), (30, 15, 15, 14, 13, 13), (25, 20, 20, 20, 15), (40, 20, 20, 20))
SPONSORS = ("实业", "电子", "陶瓷", "家电", "纺织", "水产", "建材", "农业", "机械", "物流")


def make_companies(desk: Desk) -> list[Firm]:
    """Make the companies with detail, facts and holders; return all of them."""
    firms = [_firm(desk, place, row) for place, row in enumerate(COMPANIES, start=1)]
    desk.keep([each.institution for each in firms])
    details, holders = [], []
    for firm, row in zip(firms, COMPANIES, strict=True):
        founded = _life(desk, firm, row[1])
        details.append(_detail(desk.rng, firm, row[1], founded))
        holders += _holders(desk, firm, home=row[4])
    desk.keep_facts()
    desk.keep(details)
    desk.keep(holders)
    for firm in firms:
        if firm.story == "converted":
            _convert(desk, firm)
    return firms


def _firm(desk: Desk, place: int, row: tuple) -> Firm:
    code, form, capital, when, _home, story = row
    prefecture, county = desk.place(code)
    where = (county or prefecture).name.rstrip("市县区")
    suffix = "小额贷款股份有限公司" if form == "jsc" else "小额贷款有限责任公司"
    name = f"演示{where}{desk.rng.choice(TRADE_NAMES)}{suffix}"
    rng = desk.rng
    opened = (
        datetime.date(when, rng.randint(3, 11), rng.randint(1, 28))
        if when > 1000
        else desk.ago(when)
    )
    institution = desk.institution(f"DEMO-MC-{place:02d}", "microloan_company", name, code)
    return Firm(institution, capital, opened, story)


def _life(desk: Desk, firm: Firm, form: str) -> int:
    """Note what happened to a company; return its capital at the foundation."""
    who, opened = firm.institution, firm.opened
    raised = opened + 620 * DAY
    if firm.capital > 20000:  # 粤金〔2012〕6号 let companies grow beyond 200 million
        raised = max(raised, datetime.date(2012, 4, 10))
    grows = firm.capital > 20000 or (firm.capital >= 8000 and desk.rng.random() < 0.4)
    founded = firm.capital
    if firm.story == "city-raise":  # its city decides it, among what is supervised
        founded, raised = firm.capital * 3 // 4, None
    elif grows and raised < desk.ago(60) and firm.story not in ("converted", "exited"):
        founded = max(firm.capital // 2, 5000)
    approval = _approval(desk, opened - 45 * DAY)
    desk.happened(
        who, FactKind.OPENING_APPROVED, opened - 45 * DAY, capital=Decimal(founded), **approval
    )
    if firm.story == "preparing":
        firm.opened = None
        return founded
    desk.happened(who, FactKind.REGISTERED, opened - 12 * DAY, decided_by="演示工商行政管理局",
                  capital=Decimal(founded))  # fmt: skip
    desk.happened(who, FactKind.OPENED, opened)
    if founded != firm.capital and raised:
        desk.happened(who, FactKind.CAPITAL_CHANGED, raised, capital=Decimal(firm.capital),
                      **_approval(desk, raised))  # fmt: skip
    if firm.story == "exited":
        firm.left = desk.ago(200)
        desk.happened(who, FactKind.SUSPENDED, desk.ago(260), note="演示：股东会决议停业")
        desk.happened(who, FactKind.EXITED, firm.left, reason=ExitReason.DISSOLVED,
                      document_number=desk.document("粤金", firm.left),
                      decided_by=OFFICE)  # fmt: skip
    return founded


def _approval(desk: Desk, on: datetime.date) -> dict[str, object]:
    return {
        "document_number": desk.document("粤金", on),
        "decided_by": OFFICE,
        "level": DecidingLevel.PROVINCE,
        "authority": Authority.STATUTORY,
    }


def _detail(rng: Random, firm: Firm, form: str, founded: int) -> MicroloanCompany:
    featured = rng.random() < 0.3
    return MicroloanCompany(
        institution=firm.institution,
        legal_form=form,
        capital=Decimal(founded),
        business_scope=SCOPE,
        is_featured=featured,
        feature=rng.choice(FEATURES) if featured else "",
    )


def _holders(desk: Desk, firm: Firm, *, home: str) -> list[Shareholder]:
    """Who holds the company: one or two main sponsors, then enterprises and persons."""
    rng, where = desk.rng, firm.institution.prefecture
    pattern = STAKES[3] if firm.story == "rate-near" else rng.choice(STAKES[:3])
    mains = 0 if home == "?" else 2 if pattern is STAKES[2] else 1
    since = firm.opened or desk.ago(40)
    trades = rng.sample(SPONSORS, len(pattern))
    found = []
    for place, stake in enumerate(pattern):
        person = place >= 3 and rng.random() < 0.6
        came = home if place < mains and home not in ("", "?") else where.code
        elsewhere = came not in desk.prefectures
        city = came[-3:] if elsewhere else desk.prefectures[came].name
        name = f"{city.rstrip('市')}{trades[place]}{'集团' if place < mains else ''}有限公司"
        holder = Shareholder(
            institution=firm.institution,
            name=f"演示股东{desk.person()[2:]}" if person else f"演示{name}",
            kind="person" if person else "enterprise",
            role="main_sponsor" if place < mains else "participant",
            home_prefecture=None if elsewhere else desk.prefectures[came],
            home_place=came if elsewhere else "",
            stake=Decimal(stake),
            contributed=Decimal(firm.capital * stake) / 100,
            held_from=since,
        )
        if place < mains:
            _sponsor(rng, holder, firm.capital, since)
        found.append(holder)
    return found


def _sponsor(rng: Random, holder: Shareholder, capital: int, since: datetime.date) -> None:
    """What makes a main sponsor one of quality: assets, debt, three years' profit, taxes."""
    size = capital * rng.randint(2, 6)
    holder.is_quality_enterprise = rng.random() < 0.75
    holder.financials_as_of = datetime.date(since.year - 1, 12, 31)
    holder.net_assets = Decimal(size)
    holder.debt_ratio = Decimal(rng.randint(3200, 6800)) / 100
    holder.profit_year = since.year - 1
    holder.profit_last = Decimal(size * rng.randint(6, 12)) / 100
    holder.profit_second = Decimal(size * rng.randint(5, 10)) / 100
    holder.profit_third = Decimal(size * rng.randint(4, 9)) / 100
    holder.taxes = Decimal(size * rng.randint(2, 5)) / 100


def _convert(desk: Desk, firm: Firm) -> None:
    """Turn the company into the village bank of its county, on the day that bank opened."""
    bank = Institution.objects.filter(
        kind="village_bank", county=firm.institution.county, facts__kind=FactKind.OPENED
    ).first()
    on = bank.facts.get(kind=FactKind.OPENED).happened_on
    convert_into_village_bank(
        MicroloanCompany.objects.get(pk=firm.institution.pk),
        village_bank=bank,
        on=on,
        actor=desk.actor,
        now=desk.now,
        expected_version=1,
        document_number=desk.document("银监复", on),
        decided_by="演示监管机关",
        note=REASON,
    )
    firm.left = on
