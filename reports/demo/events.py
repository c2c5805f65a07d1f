"""Invented service points of banks, cooperation platforms, and financing events."""

import datetime
from decimal import Decimal

from core.models import Institution
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.platforms import EventKind, PlatformKind, Span
from reports.demo.keeping import DAY, Desk

# place, kind, name of the park or cluster
PLATFORMS = (
    ("440200", PlatformKind.PARK, "演示韶关莞韶产业园"), ("440605", PlatformKind.CLUSTER,
    "演示南海铝型材产业集群"), ("440606", PlatformKind.CLUSTER, "演示顺德家电产业集群"),
    ("442000", PlatformKind.CLUSTER, "演示中山灯饰产业集群"), ("440515", PlatformKind.CLUSTER,
    "演示澄海玩具产业集群"), ("440106", PlatformKind.TECHNOLOGY, "演示天河科技投融资平台"),
    ("440305", PlatformKind.TECHNOLOGY, "演示南山科技投融资平台"), ("441881", PlatformKind.PARK,
    "演示英德工业园"), ("440100", PlatformKind.ELECTRONIC, "演示网上融资服务平台"),
    ("445302", PlatformKind.CLUSTER, "演示云浮石材产业集群"),
)  # fmt: skip
# place, kind, days ago, enterprises, banks, signed (户), signed (万元), drawn by now (%)
EVENTS = (
    ("440200", EventKind.MATCHMAKING, 410, 120, 14, 38, 42600, 86),
    ("440600", EventKind.FAIR, 330, 380, 32, 96, 158000, 72),
    ("440300", EventKind.TECHNOLOGY, 270, 210, 25, 54, 96500, 64),
    ("441400", EventKind.MATCHMAKING, 215, 88, 11, 21, 18300, 58),
    ("440800", EventKind.MATCHMAKING, 160, 105, 12, 30, 26800, 41),
    ("442000", EventKind.FAIR, 120, 240, 22, 61, 74200, 33),
    ("440100", EventKind.TECHNOLOGY, 80, 190, 28, 47, 88400, 19),
    ("445200", EventKind.BRIEFING, 50, 150, 9, None, None, None),
    ("441300", EventKind.MATCHMAKING, 22, 96, 13, 27, 31200, None),
)  # fmt: skip
PLAN_MONTH = datetime.date(2012, 5, 8)
TITLES = {
    EventKind.MATCHMAKING: "政银企对接会",
    EventKind.FAIR: "中小企业融资洽谈会",
    EventKind.TECHNOLOGY: "技术创新投融资对接会",
    EventKind.BRIEFING: "融资政策宣讲会",
}


def keep_events(desk: Desk, banks: list[Institution]) -> None:
    """Keep service points, platforms with their results, events with what was drawn."""
    desk.keep(_service_points(desk, banks))
    platforms = [_platform(desk, *row) for row in PLATFORMS]
    desk.keep(platforms)
    desk.keep([result for each in platforms for result in _results(desk, each)])
    events = [_event(desk, row) for row in EVENTS]
    desk.keep(events)
    drawn = [_drawn(desk, event, row) for event, row in zip(events, EVENTS, strict=True)]
    desk.keep([each for found in drawn for each in found])


def _service_points(desk: Desk, banks: list[Institution]) -> list[ServicePoint]:
    """An outlet in every prefecture and a centre for small firms in most; one was closed."""
    found = []
    for place, prefecture in enumerate(desk.prefectures.values()):
        own = [each for each in desk.counties.values() if each.prefecture == prefecture]
        for turn, kind in enumerate(("outlet", "sme_centre")):
            if turn and place % 4 == 3:
                continue
            county = own[(place + turn) % len(own)] if own else None
            bank = banks[(place * 2 + turn) % len(banks)]
            where = (county or prefecture).name
            found.append(
                ServicePoint(
                    institution=bank,
                    prefecture=prefecture,
                    county=county,
                    kind=kind,
                    name=f"{bank.name}{where}{'中小企业融资服务中心' if turn else '支行'}"[:100],
                    address=f"{where}演示路{desk.rng.randint(1, 90)}号",
                    opened_on=datetime.date(2012, 5, 8)
                    if place < 8
                    else desk.ago(900 - 30 * place),
                    closed_on=desk.ago(100) if place == 5 and turn else None,
                    staff=desk.rng.randint(6, 30),
                )
            )
    return found


def _platform(desk: Desk, code: str, kind: str, name: str) -> CooperationPlatform:
    prefecture, county = desk.place(code)
    return CooperationPlatform(
        name=name if name.endswith("平台") else f"{name}融资服务合作平台",
        prefecture=prefecture,
        county=county,
        kind=kind,
        park="" if name.endswith("平台") else name,
        operator="演示中小企业服务中心",
        established_on=datetime.date(2012, desk.rng.randint(5, 11), 16),
        banks=desk.rng.randint(4, 12),
        members=desk.rng.randint(60, 420),
    )


def _results(desk: Desk, platform: CooperationPlatform) -> list[PlatformResult]:
    """Figures of the last three half-years that are over, as far as there was a platform."""
    found = []
    half, begun = _half(desk.today), _half(platform.established_on)
    for place, number in enumerate(range(max(begun, half - 3), half)):
        served = desk.rng.randint(40, 90) + 12 * place
        financed = served * desk.rng.randint(35, 60) // 100
        found.append(
            PlatformResult(
                platform=platform,
                year=number // 2,
                span=Span.SECOND_HALF if number % 2 else Span.FIRST_HALF,
                served=served,
                financed=financed,
                amount=Decimal(financed * desk.rng.randint(90, 260)),
            )
        )
    return found


def _half(day: datetime.date) -> int:
    """The number of the half-year that a day lies in."""
    return day.year * 2 + (1 if day.month > 6 else 0)


def _event(desk: Desk, row: tuple) -> FinancingEvent:
    code, kind, age, enterprises, banks, signed, amount, _drawn = row
    prefecture, county = desk.place(code)
    held = desk.ago(age)
    return FinancingEvent(
        name=f"演示{prefecture.name}{TITLES[kind]}（{held.year}年）",
        prefecture=prefecture,
        county=county,
        kind=kind,
        held_on=held,
        venue="演示会展中心",
        organiser=f"演示{prefecture.name}金融局",
        enterprises=enterprises,
        banks=banks,
        enterprises_signed=signed,
        amount_signed=None if amount is None else Decimal(amount),
    )


def _drawn(desk: Desk, event: FinancingEvent, row: tuple) -> list[EventDrawing]:
    """What was drawn by one and by two thirds of the way, and by now; it only grows."""
    share, age = row[7], row[2]
    if share is None:
        return []
    found = []
    for step in (1, 2, 3):
        part = share * step * (step + 3) // 18
        found.append(
            EventDrawing(
                event=event,
                as_of=event.held_on + (age * step // 3 - 1) * DAY,
                enterprises=event.enterprises_signed * part // 100,
                amount=event.amount_signed * part / 100,
            )
        )
    return found
