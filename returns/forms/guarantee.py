"""Forms ``guarantee`` (monthly) and ``guarantee-half-year`` of guarantee agencies.

Sources: 银监发〔2010〕80号 for the industry's statistics; 银监发〔2010〕95号 (银监统临[2010]002)
for the half-yearly form (domain facts 5.2). Rows are items.
"""

from collections.abc import Mapping

from core.text import Text
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
from returns.forms.guarantee_checks import HALF_YEARLY, MONTHLY
from returns.forms.guarantee_items import AMOUNTS, BANK_TYPES, BUSINESS, COMPENSATION, HALF_YEAR

STOCK, FLOW, CUMULATIVE = MeasureKind.STOCK, MeasureKind.FLOW, MeasureKind.CUMULATIVE
ANY_SIGN = -(10**10)
FILERS = ("guarantee_agency",)


def items(name: str, codes: Mapping[str, Text]) -> Dimension:
    return Dimension(
        name,
        Text("项目", "Item"),
        Text("按印制表的行次填写", "Rows in the order of the printed form"),
        codes=codes,
    )


def money(
    name: str,
    zh: str,
    en: str,
    kind: MeasureKind,
    *,
    help: Text,
    starts_from: str = "",
    minimum: int = 0,
) -> Measure:
    return Measure(name, Text(zh, en), Unit.MONEY, kind, help, starts_from=starts_from,
                   minimum=minimum)  # fmt: skip


def count(name: str, zh: str, en: str, unit: Unit, *, help: Text) -> Measure:
    return Measure(name, Text(zh, en), unit, MeasureKind.COUNT, help, scale=0,
                   maximum=10**9)  # fmt: skip


