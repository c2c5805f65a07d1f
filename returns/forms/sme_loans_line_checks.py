"""Checks of ``sme-loans`` within one line (tier 2; domain facts 4.4)."""

from collections.abc import Iterator

from core.text import Text
from returns.checking.check import Hits, Severity, Tier, check
from returns.checking.columns import Tables
from returns.checking.context import Context
from returns.forms.sme_loans_sums import (
    BAD_CLASSES,
    BREAKDOWNS,
    TOLERANCE,
    balance_slipped,
    beyond,
    difference,
    npl_difference,
    tolerance,
    total,
)

IDENTITY = Text("报表内在勾稽关系", "Identity within the form")
MONTHLY = Text("本表填报说明", "Instructions of the form")
FIX_PARTS = Text(
    "请逐项核对各组成部分与期末余额，改正不符的一项。",
    "Compare each part with the balance and correct the one that differs.",
)
RATE_UNIT = 10**4  # rates are compared with four decimals of a percent
ALL_PARTS = sum(BREAKDOWNS.values(), ())


def _parts(
    tables: Tables, context: Context, group: str, column: str, *, only: str = ""
) -> Iterator[Hits]:
    """Object where a breakdown misses the balance, unless the balance itself slipped."""
    lines, parts = tables["lines"], BREAKDOWNS[group]
    off = difference(lines, group)
    wrong = beyond(off, tolerance(context, len(parts))) & ~balance_slipped(lines, context)
    if only:
        wrong &= (npl_difference(lines) == off) == (only == "npl too")
    rows = lines.sound(wrong, "balance", *parts)
    if len(rows):
        yield Hits(
            "lines",
            column,
            rows,
            parameters={
                "sum": total(lines, parts)[rows],
                "balance": lines["balance"][rows],
                "difference": off[rows],
            },
        )


