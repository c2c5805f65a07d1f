"""Fields of registers as columns: their kind, their plain value, their words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
)
from django.utils.translation import gettext as _

from core.fields import ChoiceListField, MoneyField, ScaledField
from core.naming import listed
from core.tabular import formats
from core.tabular.columns import Kind


def field_at(model: type[Model], path: str) -> Field:
    """Follow ``institution.prefecture`` from a model to its last field."""
    *way, last = path.split(".")
    for name in way:
        model = model._meta.get_field(name).related_model
    return model._meta.get_field(last)


def kind_of(field: Field) -> Kind:
    """What a field's values are, for lists, files and the API."""
    if isinstance(field, MoneyField):
        return "money"
    if isinstance(field, ScaledField):
        return "percent" if "%" in str(field.verbose_name) else "rate"
    if isinstance(field, DateTimeField):
        return "datetime"
    if isinstance(field, DateField):
        return "date"
    if isinstance(field, BooleanField):
        return "bool"
    return "integer" if isinstance(field, IntegerField) else "text"


def value_at(row: Any, path: str) -> Any:
    """The value at the end of a path; None where the way ends early."""
    for name in path.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row


def is_year(field: Field) -> bool:
    """Whether a whole number names a year, which takes no separators."""
    return isinstance(field, IntegerField) and field.name.rsplit("_", 1)[-1] == "year"


def plain(field: Field, value: Any) -> Any:
    """A value as a file of the list shows it: words for codes, names for keys."""
    if value is None or value == "":
        return None
    if isinstance(field, ForeignKey):
        return str(value)
    if isinstance(field, ChoiceListField):
        words = dict(field.options)
        return listed(_(str(words.get(code, code))) for code in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if is_year(field):
        return str(value)
    choices = dict(field.flatchoices or ())
    return _(str(choices[value])) if value in choices else value


def in_words(field: Field, value: Any) -> str:
    """A value as people read it; nothing reads "—"."""
    found = plain(field, value)
    if found is None:
        return formats.NOTHING
    return shown(found, kind_of(field))


def shown(value: Any, kind: Kind) -> str:
    """A plain value as people read it, by its kind."""
    if value is None or value == "":
        return formats.NOTHING
    if kind == "money":
        return formats.money(value)
    if kind == "percent":
        return formats.percent_value(value)
    if kind == "integer" and isinstance(value, int):
        return formats.count(value)
    if kind == "rate" and not isinstance(value, str):
        return f"{value.normalize():f}"
    if kind == "date" and not isinstance(value, str):
        return value.isoformat()
    return str(value)


def sort_of(model: type[Model], path: str) -> str:
    """The lookup by which a column sorts."""
    field = field_at(model, path)
    lookup = path.replace(".", "__")
    if not isinstance(field, ForeignKey):
        return lookup
    names = {each.name for each in field.related_model._meta.get_fields()}
    for own in ("display_order", "rank", "pinyin", "code"):
        if own in names:
            return f"{lookup}__{own}"
    return lookup


def relations(model: type[Model], paths: Iterable[str]) -> list[str]:
    """The keys on the way of ``paths``, for ``select_related``."""
    found: dict[str, None] = {}
    for path in paths:
        names = path.split(".")
        for length in range(1, len(names) + 1):
            part = ".".join(names[:length])
            if isinstance(field_at(model, part), ForeignKey):
                found[part.replace(".", "__")] = None
    return list(found)
