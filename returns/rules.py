"""The workflow of a return as plain data: who may do what in which state, and what follows.

Read by the operations, the buttons of the pages, the API, the tests and the diagram in
docs/workflow.md.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from core.text import Text


class Act(StrEnum):
    RECEIVE = "receive"
    EXPLAIN = "explain"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    REVISE = "revise"


@dataclass(frozen=True, slots=True)
class Transition:
    """``permission`` is asked for the institution; ``to`` is None if the state stays."""

    act: Act
    title: Text
    states: tuple[str, ...]
    to: str | None
    permission: str
    needs_open_period: bool


TRANSITIONS = {
    transition.act: transition
    for transition in (
        Transition(Act.RECEIVE, Text("填报", "Prepare"), ("draft",), None, "return.prepare", True),
        Transition(Act.EXPLAIN, Text("说明", "Explain"), ("draft",), None, "return.prepare", True),
        Transition(Act.SIGN, Text("签发", "Sign"), ("draft",), "submitted", "return.sign", True),
        Transition(
            Act.WITHDRAW, Text("撤回", "Withdraw"), ("submitted",), "draft", "return.sign", True
        ),
        Transition(
            Act.ACCEPT, Text("接受", "Accept"), ("submitted",), "accepted", "return.review", False
        ),
        Transition(
            Act.SEND_BACK,
            Text("退回", "Send back"),
            ("submitted",),
            "returned",
            "return.review",
            False,
        ),
        Transition(
            Act.REVISE,
            Text("修订", "Revise"),
            ("returned", "accepted"),
            None,
            "return.prepare",
            True,
        ),
    )
}

STATES = {
    "draft": Text("草稿", "Draft"),
    "submitted": Text("已报送", "Submitted"),
    "returned": Text("已退回", "Returned"),
    "accepted": Text("已接受", "Accepted"),
    "superseded": Text("已被修订", "Superseded"),
}
STATE_STYLE = {
    "draft": "warn",
    "submitted": "info",
    "returned": "bad",
    "accepted": "good",
    "superseded": "",
}


def possible(act: Act, state: str) -> bool:
    """Whether ``act`` is possible on a return in ``state``."""
    return state in TRANSITIONS[act].states


class Timeliness(StrEnum):
    """Where one obligation stands."""

    ON_TIME = "on_time"
    LATE = "late"
    REVIEW = "review"
    RETURNED = "returned"
    DRAFT = "draft"
    WAITING = "waiting"
    OVERDUE = "overdue"
    WAIVED = "waived"


TIMELINESS = {
    Timeliness.ON_TIME: (Text("按时", "On time"), "good", Text("✓", "✓")),
    Timeliness.LATE: (Text("迟报", "Late"), "warn", Text("迟", "L")),
    Timeliness.REVIEW: (Text("审核中", "Under review"), "info", Text("审", "R")),
    Timeliness.RETURNED: (Text("已退回", "Returned"), "bad", Text("退", "B")),
    Timeliness.DRAFT: (Text("填报中", "Being prepared"), "info", Text("填", "D")),
    Timeliness.WAITING: (Text("未到期", "Not yet due"), "", Text("·", "·")),
    Timeliness.OVERDUE: (Text("逾期未报", "Overdue"), "bad", Text("缺", "O")),
    Timeliness.WAIVED: (Text("免报", "Waived"), "", Text("免", "W")),
}


def timeliness(
    *,
    waived: bool,
    due_on: datetime.date,
    first_signed_on: datetime.date | None,
    state: str | None,
    today: datetime.date,
) -> Timeliness:
    """Judge one obligation. ``state`` is that of the latest revision, None if there is none.

    A return is on time if its first revision was signed by the due date; what is returned or
    revised later does not make it late.
    """
    if waived:
        return Timeliness.WAIVED
    if first_signed_on is None:
        if today > due_on:
            return Timeliness.OVERDUE
        return Timeliness.DRAFT if state else Timeliness.WAITING
    if state == "submitted":
        return Timeliness.REVIEW
    if state == "returned":
        return Timeliness.RETURNED
    return Timeliness.ON_TIME if first_signed_on <= due_on else Timeliness.LATE
