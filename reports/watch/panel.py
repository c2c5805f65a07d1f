"""The room to each limit, on the page of the institution that it bounds."""

import datetime
from collections.abc import Iterable
from typing import Any

from core.models import Institution
from core.permissions import may
from core.ratio import Ratio
from core.registers.declaration import Panel, Shown
from core.rules.limits import STANDING_TONES, STANDING_WORDS
from core.tabular import formats
from core.text import Text
from reports.watch.compute import Watched, headroom_of
from reports.watch.report import bound, in_unit, source, trend

TITLE = Text("限额与剩余空间", "Limits and their room")
HEADINGS = (
    Text("指标", "Figure"),
    Text("数值", "Value"),
    Text("分子 / 分母（万元）", "Numerator / denominator (10,000 yuan)"),
    Text("限额", "Limit"),
    Text("状态", "State"),
    Text("剩余空间", "Room"),
    Text("剩余占限额", "Left of limit"),
    Text("较上月（点）", "Since last month (pp)"),
    Text("依据", "Source"),
)


def headroom(record: Any, *, user: Any, as_of: datetime.date) -> Iterable[Panel]:
    """A panel for an institution whose figures are bounded, for those who may see it."""
    if not isinstance(record, Institution) or not may(user, "institution.view", record):
        return
    found = headroom_of(record, as_of=as_of)
    if not found:
        return
    period = found[0].period
    yield Panel(
        key="headroom",
        title=TITLE,
        headings=HEADINGS,
        rows=[_row(each) for each in found],
        note=Text(
            f"按{period}已接受的报表，以分子、分母精确判断；剩余空间单位为万元（家数、利率除外）。",
            f"From the accepted return of {period.code}, judged by exact parts; room in "
            "10,000 yuan (or its own unit).",
        ),
    )


def _row(each: Watched) -> list[Shown]:
    judgement = each.judgement
    return [
        Shown(judgement.limit.title),
        Shown(in_unit(judgement.shown, judgement.limit.unit), numeric=True),
        Shown(_parts(judgement.measured), numeric=True),
        Shown(bound(judgement.limit), numeric=True),
        Shown(STANDING_WORDS[judgement.standing], tone=STANDING_TONES[judgement.standing.value]),
        Shown(_number(judgement.room), numeric=True),
        Shown(_number(judgement.share, "%"), numeric=True),
        Shown(trend(each.change), numeric=True),
        Shown(source(judgement.limit)),
    ]


def _parts(measured: Any) -> str:
    if not isinstance(measured, Ratio):
        return formats.NOTHING
    return f"{_number(measured.numerator)} / {_number(measured.denominator)}"


def _number(value: Any, unit: str = "") -> str:
    return formats.NOTHING if value is None else f"{value:,.2f}{unit}"
