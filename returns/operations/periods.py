"""Opening, closing and reopening periods; obligations and waivers."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.errors import DomainError, StateConflict
from core.models import Institution, Period
from core.models.calendar import PeriodKind
from core.operations.changes import note_all
from core.operations.journal import record as journal
from core.permissions import require
from core.queries.calendar import work_exceptions
from core.rules.calendar import due_day, half_year_bounds, month_bounds
from core.text import Text
from returns.checking.load import rules_in_force
from returns.forms import form as form_of
from returns.models import Obligation
from returns.queries.standing import open_institutions


@transaction.atomic
def open_period(*, actor: Any, form: str, year: int, number: int, now: datetime.datetime) -> Period:
    """Make a form's period with the obligations of every institution that was open then.

    ``number`` is the month, or the half of the year, as the form is filed. Raises
    StateConflict if the period is there already, DomainError "unknown-period" where the form
    has no such one.
    """
    require(actor, "period.manage")
    declared = form_of(form)
    first, last = _bounds(declared.period_kind, year, number)
    rules = rules_in_force(last)
    days = int(rules.get(f"{form}.due-days", declared.due.by_number.get(number, declared.due.days)))
    days += int(rules.get(f"{form}.due-extra.{number}", 0))
    try:
        with transaction.atomic():
            period = Period.objects.create(
                form=form,
                kind=declared.period_kind,
                year=year,
                number=number,
                starts_on=first,
                ends_on=last,
                opens_on=last + datetime.timedelta(days=1),
                due_on=due_day(last, days, work_exceptions()),
            )
    except IntegrityError as error:
        raise StateConflict(
            "period-exists",
            Text(
                f"{_called(declared.period_kind, year, number)}的报告期已存在。",
                f"{declared.title.en}: this period of {year} exists already.",
            ),
        ) from error
    filers = open_institutions(kinds=declared.filers, on=last, known_at=now)
    made = Obligation.objects.bulk_create(
        Obligation(institution=each, period=period, due_on=period.due_on) for each in filers
    )
    note_all(made, "created", at=now)
    detail = {"form": form, "period": period.code, "obligations": len(filers)}
    journal(actor=actor, action="period.opened", target=period, now=now, detail=detail)
    return period


def _bounds(kind: str, year: int, number: int) -> tuple[datetime.date, datetime.date]:
    if kind == PeriodKind.MONTH and 1 <= number <= 12:
        return month_bounds(year, number)
    if kind == PeriodKind.HALF_YEAR and 1 <= number <= 2:
        return half_year_bounds(year, number)
    raise DomainError(
        "unknown-period",
        Text("该报表没有这样的报告期。", "The form has no such period."),
        fields={"period": Text("月报填 2012-06，半年报填 2012-H1。", "2012-06, or 2012-H1.")},
    )


def _called(kind: str, year: int, number: int) -> str:
    return str(Period(kind=kind, year=year, number=number))


@transaction.atomic
def close_period(*, actor: Any, period: Period, now: datetime.datetime) -> Period:
    """Close a period: nothing more is filed; what was submitted may still be reviewed."""
    require(actor, "period.manage")
    fresh = Period.objects.select_for_update().get(pk=period.pk)
    if fresh.closed_at is not None:
        raise StateConflict(
            "period-closed",
            Text(f"报告期 {fresh} 已关闭。", f"Period {fresh.code} is closed already."),
        )
    fresh.closed_at, fresh.closed_by = now, actor
    fresh.save()
    detail = {"period": fresh.code}
    journal(actor=actor, action="period.closed", target=fresh, now=now, detail=detail)
    return fresh


@transaction.atomic
def reopen_period(*, actor: Any, period: Period, reason: str, now: datetime.datetime) -> Period:
    """Open a closed period again, for a reason that the journal keeps."""
    require(actor, "period.manage")
    if not reason.strip():
        raise DomainError(
            "reason-needed",
            Text("重新开放须写明原因。", "Say why the period is opened again."),
            fields={"reason": Text("必填", "required")},
        )
    fresh = Period.objects.select_for_update().get(pk=period.pk)
    if fresh.closed_at is None:
        raise StateConflict(
            "period-open", Text(f"报告期 {fresh} 未关闭。", f"Period {fresh.code} is not closed.")
        )
    fresh.closed_at = fresh.closed_by = None
    fresh.save()
    detail = {"period": fresh.code, "reason": reason}
    journal(actor=actor, action="period.reopened", target=fresh, now=now, detail=detail)
    return fresh


@transaction.atomic
def waive(*, actor: Any, obligation: Obligation, reason: str, now: datetime.datetime) -> Obligation:
    """Excuse an institution from one period, for a reason."""
    require(actor, "return.review", obligation.institution)
    if not reason.strip():
        raise DomainError(
            "reason-needed",
            Text("免报须写明原因。", "Say why the institution is excused."),
            fields={"reason": Text("必填", "required")},
        )
    obligation.waived_at, obligation.waived_by = now, actor
    obligation.waiver_reason = reason.strip()
    obligation.save()
    detail = {"period": obligation.period.code, "reason": reason}
    journal(actor=actor, action="obligation.waived", target=obligation, now=now, detail=detail)
    return obligation


def institution_called(code: str) -> Institution:
    """Return the institution with a code. Raises DomainError."""
    found = Institution.objects.filter(code=code).first()
    if found is None:
        raise DomainError(
            "unknown-institution",
            Text(f"没有编码为“{code}”的机构。", f"No institution has the code “{code}”."),
        )
    return found
