"""The registers of the green channel: cases, and what happened to them."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.naming import both
from core.permissions import may
from core.queries.calendar import work_exceptions
from core.registers import Extra, Panel, RecordAction, Register, Shown
from core.rules.remarks import Remark
from core.text import Text
from listings import filters_green_channel as filters
from listings.models import CaseAct, CaseEvent, Enterprise, GreenChannelCase
from listings.models.green_channel import CaseResult
from listings.operations.green_channel import (
    event_problems,
    follow_case,
    follow_event,
    prepared_case,
)
from listings.queries.green_channel import case_rows
from listings.rules.clock import (
    STANDING_TONES,
    STANDINGS,
    STATE_WORDS,
    STEPS,
    Act,
    CaseState,
    Clock,
    clock_on,
)

ICONS = {
    Act.ANSWER: "pen",
    Act.WAIT: "clock",
    Act.RESUME: "arrow-repeat",
    Act.CLOSE: "check-circle",
    Act.REOPEN: "unlock",
}
REACHES = {act: GreenChannelCase.EDIT if act is Act.REOPEN else CaseEvent.EDIT for act in Act}


def stored_clocks(case: GreenChannelCase) -> list[Clock]:
    """The clocks of a case as they were derived. One query."""
    return [
        Clock(
            row.since,
            CaseState(row.state),
            case.promised_days,
            row.used,
            row.left,
            row.due_on,
            row.passed,
        )
        for row in case.clocks.order_by("place")
    ]


def case_remarks(case: GreenChannelCase, day: datetime.date) -> list[Remark]:
    """An open case that is past its promised day."""
    clock = clock_on(stored_clocks(case), day)
    if clock is None or not clock.overdue_on(day):
        return []
    due = clock.due
    return [
        Remark(
            "green-channel.overdue",
            Text(
                f"承诺 {case.promised_days} 个工作日，应于 {due} 办结，至 {day} 未办结；"
                "请办结，或写明需企业补充的内容。",
                f"{case.promised_days} working days were promised, to be closed by {due}; it is "
                f"still open on {day}. Close it, or say what the enterprise has to bring.",
            ),
        )
    ]


def case_panels(case: GreenChannelCase, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The clock: each stretch, what of the promise was used by its end, what is left."""
    found = stored_clocks(case)
    exceptions = work_exceptions()
    rows = []
    for place, clock in enumerate(found):
        if clock.since > as_of:
            break
        following = found[place + 1].since if place + 1 < len(found) else as_of
        end = min(following, as_of)
        standing = clock.standing_on(end)
        rows.append(
            [
                Shown(clock.since.isoformat()),
                Shown(STATE_WORDS[clock.state]),
                Shown(clock.due.isoformat() if clock.due else "—"),
                Shown(clock.used_on(end, exceptions), numeric=True),
                Shown(clock.left_on(end, exceptions), numeric=True),
                Shown(STANDINGS[standing], tone=STANDING_TONES[standing]),
            ]
        )
    return [
        Panel(
            key="clock",
            title=Text("计时", "Clock"),
            headings=[
                Text("起", "Since"),
                Text("状态", "State"),
                Text("应办结日期", "Due"),
                Text("已用（工作日）", "Used (working days)"),
                Text("剩余（工作日）", "Left (working days)"),
                Text("时限", "Promise"),
            ],
            rows=rows,
            note=Text(
                "受理（恢复）当日不计；待企业补充期间停止计时。",
                "The day of opening or resuming does not count; the clock stops while the "
                "enterprise is waited for.",
            ),
        )
    ]


def case_actions(case: GreenChannelCase, *, user: Any) -> list[RecordAction]:
    """The acts that the state of the case allows, for those who may do them."""
    if case.voided_at is not None:
        return []
    last = case.clocks.order_by("-place").first()
    state = CaseState(last.state) if last else CaseState.RUNNING
    return [
        RecordAction(
            both(CaseAct(act).label),
            reverse(f"listings:green-channel-{act.value}", args=[case.code]),
            ICONS[act],
            primary=act is Act.CLOSE,
        )
        for act, (states, _after) in STEPS.items()
        if state in states and may(user, REACHES[act], case)
    ]


def enterprises_kept(actor: Any) -> QuerySet[Enterprise]:
    """The enterprises for which an actor keeps records: a prefecture's are its own."""
    rows = Enterprise.objects.visible_to(actor).standing()
    own = actor.prefecture_id if actor.role == "prefecture_staff" else None
    return rows.filter(prefecture=own) if own else rows


def cases_answered(actor: Any) -> QuerySet[GreenChannelCase]:
    return GreenChannelCase.objects.visible_to(actor).standing()


def event_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[CaseEvent]:
    return CaseEvent.objects.visible_to(user).select_related(
        "case__enterprise", "case__department", "case__prefecture", "file"
    )


CASES = Register(
    key="green-channel-cases",
    app="listings",
    title=Text("绿色通道", "Green channel"),
    one=Text("绿色通道事项", "green-channel case"),
    model=GreenChannelCase,
    fields=("enterprise", "issue", "subject", "department", "opened_on", "promised_days"),
    columns=(
        "code",
        "enterprise",
        "subject",
        "issue",
        "department",
        "prefecture",
        "opened_on",
        "?promised_days",
    ),
    default_sort="-opened_on",
    filterset=filters.CaseFilter,
    rows=case_rows,
    extras=(
        Extra(
            "standing",
            Text("状态", "State"),
            labels=STANDINGS,
            badge=lambda key: STANDING_TONES[key],
        ),
        Extra("due_on", Text("应办结日期", "Due"), "date"),
        Extra("closed_on", Text("办结日期", "Closed on"), "date"),
        Extra("result", Text("结果", "Result"), labels=dict(CaseResult.choices)),
    ),
    parents=("enterprise", "department"),
    check=prepared_case,
    saved=follow_case,
    remarks=case_remarks,
    panels=case_panels,
    actions=case_actions,
    limit_choices={"enterprise": enterprises_kept},
    intro=Text(
        "企业改制上市中需部门解决的事项。按工作日计时，待企业补充时停止；部门只见本部门的事项。",
        "What enterprises need from departments on their way to a listing. Counted in working "
        "days, and not while the enterprise is waited for; a department sees its own.",
    ),
    icon="flag",
    examples={
        "issue": "土地、房产权证",
        "subject": "补办厂房房产证",
        "opened_on": "2012-05-10",
        "promised_days": "10",
    },
)

EVENTS = Register(
    key="green-channel-events",
    app="listings",
    title=Text("绿色通道办理记录", "Green-channel events"),
    one=Text("办理记录", "green-channel event"),
    model=CaseEvent,
    fields=("case", "act", "happened_on", "result", "document_number", "days", "text"),
    columns=(
        "code",
        "happened_on",
        "act",
        "result",
        "text",
        "document_number",
        "case",
        "case.department",
        "?days",
        "?recorded_at",
    ),
    default_sort="-happened_on",
    filterset=filters.CaseEventFilter,
    rows=event_rows,
    parents=("case",),
    fixed=True,
    check=event_problems,
    saved=follow_event,
    limit_choices={"case": cases_answered},
    icon="clock-history",
    intro=Text(
        "只增不改；登记有误的由主管部门作废后重新登记。",
        "Never changed: what was recorded by mistake is voided by the office and recorded anew.",
    ),
    examples={"act": "答复", "happened_on": "2012-05-18", "text": "已出具初审意见"},
)

REGISTERS = (CASES, EVENTS)
