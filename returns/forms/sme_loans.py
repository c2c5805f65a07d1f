"""Form ``sme-loans``: SME loans of banks and village banks, monthly (domain facts 4.3, 4.4)."""

from core.text import Text
from finance.rules.industries import INDUSTRIES, SIZES
from returns.forms.declaration import (
    Dimension,
    DueRule,
    Form,
    KeyFigure,
    Measure,
    MeasureKind,
    Table,
    Unit,
)
from returns.forms.sme_loans_checks import CHECKS

FILERS = (
    "policy_bank",
    "state_bank",
    "joint_stock_bank",
    "city_bank",
    "rural_bank",
    "credit_cooperative",
    "postal_bank",
    "foreign_bank",
    "village_bank",
)


def money(
    name: str, zh: str, en: str, help_zh: str, help_en: str, kind: MeasureKind = MeasureKind.STOCK
) -> Measure:
    return Measure(name, Text(zh, en), Unit.MONEY, kind, Text(help_zh, help_en))


def count(name: str, zh: str, en: str, help_zh: str, help_en: str, kind: MeasureKind) -> Measure:
    labels = Text(zh, en), Text(help_zh, help_en)
    return Measure(name, labels[0], Unit.HOUSEHOLDS, kind, labels[1], scale=0, maximum=10**9)


PREFECTURE = Dimension(
    "prefecture",
    Text("地市", "Prefecture"),
    Text("借款人所在地级以上市的六位代码", "Six-digit code of the borrower's prefecture"),
    source="prefectures",
)
SIZE = Dimension(
    "size",
    Text("企业规模", "Enterprise size"),
    Text(
        "按《中小企业划型标准规定》（工信部联企业〔2011〕300号）划分",
        "By the classification of 2011 (工信部联企业〔2011〕300号)",
    ),
    codes=SIZES,
)
INDUSTRY = Dimension(
    "industry",
    Text("行业门类", "Industry"),
    Text("按 GB/T 4754 门类，依借款人主营业务", "Section of GB/T 4754, by main activity"),
    codes=INDUSTRIES,
)

FLOW, CUMULATIVE = MeasureKind.FLOW, MeasureKind.CUMULATIVE
LINES = Table(
    name="lines",
    title=Text("贷款明细", "Loan lines"),
    sheet="贷款明细",
    dimensions=(PREFECTURE, SIZE, INDUSTRY),
    measures=(
        money("balance", "期末余额", "Balance", "本外币贷款期末余额", "Loans at period end"),
        Measure("year_start", Text("年初余额", "Balance at year start"), Unit.MONEY,
                MeasureKind.STOCK, Text("上年12月末余额", "Balance at the end of last December"),
                starts_from="december.balance"),
        money("unsecured", "信用", "Unsecured", "余额中的信用贷款", "Unsecured part of balance"),
        money("guaranteed", "保证", "Guaranteed", "余额中的保证贷款", "Guaranteed part"),
        money("mortgaged", "抵押", "Mortgaged", "余额中的抵押贷款", "Mortgaged part"),
        money("pledged", "质押", "Pledged", "余额中的质押贷款", "Pledged part"),
        money("short_term", "短期", "Short term", "期限一年以内（含）", "Term of up to one year"),
        money("long_term", "中长期", "Long term", "期限一年以上", "Term above one year"),
        money("normal", "正常", "Normal", "五级分类：正常", "Five classes: normal"),
        money("special_mention", "关注", "Special mention", "五级分类：关注",
              "Five classes: special mention"),
        money("substandard", "次级", "Substandard", "五级分类：次级", "Five classes: substandard"),
        money("doubtful", "可疑", "Doubtful", "五级分类：可疑", "Five classes: doubtful"),
        money("loss", "损失", "Loss", "五级分类：损失", "Five classes: loss"),
        money("npl", "不良贷款", "NPL", "次级 + 可疑 + 损失", "Substandard + doubtful + loss"),
        money("granted_period", "本期发放", "Granted this period", "报告期内发放额",
              "Granted within the period", FLOW),
        money("granted_year", "本年累计发放", "Granted this year", "本年1月1日起累计发放额",
              "Granted since the first of January", CUMULATIVE),
        Measure(
            "interest",
            Text("新发放年利息额", "Interest of new loans"),
            Unit.MONEY,
            FLOW,
            Text(
                "Σ（本期每笔发放额 × 年利率），四位小数；除以本期发放即加权平均利率",
                "Sum of amount × annual rate of each new loan, 4 decimals",
            ),
            scale=4,
        ),
        count("borrowers", "有余额户数", "Borrowers", "期末有贷款余额的户数",
              "Borrowers with a balance", MeasureKind.COUNT),
        count("applicants", "申请户数", "Applicants", "本期申请贷款的户数",
              "Applicants of the period", FLOW),
        count("approved", "获贷户数", "Approved applicants", "本期申请并获得贷款的户数",
              "Applicants of the period who got a loan", FLOW),
    ),
)  # fmt: skip
TOTALS = Table(
    name="totals",
    title=Text("各项贷款", "All loans"),
    sheet="各项贷款",
    dimensions=(PREFECTURE,),
    measures=(
        money("all_loans", "各项贷款余额", "All loans", "本外币各项贷款期末余额",
              "All loans at period end, of every borrower"),
        Measure("all_year_start", Text("各项贷款年初余额", "All loans at year start"), Unit.MONEY,
                MeasureKind.STOCK,
                Text("上年12月末余额", "All loans at the end of last December"),
                starts_from="december.all_loans"),
        money("all_npl", "各项贷款不良余额", "NPL of all loans", "次级 + 可疑 + 损失",
              "Substandard + doubtful + loss of all loans"),
        money("enterprise_loans", "企业贷款余额", "Enterprise loans",
              "大型 + 中型 + 小型 + 微型企业贷款，不含个体工商户和小微企业主",
              "Large + medium + small + micro; without sole traders and owners"),
    ),
)  # fmt: skip

