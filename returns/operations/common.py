"""What every act asks first: is it possible here, now, for this person."""

import datetime
from typing import Any

from django.utils import timezone

from core.errors import EditConflict, StateConflict
from core.models import Period
from core.operations.changes import note_group
from core.permissions import require
from core.text import Text
from returns.forms.storing import storing
from returns.models import Return
from returns.rules import STATES, TRANSITIONS, Act, possible


def locked(record: Return, *, expected_version: int | None) -> Return:
    """Lock the return's row and make sure that it is the version its reader saw.

    Must run inside a transaction. Raises EditConflict.
    """
    fresh = (
        Return.objects.select_for_update(of=("self",))
        .select_related("institution", "period", "document", "prepared_by", "signed_by")
        .get(pk=record.pk)
    )
    if expected_version is not None and expected_version != fresh.version:
        raise EditConflict(expected=expected_version, found=fresh.version)
    return fresh


def ask(
    act: Act, record: Return, *, actor: Any, now: datetime.datetime, permission: str = ""
) -> None:
    """Raise unless ``actor`` may do ``act`` on this return in its state and period.

    ``permission`` takes the place of the act's own where a regulator files for institutions.
    """
    transition = TRANSITIONS[act]
    require(actor, permission or transition.permission, record)
    if not possible(act, record.state):
        title, state = transition.title, STATES[record.state]
        raise StateConflict(
            "wrong-state",
            Text(
                f"报表现为“{state.zh}”，不能{title.zh}。请刷新页面查看最新状态。",
                f"The return is “{state.en}”, so “{title.en}” is not possible. Reload the page.",
            ),
        )
    if transition.needs_open_period:
        ask_open(record.period, now)


def ask_open(period: Period, now: datetime.datetime) -> None:
    """Raise unless the period takes returns."""
    today = timezone.localdate(now)
    if period.closed_at is not None:
        raise StateConflict(
            "period-closed",
            Text(
                f"报告期 {period} 已关闭，不再接收报表。如需补报或更正，请联系省金融办重新开放。",
                f"Period {period.code} is closed. To file or correct, ask the provincial office "
                "to reopen it.",
            ),
        )
    if period.opens_on > today:
        raise StateConflict(
            "period-not-open",
            Text(
                f"报告期 {period} 自 {period.opens_on} 起开放填报。",
                f"Period {period.code} opens on {period.opens_on}.",
            ),
        )


def tell_figures(record: Return, now: datetime.datetime) -> None:
    """Have the feed of changes tell that an institution's figures of a period are others now."""
    resource = storing(record.period.form).resource
    if resource:
        key = f"{record.period.code}/{record.institution.code}"
        note_group(resource, key=key, prefecture_id=record.institution.prefecture_id, at=now)


def bump(record: Return) -> None:
    """Save a change of the return's row; its version moves on."""
    record.version += 1
    record.save()
