"""Who is told what of a return."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from core.models import User
from core.models.notifications import NotificationKind
from core.operations.notifications import notify
from core.queries.notifications import office_of, people_of
from core.text import Text
from returns.models import Return


def tell_office(record: Return, now: datetime.datetime) -> None:
    """A return was signed: the office of its prefecture has it to review."""
    text = Text(
        f"{record.institution}报送了{record.period}，请审核",
        f"{record.institution} has filed {record.period.code}; it waits for review",
    )
    people = office_of(record.institution.prefecture_id)
    _tell(people, NotificationKind.RETURN_SUBMITTED, text, record, now)


def tell_institution(record: Return, words: Text, now: datetime.datetime) -> None:
    """A return was answered: its institution's people learn of it."""
    text = Text(
        f"{record.institution}的{record.period}{words.zh}",
        f"{record.period.code} of {record.institution}: {words.en}",
    )
    people = people_of(record.institution_id)
    _tell(people, NotificationKind.RETURN_ANSWERED, text, record, now)


def _tell(
    people: Iterable[User],
    kind: NotificationKind,
    text: Text,
    record: Return,
    now: datetime.datetime,
) -> None:
    url = reverse("returns:return", args=[record.pk])
    notify(people, kind, text, url=url, key=f"return:{record.pk}:v{record.version}", now=now)
