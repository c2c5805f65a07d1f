"""Acts on green-channel cases: what fits, who may, and the clocks that follow.

Clocks are written anew from a case's standing events whenever the case or one of them is
recorded, changed or voided. The case is locked first, so that two people cannot both close it.
"""

import datetime
from typing import Any

from django.utils import timezone

from core.errors import DomainError, StateConflict
from core.models import User
from core.naming import both
from core.operations import journal
from core.permissions import require
from core.queries.calendar import work_exceptions
from core.queries.rules import rules_on
from core.text import Text
from listings.models import CaseAct, CaseClock, CaseEvent, GreenChannelCase
from listings.queries.places import place_on
from listings.rules.clock import STATE_WORDS, Act, NotPossible, Step, clocks

PROMISE = "green-channel.promised-days"
WANTED = {  # what an act cannot do without: the field, and what to say
    CaseAct.ANSWER: ("text", Text("请填写答复内容。", "Say what the answer is.")),
    CaseAct.WAIT: (
        "text",
        Text("请写明需企业补充什么。", "Say what the enterprise has to bring."),
    ),
    CaseAct.CLOSE: ("result", Text("请选择办理结果。", "Choose the result.")),
    CaseAct.REOPEN: ("text", Text("请写明重新办理的原因。", "Say why the case is reopened.")),
}


def prepared_case(case: GreenChannelCase) -> dict[str, Text]:
    """Fill in place and promise of a case before it is saved; say what does not fit."""
    if case.enterprise_id is None or case.opened_on is None or case.department_id is None:
        return {}  # the fields' own check says so
    case.prefecture_id, _county = place_on(case.enterprise, case.opened_on)
    problems: dict[str, Text] = {}
    if case.promised_days is None:
        code = case.enterprise.prefecture.code
        rule = rules_on(case.opened_on).get(PROMISE, prefecture_code=code)
        if rule is None:
            problems["promised_days"] = Text(
                f"{case.opened_on} 没有默认时限，请填写承诺的工作日数。",
                f"No default is in force on {case.opened_on}; give the promised working days.",
            )
        else:
            case.promised_days = int(rule.value)
    last = case.department.valid_to
    if last is not None and last < case.opened_on:
        problems["department"] = Text(
            f"{case.department.name}的名称用至 {last}，请选择受理当日的部门。",
            f"{case.department.name} went by that name until {last}; choose the department of "
            "the day.",
        )
    return problems


def follow_case(case: GreenChannelCase, *, actor: User, now: datetime.datetime) -> None:
    """Write the clocks of a case that was opened, changed or voided.

    Raises DomainError "invalid-record" for a day to come, and as ``rewrite_clocks`` does.
    """
    if case.opened_on > timezone.localdate(now):
        _refuse("opened_on", _after_today(case.opened_on))
    rewrite_clocks(case)


def needs(act: str) -> tuple[str, Text] | None:
    """The field that an act cannot do without, and what to say where it is empty."""
    return WANTED.get(CaseAct(act))


def event_problems(event: CaseEvent) -> dict[str, Text]:
    """What each act needs, and what it does not take."""
    problems: dict[str, Text] = {}
    needed = needs(event.act)
    if needed is not None and not getattr(event, needed[0]).strip():
        problems[needed[0]] = needed[1]
    if event.act != CaseAct.CLOSE and event.result:
        problems["result"] = Text("只有办结填写结果，请清空。", "Only closing has a result.")
    if event.act != CaseAct.REOPEN and event.days is not None:
        problems["days"] = Text("只有重新办理填写，请清空。", "Only reopening promises anew.")
    if event.days is not None and not 1 <= event.days <= 250:
        problems["days"] = Text(
            "重新承诺的时限应为 1 至 250 个工作日。", "Promise 1 to 250 working days."
        )
    return problems


def follow_event(event: CaseEvent, *, actor: User, now: datetime.datetime) -> None:
    """Write the clocks of the event's case, and its recording into the journal.

    Only the office reopens a case. Raises PermissionRefused,
    DomainError "invalid-record", StateConflict "entry-void" or "green-channel-state".
    """
    locked = GreenChannelCase.objects.select_for_update(of=("self",), no_key=True)
    case = locked.get(pk=event.case_id)  # its own event's key does not stand in the way
    if event.act == CaseAct.REOPEN:
        require(actor, GreenChannelCase.EDIT, case)
    if event.happened_on > timezone.localdate(now):
        _refuse("happened_on", _after_today(event.happened_on))
    if case.voided_at is not None:
        raise StateConflict("entry-void", Text("该事项已作废，不能再办理。", "The case is void."))
    rewrite_clocks(case)
    if event.voided_at is None:
        journal.record(
            actor=actor,
            action=f"green-channel.{event.act}",
            target=event,
            now=now,
            detail={"case": case.code, "on": event.happened_on, "result": event.result},
        )


def rewrite_clocks(case: GreenChannelCase) -> None:
    """Derive the clocks of a case anew. Raises DomainError or StateConflict; four queries."""
    events = list(CaseEvent.objects.standing().filter(case=case).in_order())
    steps = [Step(Act(each.act), each.happened_on, each.days) for each in events]
    if steps and steps[0].on < case.opened_on:
        first = steps[0].on
        _refuse(
            "happened_on",
            Text(
                f"{first} 早于受理日期 {case.opened_on}；请改正其中之一。",
                f"{first} is before the case was opened on {case.opened_on}; mend one of the two.",
            ),
        )
    try:
        found = clocks(case.opened_on, case.promised_days, steps, work_exceptions())
    except NotPossible as error:
        raise _impossible(case, error) from error
    CaseClock.objects.filter(case=case).delete()
    CaseClock.objects.bulk_create(
        CaseClock(
            case=case,
            place=place,
            since=each.since,
            state=each.state,
            due_on=each.due,
            used=each.used,
            left=each.left,
            passed=each.passed,
        )
        for place, each in enumerate(found)
    )


def refresh_clocks(**signal: Any) -> int:
    """Derive all clocks anew, as after the work calendar changed; return how many cases."""
    number = 0
    for case in GreenChannelCase.objects.standing().iterator(chunk_size=500):
        rewrite_clocks(case)
        number += 1
    return number


def _impossible(case: GreenChannelCase, error: NotPossible) -> StateConflict:
    act, state = both(CaseAct(error.step.act).label), STATE_WORDS[error.state]
    on = error.step.on
    return StateConflict(
        "green-channel-state",
        Text(
            f"{case.code} 在 {on} 为“{state.zh}”，不能“{act.zh}”；请核对日期，"
            "或请主管部门先作废登记有误的记录。",
            f"On {on} {case.code} was “{state.en}”, so “{act.en}” is not possible; check the "
            "date, or let the office void what was recorded by mistake.",
        ),
    )


def _after_today(day: datetime.date) -> Text:
    return Text(
        f"{day} 在今天之后：只登记已发生的事项。",
        f"{day} is after today: record what has happened.",
    )


def _refuse(field: str, problem: Text) -> None:
    raise DomainError("invalid-record", problem, fields={field: problem})
