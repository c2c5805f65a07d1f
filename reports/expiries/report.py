"""The expiry calendar, declared."""

import datetime
from typing import Any

from core.models import Prefecture
from core.registers.catalogue import REGISTERS
from core.tabular import Column
from core.text import Text
from reports.content import Cell, Content, KeyFigure, KeyFigures, Table
from reports.declaration import Evidence, Lineage, Report
from reports.expiries.compute import (
    NEAR,
    ExpiryCalendar,
    ExpiryForm,
    ExpiryParameters,
    compute_expiries,
    state_of,
)
from reports.expiries.definitions import DEFINITIONS
from reports.items.asked import as_of_day
from reports.items.evidence import entries_since
from reports.links import address, institution_url

TITLE = Text("到期日历", "Expiry calendar")
STATES = {
    "lapsed": (Text("已到期", "Lapsed"), "bad"),
    "near": (Text(f"{NEAR} 天内", f"Within {NEAR} days"), "warn"),
    "coming": (Text("即将到期", "Coming"), "info"),
}


def place_name(prefecture: Prefecture | None) -> Text:
    if prefecture is None:
        return Text("全省", "The province")
    return Text(prefecture.name, prefecture.name_en)


def content(calendar: ExpiryCalendar) -> Content:
    asked = calendar.parameters
    return Content(
        title=TITLE,
        as_of=asked.as_of,
        asked=[
            as_of_day(asked.as_of),
            (Text("期限", "Horizon"), Text(f"{asked.within} 天", f"{asked.within} days")),
        ],
        sections=[
            KeyFigures(
                [
                    KeyFigure(words, calendar.number(state), figure=state, tone=tone, key=state)
                    for state, (words, tone) in STATES.items()
                ]
            ),
            _by_register(calendar),
            _table(calendar),
        ],
        notes=[
            Text(
                "已换发、续签或提前终止的不列；已退出的机构不列。",
                "What was renewed or ended early is left out, and institutions that have exited.",
            )
        ],
    )


def _by_register(calendar: ExpiryCalendar) -> Table:
    return Table(
        key="by-register",
        title=Text("按登记簿", "By register"),
        columns=[
            Column("register", Text("登记簿", "Register")),
            *(Column(state, words, "integer") for state, (words, _tone) in STATES.items()),
        ],
        rows=[
            [
                REGISTERS[key].title,
                *(Cell(counts[state], figure=f"{state}:{key}") for state in STATES),
            ]
            for key, counts in calendar.by_register.items()
        ],
    )


def _table(calendar: ExpiryCalendar) -> Table:
    rows = []
    for each in calendar.running:
        words, tone = STATES[state_of(each)]
        rows.append(
            [
                each.on,
                Cell(words, tone=tone),
                each.days,
                each.what,
                Cell(Text(each.title, each.title), url=entry_url(each.register, each.code)),
                place_name(each.prefecture),
            ]
        )
    return Table(
        key="calendar",
        title=Text("到期事项", "What runs out"),
        columns=[
            Column("on", Text("到期日", "On"), "date"),
            Column("state", Text("状态", "State")),
            Column("days", Text("剩余天数", "Days left"), "integer"),
            Column("what", Text("事项", "What")),
            Column("title", Text("机构或对象", "Whose"), width=34),
            Column("prefecture", Text("地市", "Prefecture")),
        ],
        rows=rows,
    )


def entry_url(register: str, code: str) -> str:
    return address(REGISTERS[register].url_name("record"), code)


def figures(calendar: ExpiryCalendar) -> dict[str, Any]:
    """The figures as plain data."""
    return {
        "registers": [
            {"code": key, **{state: counts[state] for state in STATES}}
            for key, counts in calendar.by_register.items()
        ],
        "expiring": [
            {
                "code": f"{each.register}/{each.code}",
                "register": each.register,
                "entry": each.code,
                "what": each.what.zh,
                "on": each.on.isoformat(),
                "days": each.days,
                "state": state_of(each),
                "title": each.title,
                "institution": each.institution.code if each.institution else None,
                "prefecture": each.prefecture.code if each.prefecture else None,
            }
            for each in calendar.running
        ],
    }


def lineage(
    parameters: ExpiryParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """The entries behind ``lapsed``, ``near:credit-ratings`` and so on."""
    state, _colon, register = figure.partition(":")
    words, _tone = STATES[state]
    calendar = compute_expiries(parameters, known_at)
    if register and register not in calendar.by_register:
        raise KeyError(figure)
    return Lineage(
        title=words,
        evidence=[
            Evidence(
                on=each.on,
                what=Text(f"{each.title} {each.what.zh}", f"{each.title}: {each.what.en}"),
                where=place_name(each.prefecture),
                document=each.code,
                url=entry_url(each.register, each.code)
                or (institution_url(each.institution) if each.institution else ""),
            )
            for each in calendar.running
            if state_of(each) == state and register in ("", each.register)
        ],
    )


def learnt_since(parameters: ExpiryParameters, moment: datetime.datetime) -> list[Evidence]:
    """Entries that run out some day and were made, changed or voided after ``moment``."""
    wanted = [
        register.model
        for key, register in REGISTERS.items()
        if register.expiry and parameters.register in ("", key)
    ]
    return entries_since(wanted, moment)


EXPIRIES = Report(
    code="expiries",
    title=TITLE,
    form=ExpiryForm,
    compute=compute_expiries,
    content=content,
    figures=figures,
    as_of=lambda parameters: parameters.as_of,
    definitions=lambda result: DEFINITIONS,
    lineage=lineage,
    learnt_since=learnt_since,
)
