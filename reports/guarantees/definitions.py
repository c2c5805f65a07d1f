"""Guarantee agencies: what their numbers mean."""

from core.text import Text
from guarantees.rules.ratios import INDICATORS
from reports.definitions import Meaning, Meanings, means

AGENCIES = Text("家", "agencies")
TIMES = Text("倍", "times")
AS_DEFINED = Text("见定义", "as defined")

DEFINITIONS: Meanings = {
    "agencies": means(
        "当日在营的融资性担保机构家数", "guarantee agencies in business on the day", AGENCIES
    ),
    "capital": means("已接受报表中的实收资本合计", "paid-in capital of all accepted returns"),
    "closing": means("期末担保余额合计", "balance of guarantees in force at the end of the period"),
    "leverage": Meaning(INDICATORS["leverage"].definition, TIMES),
    "compensation-ratio": Meaning(INDICATORS["compensation-ratio"].definition),
    "recovery-ratio": Meaning(INDICATORS["recovery-ratio"].definition),
    "lapsed": means(
        "信用评级已过有效期且未续评的机构家数",
        "agencies whose credit rating has passed its validity without a new one",
        AGENCIES,
    ),
    "missing": means(
        "从未登记信用评级的机构家数",
        "agencies for which no credit rating was ever recorded",
        AGENCIES,
    ),
    "banks": means(
        "代偿损失中由银行承担的净额 ÷ 全部净损失",
        "net loss borne by banks / all net loss of compensation cases",
    ),
    "value": means(
        "该监管指标的数值；定义、分子、分母见同一行",
        "the indicator's value; its definition, numerator and denominator stand in the same row",
        AS_DEFINED,
    ),
    "numerator": means("该监管指标的分子", "the indicator's numerator"),
    "denominator": means("该监管指标的分母", "the indicator's denominator"),
    "borne": means(
        "该方按损失分担方案承担的代偿额",
        "compensation borne by the party under the loss-sharing schemes",
    ),
    "returned": means(
        "追偿收回后按相同比例归还该方的金额", "recoveries returned to the party by the same shares"
    ),
    "net": means("承担代偿 − 收回归还", "borne − returned"),
    "losses_share": means(
        "该方净承担 ÷ 各方净承担合计", "net loss of the party / net loss of all parties"
    ),
}
