"""One entry of every register, filled in by the kinds of its fields; its texts are data."""

import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    OneToOneField,
    TextField,
)

from core.fields import ChoiceListField, ScaledField
from core.models import Institution, Prefecture, User
from core.registers import catalogue
from core.registers.declaration import Detail, Register
from guarantees.models import RatingGrade
from tests.factories import InstitutionFactory, fact
from tests.filing import NOW

START, END = datetime.date(2012, 5, 1), datetime.date(2012, 6, 15)
NOON = datetime.datetime(2012, 5, 1, 12, tzinfo=datetime.UTC)
LAST = ("valid_until", "valid_to", "held_until")  # what has run out is told in words
NEVER = ("code", "version", "file", "note", "voided_at", "void_reason", "created_at", "updated_at")
# Where the kinds of fields are not enough: what agrees with the rules of the model.
AGREEING = {
    "PolicyTranche": {"percent": None, "cap": None},
    "NoteEvent": {"issuer": ""},
    "IncentivePolicy": {"repealed_by": ""},
    "IncentiveAward": {"decision": "approved", "decided_on": START, "granted": 60},
    "Target": {"upper": None, "source": ""},
    "PlanEvent": {"ended_on": None},
    "SupportApplication": {"decision": "approved", "decided_on": START, "granted": 60},
    "CaseMovement": {"happened_on": END},
}


class Everything:
    """Makes entries and what they point at, each once: ``Everything().make()``."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.found: dict[type[Model], Any] = {}
        self.institutions: dict[str, Institution] = {}

    def make(self) -> dict[str, str]:
        """Fill every register; return the code of the entry in each."""
        details = {key: self.detail(each) for key, each in catalogue.DETAILS.items()}
        entries = {key: self.entry(each) for key, each in catalogue.REGISTERS.items()}
        return {key: each.institution.code for key, each in details.items()} | {
            key: each.code for key, each in entries.items()
        }

    def institution(self, kind: str) -> Institution:
        if kind not in self.institutions:
            code = f"X{len(self.institutions):03d}"
            name = f"演示{code}小额贷款有限公司"  # a legal form's ending: see the remark on names
            made = InstitutionFactory(code=code, kind=kind, name=name)
            fact(made, "opened", "2010-01-01")
            self.institutions[kind] = made
        return self.institutions[kind]

    def detail(self, register: Detail) -> Any:
        made = register.model(institution=self.institution(register.kind))
        self.fill(made)
        made.save()
        self.found[register.model] = made
        return made

    def entry(self, register: Register) -> Any:
        made = self.one(register.model)
        for part in register.parts:
            row = part.model(**{part.parent: made})
            self.fill(row)
            row.save()
        if register.saved is not None:
            register.saved(made, actor=self.clerk, now=NOW)
        return made

    def one(self, model: type[Model]) -> Any:
        if model not in self.found:
            made = model(code=f"{model.CODE_PREFIX}00001")
            self.fill(made)
            made.save()
            self.found[model] = made
        return self.found[model]

    def fill(self, record: Any) -> None:
        for field in record._meta.concrete_fields:
            derived = field.name in getattr(record, "DERIVED", ())
            if field.name in NEVER or field.primary_key or field.name == "parent" or derived:
                continue
            value = self.value(record, field)
            if value is not None:
                setattr(record, field.name, value)
        for name, value in AGREEING.get(type(record).__name__, {}).items():
            setattr(record, name, value)

    def value(self, record: Any, field: Field) -> Any:
        if isinstance(field, ForeignKey):
            return self.pointed_at(record, field)
        if isinstance(field, ChoiceListField):
            return [code for code, _label in field.options]
        if field.choices:
            return None if field.blank and not field.has_default() else field.choices[0][0]
        if isinstance(field, DateTimeField):
            return None if field.null else NOON
        if isinstance(field, DateField):
            return END if field.name in LAST else None if field.null else START
        if isinstance(field, BooleanField):
            return record._meta.model_name != "guaranteefund"  # founded needs its date
        if isinstance(field, ScaledField | DecimalField):
            return 60
        if isinstance(field, IntegerField):
            return 2012 if field.name.endswith("year") else 12
        if isinstance(field, CharField | TextField) and not field.name.endswith("code"):
            return f"演示{field.name}"[: field.max_length or 20] if not record.pk else None
        return None

    def pointed_at(self, record: Any, field: ForeignKey) -> Any:
        model = field.related_model
        if model is Institution:
            if field.null:
                return None
            if field.name == "bank":
                return self.institution("city_bank")
            kinds = getattr(record, "INSTITUTION_KINDS", ()) or ("guarantee_agency",)
            return self.institution(kinds[0])
        if model is Prefecture:
            return Prefecture.objects.get(code="440200")
        if model is RatingGrade:
            return RatingGrade.objects.order_by("rank").first()
        if isinstance(field, OneToOneField) or field.null or not hasattr(model, "CODE_PREFIX"):
            return None
        return self.one(model)
