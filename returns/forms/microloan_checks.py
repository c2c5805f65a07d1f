"""Every check of ``microloan``, in the order in which they run: identities, then history, then
limits as dated rules (银监发〔2008〕23号 and what changed them)."""

from collections.abc import Iterator

from core.text import Text
from finance.rules.microloan_items import (
    AGRICULTURE,
    CLASSES,
    COMMERCE,
    CUSTOMERS,
    MAY_BE_NEGATIVE,
    METHODS,
    SIZES,
    TERMS,
    USES,
    WHOLE,
)
from returns.checking.check import Check, Hits, Severity, Tier, check
from returns.checking.columns import Tables
from returns.checking.context import Context
from returns.checking.run import plain
from returns.forms import system_checks as system
from returns.forms.item_checks import (
    EXPLAIN,
    IDENTITY,
    Ref,
    adds_up,
    amount,
    at,
    at_most_column,
    filled_together,
    items_stand_once,
    not_negative,
    rows_are_there,
    stands_against,
    within,
)
from returns.forms.item_history_checks import (
    goes_on,
    in_another_unit,
    moved_much,
    year_goes_on,
)
from returns.forms.item_limits import Bound, keeps_within

PILOT = Text(
    "《关于小额贷款公司试点的指导意见》（银监发〔2008〕23号）；限额按当日有效的规则参数",
    "银监发〔2008〕23号; the limit is the dated rule in force",
)
LATER = Text(
    "《关于加强小额贷款公司监督管理的通知》（银保监办发〔2020〕86号）；限额按当日有效的规则参数",
    "银保监办发〔2020〕86号; the limit is the dated rule in force",
)
SHENZHEN = Text(
    "深圳市小额贷款公司试点规定（2009年）；限额按当日有效的规则参数",
    "Shenzhen's rules of 2009; the limit is the dated rule in force",
)
BOTH = ("balance", "number")
FLOW = ("granted", "collected", "granted_year", "collected_year")
CHANGE, SLIP = "microloan.change-max", "microloan.unit-slip"
RATE_SCALE = 10**4  # the interest of new loans and rates have four decimals, amounts two


def money(item: str) -> Ref:
    return Ref("amounts", item, "amount")


def indicator(item: str) -> Ref:
    return Ref("indicators", item, "value")


def flow(measure: str) -> Ref:
    return Ref("flows", "total", measure)


TOTAL = Ref("balances", "total", "balance")


@check(
    "MC-212",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="indicators",
    columns=("value",),
    title=Text("家数、户数、笔数、人数为整数", "Numbers of banks, loans and people are whole"),
    message=Text("{key} 填 {value}，应为整数。", "{key} says {value}; it must be whole."),
    cure=Text("请填整数。", "Give a whole number."),
    source=IDENTITY,
)
def numbers_are_whole(tables: Tables, context: Context) -> Iterator[Hits]:
    for item in WHOLE:
        found = amount(tables, indicator(item))
        if found is not None and found % RATE_SCALE:
            yield at(tables, indicator(item))


@check(
    "MC-213",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="indicators",
    columns=("value",),
    title=Text("最低利率不高于最高利率", "The lowest rate is not above the highest"),
    message=Text(
        "最低年利率 {lowest}% 高于最高年利率 {highest}%。",
        "The lowest rate, {lowest}%, is above the highest, {highest}%.",
    ),
    cure=Text("请改正其中一项。", "Correct one of the two."),
    source=IDENTITY,
)
def lowest_is_lowest(tables: Tables, context: Context) -> Iterator[Hits]:
    low = amount(tables, indicator("lowest_rate"))
    high = amount(tables, indicator("highest_rate"))
    if low is not None and high is not None and low > high:
        yield at(tables, indicator("lowest_rate"), lowest=low, highest=high)


