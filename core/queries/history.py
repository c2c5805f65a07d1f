"""The history of a record, field by field."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils import timezone
from django.utils.translation import gettext as _

from core.naming import listed

SILENT = {"id", "version", "created_at", "updated_at", "pinyin", "pinyin_initials", "terms"}


MOST = 6  # lines of a long text that the history repeats


@dataclass(frozen=True, slots=True)
class Change:
    """One field's change, in words."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One saving of a record: who, when, why, and what became different."""

    at: datetime.datetime
    who: str
    why: str
    kind: str
    changes: tuple[Change, ...]


def history_of(*records: Any) -> list[Entry]:
    """Return all changes of ``records`` (such as a bank and its detail), newest first.

    One query a record, and one a kind of thing that its fields point at.
    """
    entries = [entry for record in records for entry in _entries(record)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _entries(record: Any) -> Iterable[Entry]:
    silent = SILENT | set(getattr(record, "DERIVED", ()))
    fields = [
        field
        for field in record._meta.concrete_fields
        if field.name not in silent and not field.primary_key
    ]
    states = list(record.history.select_related("history_user").order_by("history_id"))
    names = {f.name: _names(f, states) for f in fields if isinstance(f, ForeignKey)}
    before = None
    for state in states:
        yield Entry(
            at=state.history_date,
            who=str(state.history_user or ""),
            why=state.history_change_reason or "",
            kind=_("建立") if before is None else _("修改"),
            changes=tuple(_changes(fields, names, before, state)),
        )
        before = state


def _changes(
    fields: list[Field], names: dict[str, dict[Any, str]], before: Any, after: Any
) -> Iterable[Change]:
    for field in fields:
        old = getattr(before, field.attname) if before is not None else None
        new = getattr(after, field.attname)
        if old == new or (before is None and new in (None, "", False, [], {})):
            continue
        told = [shown(field, value, names.get(field.name)) for value in (old, new)]
        if any("\n" in each for each in told):
            told = _lines_apart(*told)
        yield Change(field.name, _(str(field.verbose_name)), *told)


def _lines_apart(old: str, new: str) -> list[str]:
    """Of two long texts the lines that only one of them has, the first few."""
    before, after = old.splitlines(), new.splitlines()
    gone = [line for line in before if line not in after]
    come = [line for line in after if line not in before]
    return ["\n".join([*each[:MOST], "…"] if len(each) > MOST else each) for each in (gone, come)]


def _names(field: ForeignKey, states: list[Any]) -> dict[Any, str]:
    keys = {getattr(state, field.attname) for state in states} - {None}
    found = field.related_model._default_manager.in_bulk(keys) if keys else {}
    return {key: str(thing) for key, thing in found.items()}


def shown(field: Field, value: Any, names: dict[Any, str] | None = None) -> str:
    """A field's value in words; empty if there is none."""
    if value in (None, "", [], {}):
        return ""
    if names is not None:
        return names.get(value, str(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict)):
        return _("%(n)s 行") % {"n": len(value)}  # rows of their own
    if isinstance(value, list):  # several codes of a list of choices
        words = dict(getattr(field, "options", ()))
        return listed(_(str(words.get(each, each))) for each in value)
    choices = dict(field.flatchoices)
    return _(str(choices[value])) if value in choices else str(value)
