"""SME loans: what their numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

BORROWERS = Text("户", "borrowers")

DEFINITIONS: Meanings = {
    "balance": means(
        "期末贷款余额，按所选企业范围汇总已接受报表",
        "balance of loans at the end of the period to the population asked for, of all "
        "accepted returns",
    ),
    "growth": means(
        "（期末余额 − 上年同期余额）÷ 上年同期余额",
        "(balance − balance a year ago) / balance a year ago",
    ),
    "borrowers": means(
        "期末有贷款余额的户数", "borrowers with a balance at the end of the period", BORROWERS
    ),
    "npl_ratio": means(
        "不良贷款余额 ÷ 贷款余额", "balance of non-performing loans / balance of loans"
    ),
    "rate": means(
        "按发放额加权的本期新发放贷款年利率",
        "annual rate of the loans granted in the period, weighted by the amount granted",
    ),
    "share": means(
        "所选企业范围的贷款余额 ÷ 各项贷款余额",
        "balance to the population asked for / balance of all loans",
    ),
    "accepted-due": None,
    "value": None,
    "benchmark": None,
    "increase": means("期末余额 − 上年末余额", "balance − balance at the end of last year"),
    "npl": means(
        "期末次级、可疑、损失三类贷款余额之和",
        "balance of substandard, doubtful and loss loans at the end of the period",
    ),
    "granted": means("本期发放的贷款金额", "loans granted in the period"),
}
