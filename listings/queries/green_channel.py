"""Green-channel cases as they stood on a day: for lists, the cockpit and the report."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from core.models import Department, Prefecture
from core.queries.calendar import work_exceptions
from core.queries.expiries import standing
from core.queries.rules import rule_value
from listings.models import CaseClock, CaseEvent, Enterprise, GreenChannelCase
from listings.models.green_channel import CaseAct
from listings.rules.clock import Act, CaseState, Step, clock_on, clocks
from listings.rules.workload import CaseOn

SOON = "green-channel.due-soon-days"
SOON_UNLESS_SET = 3


def case_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[GreenChannelCase]:
    """Cases that ``user`` sees, with how they stood on the day. One query.

    Each has ``standing`` (a key of STANDINGS), ``due_on``, ``closed_on`` and ``result``. With
    ``as_of`` cases opened later are not there yet.
    """
    day = as_of or timezone.localdate()
    rows = GreenChannelCase.objects.visible_to(user).select_related(
        "enterprise__prefecture", "prefecture", "department", "file"
    )
    if as_of is not None:
        rows = rows.filter(opened_on__lte=day)
    return with_clocks(rows, day)


def with_clocks(rows: QuerySet, day: datetime.date) -> QuerySet:
    """``rows`` of cases with their clock of ``day``."""
    last = CaseClock.objects.filter(case=OuterRef("pk"), since__lte=day).order_by("-place")
    closing = (
        CaseEvent.objects.standing()
        .filter(case=OuterRef("pk"), act=CaseAct.CLOSE, happened_on__lte=day)
        .order_by("-happened_on", "-pk")
    )
    closed = Q(clock_state=CaseState.CLOSED)
    return rows.annotate(
        clock_state=Subquery(last.values("state")[:1]),
        due_on=Subquery(last.values("due_on")[:1], output_field=DateField()),
        clock_passed=Subquery(last.values("passed")[:1]),
        clock_since=Subquery(last.values("since")[:1], output_field=DateField()),
    ).annotate(
        standing=Case(
            When(closed & Q(clock_passed=True), then=Value("closed_late")),
            When(closed, then=Value("closed")),
            When(Q(clock_passed=True) | Q(due_on__lt=day), then=Value("overdue")),
            default=F("clock_state"),
            output_field=CharField(),
        ),
        closed_on=Case(When(closed, then=F("clock_since")), output_field=DateField()),
        result=Case(
            When(closed, then=Subquery(closing.values("result")[:1])),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def open_cases(*, user: Any, as_of: datetime.date) -> QuerySet[GreenChannelCase]:
    """Cases that are not closed on the day, those due first at the top; waiting ones last."""
    rows = case_rows(user=user, as_of=as_of).filter(voided_at=None)
    return rows.exclude(clock_state=CaseState.CLOSED).order_by(
        F("due_on").asc(nulls_last=True), "code"
    )


def overdue_cases(*, user: Any, as_of: datetime.date) -> QuerySet[GreenChannelCase]:
    """Open cases whose promised day has passed by the day."""
    return open_cases(user=user, as_of=as_of).filter(standing="overdue")


def due_cases(*, user: Any, as_of: datetime.date) -> QuerySet[GreenChannelCase]:
    """Cases that fall due within the days of the rule, and those overdue. Two queries."""
    rule = rule_value(SOON, on=as_of)
    until = as_of + datetime.timedelta(days=int(rule.value) if rule else SOON_UNLESS_SET)
    return open_cases(user=user, as_of=as_of).filter(Q(standing="overdue") | Q(due_on__lte=until))


def cases_on(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    department: str = "",
    prefecture: str = "",
) -> list[CaseOn]:
    """All cases opened by ``as_of`` as they stood then, oldest first. Six queries.

    ``department`` is a department's name, ``prefecture`` a code. With ``known_at`` cases,
    events and names are those known then.
    """
    cases = standing(GreenChannelCase, known_at).filter(opened_on__lte=as_of)
    departments = {each.pk: each for each in standing_or_void(Department, known_at)}
    places = dict(Prefecture.objects.values_list("pk", "code"))
    if department:
        cases = cases.filter(
            department__in=[pk for pk, each in departments.items() if each.name == department]
        )
    if prefecture:
        cases = cases.filter(
            prefecture__in=[pk for pk, code in places.items() if code == prefecture]
        )
    found = list(cases.order_by("opened_on", "code"))
    enterprises = {
        each.pk: each
        for each in standing_or_void(Enterprise, known_at).filter(
            pk__in={each.enterprise_id for each in found}
        )
    }
    events: dict[int, list[CaseEvent]] = {}
    rows = standing(CaseEvent, known_at).filter(happened_on__lte=as_of)
    for row in rows.order_by("happened_on", "pk"):
        events.setdefault(row.case_id, []).append(row)
    exceptions = work_exceptions()
    return [
        _case_on(
            case,
            events.get(case.pk, ()),
            as_of,
            exceptions,
            department=departments[case.department_id],
            enterprise=enterprises[case.enterprise_id],
            prefecture=places[case.prefecture_id],
        )
        for case in found
    ]


def standing_or_void(model: Any, known_at: datetime.datetime | None) -> QuerySet:
    """Entries under the names of the moment; a voided one is still what a case points at."""
    return model.objects.all() if known_at is None else model.history.as_of(known_at)


def _case_on(
    case: GreenChannelCase,
    events: Iterable[CaseEvent],
    day: datetime.date,
    exceptions: Any,
    *,
    department: Department,
    enterprise: Enterprise,
    prefecture: str,
) -> CaseOn:
    told = list(events)
    steps = [Step(Act(each.act), each.happened_on, each.days) for each in told]
    clock = clock_on(clocks(case.opened_on, case.promised_days, steps, exceptions), day)
    closed = clock.state is CaseState.CLOSED
    closing = next((each for each in reversed(told) if each.act == CaseAct.CLOSE), None)
    return CaseOn(
        code=case.code,
        subject=case.subject,
        issue=case.issue,
        enterprise=enterprise.code,
        enterprise_name=enterprise.name,
        department=department.code,
        department_name=department.name,
        prefecture=prefecture,
        opened_on=case.opened_on,
        clock=clock,
        used=clock.used_on(day, exceptions),
        left=clock.left_on(day, exceptions),
        overdue=clock.overdue_on(day),
        result=closing.result if closed and closing else "",
        document_number=closing.document_number if closed and closing else "",
    )