FORM = Form(
    code="sme-loans",
    source=Text("参照银监会《大中小微型企业贷款情况表》（S63）填报说明",
                "after CBRC form S63 on loans to enterprises by size"),
    version="2012.1",
    title=Text("中小微企业贷款情况表", "Loans to small and medium enterprises"),
    period_kind="month",
    due=DueRule(days=7, source=Text("参照银监会 S63 表填报说明（月后7日内）",
                                "After the CBRC's S63 instructions (7 days after the month)")),
    filers=FILERS,
    tables=(LINES, TOTALS),
    key_figures=(
        KeyFigure("sme_balance", Text("中小微企业贷款余额", "SME loans"), "lines", "balance",
                  {"size": "MSX"}),
        KeyFigure("small_micro_balance", Text("小微企业贷款余额", "Small and micro loans"),
                  "lines", "balance", {"size": "SXIO"}),
        KeyFigure("balance", Text("明细余额合计", "All lines"), "lines", "balance"),
        KeyFigure("npl", Text("不良余额合计", "NPL"), "lines", "npl"),
        KeyFigure("granted_period", Text("本期发放合计", "Granted this period"), "lines",
                  "granted_period"),
        KeyFigure("borrowers", Text("有余额户数", "Borrowers"), "lines", "borrowers"),
        KeyFigure("all_loans", Text("各项贷款余额", "All loans"), "totals", "all_loans"),
    ),
    checks=CHECKS,
    instructions=(
        Text("金额单位为万元，保留两位小数（年利息额四位），四舍五入；户数为整数。",
             "Amounts in 10,000 yuan with two decimals (interest four), rounded half up; "
             "counts whole."),
        Text("只填白色单元格；灰色单元格为代码或说明，已锁定。",
             "Fill the white cells only; grey cells are codes or explanations and are locked."),
        Text("整行不填视为该项没有贷款；一行中只要填了一格，其余空格按 0 计。",
             "A row left empty is no line; once one cell is filled, empty cells of it are 0."),
        Text("需要预置行以外的组合时，用表末的备用行，从下拉列表选代码。",
             "For other combinations use the spare rows at the end; choose codes from the lists."),
        Text("不要插入列、改列名或合并单元格；可以粘贴数值，公式须已计算。",
             "Do not insert columns, rename headers or merge cells; formulas must be calculated."),
    ),
    views=("prefecture", "size", "industry"),
    watched=("balance", "npl", "all_loans"),
    note=Text("统计口径：境内本外币贷款，外币按期末汇率折人民币。",
              "Scope: domestic loans in all currencies, converted at the period-end rate."),
)  # fmt: skip