@check(
    "MC-228",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="indicators",
    columns=("value",),
    title=Text("加权平均利率在最低与最高之间", "The weighted rate lies between the two"),
    message=Text(
        "按当月发放年利息额 {value} 计算，加权平均年利率不在 {lowest}%—{highest}% 之间。",
        "By the yearly interest {value} the weighted rate is not between {lowest}% and {highest}%.",
    ),
    cure=Text(
        "年利息额 = Σ（每笔发放额 × 年利率）；请核对它与最高、最低利率。",
        "Yearly interest is the sum of amount × annual rate; check it and the two rates.",
    ),
    source=IDENTITY,
)
def weighted_rate_is_between(tables: Tables, context: Context) -> Iterator[Hits]:
    cells = [
        amount(tables, ref)
        for ref in (
            flow("granted"),
            indicator("new_loan_interest"),
            indicator("lowest_rate"),
            indicator("highest_rate"),
        )
    ]
    if None in cells:
        return
    granted, interest, low, high = cells
    if low > high or (granted and not high):
        return  # MC-213 or MC-230 tells it
    # In millionths of 万元 × %: two decimals of the amount, four of the rate.
    slack = RATE_SCALE + high  # more than the last place of interest and amount
    if not granted * low - slack <= interest * RATE_SCALE <= granted * high + slack:
        yield at(tables, indicator("new_loan_interest"), lowest=low, highest=high)


@check(
    "MC-230",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="indicators",
    columns=("value",),
    title=Text("有发放必有利率", "New loans have a rate"),
    message=Text(
        "当月发放 {granted} 万元，最高年利率却为 0。",
        "{granted} (10,000 yuan) were granted, yet the highest annual rate is 0.",
    ),
    cure=Text(
        "请填写当月发放贷款的最高、最低年利率。",
        "Give the highest and lowest rates of the month's loans.",
    ),
    source=IDENTITY,
)
def new_loans_have_a_rate(tables: Tables, context: Context) -> Iterator[Hits]:
    granted = amount(tables, flow("granted"))
    if granted and amount(tables, indicator("highest_rate")) == 0:
        yield at(tables, indicator("highest_rate"), granted=plain(granted, 2))


@check(
    "MC-229",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="indicators",
    columns=("value",),
    title=Text("有余额户数不超过笔数", "Borrowers are within the loans"),
    message=Text(
        "有余额户数 {value} 大于有余额笔数 {loans}。",
        "There are {value} borrowers, but {loans} loans with a balance.",
    ),
    cure=Text("每户至少一笔，请改正其中一项。", "Each has one loan at least: correct one of them."),
    source=IDENTITY,
)
def borrowers_within_loans(tables: Tables, context: Context) -> Iterator[Hits]:
    borrowers = amount(tables, indicator("borrowers"))
    loans = amount(tables, Ref("balances", "total", "number"))
    if borrowers is not None and loans is not None and borrowers > loans * RATE_SCALE:
        yield at(tables, indicator("borrowers"), loans=str(loans))


@check(
    "MC-221",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="amounts",
    columns=("amount",),
    title=Text("最大单户不大于各项贷款", "The largest borrower is within all loans"),
    message=Text(
        "最大单户贷款余额 {value} 大于各项贷款 {whole}。",
        "The largest borrower, {value}, is above all loans, {whole}.",
    ),
    cure=Text("请改正其中一项。", "Correct one of the two."),
    source=IDENTITY,
)
def largest_is_within(tables: Tables, context: Context) -> Iterator[Hits]:
    for item in ("largest_borrower", "largest_group"):
        largest, whole = amount(tables, money(item)), amount(tables, TOTAL)
        if largest is not None and whole is not None and largest > whole:
            yield at(tables, money(item), whole=whole)


@check(
    "MC-408",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="balances",
    columns=("balance",),
    title=Text("有贷款而本月无收放", "Loans, yet nothing moved"),
    message=Text(
        "各项贷款余额 {value}，本月既无发放也无收回。",
        "All loans are {value}, yet nothing was granted or collected this month.",
    ),
    cure=EXPLAIN,
    source=Text("本表填报说明", "Instructions of the form"),
)
def something_moves(tables: Tables, context: Context) -> Iterator[Hits]:
    balance = amount(tables, TOTAL)
    moved = amount(tables, flow("granted")), amount(tables, flow("collected"))
    if balance and moved == (0, 0):
        yield at(tables, TOTAL)


