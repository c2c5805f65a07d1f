"""Financing services: what their numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

POINTS = Text("个", "points")
CENTRES = Text("个", "centres")
COUNTIES = Text("县（市）", "counties")
PLATFORMS = Text("个", "platforms")
ENTERPRISES = Text("户", "enterprises")
EVENTS = Text("场", "events")
INSTITUTIONS = Text("家", "institutions")

DEFINITIONS: Meanings = {
    "points": means(
        "当日在用的银行机构网点和中小企业融资服务中心数",
        "bank outlets and SME financing service centres in operation on the day",
        POINTS,
    ),
    "centres": means(
        "其中中小企业融资服务中心数", "of them, SME financing service centres", CENTRES
    ),
    "counties": means(
        "当日至少有一个服务网点的县（市）数；分母为县（市）数",
        "counties with at least one service point on the day; of all counties",
        COUNTIES,
    ),
    "platforms": means(
        "当日运行中的融资服务合作平台数", "cooperation platforms running on the day", PLATFORMS
    ),
    "amount": means(
        "平台成效记录中企业获得的融资金额合计",
        "financing that enterprises obtained, by the platforms' records of results",
    ),
    "served": means("平台服务的企业户数", "enterprises served by platforms", ENTERPRISES),
    "financed": means(
        "其中获得融资的企业户数", "of them, enterprises that obtained financing", ENTERPRISES
    ),
    "events": means(
        "所选期间举办的融资对接活动场数", "financing events held in the window asked for", EVENTS
    ),
    "signed": means("对接活动上签约的金额", "amounts signed at financing events"),
    "drawn": means(
        "签约金额中截至当日已到位的金额，取每场最近一次登记",
        "of the amounts signed, what had been drawn by the day, by each event's latest record",
    ),
    "share": means("已到位金额 ÷ 签约金额", "drawn / signed"),
    "platforms_share": means(
        "获得融资的企业户数 ÷ 服务的企业户数", "enterprises financed / enterprises served"
    ),
    "enterprises": means(
        "参加该场活动的企业户数", "enterprises that came to the event", ENTERPRISES
    ),
    "banks": means(
        "参加该场活动的金融机构家数", "financial institutions that came to the event", INSTITUTIONS
    ),
    "number": means(
        "没有服务网点的县（市）数；分母为该市的县（市）数",
        "counties without a service point; of the prefecture's counties",
        COUNTIES,
    ),
}