BUSINESS_TABLE = Table(
    name="business",
    title=Text("担保业务", "Guarantees"),
    sheet="担保业务",
    dimensions=(items("business_item", BUSINESS),),
    measures=(
        money(
            "opening",
            "期初在保余额",
            "Opening balance",
            STOCK,
            starts_from="previous.closing",
            help=Text("上期期末的在保余额", "in force at the end of the period before"),
        ),
        money(
            "new",
            "本期新增",
            "New",
            FLOW,
            help=Text("本期新承担的担保额", "guarantees taken on in the period"),
        ),
        money(
            "released",
            "本期解除",
            "Released",
            FLOW,
            help=Text(
                "本期因还款、代偿等解除的担保额",
                "guarantees released in the period, by repayment, compensation and so on",
            ),
        ),
        money(
            "closing",
            "期末在保余额",
            "Closing balance",
            STOCK,
            help=Text("期初 + 新增 − 解除", "opening + new − released"),
        ),
        money(
            "liability",
            "期末担保责任余额",
            "Liability at the end",
            STOCK,
            help=Text(
                "在保余额中本机构承担责任的部分，扣除分保和分担",
                "the part of it that the agency answers for, less what others share",
            ),
        ),
        money(
            "new_year",
            "本年累计新增",
            "New this year",
            CUMULATIVE,
            help=Text("1月1日起新承担的担保额", "guarantees taken on since 1 January"),
        ),
        money(
            "released_year",
            "本年累计解除",
            "Released this year",
            CUMULATIVE,
            help=Text("1月1日起解除的担保额", "guarantees released since 1 January"),
        ),
        count(
            "parties",
            "在保户数",
            "Guaranteed parties",
            Unit.HOUSEHOLDS,
            help=Text("期末有在保余额的被担保人户数", "parties guaranteed at the end"),
        ),
    ),
    fixed=True,
)
COMPENSATION_TABLE = Table(
    name="compensation",
    title=Text("代偿与追偿", "Compensation and recovery"),
    sheet="代偿与追偿",
    dimensions=(items("compensation_item", COMPENSATION),),
    measures=(
        money(
            "opening",
            "期初代偿余额",
            "Opening balance",
            STOCK,
            starts_from="previous.closing",
            help=Text(
                "上期期末未收回的代偿款",
                "compensation not recovered at the end of the period before",
            ),
        ),
        money(
            "compensated",
            "本期代偿",
            "Compensated",
            FLOW,
            help=Text("本期代被担保人偿付的金额", "paid in the period on behalf of debtors"),
        ),
        money(
            "recovered",
            "本期收回",
            "Recovered",
            FLOW,
            help=Text("本期向被担保人等追偿收回的金额", "recovered in the period from debtors"),
        ),
        money(
            "written_off",
            "本期核销",
            "Written off",
            FLOW,
            help=Text("本期核销的代偿损失", "compensation written off in the period"),
        ),
        money(
            "closing",
            "期末代偿余额",
            "Closing balance",
            STOCK,
            help=Text("期初 + 代偿 − 收回 − 核销", "opening + paid − recovered − written off"),
        ),
        money(
            "year_start",
            "年初代偿余额",
            "Balance at year start",
            STOCK,
            starts_from="december.closing",
            help=Text("上年末未收回的代偿款", "not recovered at the end of last year"),
        ),
        money(
            "compensated_year",
            "本年累计代偿",
            "Compensated this year",
            CUMULATIVE,
            help=Text("1月1日起代偿的金额", "compensated since 1 January"),
        ),
        money(
            "recovered_year",
            "本年累计收回",
            "Recovered this year",
            CUMULATIVE,
            help=Text("1月1日起追偿收回的金额", "recovered since 1 January"),
        ),
        money(
            "written_off_year",
            "本年累计核销",
            "Written off this year",
            CUMULATIVE,
            help=Text("1月1日起核销的金额", "written off since 1 January"),
        ),
        money(
            "compensated_ever",
            "开业以来代偿",
            "Compensated since opening",
            STOCK,
            help=Text("开业起全部代偿的金额", "compensated since the agency opened"),
        ),
        money(
            "released_ever",
            "开业以来解除",
            "Released since opening",
            STOCK,
            help=Text("开业起全部解除的担保额", "guarantees released since the agency opened"),
        ),
        count(
            "cases",
            "本期代偿笔数",
            "Cases compensated",
            Unit.ITEMS,
            help=Text("本期发生代偿的担保笔数", "guarantees on which compensation was paid"),
        ),
    ),
    fixed=True,
)
AMOUNT_TABLE = Table(
    name="amounts",
    title=Text("资本与财务", "Capital and accounts"),
    sheet="资本与财务",
    dimensions=(items("amount_item", AMOUNTS),),
    measures=(
        money(
            "amount",
            "金额",
            "Amount",
            STOCK,
            minimum=ANY_SIGN,
            help=Text(
                "期末数；收入、利润为当年累计", "at the end; income and profit since 1 January"
            ),
        ),
    ),
    fixed=True,
)
BANK_TABLE = Table(
    name="banks",
    title=Text("合作银行", "Cooperating banks"),
    sheet="合作银行",
    dimensions=(items("bank_type", BANK_TYPES),),
    measures=(
        count(
            "number",
            "合作家数",
            "Banks",
            Unit.HOUSES,
            help=Text(
                "期末有有效合作协议的银行家数", "banks with an agreement in force at the end"
            ),
        ),
        money(
            "liability",
            "担保责任余额",
            "Liability",
            STOCK,
            help=Text(
                "对该类银行贷款的期末担保责任余额", "liability at the end for loans of such banks"
            ),
        ),
    ),
    fixed=True,
    required=False,
)
AT_START = Text("上年末的数；单位见项目名称", "at the end of last year; the item names its unit")
SINCE_JANUARY = Text("1月1日起发生的数；单位见项目名称",
                     "what happened since 1 January; the item names its unit")  # fmt: skip
