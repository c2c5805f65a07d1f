"""Village-bank coverage: what its numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

PREFECTURES = Text("市", "prefectures")
COUNTIES = Text("县（市）", "counties")
BANKS = Text("家", "banks")

DEFINITIONS: Meanings = {
    "prefectures-covered": means(
        "当日至少有一家符合口径、尚未退出的村镇银行的地级以上市数；分母为全省地级以上市数",
        "prefectures in which at least one village bank counted by the basis stands on the "
        "day; of all prefectures",
        PREFECTURES,
    ),
    "counties-covered": means(
        "当日至少有一家符合口径、尚未退出的村镇银行的县（市）数；分母为当日区划的县（市）数",
        "counties in which at least one village bank counted by the basis stands on the "
        "day; of all counties of that day's divisions",
        COUNTIES,
    ),
    "village-banks": means(
        "当日按口径计入的村镇银行家数，在多地设点的只计一次",
        "village banks counted on the day; one with outlets in several places counts once",
        BANKS,
    ),
    "reference-pace": means(
        "自起点的已覆盖市数至期限的目标市数连成直线，该直线在当日的值，仅供参考",
        "the value on the day of a straight line from the cities covered at the start to "
        "the target at the deadline; for orientation only",
        PREFECTURES,
    ),
    "covered": means(
        "区域内当日已覆盖的地级以上市数",
        "prefectures of the region that are covered on the day",
        PREFECTURES,
    ),
    "prefectures": means("区域内的地级以上市数", "prefectures of the region", PREFECTURES),
    "percent": means("已覆盖的地级以上市数 ÷ 地级以上市数", "prefectures covered / prefectures"),
    "counties_covered": means(
        "区域内当日已覆盖的县（市）数，不含市辖区",
        "counties of the region that are covered on the day, without city districts",
        COUNTIES,
    ),
    "counties": means(
        "区域内的县、县级市、自治县数，不含市辖区",
        "counties, county-level cities and autonomous counties of the region, without city "
        "districts",
        COUNTIES,
    ),
    "counties_percent": means("已覆盖的县（市）数 ÷ 县（市）数", "counties covered / counties"),
    "banks": means(
        "当日在该市计入的村镇银行家数", "village banks counted in the prefecture on the day", BANKS
    ),
    "order": None,
}
