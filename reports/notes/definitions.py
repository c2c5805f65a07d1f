"""Collective notes: what their numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

NOTES = Text("期", "notes")
REMARKS = Text("条", "remarks")
ISSUERS = Text("家", "issuers")
DAYS = Text("天", "days")

DEFINITIONS: Meanings = {
    "issued": means("当年已发行的集合票据期数", "collective notes issued in the year", NOTES),
    "registered-not-issued": means(
        "当日已注册而未发行的期数", "notes registered and not issued on the day", NOTES
    ),
    "in-preparation": means(
        "当日筹备中、未注册的期数", "notes in preparation, not yet registered, on the day", NOTES
    ),
    "issued-this-year": means(
        "当年已发行集合票据的发行金额", "amount of the notes issued in the year"
    ),
    "amount": means("发行金额", "amount issued"),
    "outstanding": means("截至当日尚未偿还的本金", "principal not yet repaid by the day"),
    "to-come": means(
        "所选期限内应付而未到期的本息",
        "principal and interest that fall due within the horizon asked for",
    ),
    "overdue": means(
        "已到期而未记为付清的本息", "principal and interest past due and not recorded as paid"
    ),
    "findings": means("当日按规则核对有意见的项数", "remarks of the rules on the day", REMARKS),
    "issuers": means("该期票据的发行人家数", "issuers of the note", ISSUERS),
    "existing": means(
        "该发行人已有的债务融资工具余额", "debt instruments that the issuer already has outstanding"
    ),
    "net_assets": means("该发行人的净资产", "the issuer's net assets"),
    "share": means(
        "（本次发行金额 + 已有余额）÷ 净资产", "(amount issued + existing) / net assets"
    ),
    "owed": means("该发行人尚未偿还的本金", "principal that the issuer has not yet repaid"),
    "days": means(
        "付款日距当日的天数，负数为已过",
        "days from the day to the payment; negative when past",
        DAYS,
    ),
    "interest": means("该付款日应付的利息", "interest due on the payment day"),
    "principal": means("该付款日应付的本金", "principal due on the payment day"),
    "open": means(
        "该付款日尚未付清的本息", "principal and interest of the payment day not yet paid"
    ),
    "payment-parts_amount": means(
        "该发行人在该付款日应付的本息合计",
        "principal and interest that the issuer owes on the payment day",
    ),
}
