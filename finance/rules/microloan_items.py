"""The rows of ``microloan`` (domain facts 3.4), in the order of the printed form.

Shared by the form, the figures and what is derived from them. A class of amounts includes its
upper end (以下 includes the number).
"""

from core.text import Text

METHODS = ("unsecured", "guaranteed", "mortgaged", "pledged")
USES = ("agricultural", "industrial_commercial", "other_use")
AGRICULTURE = ("farmers", "cooperatives", "leading_enterprises", "other_agricultural")
SIZES = ("up_to_200k", "up_to_300k", "up_to_500k", "above_500k")
TERMS = ("up_to_3_months", "up_to_6_months", "up_to_12_months", "above_12_months")
CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
BAD = ("substandard", "doubtful", "loss")
SMALL = ("up_to_200k", "up_to_300k", "up_to_500k")  # 50万元及以下
COMMERCE = ("industrial_enterprises", "sole_traders")
CUSTOMERS = ("companies", "small_enterprises", "residents", "farmer_customers")

_SPLITS = {
    "unsecured": Text("信用", "Unsecured"),
    "guaranteed": Text("保证", "Guaranteed"),
    "mortgaged": Text("抵押", "Mortgaged"),
    "pledged": Text("质押", "Pledged"),
    "agricultural": Text("涉农", "Agricultural"),
    "industrial_commercial": Text("工商业", "Industry and commerce"),
    "other_use": Text("其他投向", "Other uses"),
    "up_to_200k": Text("单笔20万元及以下", "Up to 200,000 yuan"),
    "up_to_300k": Text("单笔20—30万元", "200,000 to 300,000 yuan"),
    "up_to_500k": Text("单笔30—50万元", "300,000 to 500,000 yuan"),
    "above_500k": Text("单笔50万元以上", "Above 500,000 yuan"),
}

BALANCES = {
    "total": Text("各项贷款", "All loans"),
    "unsecured": _SPLITS["unsecured"],
    "guaranteed": _SPLITS["guaranteed"],
    "group_guaranteed": Text("其中：多户联保", "of which: group guaranteed"),
    "mortgaged": _SPLITS["mortgaged"],
    "pledged": _SPLITS["pledged"],
    "agricultural": _SPLITS["agricultural"],
    "farmers": Text("其中：农户", "of which: farmers"),
    "cooperatives": Text("其中：农业专业合作组织", "of which: cooperatives"),
    "leading_enterprises": Text("其中：农业龙头企业", "of which: leading enterprises"),
    "other_agricultural": Text("其中：其他农业经济组织", "of which: other agricultural"),
    "industrial_commercial": _SPLITS["industrial_commercial"],
    "industrial_enterprises": Text("其中：工业企业", "of which: industrial enterprises"),
    "sole_traders": Text("其中：个体工商户", "of which: sole traders"),
    "other_use": _SPLITS["other_use"],
    "up_to_200k": _SPLITS["up_to_200k"],
    "up_to_300k": _SPLITS["up_to_300k"],
    "up_to_500k": _SPLITS["up_to_500k"],
    "above_500k": _SPLITS["above_500k"],
    "up_to_3_months": Text("期限3个月及以下", "Up to 3 months"),
    "up_to_6_months": Text("期限3—6个月", "3 to 6 months"),
    "up_to_12_months": Text("期限6—12个月", "6 to 12 months"),
    "above_12_months": Text("期限1年以上", "Above one year"),
    "normal": Text("正常", "Normal"),
    "special_mention": Text("关注", "Special mention"),
    "substandard": Text("次级", "Substandard"),
    "doubtful": Text("可疑", "Doubtful"),
    "loss": Text("损失", "Loss"),
}

FLOWS = {
    "total": Text("合计", "Total"),
    "companies": Text("公司客户", "Companies"),
    "small_enterprises": Text("中小企业（小企业主）", "Small enterprises and owners"),
    "residents": Text("城镇居民", "Urban residents"),
    "farmer_customers": Text("农户", "Farmers"),
    **_SPLITS,
}

AMOUNTS = {
    "paid_in_capital": Text("实收资本", "Paid-in capital"),
    "net_capital": Text("资本净额", "Net capital"),
    "bank_borrowings": Text("银行融入余额", "Borrowed from banks"),
    "other_funds": Text("其他资金来源", "Other funds"),
    "total_assets": Text("总资产", "Total assets"),
    "liabilities": Text("总负债", "Liabilities"),
    "equity": Text("所有者权益", "Equity"),
    "net_interest_income": Text("净利息收入（当年累计）", "Net interest income, this year"),
    "other_income": Text("其他收入（当年累计）", "Other income, this year"),
    "net_profit": Text("净利润（当年累计）", "Net profit, this year"),
    "taxes": Text("税收（当年累计）", "Taxes, this year"),
    "provisions_held": Text("贷款损失准备：已提", "Loss provisions held"),
    "provisions_required": Text("贷款损失准备：应提", "Loss provisions required"),
    "largest_borrower": Text("最大单户贷款余额", "Largest single borrower"),
    "largest_group": Text("最大单户及其关联方贷款余额", "Largest borrower with affiliates"),
    "written_off": Text("当月核销", "Written off in the month"),
    "granted_since_opening": Text("开业以来累放", "Granted since opening"),
    "collected_since_opening": Text("开业以来累收", "Collected since opening"),
}
MAY_BE_NEGATIVE = (
    "net_capital",
    "equity",
    "net_interest_income",
    "other_income",
    "net_profit",
    "taxes",  # a refund
)

INDICATORS = {
    "highest_rate": Text("最高年利率（%）", "Highest annual rate (%)"),
    "lowest_rate": Text("最低年利率（%）", "Lowest annual rate (%)"),
    "new_loan_interest": Text(
        "当月发放年利息额（Σ金额×年利率，万元）",
        "Yearly interest of the month's new loans (10,000 yuan)",
    ),
    "lending_banks": Text("融入资金的银行（家）", "Banks borrowed from (number)"),
    "borrowers": Text("有余额户数（户）", "Borrowers with a balance (number)"),
    "loans_granted": Text("当月发放笔数（笔）", "Loans granted in the month (number)"),
    "loans_granted_since_opening": Text(
        "开业以来累放笔数（笔）", "Loans granted since opening (number)"
    ),
    "employees": Text("从业人员（人）", "Employees (number)"),
}
RATES = ("highest_rate", "lowest_rate", "new_loan_interest")  # the other indicators are whole
WHOLE = tuple(item for item in INDICATORS if item not in RATES)
