"""Invented enterprises with years of stage history, in bulk."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.utils import timezone

from core import pinyin
from core.models import Prefecture
from listings.models import (
    Enterprise,
    EnterpriseYear,
    EvidenceRequirement,
    ListingMilestone,
    Stage,
    StageEvent,
    StageEvidence,
)
from listings.operations.spans import rebuild_spans

TRADES = [("精密机械", "3411"), ("电子", "3969"), ("软件", "6510"), ("生物药业", "2760"),
          ("食品", "1491"), ("陶瓷", "3079"), ("纺织", "1751"), ("新材料", "2651"),
          ("环保", "7722"), ("物流", "5990"), ("光电", "3872"), ("家具", "2110")]  # fmt: skip
BOARDS = ("sme", "chinext", "chinext", "sme", "hk", "sse_main")
WAY = ("CULTIVATE", "RESTRUCTURE", "TUTOR", "FILE", "LIST")
SPONSORS = ("演示南方证券", "演示岭南证券", "演示珠江证券")
SIDE = {"reject": "持续盈利能力未获认可", "withdraw": "业绩下滑撤回申报", "suspend": "市场原因搁置"}
# Prefectures send enterprises by their weight; the delta has most.
HEAVY = {"440100": 16, "440300": 18, "440600": 12, "441900": 10, "442000": 8, "440400": 6,
         "440700": 5, "441300": 5, "440500": 5}  # fmt: skip
REASON = "演示数据"
BATCH = 2000


@dataclass(slots=True)
class Story:
    """An enterprise and its events: day, kind, batch, reason."""

    enterprise: Enterprise
    events: list[tuple[datetime.date, str, str, str]]


def make_enterprises(
    *, number: int, rng: Random, now: datetime.datetime, first: int = 2008, papers: bool = True
) -> int:
    """Make enterprises with their history from January of ``first`` to the day of ``now``.

    ``papers``: with yearly figures, evidence and milestones. Returns how many events they have.
    The batches must be there.
    """
    last = timezone.localdate(now)
    prefectures = list(Prefecture.objects.all())
    weights = [HEAVY.get(each.code, 2) for each in prefectures]
    stages = {each.code: each for each in Stage.objects.filter(prefecture=None)}
    events = 0
    for start in range(0, number, BATCH):
        stories = [
            _story(place, rng, rng.choices(prefectures, weights)[0], first, last)
            for place in range(start, min(start + BATCH, number))
        ]
        events += _store(stories, stages, rng=rng, now=now, papers=papers)
    return events


def _story(
    place: int, rng: Random, prefecture: Prefecture, first: int, last: datetime.date
) -> Story:
    trade, industry = rng.choice(TRADES)
    name = f"演示{prefecture.name.removesuffix('市')}第{place + 1}{trade}股份有限公司"
    board = rng.choice(BOARDS)
    enterprise = Enterprise(
        code=f"DEMO-EN-{place + 1:06d}",
        name=name,
        pinyin=pinyin.full(name),
        pinyin_initials=pinyin.initials(name),
        prefecture=prefecture,
        first_prefecture=prefecture,
        industry=industry,
        first_industry=industry,
        intended_board=board,
        first_intended_board=board,
        technology=rng.random() < 0.4,
        sponsor=rng.choice(SPONSORS),
    )
    span = (last - datetime.date(first, 1, 1)).days
    on = datetime.date(first, 1, 1) + datetime.timedelta(days=int(span * rng.random()))
    return Story(enterprise, list(_events(on, rng, last)))


def _events(
    on: datetime.date, rng: Random, last: datetime.date
) -> Iterator[tuple[datetime.date, str, str, str]]:
    """From cultivation on, now and then back, aside or out."""
    place = 0
    yield on, "enter", WAY[0], ""
    while place < len(WAY) - 1:
        on += datetime.timedelta(days=rng.randrange(120, 720))
        if on > last:
            return
        chance = rng.random()
        if chance < 0.06:
            yield on, "drop", "", "不再符合后备条件"
            return
        if place == 3 and chance < 0.35:
            kind = rng.choice(list(SIDE))
            yield on, kind, "", SIDE[kind]
            on += datetime.timedelta(days=rng.randrange(30, 200))
            if on > last:
                return
            place = 2
            yield on, "enter", WAY[2], "整改后重新辅导"
            continue
        place += 1
        yield on, "list" if place == 4 else "enter", WAY[place], ""


def _store(
    stories: list[Story],
    stages: dict[str, Stage],
    *,
    rng: Random,
    now: datetime.datetime,
    papers: bool,
) -> int:
    """Write all in bulk with the history that an import would leave; then the stretches.

    Nothing is known from later than ``now``: it would be missing from what is published now.
    """
    last = timezone.localdate(now)
    _bulk(Enterprise, [story.enterprise for story in stories])
    events = [
        StageEvent(
            code=f"{story.enterprise.code}-{place}",
            enterprise=story.enterprise,
            kind=kind,
            stage=stages.get(stage),
            province_stage=stages.get(stage),
            happened_on=on,
            reason=reason,
            recorded_at=min(_evening(on), now),
        )
        for story in stories
        for place, (on, kind, stage, reason) in enumerate(story.events)
    ]
    _bulk(StageEvent, events)
    if papers:
        _bulk(StageEvidence, list(_evidence(events, rng)))
        _bulk(EnterpriseYear, [year for story in stories for year in _years(story, rng, last)])
        _bulk(ListingMilestone, [step for story in stories for step in _milestones(story)])
    rebuild_spans([story.enterprise.pk for story in stories], now=now)
    return len(events)


def _bulk(model: type, rows: list) -> None:
    """Keep rows in bulk, each with the history of having been made."""
    queryset = model.objects.all()
    queryset.history_kept = True
    queryset.bulk_create(rows, batch_size=BATCH)
    model.history.bulk_history_create(rows, batch_size=BATCH, default_change_reason=REASON)


def _evening(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(17)))


def _evidence(events: list[StageEvent], rng: Random) -> Iterator[StageEvidence]:
    """Nearly all papers are there; a few are missing."""
    wanted: dict[int, list[EvidenceRequirement]] = {}
    for each in EvidenceRequirement.objects.all():
        wanted.setdefault(each.stage_id, []).append(each)
    for event in events:
        for each in wanted.get(event.province_stage_id, ()):
            if rng.random() < 0.96:
                yield StageEvidence(
                    code=f"{event.code}-{each.code[3:]}"[:30],
                    event=event,
                    requirement=each,
                    document=f"{each.name}（演示）",
                    dated_on=event.happened_on,
                )


def _years(story: Story, rng: Random, last: datetime.date) -> Iterator[EnterpriseYear]:
    """The last three whole years, growing more or less."""
    revenue = Decimal(rng.randrange(2000, 30000))
    capital = Decimal(rng.randrange(2000, 9000))
    headcount = rng.randrange(30, 900)
    for year in range(last.year - 3, last.year):
        profit = (revenue * rng.randrange(4, 16) / 100).quantize(Decimal("0.01"))
        yield EnterpriseYear(
            code=f"{story.enterprise.code}-Y{year}",
            enterprise=story.enterprise,
            year=year,
            headcount=headcount,
            revenue=revenue,
            net_profit=profit,
            recurring_profit=profit - 20,
            assets=revenue + 3000,
            net_assets=capital + profit,
            intangibles=capital / 10,
            operating_cash=profit - 60,
            share_capital=capital,
            capital_after_issue=capital * 4 / 3,
            undistributed=profit / 2,
            audited=True,
        )
        revenue = (revenue * rng.randrange(95, 145) / 100).quantize(Decimal("0.01"))
        headcount = headcount * rng.randrange(98, 115) // 100


def _milestones(story: Story) -> Iterator[ListingMilestone]:
    """What its events say: the tutoring recorded, the application accepted, the listing."""
    told = {"TUTOR": "tutoring_filed", "FILE": "accepted", "LIST": "listed"}
    for place, (on, _kind, stage, _reason) in enumerate(story.events):
        if stage in told:
            yield ListingMilestone(
                code=f"{story.enterprise.code}-M{place}",
                enterprise=story.enterprise,
                board=story.enterprise.intended_board,
                milestone=told[stage],
                happened_on=on,
            )