@check(
    "SL-201",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("balance", *ALL_PARTS),
    title=Text("期末余额与三种分类都不符", "Balance agrees with none of its breakdowns"),
    message=Text(
        "期末余额 {value} 与担保方式、期限、五级分类三种合计（均为 {expected}）都不符，相差 "
        "{difference}。",
        "Balance {value} differs from guarantee types, terms and classes, which all add up to "
        "{expected}; difference {difference}.",
    ),
    cure=Text(
        "三种分类一致，多半是期末余额填错：请核对后改正。",
        "The breakdowns agree, so the balance is probably mistyped: check and correct it.",
    ),
    source=IDENTITY,
    parameters=(TOLERANCE,),
)
def balance_equals_its_breakdowns(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    rows = lines.sound(balance_slipped(lines, context), "balance", *ALL_PARTS)
    if len(rows):
        off = difference(lines, "term")[rows]
        yield Hits(
            "lines", "balance", rows, lines["balance"][rows] + off, parameters={"difference": off}
        )


@check(
    "SL-202",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("balance", *BREAKDOWNS["guarantee"]),
    title=Text("担保方式合计等于余额", "Guarantee types add up to the balance"),
    message=Text(
        "信用 + 保证 + 抵押 + 质押 = {sum}，期末余额 = {balance}，相差 {difference}。",
        "Unsecured + guaranteed + mortgaged + pledged = {sum}, balance = {balance}; "
        "difference {difference}.",
    ),
    cure=FIX_PARTS,
    source=IDENTITY,
    parameters=(TOLERANCE,),
)
def guarantee_types_add_up(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _parts(tables, context, "guarantee", "unsecured")


@check(
    "SL-203",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("balance", *BREAKDOWNS["term"]),
    title=Text("期限合计等于余额", "Terms add up to the balance"),
    message=Text(
        "短期 + 中长期 = {sum}，期末余额 = {balance}，相差 {difference}。",
        "Short + long term = {sum}, balance = {balance}; difference {difference}.",
    ),
    cure=FIX_PARTS,
    source=IDENTITY,
    parameters=(TOLERANCE,),
)
def terms_add_up(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _parts(tables, context, "term", "short_term")


@check(
    "SL-204",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("balance", *BREAKDOWNS["quality"]),
    title=Text("五级分类合计等于余额", "Five classes add up to the balance"),
    message=Text(
        "正常 + 关注 + 次级 + 可疑 + 损失 = {sum}，期末余额 = {balance}，相差 {difference}。",
        "Normal + special mention + substandard + doubtful + loss = {sum}, balance = {balance}; "
        "difference {difference}.",
    ),
    cure=FIX_PARTS,
    source=Text("《贷款风险分类指引》（银监发〔2007〕54号）", "银监发〔2007〕54号"),
    parameters=(TOLERANCE,),
)
def classes_add_up(tables: Tables, context: Context) -> Iterator[Hits]:
    # Where NPL misses its classes by the same amount, the slip lies in one of those classes.
    yield from _parts(tables, context, "quality", "substandard", only="npl too")
    yield from _parts(tables, context, "quality", "normal", only="classes alone")


@check(
    "SL-205",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("npl", *BAD_CLASSES),
    title=Text("不良等于后三类之和", "NPL equals its three classes"),
    message=Text(
        "不良贷款 {value} 不等于 次级 + 可疑 + 损失 = {expected}。",
        "NPL {value} differs from substandard + doubtful + loss = {expected}.",
    ),
    cure=Text("请按后三类之和填写不良贷款。", "Enter the sum of the three classes as NPL."),
    source=Text("《贷款风险分类指引》（银监发〔2007〕54号）", "银监发〔2007〕54号"),
    parameters=(TOLERANCE,),
)
def npl_is_its_classes(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    off = npl_difference(lines)
    wrong = beyond(off, tolerance(context, len(BAD_CLASSES)))
    wrong &= (off != difference(lines, "quality")) & (lines["npl"] <= lines["balance"])
    rows = lines.sound(wrong, "npl", "balance", *BREAKDOWNS["quality"])
    if len(rows):
        yield Hits("lines", "npl", rows, lines["npl"][rows] + off[rows])


@check(
    "SL-206",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("npl", "balance"),
    title=Text("不良不超过余额", "NPL within the balance"),
    message=Text(
        "不良贷款 {value} 大于期末余额 {expected}。", "NPL {value} exceeds the balance {expected}."
    ),
    cure=Text("请核对不良贷款与期末余额。", "Check NPL and balance."),
    source=IDENTITY,
)
def npl_within_balance(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    wrong = (lines["npl"] > lines["balance"]) & ~balance_slipped(lines, context)
    rows = lines.sound(wrong, "npl", "balance")
    if len(rows):
        yield Hits("lines", "npl", rows, lines["balance"][rows])


@check(
    "SL-207",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("borrowers", "balance"),
    title=Text("有余额必有户数", "A balance has borrowers"),
    message=Text(
        "期末余额 {balance}，有余额户数却为 0。", "The balance is {balance}, yet borrowers are 0."
    ),
    cure=Text("请填写期末有余额的户数。", "Enter the number of borrowers with a balance."),
    source=IDENTITY,
)
def balance_has_borrowers(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    wrong = (lines["balance"] > 0) & (lines["borrowers"] == 0)
    rows = lines.sound(wrong, "borrowers", "balance")
    if len(rows):
        yield Hits("lines", "borrowers", rows, parameters={"balance": lines["balance"][rows]})


@check(
    "SL-208",
    tier=Tier.LINE,
    severity=Severity.WARNING,
    table="lines",
    columns=("borrowers", "balance"),
    title=Text("有户数应有余额", "Borrowers have a balance"),
    message=Text(
        "有余额户数 {value}，期末余额却为 0。", "Borrowers are {value}, yet the balance is 0."
    ),
    cure=Text(
        "请核对；余额确实不足 0.01 万元时请说明。",
        "Check; if the balance is really below 100 yuan, explain.",
    ),
    source=IDENTITY,
)
def borrowers_have_balance(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    wrong = (lines["balance"] == 0) & (lines["borrowers"] > 0)
    wrong &= ~balance_slipped(lines, context)
    rows = lines.sound(wrong, "borrowers", "balance")
    if len(rows):
        yield Hits("lines", "borrowers", rows)


@check(
    "SL-209",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("granted_year", "granted_period"),
    title=Text("本年累计不小于本期", "The year includes the period"),
    message=Text(
        "本年累计发放 {value} 小于本期发放 {expected}。",
        "Granted this year {value} is below granted this period {expected}.",
    ),
    cure=Text("请核对本期与本年累计发放。", "Check the amounts of period and year."),
    source=MONTHLY,
)
def year_includes_period(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    off = lines["granted_period"] - lines["granted_year"]
    rows = lines.sound(off > tolerance(context, 1), "granted_year", "granted_period")
    if len(rows):
        yield Hits("lines", "granted_year", rows, lines["granted_period"][rows])


@check(
    "SL-210",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("granted_year", "granted_period"),
    title=Text("一月的累计等于本期", "In January the year is the period"),
    message=Text(
        "一月份本年累计发放 {value} 应等于本期发放 {expected}。",
        "In January, granted this year {value} must equal granted this period {expected}.",
    ),
    cure=Text(
        "一月的累计从零开始，请按本期发放填写。",
        "The year starts from zero in January: enter the amount of the period.",
    ),
    source=MONTHLY,
    parameters=(TOLERANCE,),
)
def january_is_the_year(tables: Tables, context: Context) -> Iterator[Hits]:
    if context.month != 1:
        return
    lines = tables["lines"]
    off = lines["granted_year"] - lines["granted_period"]
    rows = lines.sound(off > tolerance(context, 1), "granted_year", "granted_period")
    if len(rows):
        yield Hits("lines", "granted_year", rows, lines["granted_period"][rows])


@check(
    "SL-211",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("interest", "granted_period"),
    title=Text("有利息额必有发放", "Interest needs new loans"),
    message=Text(
        "本期发放为 0，新发放年利息额却为 {value}。",
        "Nothing was granted this period, yet interest of new loans is {value}.",
    ),
    cure=Text("请补填本期发放，或将年利息额改为 0。", "Enter the amount granted, or 0 interest."),
    source=IDENTITY,
)
def interest_needs_loans(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    wrong = (lines["granted_period"] == 0) & (lines["interest"] > 0)
    rows = lines.sound(wrong, "interest", "granted_period")
    if len(rows):
        yield Hits("lines", "interest", rows)


@check(
    "SL-212",
    tier=Tier.LINE,
    severity=Severity.WARNING,
    table="lines",
    columns=("interest", "granted_period"),
    title=Text("利率在上下限之间", "Rate between floor and ceiling"),
    message=Text(
        "新发放加权平均年利率 {rate}% 不在 {floor}%—{ceiling}% 之间。",
        "The weighted rate of new loans {rate}% is not between {floor}% and {ceiling}%.",
    ),
    cure=Text(
        "年利息额 = Σ（发放额 × 年利率）；请核对，属实请说明。",
        "Interest is the sum of amount × annual rate; check it, or explain if it is right.",
    ),
    source=Text("贷款利率上下限（见规则参数）", "Limits of loan rates (see rule parameters)"),
    parameters=("sme-loans.rate-min", "sme-loans.rate-max"),
)
def rate_within_limits(tables: Tables, context: Context) -> Iterator[Hits]:
    # interest has four decimals and the amount two, so interest / amount is the rate in %.
    floor = context.scaled_rule("sme-loans.rate-min", 4)
    ceiling = context.scaled_rule("sme-loans.rate-max", 4)
    if floor is None or ceiling is None:
        return
    lines = tables["lines"]
    amount, interest = lines["granted_period"], lines["interest"] * RATE_UNIT
    wrong = ((interest < amount * floor) | (interest > amount * ceiling)) & (amount > 0)
    rows = lines.sound(wrong, "interest", "granted_period")
    if len(rows):
        rate = (2 * interest[rows] + amount[rows]) // (2 * amount[rows])
        yield Hits(
            "lines",
            "interest",
            rows,
            parameters={"rate": rate, "floor": floor, "ceiling": ceiling},
            scales={"rate": 4, "floor": 4, "ceiling": 4},
        )


@check(
    "SL-213",
    tier=Tier.LINE,
    severity=Severity.ERROR,
    table="lines",
    columns=("approved", "applicants"),
    title=Text("获贷不超过申请", "Approved within applicants"),
    message=Text(
        "获贷户数 {value} 大于申请户数 {expected}。",
        "Approved applicants {value} exceed applicants {expected}.",
    ),
    cure=Text("请核对申请户数与获贷户数。", "Check both numbers of applicants."),
    source=IDENTITY,
)
def approved_within_applicants(tables: Tables, context: Context) -> Iterator[Hits]:
    lines = tables["lines"]
    rows = lines.sound(lines["approved"] > lines["applicants"], "approved", "applicants")
    if len(rows):
        yield Hits("lines", "approved", rows, lines["applicants"][rows])