def _limit(
    code: str,
    rule: str,
    title: tuple[str, str],
    top: Ref,
    of: Ref | None = None,
    source: Text = PILOT,
    **more: object,
) -> Check:
    words = Text(*title)
    bound = Bound(rule, words, (top,), (of,) if of else (), **more)
    return keeps_within(code, bound, words, source)


CHECKS: tuple[Check, ...] = (
    *(items_stand_once(f"MC-{301 + number}", table)
      for number, table in enumerate(("balances", "flows", "amounts", "indicators"))),
    adds_up("MC-201", "balances", "total", METHODS, BOTH,
            Text("贷款方式合计等于各项贷款", "Methods add up to all loans")),
    adds_up("MC-202", "balances", "total", USES, BOTH,
            Text("投向合计等于各项贷款", "Uses add up to all loans")),
    adds_up("MC-203", "balances", "total", SIZES, BOTH,
            Text("额度合计等于各项贷款", "Amount classes add up to all loans")),
    adds_up("MC-204", "balances", "total", TERMS, BOTH,
            Text("期限合计等于各项贷款", "Terms add up to all loans")),
    adds_up("MC-205", "balances", "total", CLASSES, BOTH,
            Text("五级分类合计等于各项贷款", "Five classes add up to all loans")),
    goes_on("MC-206", TOTAL,
            ((1, flow("granted")), (-1, flow("collected")), (-1, money("written_off"))),
            Text("余额滚动平衡", "The balance rolls forward")),
    adds_up("MC-207", "balances", "agricultural", AGRICULTURE, BOTH,
            Text("涉农各项合计等于涉农", "Agricultural parts add up")),
    within("MC-208", "balances", "group_guaranteed", "guaranteed", BOTH,
           Text("多户联保包含在保证内", "Group guaranteed is part of guaranteed")),
    within("MC-209", "balances", COMMERCE, "industrial_commercial", BOTH,
           Text("工业企业、个体工商户包含在工商业内",
                "Industrial enterprises and sole traders are part of industry and commerce")),
    filled_together("MC-210", "balances", "balance", "number",
                    Text("有余额必有笔数", "A balance is of some number of loans")),
    filled_together("MC-211", "balances", "number", "balance",
                    Text("有笔数必有余额", "Loans have a balance")),
    numbers_are_whole,
    lowest_is_lowest,
    adds_up("MC-214", "flows", "total", CUSTOMERS, FLOW,
            Text("客户类型合计等于总数", "Customer types add up")),
    adds_up("MC-215", "flows", "total", METHODS, FLOW,
            Text("贷款方式合计等于总数", "Methods add up")),
    adds_up("MC-216", "flows", "total", USES, FLOW, Text("投向合计等于总数", "Uses add up")),
    adds_up("MC-217", "flows", "total", SIZES, FLOW,
            Text("额度合计等于总数", "Amount classes add up")),
    at_most_column("MC-218", "flows", "granted", "granted_year",
                   Text("当月发放不大于当年累放", "The month's loans are within the year's")),
    at_most_column("MC-219", "flows", "collected", "collected_year",
                   Text("当月收回不大于当年累收", "The month's collections are within the year's")),
    stands_against(
        "MC-220", money("total_assets"), ((1, money("liabilities")), (1, money("equity"))),
        Text("资产等于负债加权益", "Assets are liabilities and equity"),
        Text("总资产 {whole}，负债加所有者权益为 {sum}，相差 {difference}。",
             "Total assets {whole}, liabilities and equity {sum}; difference {difference}."),
        Text("请核对资产负债表。", "Check the balance sheet."),
    ),
    largest_is_within,
    not_negative("MC-222", "amounts", "amount", Text("金额不为负数", "Amounts are not negative"),
                 but=MAY_BE_NEGATIVE),
    within("MC-223", "amounts", "largest_borrower", "largest_group", ("amount",),
           Text("最大单户包含在其关联方合计内", "The largest borrower is part of its group")),
    within("MC-224", "amounts", "bank_borrowings", "liabilities", ("amount",),
           Text("银行融入包含在总负债内", "Bank borrowings are part of liabilities")),
    rows_are_there("MC-225", (money("paid_in_capital"), money("net_capital"), TOTAL,
                              flow("granted")),
                   Text("必填的行都已填写", "The rows that everybody fills in are there")),
    new_loans_have_a_rate,
    weighted_rate_is_between,
    borrowers_within_loans,
    year_goes_on("MC-401", "flows", "granted_year", "granted",
                 Text("当年累放连续", "Granted this year goes on from last month")),
    year_goes_on("MC-402", "flows", "collected_year", "collected",
                 Text("当年累收连续", "Collected this year goes on from last month")),
    goes_on("MC-403", money("granted_since_opening"), ((1, flow("granted")),),
            Text("开业以来累放连续", "Granted since opening goes on")),
    goes_on("MC-404", money("collected_since_opening"), ((1, flow("collected")),),
            Text("开业以来累收连续", "Collected since opening goes on")),
    goes_on("MC-407", indicator("loans_granted_since_opening"),
            ((1, indicator("loans_granted")),),
            Text("开业以来累放笔数连续", "Loans granted since opening go on")),
    in_another_unit("MC-409", TOTAL, Text("贷款余额单位疑似有误", "The balance's unit is doubtful"),
                    rule=SLIP),
    in_another_unit("MC-410", money("total_assets"),
                    Text("总资产单位疑似有误", "The unit of total assets is doubtful"), rule=SLIP),
    moved_much("MC-405", "balances", "total", "balance",
               Text("贷款余额变动过大", "The balance moved much"), rule=CHANGE, slip=SLIP),
    moved_much("MC-406", "amounts", "total_assets", "amount",
               Text("总资产变动过大", "Total assets moved much"), rule=CHANGE, slip=SLIP),
    something_moves,
    _limit("MC-501", "microloan.borrowing-ratio-max", ("融资比例", "Borrowings to net capital"),
           money("bank_borrowings"), money("net_capital")),
    _limit("MC-502", "microloan.lending-banks-max", ("融入资金的银行家数", "Lending banks"),
           indicator("lending_banks"), unit="家"),
    _limit("MC-503", "microloan.single-borrower-max", ("单户贷款集中度", "Largest borrower"),
           money("largest_borrower"), money("net_capital")),
    _limit("MC-504", "microloan.single-borrower-amount-max",
           ("单户贷款余额", "Largest borrower's balance"), money("largest_borrower"),
           source=SHENZHEN, unit="万元"),
    _limit("MC-505", "microloan.rate-multiple-max", ("最高年利率", "Highest annual rate"),
           indicator("highest_rate"), factor="pboc.loan-rate-1y"),
    _limit("MC-506", "microloan.rate-multiple-min", ("最低年利率", "Lowest annual rate"),
           indicator("lowest_rate"), factor="pboc.loan-rate-1y", ceiling=False,
           judges_zero=False),
    _limit("MC-507", "microloan.provision-min", ("损失准备充足率", "Provision coverage"),
           money("provisions_held"), money("provisions_required"), ceiling=False),
    _limit("MC-511", "microloan.borrowing-equity-max",
           ("银行融入与净资产之比", "Borrowings to net assets"),
           money("bank_borrowings"), money("equity"), LATER, unit="倍"),
    _limit("MC-513", "microloan.single-borrower-equity-max",
           ("单户贷款与净资产之比", "Largest borrower to net assets"),
           money("largest_borrower"), money("equity"), LATER),
    _limit("MC-514", "microloan.single-group-equity-max",
           ("单户及其关联方贷款与净资产之比", "Largest borrower with affiliates to net assets"),
           money("largest_group"), money("equity"), LATER),
    system.institution_is_licensed,
    system.file_sent_elsewhere,
    system.file_sent_before,
)  # fmt: skip
