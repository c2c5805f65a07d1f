"""Every check of the guarantee forms, in the order in which they run: identities, history, then
the prudential limits of 《融资性担保公司管理暂行办法》 (七部委令2010年第3号) as dated rules."""

from collections.abc import Iterator

from core.text import Text
from returns.checking.check import Check, Hits, Severity, Tier, check
from returns.checking.columns import Tables
from returns.checking.context import Context
from returns.forms import system_checks as system
from returns.forms.guarantee_items import COUNTED, FINANCING, NON_FINANCING
from returns.forms.item_checks import (
    IDENTITY,
    Ref,
    adds_up,
    amount,
    at,
    at_most_column,
    items_stand_once,
    row_identity,
    stands_against,
    within,
)
from returns.forms.item_history_checks import begins_as_ended, moved_much, year_goes_on
from returns.forms.item_limits import Bound, keeps_within

DECREE = Text(
    "《融资性担保公司管理暂行办法》（七部委令2010年第3号）第{article}条；限额按当日有效的规则参数",
    "七部委令2010年第3号, article {article}; the limit is the dated rule in force",
)
STOCKS = ("opening", "new", "released", "closing", "new_year", "released_year")
LIABILITY = Ref("business", "financing", "liability")


def money(item: str) -> Ref:
    return Ref("amounts", item, "amount")


NET_ASSETS = money("net_assets")
RESERVES = tuple(
    money(each)
    for each in ("unearned_premium_reserve", "compensation_reserve", "general_risk_reserve")
)


def _limit(
    code: str,
    rule: str,
    article: int,
    words: tuple[str, str],
    top: Ref,
    of: Ref,
    **more: object,
) -> Check:
    text = Text(*words)
    source = DECREE.format(article=article)
    return keeps_within(code, Bound(rule, text, (top,), (of,), **more), text, source)


@check(
    "GA-223",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="business",
    columns=("liability", "closing"),
    title=Text("担保责任余额不大于在保余额", "The liability is within what is in force"),
    message=Text(
        "期末担保责任余额 {value} 大于期末在保余额 {closing}。",
        "The liability, {value}, is above the guarantees in force, {closing}.",
    ),
    cure=Text("责任余额为扣除银行等分担后的余额，请核对。",
              "The liability is what is left after the bank's share; check it."),
    source=IDENTITY,
)  # fmt: skip
def liability_within_force(tables: Tables, context: Context) -> Iterator[Hits]:
    data = tables["business"]
    rows = data.sound(data["liability"] > data["closing"], "liability", "closing")
    if len(rows):
        yield Hits("business", "liability", rows, parameters={"closing": data["closing"][rows]})


@check(
    "GA-508",
    tier=Tier.SYSTEM,
    severity=Severity.WARNING,
    table="amounts",
    columns=("amount",),
    title=Text("不得为母子公司担保", "No guarantee for parent or subsidiaries"),
    message=Text(
        "为母子公司提供担保 {value} 万元；规定不得为其母公司或子公司提供融资性担保。",
        "Guarantees of {value} (10,000 yuan) for parent or subsidiaries, which are not allowed.",
    ),
    cure=Text("请核对；属实请说明并限期解除。", "Check it; explain, and release them."),
    source=DECREE.format(article=30),
)
def none_for_relatives(tables: Tables, context: Context) -> Iterator[Hits]:
    found = amount(tables, money("parent_subsidiary"))
    if found:
        yield at(tables, money("parent_subsidiary"))


SYSTEM = (
    system.institution_is_licensed,
    system.file_sent_elsewhere,
    system.file_sent_before,
)

