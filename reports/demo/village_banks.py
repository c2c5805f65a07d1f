"""The invented village banks: where, by whom, and how far each had come on any date.

Chosen so that coverage is partial in mid 2012, nearly full at the plan's deadline in 2015,
and that one city lost its only village bank later.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

DAY = datetime.timedelta(days=1)
# Days before opening at which each step of the way was taken (domain facts 2.3).
WAY = (
    ("intention", 720), ("plan_approved", 470), ("preparation_accepted", 330),
    ("preparation_approved", 250), ("opening_accepted", 70), ("opening_approved", 38),
    ("licence_granted", 30), ("registered", 21), ("opened", 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """An invented village bank. ``reached`` is the last step of the way; ``on`` its date."""

    code: str
    place: str  # county, or prefecture where there are none
    brand: str
    sponsor: str
    stake: str
    capital: str
    on: str
    reached: str = "opened"
    later: tuple[tuple[str, str, dict[str, Any]], ...] = field(default=())

    @property
    def prefecture(self) -> str:
        return self.place[:4] + "00"

    @property
    def county(self) -> str | None:
        return None if self.place.endswith("00") else self.place


@dataclass(frozen=True, slots=True)
class Step:
    """One dated fact to record."""

    kind: str
    on: datetime.date
    values: dict[str, Any]


def steps(bank: Village) -> Iterator[Step]:
    """Yield the facts of a village bank's life in order of time."""
    final = datetime.date.fromisoformat(bank.on)
    lead = dict(WAY)[bank.reached]
    for kind, before in WAY:
        if before < lead:
            break
        yield Step(kind, final - (before - lead) * DAY, _values(bank, kind))
    for kind, on, values in bank.later:
        yield Step(kind, datetime.date.fromisoformat(on), values)


def _values(bank: Village, kind: str) -> dict[str, Any]:
    place = {"prefecture": bank.prefecture, "county": bank.county}
    sponsor = {"counterparty": bank.sponsor, "stake": bank.stake, "capital": bank.capital}
    year = int(bank.on[:4])
    number = int(bank.code[1:]) * 3
    approved = {"decided_by": "演示监管局", "authority": "statutory"}
    return {
        "intention": {"counterparty": bank.sponsor, **place},
        "plan_approved": {**approved, **place, "document_number": f"演示监发〔{year}〕{number}号"},
        "preparation_accepted": {"decided_by": "演示监管局", **place},
        "preparation_approved": {
            **approved, **place, **sponsor, "document_number": f"演示监复〔{year}〕{number}号",
        },
        "opening_accepted": {"decided_by": "演示监管局"},
        "opening_approved": {
            **approved, **place, **sponsor, "document_number": f"演示监复〔{year}〕{number + 1}号",
        },
        "licence_granted": {"decided_by": "演示监管局"},
        "registered": {"decided_by": "演示市场监管局", "capital": bank.capital},
        "opened": place,
    }[kind]  # fmt: skip


def _blocked(on: str, reason: str, note: str) -> tuple[str, str, dict[str, Any]]:
    return ("blocked", on, {"reason": reason, "note": note})


def _branch(on: str, subject: str, place: str) -> tuple[str, str, dict[str, Any]]:
    county = None if place.endswith("00") else place
    where = {"prefecture": place[:4] + "00", "county": county}
    return ("branch_opened", on, {"subject": subject, **where})


ALPHA, BETA, GAMMA = "演示榕江城市银行", "演示云帆股份银行广州分行", "演示丹霞农村商业银行"
WEST, NORTH = "演示远山城市银行（省外）", "演示北国农村商业银行（省外）"

