"""Microloan companies: what their numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

COMPANIES = Text("家", "companies")

DEFINITIONS: Meanings = {
    "companies": means(
        "当日在营的小额贷款公司家数", "microloan companies in business on the day", COMPANIES
    ),
    "capital": means(
        "已接受月报中的实收资本合计", "paid-in capital of all accepted monthly returns"
    ),
    "balance": means("月末各项贷款余额", "balance of all loans at the end of the month"),
    "granted": means("当月累计发放贷款金额", "loans granted in the month"),
    "granted_year": means(
        "本年初至月末累计发放贷款金额", "loans granted from January to the end of the month"
    ),
    "agricultural": means(
        "涉农贷款余额 ÷ 各项贷款余额", "balance of agricultural loans / balance of all loans"
    ),
    "small": means(
        "单户50万元及以下贷款余额 ÷ 各项贷款余额",
        "balance of loans up to 500,000 yuan a borrower / balance of all loans",
    ),
    "npl": means(
        "不良贷款余额 ÷ 各项贷款余额", "balance of non-performing loans / balance of all loans"
    ),
    "borrowing": means(
        "从银行业金融机构融入资金余额 ÷ 资本净额", "borrowings from banks / net capital"
    ),
    "all": means(
        "该市当日在营的公司家数", "companies in business in the prefecture on the day", COMPANIES
    ),
    "inside": means(
        "其中设于当日欠发达县（市、区）的家数",
        "of them, those seated in a county that is underdeveloped on the day",
        COMPANIES,
    ),
    "wished": means(
        "其中由外市优质企业主发起的家数",
        "of them, those whose main sponsor is a sound enterprise of another city, as the "
        "plan wishes",
        COMPANIES,
    ),
    "unknown": means(
        "其中未登记主发起人的家数", "of them, those without a main sponsor on record", COMPANIES
    ),
    "founders_companies": means(
        "以该来源地该类企业为主发起人的欠发达地区公司家数",
        "companies of underdeveloped areas whose main sponsor is of this home and kind",
        COMPANIES,
    ),
    "quality": means(
        "其中主发起人达到优质企业条件的家数",
        "of them, those whose main sponsor meets the test of a sound enterprise",
        COMPANIES,
    ),
}
