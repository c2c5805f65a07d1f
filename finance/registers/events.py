"""The registers of financing events: what was signed there, and what was later drawn of it."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.permissions import may
from core.registers import Extra, Panel, Register, Shown
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from finance import filters_platforms as filters
from finance.models import EventDrawing, FinancingEvent
from finance.queries.platforms import (
    EVENT_STATES,
    drawing_rows,
    drawings_of,
    drawn_ratio,
    event_rows,
)

TONES = {"held": "good", "planned": "info"}


def event_check(event: Any) -> dict[str, Text]:
    """Who signed took part; an amount was signed by somebody and is not negative."""
    problems: dict[str, Text] = {}
    came, signed = event.enterprises, event.enterprises_signed
    if came is not None and signed is not None and signed > came:
        problems["enterprises_signed"] = Text(
            f"签约企业 {signed} 户多于参加企业 {came} 户。",
            f"{signed} enterprises signed, more than the {came} that took part.",
        )
    if event.amount_signed is not None and event.amount_signed < 0:
        problems["amount_signed"] = Text("金额不能为负。", "The amount is not negative.")
    return problems


def event_remarks(event: Any, day: datetime.date) -> list[Remark]:
    """Drawn beyond what was signed, or less by a later day than by an earlier one."""
    drawings = drawings_of(event, as_of=day)
    last = drawings[-1] if drawings else None
    found = []
    if last is not None and event.amount_signed is not None and last.amount > event.amount_signed:
        found.append(
            Remark(
                "event.drawn-beyond-signed",
                Text(
                    f"截至 {last.as_of} 累计到位 {last.amount} 万元，多于签约 "
                    f"{event.amount_signed} 万元；请核对是否含签约以外的贷款。",
                    f"By {last.as_of} {last.amount} was drawn, more than the {event.amount_signed} "
                    "signed (10,000 yuan); does it hold loans that were not signed there?",
                ),
            )
        )
    signed = event.enterprises_signed
    if last is not None and None not in (signed, last.enterprises) and last.enterprises > signed:
        found.append(
            Remark(
                "event.more-drew-than-signed",
                Text(
                    f"到位企业 {last.enterprises} 户多于签约企业 {signed} 户；请核对。",
                    f"{last.enterprises} enterprises drew, more than the {signed} that signed; "
                    "check them.",
                ),
            )
        )
    return [*found, *_falling(drawings)]


def _falling(drawings: Sequence[EventDrawing]) -> list[Remark]:
    """Amounts are cumulative: a later one below an earlier one is a slip."""
    found = []
    for before, after in itertools.pairwise(drawings):
        if after.amount < before.amount:
            found.append(
                Remark(
                    "event.drawn-falls",
                    Text(
                        f"{after.as_of} 累计到位 {after.amount} 万元，少于 {before.as_of} 的 "
                        f"{before.amount} 万元；到位金额应为累计数。",
                        f"{after.amount} by {after.as_of} is less than {before.amount} by "
                        f"{before.as_of} (10,000 yuan); give what was drawn since the event.",
                    ),
                )
            )
    return found


def event_panels(event: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Signed against drawn, by each day that was recorded."""
    drawings = drawings_of(event, as_of=as_of)
    signed = event.amount_signed
    editable = event.voided_at is None and may(user, EventDrawing.EDIT, event)
    rows = []
    for drawing in reversed(drawings):
        left = None if signed is None else signed - drawing.amount
        rows.append(
            [
                Shown(drawing.as_of, url=reverse(DRAWINGS.url_name("record"), args=[drawing.code])),
                Shown(formats.count(drawing.enterprises), numeric=True),
                *(Shown(formats.money(each), numeric=True) for each in (signed, drawing.amount)),
                Shown(formats.percent_value(drawn_ratio(event, drawing).percent), numeric=True),
                Shown(formats.money(left), numeric=True),
            ]
        )
    return [
        Panel(
            key="signed-and-drawn",
            title=Text("签约与到位", "Signed and drawn"),
            headings=[
                Text("截至", "By"),
                Text("到位企业（户）", "Enterprises that drew"),
                Text("签约金额（万元）", "Signed (10,000 yuan)"),
                Text("累计到位（万元）", "Drawn (10,000 yuan)"),
                Text("到位率", "Drawn of signed"),
                Text("未到位（万元）", "Not yet drawn"),
            ],
            rows=rows,
            note=Text(
                "到位率＝累计到位金额÷签约金额。", "The rate is what was drawn ÷ what was signed."
            ),
            add_url=f"{reverse(DRAWINGS.url_name('new'))}?event={event.code}" if editable else "",
            empty=Text("尚未登记到位情况。", "No drawing is recorded yet."),
        )
    ]