MONTHLY: tuple[Check, ...] = (
    *(items_stand_once(f"GA-{301 + number}", table)
      for number, table in enumerate(("business", "compensation", "amounts", "banks"))),
    row_identity("GA-201", "business", "closing", ("opening", "new"), ("released",),
                 Text("在保余额滚动平衡", "Guarantees in force roll forward")),
    row_identity("GA-202", "compensation", "closing", ("opening", "compensated"),
                 ("recovered", "written_off"),
                 Text("代偿余额滚动平衡", "The compensation balance rolls forward")),
    row_identity("GA-203", "compensation", "closing", ("year_start", "compensated_year"),
                 ("recovered_year", "written_off_year"),
                 Text("代偿余额按年滚动平衡", "The compensation balance rolls over the year")),
    at_most_column("GA-204", "business", "new", "new_year",
                   Text("本期新增不大于本年累计", "New this month is within the year")),
    at_most_column("GA-205", "business", "released", "released_year",
                   Text("本期解除不大于本年累计", "Released this month is within the year")),
    at_most_column("GA-206", "compensation", "compensated", "compensated_year",
                   Text("本期代偿不大于本年累计", "Compensated this month is within the year")),
    at_most_column("GA-207", "compensation", "compensated_year", "compensated_ever",
                   Text("本年代偿不大于开业以来", "The year's compensation is within all of it")),
    adds_up("GA-208", "business", "financing", FINANCING, (*STOCKS, "liability"),
            Text("融资性担保各项合计", "Financing guarantees add up")),
    adds_up("GA-209", "business", "non_financing", NON_FINANCING, STOCKS,
            Text("非融资性担保各项合计", "Non-financing guarantees add up")),
    adds_up("GA-210", "business", "total", ("financing", "non_financing", "reguarantee"), STOCKS,
            Text("担保业务合计", "All guarantees add up")),
    within("GA-211", "business", "sme", "financing", (*STOCKS, "liability", "parties"),
           Text("中小企业包含在融资性担保内", "SMEs are part of financing guarantees")),
    within("GA-212", "business", "micro", "sme", (*STOCKS, "liability", "parties"),
           Text("小微企业包含在中小企业内", "Small and micro firms are part of SMEs")),
    within("GA-213", "compensation", "financing", "total",
           ("closing", "compensated", "recovered", "written_off", "cases"),
           Text("融资性代偿包含在合计内", "Financing compensation is part of all")),
    within("GA-214", "compensation", "sme", "financing",
           ("closing", "compensated", "recovered", "written_off", "cases"),
           Text("中小企业代偿包含在融资性内", "SME compensation is part of financing")),
    within("GA-215", "amounts", "state_capital", "paid_in_capital", ("amount",),
           Text("国有资本包含在实收资本内", "State capital is part of paid-in capital")),
    stands_against(
        "GA-216", money("total_assets"), ((1, money("liabilities")), (1, NET_ASSETS)),
        Text("资产等于负债加净资产", "Assets are liabilities and net assets"),
        Text("资产总额 {whole}，负债加净资产为 {sum}，相差 {difference}。",
             "Total assets {whole}, liabilities and net assets {sum}; difference {difference}."),
        Text("请核对资产负债表。", "Check the balance sheet."),
    ),
    within("GA-217", "amounts", "largest_party", "largest_with_affiliates", ("amount",),
           Text("单户不大于单户及关联方", "A party is within the party and its affiliates")),
    within("GA-218", "amounts", "largest_party", "ten_largest", ("amount",),
           Text("单户不大于前十大", "The largest party is among the ten largest")),
    liability_within_force,
    begins_as_ended("GA-401", "business", "opening", "closing",
                    Text("期初等于上期期末", "The opening is last month's closing")),
    begins_as_ended("GA-402", "compensation", "opening", "closing",
                    Text("代偿期初等于上期期末", "The opening is last month's closing")),
    year_goes_on("GA-403", "business", "new_year", "new",
                 Text("本年新增累计连续", "New this year goes on")),
    year_goes_on("GA-404", "business", "released_year", "released",
                 Text("本年解除累计连续", "Released this year goes on")),
    year_goes_on("GA-405", "compensation", "compensated_year", "compensated",
                 Text("本年代偿累计连续", "Compensated this year goes on")),
    year_goes_on("GA-406", "compensation", "recovered_year", "recovered",
                 Text("本年收回累计连续", "Recovered this year goes on")),
    moved_much("GA-407", "business", "total", "closing",
               Text("在保余额变动过大", "Guarantees in force moved much"),
               rule="guarantee.change-max"),
    moved_much("GA-408", "amounts", "net_assets", "amount",
               Text("净资产变动过大", "Net assets moved much"), rule="guarantee.change-max"),
    _limit("GA-501", "guarantee.leverage-max", 28, ("融资性担保放大倍数", "Leverage"),
           LIABILITY, NET_ASSETS, unit="倍"),
    _limit("GA-502", "guarantee.single-party-max", 27, ("单户集中度", "Largest party"),
           money("largest_party"), NET_ASSETS),
    _limit("GA-503", "guarantee.affiliates-max", 27,
           ("单户及关联方集中度", "Largest party with affiliates"),
           money("largest_with_affiliates"), NET_ASSETS),
    _limit("GA-504", "guarantee.bond-party-max", 27,
           ("单户债券发行担保集中度", "Largest party's bonds"),
           money("largest_bond_party"), NET_ASSETS),
    _limit("GA-505", "guarantee.other-investment-max", 29,
           ("自有资金其他投资占比", "Other investments"), money("other_investments"), NET_ASSETS),
    _limit("GA-506", "guarantee.unearned-premium-min", 31,
           ("未到期责任准备金提取比例", "Unearned premium reserve"),
           money("unearned_premium_reserve"), money("premium_income"), ceiling=False),
    _limit("GA-507", "guarantee.compensation-reserve-min", 31,
           ("担保赔偿准备金提取比例", "Compensation reserve"),
           money("compensation_reserve"), LIABILITY, ceiling=False),
    none_for_relatives,
    *SYSTEM,
)  # fmt: skip


@check(
    "GH-201",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="half_year",
    columns=("closing",),
    title=Text("户数、家数为整数", "Numbers are whole"),
    message=Text("填 {value}，应为整数。", "It says {value}; it must be a whole number."),
    cure=Text("请填整数。", "Give a whole number."),
    source=IDENTITY,
)
def numbers_are_whole(tables: Tables, context: Context) -> Iterator[Hits]:
    for item in COUNTED:
        for measure in tables["half_year"].table.measures:
            ref = Ref("half_year", item, measure.name)
            found = amount(tables, ref)
            if found is not None and found % 100:
                yield at(tables, ref)


def _sme_within(code: str, small: str, large: str) -> Check:
    return at_most_column(code, "half_year", small, large,
                          Text("中小企业包含在全部内", "SMEs are part of all"))  # fmt: skip


HALF_YEARLY: tuple[Check, ...] = (
    items_stand_once("GH-301", "half_year"),
    numbers_are_whole,
    _sme_within("GH-202", "sme_year_start", "year_start"),
    _sme_within("GH-203", "sme_this_year", "this_year"),
    _sme_within("GH-204", "sme_closing", "closing"),
    within("GH-205", "half_year", "npl", "loans", ("year_start", "closing"),
           Text("不良贷款包含在各项贷款内", "Non-performing loans are part of loans")),
    within("GH-206", "half_year", "guaranteed_npl", "guaranteed_loans", ("year_start", "closing"),
           Text("不良包含在融资性担保贷款内", "Non-performing are part of guaranteed loans")),
    within("GH-207", "half_year", "guaranteed_loans", "loans", ("year_start", "closing"),
           Text("融资性担保贷款包含在各项贷款内", "Guaranteed loans are part of loans")),
    *SYSTEM,
)  # fmt: skip
