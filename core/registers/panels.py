"""What belongs to a record, as tables on its page."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Institution
from core.naming import both
from core.permissions import may, scope_of
from core.registers.catalogue import REGISTERS
from core.registers.declaration import Panel, Part, Register, Shown
from core.registers.tables import column
from core.registers.values import field_at, in_words, kind_of, shown

ROWS = 8  # of each panel; the list has them all
COLUMNS = 6
Contributor = Callable[..., Iterable[Panel]]
_contributors: list[Contributor] = []


def contribute(panels: Contributor) -> Contributor:
    """Add panels of an app above to records' pages: ``panels(record, user=…, as_of=…)``.

    Such an app says so in its ``ready``; what it answers stands before the registers' panels.
    """
    _contributors.append(panels)
    return panels


def panels_of(record: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """What apps above contribute, and what belongs to ``record``: one query a register."""
    found = [each for panels in _contributors for each in panels(record, user=user, as_of=as_of)]
    for register in REGISTERS.values():
        for parent in register.parents:
            if type(record) is field_at(register.model, parent).related_model:
                found += _children(register, parent, record, user=user, as_of=as_of)
    return found


def _children(
    register: Register, parent: str, record: Any, *, user: Any, as_of: datetime.date
) -> Iterable[Panel]:
    if scope_of(user, register.model.VIEW) is None:
        return
    ours = _is_for(register, parent, record)
    if ours is False:
        return
    lookup = {parent.replace(".", "__"): record}
    rows = register.visible(user=user, as_of=as_of).filter(**lookup, voided_at=None)
    own = "." not in parent  # a field of a part is filled in with its entry, never from here
    newest_first = [register.default_sort] if register.default_sort.startswith("-") else []
    rows = rows.order_by(*newest_first, "-pk")
    rows = rows if own else rows.distinct()
    entries = list(rows[: ROWS + 1])
    if not entries and ours is None:
        return  # kept for every kind of institution: shown where there is something
    columns = [
        column(register.model, each)
        for each in register.columns
        if not (isinstance(each, str) and (each.startswith((parent, "?"))))
    ][:COLUMNS]
    editable = own and may(user, register.model.EDIT, record)
    name = parent.rsplit(".", 1)[-1]
    listed = name in register.filterset.base_filters
    yield Panel(
        key=register.key,
        title=register.title,
        headings=[both(each.label) for each in columns],
        rows=[_row(register, columns, entry) for entry in entries[:ROWS]],
        add_url=f"{reverse(register.url_name('new'))}?{parent}={record.code}" if editable else "",
        more_url=f"{reverse(register.url_name())}?{name}={record.code}"
        if listed and len(entries) > ROWS
        else "",
    )


def _is_for(register: Register, parent: str, record: Any) -> bool | None:
    """Whether the register is for this kind of institution; None if that is not settled.

    A register is settled for kinds of its own institution only: what names an institution
    otherwise, say as a bank, may name one of any kind.
    """
    if not isinstance(record, Institution):
        return True
    if parent != "institution":
        return None
    kinds = getattr(register.model, "INSTITUTION_KINDS", ())
    if kinds:
        return record.kind in kinds
    return True if record.kind in getattr(register.model, "EXPECTED_KINDS", ()) else None


def _row(register: Register, columns: Any, entry: Any) -> list[Shown]:
    cells = []
    for place, each in enumerate(columns):
        url = reverse(register.url_name("record"), args=[entry.code]) if place == 0 else ""
        text = each.shown(entry) if each.shown else shown(each.value(entry), each.kind)
        tone = each.badge(entry) if each.badge else ""
        cells.append(Shown(text, url=url, tone=tone, numeric=each.numeric))
    return cells


def part_panel(part: Part, record: Any) -> Panel:
    """The rows that an entry was saved with. One query."""
    fields = [field_at(part.model, name) for name in part.fields]
    keys = [name for name in part.fields if part.model._meta.get_field(name).is_relation]
    rows = part.model._default_manager.filter(**{part.parent: record}).order_by("pk")
    return Panel(
        key=part.key,
        title=part.title,
        headings=[both(field.verbose_name) for field in fields],
        rows=[
            [
                Shown(
                    in_words(field, getattr(row, field.name)),
                    url=_address(getattr(row, field.name)) if field.is_relation else "",
                    numeric=kind_of(field) in ("money", "percent", "rate", "integer"),
                )
                for field in fields
            ]
            for row in rows.select_related(*keys)
        ],
    )


def fields_shown(register: Any, record: Any) -> list[dict[str, Any]]:
    """The facts of a record's page: each field with its words, keys with their address."""
    facts = []
    for name in register.fields:
        if name in getattr(register, "long", ()):
            continue
        field = record._meta.get_field(name)
        value = getattr(record, name)
        entry = {"label": _(str(field.verbose_name)), "text": in_words(field, value)}
        if field.is_relation:
            entry["url"] = _address(value)
        facts.append(entry)
    return facts


def _address(value: Any) -> str:
    """The page of an institution or of a register's entry; empty where there is none."""
    if isinstance(value, Institution):
        return reverse("core:institution", args=[value.code])
    for register in REGISTERS.values():
        if type(value) is register.model:
            return reverse(register.url_name("record"), args=[value.code])
    return ""
