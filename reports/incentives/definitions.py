"""Incentives: what their numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

POLICIES = Text("项", "policies")
PREFECTURES = Text("市", "prefectures")
APPLICATIONS = Text("件", "applications")

DEFINITIONS: Meanings = {
    "policies-in-force": means(
        "当日有效的奖励政策数", "incentive policies in force on the day", POLICIES
    ),
    "prefectures-with-a-policy": means(
        "当日本级有有效政策的地级以上市数；分母为全省地级以上市数",
        "prefectures with a policy of their own in force on the day; of all prefectures",
        PREFECTURES,
    ),
    "budget": means("当年预算金额", "budget of the year"),
    "granted": means("当年批准的奖励金额", "awards decided in the year"),
    "paid": means("当年拨付的奖励金额", "awards paid in the year"),
    "left": means("当年预算 − 当年拨付", "budget − paid, of the year"),
    "applied": means("当年收到的申请件数", "applications received in the year", APPLICATIONS),
    "approved": means("其中批准的件数", "of them, those approved", APPLICATIONS),
    "city": means(
        "该市本级当日有效的政策数",
        "policies of the prefecture itself in force on the day",
        POLICIES,
    ),
    "counties": means(
        "该市县级当日有效的政策数",
        "policies of the prefecture's counties in force on the day",
        POLICIES,
    ),
    "received_granted": means(
        "该市企业当年获各级批准的奖励金额",
        "awards of all levels decided in the year for the prefecture's enterprises",
    ),
    "received_paid": means(
        "该市企业当年实得的各级奖励金额",
        "awards of all levels paid in the year to the prefecture's enterprises",
    ),
}