EVENTS = Register(
    key="financing-events",
    app="finance",
    title=Text("融资对接活动", "Financing events"),
    one=Text("融资对接活动", "financing event"),
    model=FinancingEvent,
    fields=(
        "name",
        "kind",
        "held_on",
        "prefecture",
        "county",
        "venue",
        "organiser",
        "enterprises",
        "banks",
        "enterprises_signed",
        "amount_signed",
    ),
    columns=(
        "code",
        "name",
        "kind",
        "held_on",
        "prefecture",
        "enterprises",
        "banks",
        "enterprises_signed",
        "amount_signed",
        "?county",
        "?venue",
        "?organiser",
    ),
    default_sort="-held_on",
    rows=event_rows,
    extras=(
        Extra("drawn", Text("累计到位（万元）", "Drawn"), "money"),
        Extra("drawn_as_of", Text("到位截至", "Drawn by"), "date", in_list=False),
        Extra(
            "drawn_enterprises",
            Text("到位企业（户）", "Enterprises that drew"),
            "integer",
            in_list=False,
        ),
        Extra("state", Text("状态", "State"), labels=EVENT_STATES, badge=TONES.get),
    ),
    filterset=filters.FinancingEventFilter,
    check=event_check,
    remarks=event_remarks,
    panels=event_panels,
    icon="flag",
    examples={
        "name": "示例政银企对接会",
        "kind": "政银企对接会",
        "held_on": "2012-06-15",
        "prefecture": Text("韶关市", "Shaoguan"),
        "enterprises": "120",
        "banks": "10",
        "enterprises_signed": "35",
        "amount_signed": "42000",
    },
)


def drawing_check(drawing: Any) -> dict[str, Text]:
    """A drawing follows its event, has happened, and is recorded once a day."""
    problems: dict[str, Text] = {}
    held, day = drawing.event.held_on, drawing.as_of
    if day < held:
        problems["as_of"] = Text(
            f"{day} 早于活动举办日期 {held}。", f"{day} is before the event of {held}."
        )
    elif day > timezone.localdate():
        problems["as_of"] = Text(f"{day} 晚于今天。", f"{day} is after today.")
    if drawing.amount is not None and drawing.amount < 0:
        problems["amount"] = Text("金额不能为负。", "The amount is not negative.")
    same = EventDrawing.objects.standing().filter(event=drawing.event_id, as_of=day)
    taken = same.exclude(pk=drawing.pk).values_list("code", flat=True).first()
    if taken:
        problems["as_of"] = Text(
            f"该活动截至 {day} 的到位情况已登记为 {taken}；请修改那一条。",
            f"What was drawn by {day} is there already, {taken}; change that entry.",
        )
    return problems


DRAWINGS = Register(
    key="event-drawings",
    app="finance",
    title=Text("签约到位情况", "Drawings of events"),
    one=Text("签约到位情况", "event drawing"),
    model=EventDrawing,
    fields=("event", "as_of", "enterprises", "amount"),
    columns=("code", "event", "event.prefecture", "as_of", "enterprises", "amount"),
    default_sort="-as_of",
    rows=drawing_rows,
    filterset=filters.EventDrawingFilter,
    check=drawing_check,
    intro=Text(
        "金额为活动以来的累计到位数。", "Amounts are what was drawn since the event, cumulative."
    ),
    icon="arrow-repeat",
    examples={"as_of": "2012-09-30", "enterprises": "20", "amount": "18000"},
)

REGISTERS = (EVENTS, DRAWINGS)
