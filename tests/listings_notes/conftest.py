"""A note of Shaoguan with seven issuers, and its life as the clerk records it."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.models import Prefecture
from core.registers import catalogue
from core.registers.forms import part_formset
from core.registers.saving import save_entry
from listings.models import CollectiveNote, Enterprise, NoteEvent

SEVEN = ("20000", "17000", "15000", "13000", "12000", "8000.01", "7777.77")
TERMS = {"kind": "collective_note", "year": 2012, "number": 1, "months": 36,
         "rate": Decimal("6.1"), "frequency": 1}  # fmt: skip


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def enterprise(shaoguan) -> Any:
    """``enterprise("甲")`` is an enterprise of the library, in Shaoguan unless said otherwise."""

    def build(name: str, prefecture: Prefecture | None = None) -> Enterprise:
        place = prefecture or shaoguan
        entry = Enterprise(
            code=f"EN{Enterprise.objects.count() + 1:05d}",
            name=f"演示{name}股份有限公司",
            prefecture=place,
            first_prefecture=place,
        )
        entry.save()
        return entry

    return build


@pytest.fixture
def noted(province_clerk, shaoguan, enterprise) -> Any:
    """``noted(("5000", "4000"))`` registers a note that was selected on 2012-01-05.

    ``issuers`` may say more of each; ``begun=""`` leaves the note without events.
    """

    def save(
        amounts: tuple[str, ...] = SEVEN, *, actor: Any = None, note: Any = None, **values: Any
    ) -> CollectiveNote:
        issuers, begun = values.pop("issuers", None), values.pop("begun", "2012-01-05")
        if issuers is None:
            letters = "甲乙丙丁戊己庚辛壬癸子丑"
            issuers = [
                {"enterprise": enterprise(letters[place]).code, "net_assets": "100000"}
                for place in range(len(amounts))
            ]
        rows = [{"amount": a} | i for a, i in zip(amounts, issuers, strict=True)]
        parts = {"issuers": rows, "role_holders": values.pop("roles", ROLES),
                 "instalments": values.pop("instalments", [])}  # fmt: skip
        entry = note or CollectiveNote(prefecture=shaoguan)
        given = {**TERMS, "amount": sum(map(Decimal, amounts)), **values}
        for name, value in given.items():
            setattr(entry, name, value)
        new = entry.pk is None
        saved("collective-notes", entry, actor or province_clerk, parts)
        if new and begun:
            event = NoteEvent(tranche=entry, kind="selected", happened_on=day(begun))
            saved("note-events", event, province_clerk)
        return entry

    return save


ROLES = [
    {"role": "lead_underwriter", "name": "演示银行"},
    {"role": "enhancer", "name": "演示增信公司", "amount": "92777.78",
     "counter_guarantee": "土地使用权抵押"},
    {"role": "rater", "name": "演示资信评估公司"},
]  # fmt: skip


def saved(key: str, entry: Any, actor: Any, parts: dict[str, list[dict]] | None = None) -> Any:
    """Save an entry with its parts as pages and machines do."""
    register = catalogue.REGISTERS[key]
    formsets = []
    for part in register.parts if parts is not None else ():
        formset = part_formset(part, actor=actor, record=entry, rows=parts.get(part.key, []))
        assert formset.is_valid(), formset.errors
        formsets.append((part, formset))
    return save_entry(
        register, entry, actor=actor, now=timezone.now(), parts=formsets,
        expected_version=entry.version if entry.pk else None,
    )  # fmt: skip


@pytest.fixture
def happened(province_clerk) -> Any:
    """``happened(note, "coupon", "2013-06-20", interest="5")`` records an event."""

    def record(note: CollectiveNote, kind: str, on: str, *, actor: Any = None, **values: Any):
        for name in ("interest", "principal"):
            if name in values:
                values[name] = Decimal(values[name])
        if "valid_until" in values:
            values["valid_until"] = day(values["valid_until"])
        entry = NoteEvent(tranche=note, kind=kind, happened_on=day(on), **values)
        return saved("note-events", entry, actor or province_clerk)

    return record


@pytest.fixture
def issued(noted, happened) -> Any:
    """``issued()`` is a note filed, registered and issued on 2012-06-20."""

    def build(*args: Any, number: str = "中市协注〔2012〕SMECN1号", on: str = "2012-06-20", **more):
        note = noted(*args, **more)
        happened(note, "filed", "2012-04-10")
        happened(note, "registered", "2012-05-10", registration_number=number)
        happened(note, "issued", on)
        return note

    return build