AT_END = Text("期末的数；单位见项目名称", "at the end of the period; the item names its unit")
HALF_YEAR_TABLE = Table(
    name="half_year",
    title=Text("融资性担保贷款", "Guaranteed loans"),
    sheet="融资性担保贷款",
    dimensions=(items("half_year_item", HALF_YEAR),),
    measures=tuple(
        Measure(name, Text(zh, en), Unit.AS_ROW, kind,
                meaning,
                starts_from=start)
        for name, zh, en, kind, start, meaning in (
            ("year_start", "年初", "Year start", STOCK, "december.closing", AT_START),
            ("this_year", "本年发生额", "This year", CUMULATIVE, "", SINCE_JANUARY),
            ("closing", "期末", "Period end", STOCK, "", AT_END),
            ("sme_year_start", "其中中小企业：年初", "SMEs: year start", STOCK,
             "december.sme_closing", AT_START),
            ("sme_this_year", "其中中小企业：本年发生额", "SMEs: this year", CUMULATIVE, "",
             SINCE_JANUARY),
            ("sme_closing", "其中中小企业：期末", "SMEs: period end", STOCK, "", AT_END),
        )
    ),
    fixed=True,
)  # fmt: skip
RULES = (
    Text("金额单位为万元，保留两位小数，四舍五入；户数、家数、笔数为整数。",
         "Amounts in 10,000 yuan with two decimals, rounded half up; counts whole."),
    Text("只填白色单元格；行次固定，没有的项目留空或填 0。",
         "Fill the white cells only; the rows are fixed; leave empty what you have not."),
)  # fmt: skip

MONTHLY_FORM = Form(
    code="guarantee",
    source=Text("《融资性担保行业统计报表制度》（银监发〔2010〕80号）",
                "Statistics of the financing guarantee industry (CBRC 2010 No. 80)"),
    version="2012.1",
    title=Text("融资性担保机构月报表", "Guarantee agencies, monthly"),
    period_kind="month",
    due=DueRule(days=10, source=Text("本省参数（月后10日内，可配置）",
                                 "Set by the province (10 days after the month, configurable)")),
    filers=FILERS,
    tables=(BUSINESS_TABLE, COMPENSATION_TABLE, AMOUNT_TABLE, BANK_TABLE),
    key_figures=(
        KeyFigure("closing", Text("在保余额", "Guarantees in force"), "business", "closing",
                  {"business_item": "total"}),
        KeyFigure("liability", Text("融资性担保责任余额", "Financing liability"), "business",
                  "liability", {"business_item": "financing"}),
        KeyFigure("net_assets", Text("净资产", "Net assets"), "amounts", "amount",
                  {"amount_item": "net_assets"}),
        KeyFigure("compensated_year", Text("本年累计代偿", "Compensated this year"),
                  "compensation", "compensated_year", {"compensation_item": "total"}),
        KeyFigure("compensation", Text("代偿余额", "Compensation balance"), "compensation",
                  "closing", {"compensation_item": "total"}),
    ),
    checks=MONTHLY,
    instructions=(
        *RULES,
        Text("担保责任余额为扣除银行、再担保等按约定分担后本机构承担的余额。",
             "The liability is what the agency bears after the shares agreed with others."),
        Text("代偿余额 = 期初 + 本期代偿 − 本期收回 − 本期核销。",
             "Compensation balance = opening + compensated − recovered − written off."),
    ),
    note=Text("统计口径：本机构及其分支机构；再担保单列。",
              "Scope: the agency with its branches; re-guarantees apart."),
)  # fmt: skip
HALF_YEAR_FORM = Form(
    code="guarantee-half-year",
    source=Text("银行业金融机构融资性担保贷款统计报表（银监发〔2010〕95号）",
                "Statistics of guaranteed loans (CBRC 2010 No. 95)"),
    version="2012.1",
    title=Text("融资性担保贷款半年报表", "Guaranteed loans, half-yearly"),
    period_kind="half_year",
    due=DueRule(
        days=31,
        source=Text("银监发〔2010〕95号（7月末、次年2月末）",
                    "银监发〔2010〕95号 (end of July, end of February)"),
        by_number={1: 31, 2: 59},
    ),
    filers=FILERS,
    tables=(HALF_YEAR_TABLE,),
    key_figures=(
        KeyFigure("guaranteed_loans", Text("融资性担保贷款余额", "Guaranteed loans"), "half_year",
                  "closing", {"half_year_item": "guaranteed_loans"}),
        KeyFigure("compensated", Text("本年代偿金额", "Compensated this year"), "half_year",
                  "this_year", {"half_year_item": "compensated"}),
    ),
    checks=HALF_YEARLY,
    instructions=RULES,
    note=Text("参照银监统临[2010]002 表；原表由银行填报，本表由担保机构按合作贷款填报。",
              "After form 银监统临[2010]002, which banks file; here agencies file it for the loans "
              "they guarantee."),
)  # fmt: skip
