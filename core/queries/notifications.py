"""By which way people want to be told, and who is to be told of what."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core.models import NotificationChoice, User
from core.models.notifications import DEFAULTS, Channel, NotificationKind
from core.models.users import Role


def channels_of(people: Iterable[User], kind: NotificationKind) -> dict[int, str]:
    """The way of one kind for each person. One query."""
    keys = [each.pk for each in people]
    chosen = NotificationChoice.objects.filter(user__in=keys, kind=kind)
    default = DEFAULTS.get(kind, Channel.DIGEST).value
    return dict.fromkeys(keys, default) | dict(chosen.values_list("user", "channel"))


def choices_of(person: User) -> dict[str, str]:
    """The way of every kind for one person. One query."""
    defaults = {kind.value: DEFAULTS.get(kind, Channel.DIGEST).value for kind in NotificationKind}
    chosen = NotificationChoice.objects.filter(user=person).values_list("kind", "channel")
    return defaults | dict(chosen)


def province_staff() -> QuerySet[User]:
    """Staff of the provincial office."""
    return User.objects.filter(role=Role.PROVINCE_STAFF, is_active=True)


def office_of(prefecture: int | None) -> list[User]:
    """Staff of a prefecture's office; the province's where there is none. Up to two queries."""
    local = User.objects.filter(
        role=Role.PREFECTURE_STAFF, is_active=True, prefecture=prefecture, prefecture__isnull=False
    )
    return list(local) or list(province_staff())


def people_of(institution: int) -> QuerySet[User]:
    """Those who prepare and sign for an institution."""
    return User.objects.filter(institution=institution, is_active=True)