VILLAGE_BANKS: tuple[Village, ...] = (
    Village("V0001", "440222", "墨江", GAMMA, "35.00", "5000.00", "2012-11-16",
            later=(_branch("2016-05-20", "太平支行", "440222"),
                   ("capital_changed", "2018-09-10", {"capital": "8000.00"}))),
    Village("V0002", "442000", "小榄河", ALPHA, "51.00", "10000.00", "2009-06-26",
            later=(_branch("2011-03-18", "东升支行", "442000"),
                   _branch("2013-07-08", "古镇支行", "442000"))),
    Village("V0003", "440183", "荔乡", BETA, "40.00", "20000.00", "2010-01-18",
            later=(_branch("2012-04-12", "新塘支行", "440183"),)),
    Village("V0004", "441322", "罗浮", WEST, "30.00", "10000.00", "2010-12-08"),
    Village("V0005", "440784", "鹤山茶", ALPHA, "35.00", "8000.00", "2011-03-22"),
    Village("V0006", "440785", "温泉乡", BETA, "51.00", "6000.00", "2009-12-15",
            later=(("renamed", "2014-02-17", {"new_name": "演示恩平锦江村镇银行"}),)),
    Village("V0007", "441900", "莞香", BETA, "41.00", "15000.00", "2010-09-28",
            later=(_branch("2012-08-30", "虎门支行", "441900"),)),
    Village("V0008", "440606", "凤岭", ALPHA, "35.00", "20000.00", "2010-08-06"),
    Village("V0009", "440403", "白藤湖", WEST, "51.00", "10000.00", "2011-10-18"),
    Village("V0010", "441421", "客家", ALPHA, "30.00", "5000.00", "2011-05-12"),
    Village("V0011", "441881", "英石", NORTH, "35.00", "6000.00", "2011-12-20",
            later=(("shareholding_changed", "2013-06-03",
                    {"counterparty": NORTH, "stake": "28.00"}),)),
    Village("V0012", "441781", "漠阳", ALPHA, "40.00", "5000.00", "2010-11-05",
            later=(("exited", "2019-08-30",
                    {"reason": "merged", "counterparty": "演示漠阳江农村商业银行"}),)),
    Village("V0013", "440883", "鼎龙", WEST, "34.00", "6000.00", "2011-08-25"),
    Village("V0014", "440306", "宝海", BETA, "30.00", "30000.00", "2012-12-12"),
    Village("V0015", "441625", "万绿", NORTH, "35.00", "5000.00", "2013-05-28"),
    Village("V0016", "440515", "澄江", WEST, "35.00", "6000.00", "2013-12-20"),
    Village("V0017", "441284", "贞山", ALPHA, "35.00", "8000.00", "2012-10-30"),
    Village("V0018", "440981", "冼太", NORTH, "40.00", "6000.00", "2013-09-17",
            later=(_branch("2015-12-02", "分界支行", "440981"),)),
    Village("V0019", "445281", "流沙", WEST, "30.00", "8000.00", "2014-11-26"),
    Village("V0020", "445381", "泷江", ALPHA, "35.00", "5000.00", "2016-03-18"),
    Village("V0021", "441521", "海陆丰", NORTH, "35.00", "5000.00", "2017-06-30"),
    Village("V0022", "445122", "黄冈河", "", "20.00", "5000.00", "2012-05-15", "intention",
            later=(_blocked("2012-09-03", "no_sponsor", "原意向主发起行退出，正在另寻"),
                   ("unblocked", "2013-04-10", {}),
                   _blocked("2014-06-20", "linkage", "主发起行的西部挂钩项目未落实"))),
    Village("V0023", "440282", "珠玑", NORTH, "35.00", "5000.00", "2015-08-19",
            later=(("exited", "2021-12-17",
                    {"reason": "branch", "counterparty": "演示丹霞农村商业银行"}),)),
    Village("V0024", "441723", "阳东海", ALPHA, "35.00", "6000.00", "2024-09-12",
            "preparation_approved"),
    Village("V0025", "440229", "翁江", GAMMA, "35.00", "5000.00", "2023-03-15", "plan_approved",
            later=(_blocked("2024-01-22", "quota", "本年设立指标未批"),)),
)  # fmt: skip
