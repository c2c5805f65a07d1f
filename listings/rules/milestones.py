"""Milestones by board, regime and day, and the lifetimes of boards. Pure."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.rules.remarks import PROVINCIAL, Remark
from core.text import Text


@dataclass(frozen=True, slots=True)
class BoardLife:
    """When a board existed; ``province_from`` is since when the province's firms may use it."""

    code: str
    name: Text
    since: datetime.date | None
    until: datetime.date | None
    listing: bool  # 上市; a quotation 挂牌 is none
    securities: tuple[str, ...] = ()
    province_from: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The steps of a regime in their order, for boards, from a day to a day."""

    key: str
    name: Text
    boards: tuple[str, ...]
    valid_from: datetime.date
    valid_to: datetime.date | None
    steps: tuple[str, ...]
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """Steps that boards did not take from a day to a day."""

    since: datetime.date
    until: datetime.date
    boards: tuple[str, ...]
    steps: tuple[str, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that is dated about boards."""

    boards: Mapping[str, BoardLife]
    templates: tuple[Template, ...]
    suspensions: tuple[Suspension, ...]
    steps: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone that was reached."""

    board: str
    milestone: str
    on: datetime.date
    security_code: str = ""


def template_on(calendar: Calendar, board: str, day: datetime.date) -> Template | None:
    """The steps that a board takes on a day; None of a board without any."""
    for each in calendar.templates:
        open_end = each.valid_to is None or day <= each.valid_to
        if board in each.boards and each.valid_from <= day and open_end:
            return each
    return None


def board_remarks(calendar: Calendar, board: str, day: datetime.date) -> list[Remark]:
    """A board that did not exist on the day, or was not open to the province's firms."""
    life = calendar.boards.get(board)
    if life is None:
        return []
    name, found = life.name, []
    if (life.since and day < life.since) or (life.until and day > life.until):
        found.append(
            Remark(
                "milestone.board-not-there",
                Text(
                    f"{day} 时{name.zh}尚未设立或已不存在（{life.since or '…'} 至 "
                    f"{life.until or '今'}），请核对板块或日期。",
                    f"{name.en} did not exist on {day} ({life.since or '…'} to "
                    f"{life.until or 'now'}); check board and date.",
                ),
                "",
            )
        )
    elif life.province_from and day < life.province_from:
        found.append(
            Remark(
                "milestone.board-not-open",
                Text(
                    f"{day} 时{name.zh}尚未对本省企业开放"
                    f"（{life.province_from:%Y年%m月}起），请核对日期。",
                    f"{name.en} was not open to the province's enterprises on {day} (since "
                    f"{life.province_from:%Y-%m}); check the date.",
                ),
                life.note,
            )
        )
    return found


def milestone_remarks(calendar: Calendar, reached: Reached) -> list[Remark]:
    """What is odd about one milestone."""
    found = board_remarks(calendar, reached.board, reached.on)
    board = calendar.boards[reached.board].name
    step = calendar.steps[reached.milestone]
    template = template_on(calendar, reached.board, reached.on)
    if template is not None and reached.milestone not in template.steps:
        found.append(
            Remark(
                "milestone.not-of-the-regime",
                Text(
                    f"{board.zh}在 {reached.on} 实行{template.name.zh}，没有“{step.zh}”这一环节。",
                    f"On {reached.on} {board.en} went by {template.name.en}, without “{step.en}”.",
                ),
                _cited(template),
            )
        )
    for each in calendar.suspensions:
        inside = each.since <= reached.on <= each.until
        if inside and reached.board in each.boards and reached.milestone in each.steps:
            found.append(Remark("milestone.suspended", each.note))
    codes = calendar.boards[reached.board].securities
    if reached.security_code and codes and not reached.security_code.startswith(codes):
        found.append(
            Remark(
                "milestone.security-code",
                Text(
                    f"证券代码 {reached.security_code} 不像{board.zh}的代码"
                    f"（应以 {'、'.join(codes)} 开头）。",
                    f"{reached.security_code} does not look like a code of {board.en} "
                    f"(they begin with {', '.join(codes)}).",
                ),
            )
        )
    return found


def order_remarks(calendar: Calendar, told: Sequence[Reached]) -> list[Remark]:
    """Milestones of one board that are dated against the order of their regime.

    Only the first of each step is compared: after a rejection steps are taken again.
    """
    found: list[Remark] = []
    firsts: dict[tuple[str, str], Reached] = {}
    for each in sorted(told, key=lambda one: one.on):
        firsts.setdefault((each.board, each.milestone), each)
    for board in dict.fromkeys(board for board, _step in firsts):
        mine = [each for (own, _step), each in firsts.items() if own == board]
        template = template_on(calendar, board, max(each.on for each in mine))
        if template is None:
            continue
        ranked = [each for each in mine if each.milestone in template.steps]
        ranked.sort(key=lambda each: template.steps.index(each.milestone))
        for early, late in pairwise(ranked):
            if late.on < early.on:
                found.append(_disorder(calendar, template, early, late))
    return found


def _disorder(calendar: Calendar, template: Template, early: Reached, late: Reached) -> Remark:
    first, second = calendar.steps[early.milestone], calendar.steps[late.milestone]
    return Remark(
        "milestone.order",
        Text(
            f"“{second.zh}”（{late.on}）早于“{first.zh}”（{early.on}），"
            f"与{template.name.zh}的顺序不符。",
            f"“{second.en}” ({late.on}) comes before “{first.en}” ({early.on}), against the order "
            f"of {template.name.en}.",
        ),
        _cited(template),
    )


def _cited(template: Template) -> str | Text:
    return PROVINCIAL if template.certainty == "L" else template.source
