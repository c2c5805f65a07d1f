"""Form ``microloan``: microloan companies, monthly (domain facts 3.4). Rows are items."""

from collections.abc import Mapping

from core.text import Text
from finance.rules.microloan_items import AMOUNTS, BALANCES, FLOWS, INDICATORS
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
from returns.forms.microloan_checks import CHECKS

STOCK, FLOW = MeasureKind.STOCK, MeasureKind.FLOW
CUMULATIVE, COUNT = MeasureKind.CUMULATIVE, MeasureKind.COUNT
ANY_SIGN = -(10**10)


def items(name: str, codes: Mapping[str, Text]) -> Dimension:
    """The rows of a table, in the order of the printed form."""
    return Dimension(
        name,
        Text("项目", "Item"),
        Text("按印制表的行次填写", "Rows in the order of the printed form"),
        codes=codes,
    )


BALANCE_TABLE = Table(
    name="balances",
    title=Text("贷款余额", "Loan balances"),
    sheet="贷款余额",
    dimensions=(items("balance_item", BALANCES),),
    measures=(
        Measure("balance", Text("月末余额", "Balance"), Unit.MONEY, STOCK,
                Text("月末贷款余额", "Loans at the month's end")),
        Measure("number", Text("笔数", "Loans"), Unit.ITEMS, COUNT,
                Text("月末有余额的贷款笔数", "Loans with a balance"), scale=0, maximum=10**9),
    ),
    fixed=True,
)  # fmt: skip
FLOW_TABLE = Table(
    name="flows",
    title=Text("发放与收回", "Granted and collected"),
    sheet="发放与收回",
    dimensions=(items("flow_item", FLOWS),),
    measures=(
        Measure("granted", Text("当月发放", "Granted in the month"), Unit.MONEY, FLOW,
                Text("当月发放的贷款本金", "Principal granted in the month")),
        Measure("collected", Text("当月收回", "Collected in the month"), Unit.MONEY, FLOW,
                Text("当月收回的贷款本金", "Principal collected in the month")),
        Measure("granted_year", Text("当年累放", "Granted this year"), Unit.MONEY, CUMULATIVE,
                Text("自1月1日起累计", "Since the first of January")),
        Measure("collected_year", Text("当年累收", "Collected this year"), Unit.MONEY, CUMULATIVE,
                Text("自1月1日起累计", "Since the first of January")),
    ),
    fixed=True,
)  # fmt: skip
AMOUNT_TABLE = Table(
    name="amounts",
    title=Text("资本、资金与财务", "Capital, funds and accounts"),
    sheet="资本与财务",
    dimensions=(items("amount_item", AMOUNTS),),
    measures=(
        Measure("amount", Text("金额", "Amount"), Unit.MONEY, STOCK,
                Text("月末数；利润和收入为当年累计", "Month's end; income since January"),
                minimum=ANY_SIGN),
    ),
    fixed=True,
)  # fmt: skip
INDICATOR_TABLE = Table(
    name="indicators",
    title=Text("利率与数目", "Rates and numbers"),
    sheet="利率与数目",
    dimensions=(items("indicator_item", INDICATORS),),
    measures=(
        Measure("value", Text("数值", "Value"), Unit.AS_ROW, STOCK,
                Text("单位见项目名称", "The unit stands in the item's name"), scale=4,
                maximum=10**9),
    ),
    fixed=True,
)  # fmt: skip

FORM = Form(
    code="microloan",
    source=Text("参照省会城市小额贷款公司月报表，指标依银监发〔2008〕23号",
                "after a provincial capital's monthly form; indicators by CBRC 2008 No. 23"),
    version="2012.1",
    title=Text("小额贷款公司月报表", "Microloan companies, monthly"),
    period_kind="month",
    due=DueRule(days=10, source=Text("本省参数（月后10日内，可配置）",
                                 "Set by the province (10 days after the month, configurable)")),
    filers=("microloan_company",),
    tables=(BALANCE_TABLE, FLOW_TABLE, AMOUNT_TABLE, INDICATOR_TABLE),
    key_figures=(
        KeyFigure("balance", Text("贷款余额", "Loans"), "balances", "balance",
                  {"balance_item": "total"}),
        KeyFigure("number", Text("贷款笔数", "Number of loans"), "balances", "number",
                  {"balance_item": "total"}),
        KeyFigure("granted", Text("当月发放", "Granted in the month"), "flows", "granted",
                  {"flow_item": "total"}),
        KeyFigure("net_capital", Text("资本净额", "Net capital"), "amounts", "amount",
                  {"amount_item": "net_capital"}),
        KeyFigure("borrowings", Text("银行融入余额", "Bank borrowings"), "amounts", "amount",
                  {"amount_item": "bank_borrowings"}),
    ),
    checks=CHECKS,
    instructions=(
        Text("金额单位为万元，保留两位小数，四舍五入；笔数、人数、家数为整数。",
             "Amounts in 10,000 yuan with two decimals, rounded half up; counts whole."),
        Text("只填白色单元格；行次固定，没有的项目留空或填 0。",
             "Fill the white cells only; the rows are fixed; leave empty what you have not."),
        Text("“其中”项包含在所属项内，不另加总。",
             "An “of which” is part of the item above it and is not added again."),
        Text("累放、累收自1月1日起；“开业以来”自公司成立起。",
             "Yearly figures since the first of January; “since opening” since the beginning."),
    ),
    note=Text("不吸收公众存款；资本净额为资本扣除应扣项后的余额。",
              "No deposits are taken; net capital is capital less what is to be deducted."),
)  # fmt: skip
