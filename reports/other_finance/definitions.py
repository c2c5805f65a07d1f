"""Other finance: what its numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

ENTERPRISES = Text("家", "enterprises")
DEALS = Text("笔", "deals")

DEFINITIONS: Meanings = {
    "enterprises": means(
        "当年获得融资的企业家数，同一企业只计一次",
        "enterprises financed in the year, each counted once",
        ENTERPRISES,
    ),
    "innovation": means("当年用于技术创新的融资金额", "amounts of the year that serve innovation"),
    "strategic": means(
        "当年投向战略性新兴产业的融资金额",
        "amounts of the year that go to strategic emerging industries",
    ),
    "ever": means("有登记以来的融资金额合计", "amounts since records began"),
    "deals": means("当年的融资笔数", "deals of the year", DEALS),
    "amount": means("融资金额合计", "amounts of all kinds"),
    "equity": means("其中股权投资金额", "of them, equity investments"),
    "project": means("其中项目融资金额", "of them, project finance"),
    "ip_pledge": means("其中知识产权质押融资金额", "of them, loans against intellectual property"),
    "exchange": means("其中产权交易金额", "of them, trades on property-rights exchanges"),
    "securities": means(
        "其中证券期货机构服务金额", "of them, amounts served by securities and futures firms"
    ),
}
