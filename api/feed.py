"""The feed of changes: what the page of changes and the webhooks read.

A reader stands at a place in each source: the journal, and the history of each kind of record.
"""

import base64
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Max
from django.utils import timezone

from api.resources import is_number
from core.errors import DomainError
from core.models import County, Fact, Institution, JournalEntry, Prefecture, RuleParameter
from core.permissions import scope_filter
from core.registers.catalogue import DETAILS, REGISTERS
from core.text import Text
from finance.models import VillageBank
from returns.models import Obligation, Return

# Journal entries of these things, and where each is read; the rest of the journal stays inside.
JOURNALLED = {
    "returns.return": ("returns", "{id}"),
    "core.fact": ("approvals", "{id}"),
    "core.period": ("periods", "{id}"),
    "returns.obligation": ("obligations", "{id}"),
    "reports.publishedreport": ("published-reports", "{number}"),
}
# Records whose every saving is kept as a row of history, and their key there.
RECORDED = {
    "institutions": (Institution, "code"),
    "village-banks": (VillageBank, "institution__code"),
    "counties": (County, "code"),
    "rules": (RuleParameter, "id"),
}


def recorded() -> dict[str, tuple[Any, str]]:
    """Every record whose savings are kept as history, registers and details among them."""
    entries = {key: (each.model, "code") for key, each in REGISTERS.items()}
    details = {key: (each.model, "institution__code") for key, each in DETAILS.items()}
    return {**RECORDED, **entries, **details}


SIGNS = {"+": "created", "~": "changed", "-": "deleted"}
# History rows get their number before they are committed; a younger one may still be coming.
SETTLED = datetime.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, what was done, to which record, and its number in its source."""

    at: datetime.datetime
    action: str
    resource: str
    key: str
    source: str
    number: int

    def shown(self) -> dict[str, Any]:
        """The change as the interface tells it."""
        return {
            "at": self.at,
            "action": self.action,
            "resource": self.resource,
            "key": self.key,
            "url": f"/api/v1/{self.resource}/{self.key}/",
        }


_WORDS = {
    "returns": Text("报表", "returns"),
    "approvals": Text("批复与事项", "approvals and dated facts"),
    "periods": Text("报告期", "periods"),
    "obligations": Text("填报任务", "obligations"),
    "published-reports": Text("已发布报告", "published reports"),
    "institutions": Text("机构", "institutions"),
    "village-banks": Text("村镇银行", "village banks"),
    "counties": Text("县（市、区）", "counties"),
    "rules": Text("规则参数", "rules"),
}


def resources() -> dict[str, Text]:
    """Every resource whose changes are told, with its words."""
    declared = {**REGISTERS, **DETAILS}
    return {**_WORDS, **{key: each.title for key, each in sorted(declared.items())}}


def read_after(user: Any, places: dict[str, int], size: int) -> tuple[list[Change], bool]:
    """Up to ``size`` changes after ``places``, oldest first, and whether more is waiting.

    ``places`` is moved on to the last of them.
    """
    found = _journalled(user, places, size + 1)
    before = timezone.now() - SETTLED
    for name in recorded():
        found += _recorded(user, name, places, size + 1, before)
    found.sort(key=lambda each: (each.at, each.source, each.number))
    shown = found[:size]
    for each in shown:
        places[each.source] = max(places[each.source], each.number)
    return shown, len(found) > size


def _journalled(user: Any, places: dict[str, int], size: int) -> list[Change]:
    entries = JournalEntry.objects.filter(
        scope_filter(user, "changes.view"),
        object_type__in=JOURNALLED,
        sequence__gt=places["journal"],
    ).order_by("sequence")[:size]
    found = []
    for entry in entries:
        resource, pattern = JOURNALLED[entry.object_type]
        number = entry.detail.get("number", entry.object_id)
        key = pattern.format(id=entry.object_id, number=number)
        found.append(Change(entry.at, entry.action, resource, key, "journal", entry.sequence))
    return found


def _recorded(
    user: Any, name: str, places: dict[str, int], size: int, before: datetime.datetime
) -> list[Change]:
    model, key = recorded()[name]
    rows = (
        model.history.filter(
            scope_filter(user, "changes.view"),
            history_id__gt=places[name],
            history_date__lt=before,
        )
        .order_by("history_id")
        .values_list("history_id", "history_date", "history_type", key)[:size]
    )
    action = _singular(name)
    return [
        Change(at, f"{action}.{SIGNS[sign]}", name, str(code), name, number)
        for number, at, sign, code in rows
    ]


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-2] if name.endswith("sses") else name.removesuffix("s")


def end_of_feed() -> dict[str, int]:
    """The places of a reader who has heard all there is."""
    places = {"journal": JournalEntry.objects.aggregate(last=Max("sequence"))["last"] or 0}
    for name, (model, _key) in recorded().items():
        places[name] = model.history.aggregate(last=Max("history_id"))["last"] or 0
    return places


# What a change's prefecture is read from, where the record's own columns do not say.
_JOURNALLED_MODELS = {"returns": Return, "approvals": Fact, "obligations": Obligation}


def prefectures_of(changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """The prefecture's code by resource and key, where the record belongs to one.

    One query for each resource among the changes.
    """
    keys: dict[str, set[str]] = {}
    for each in changes:
        keys.setdefault(each.resource, set()).add(each.key)
    found: dict[tuple[str, str], str] = {}
    for resource, wanted in keys.items():
        model, key = recorded().get(resource) or (_JOURNALLED_MODELS.get(resource), "pk")
        path = _path_to_prefecture(model) if model is not None else ""
        if not path:
            continue
        rows = model._base_manager.filter(**{f"{key}__in": wanted}).values_list(key, path)
        found |= {(resource, str(code)): place for code, place in rows if place}
    return found


def _path_to_prefecture(model: Any) -> str:
    names = {each.name for each in model._meta.get_fields()}
    if model is Prefecture:
        return "code"
    if "prefecture" in names:
        return "prefecture__code"
    return "institution__prefecture__code" if "institution" in names else ""


def cursor_of(places: dict[str, int]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(places)).decode().rstrip("=")


def places_of(cursor: str) -> dict[str, int]:
    """Where a reader stands in each source. Raises DomainError "bad-cursor"."""
    places = dict.fromkeys(("journal", *recorded()), 0)
    if not cursor:
        return places
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        known = {name: int(found.get(name, 0)) for name in places}  # a younger register starts at 0
        known["journal"] = int(found["journal"])
        if not all(is_number(str(place)) for place in known.values()):
            raise ValueError(cursor)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DomainError(
            "bad-cursor",
            Text("since 的值无效；请用上一页的 next。", "Bad “since”; use “next” of a page."),
        ) from error
    return known
