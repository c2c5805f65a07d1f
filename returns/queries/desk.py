"""What an institution's people see first: what is due, and where it stands."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from core.models import Institution
from core.text import Text
from returns.forms import form as form_of
from returns.models import Obligation, Return, ReturnState
from returns.rules import STATE_STYLE, TIMELINESS, Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation with its latest revision, if any."""

    obligation: Obligation
    latest: Return | None
    timeliness: Timeliness
    days_left: int

    @property
    def form(self) -> Text:
        """The form that is due."""
        return form_of(self.obligation.period.form).title

    @property
    def label(self) -> object:
        return TIMELINESS[self.timeliness][0]

    @property
    def state_style(self) -> str:
        """How the latest revision's state is coloured."""
        return STATE_STYLE[self.latest.state] if self.latest else ""

    @property
    def is_open_work(self) -> bool:
        """Whether the institution has to act: nothing sent in yet, a draft, a return sent back."""
        if self.obligation.waived_at is not None:
            return False
        return self.latest is None or self.latest.state in (ReturnState.DRAFT, ReturnState.RETURNED)

    @property
    def style(self) -> str:
        return TIMELINESS[self.timeliness][1]


def duties(*, institution: Institution, today: datetime.date, limit: int = 36) -> list[Duty]:
    """Return an institution's obligations, newest first, in two queries."""
    obligations = list(
        Obligation.objects.filter(institution=institution)
        .select_related("period", "institution")
        .order_by("-period__ends_on")[:limit]
    )
    revisions: dict[int, list[Return]] = {}
    filed = Return.objects.filter(
        institution=institution, period__in=[each.period_id for each in obligations]
    ).order_by("revision")
    for record in filed:
        revisions.setdefault(record.period_id, []).append(record)
    return [_duty(each, revisions.get(each.period_id, []), today) for each in obligations]


def _duty(obligation: Obligation, revisions: list[Return], today: datetime.date) -> Duty:
    latest = revisions[-1] if revisions else None
    signed = [each.signed_at for each in revisions if each.signed_at]
    found = timeliness(
        waived=obligation.waived_at is not None,
        due_on=obligation.due_on,
        first_signed_on=local_day(min(signed)) if signed else None,
        state=latest.state if latest else None,
        today=today,
    )
    return Duty(obligation, latest, found, (obligation.due_on - today).days)


def local_day(moment: datetime.datetime) -> datetime.date:
    """The Chinese calendar day of a moment."""
    return timezone.localdate(moment)
