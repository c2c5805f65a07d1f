"""Reminders of what runs out. Each is given once before its day and once after."""

import datetime

from django.urls import reverse

from core.models.notifications import NotificationKind
from core.operations.notifications import notify
from core.queries.expiries import Running, running_out
from core.queries.notifications import office_of
from core.queries.rules import rules_on
from core.registers.catalogue import REGISTERS
from core.tabular import formats
from core.text import Text

DUE, EXPIRY = "notify.days-due", "notify.days-expiry"
LONGEST = 60  # days after which what lapsed is told no more
DEFAULTS = {DUE: 5, EXPIRY: 30}


def days_before(code: str, day: datetime.date) -> int:
    """The province's setting in force on a day: how long before its day one is reminded."""
    rule = rules_on(day).get(code)
    return int(rule.value) if rule is not None else DEFAULTS[code]


def when(due: datetime.date, today: datetime.date) -> Text:
    """How far off a day is: ``还有3天`` or ``已逾期2天``."""
    left = (due - today).days
    if left < 0:
        return Text(f"已逾期{-left}天", f"{-left} days late")
    if left == 0:
        return Text("今天到期", "due today")
    return Text(f"还有{left}天到期", f"due in {left} days")


def stage(due: datetime.date, today: datetime.date) -> str:
    """Which of the two reminders a day calls for."""
    return "late" if due < today else "soon"


def remind_of_expiries(*, today: datetime.date, now: datetime.datetime) -> int:
    """Tell the office of each place what of it runs out soon or has lapsed."""
    told = 0
    for each in running_out(as_of=today, within=days_before(EXPIRY, today)):
        # What only falls due has reminders of its own; what lapsed long ago is no news.
        if REGISTERS[each.register].expiry is not None and each.days >= -LONGEST:
            told += _tell(each, today, now)
    return told


def _tell(each: Running, today: datetime.date, now: datetime.datetime) -> int:
    left = Text(f"还有{each.days}天", f"{each.days} days left")
    if each.lapsed:
        left = Text(f"已过{-each.days}天", f"{-each.days} days ago")
    day, day_en = formats.day(each.on), formats.day(each.on, "en")
    return notify(
        office_of(each.prefecture.pk if each.prefecture else None),
        NotificationKind.EXPIRY,
        Text(
            f"{each.title}{each.what.zh}：{day}，{left.zh}",
            f"{each.title}, {each.what.en}: {day_en}, {left.en}",
        ),
        url=each.url or reverse(REGISTERS[each.register].url_name("record"), args=[each.code]),
        key=f"expiry:{each.register}:{each.code}:{each.on}:{stage(each.on, today)}",
        now=now,
    )
