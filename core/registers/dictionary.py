"""The data dictionary of the registers, with what ``definitions.toml`` says of each field."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Field, ForeignKey, Model

from core.dictionary import NO_TEXT, OWN, FieldEntry
from core.fields import ChoiceListField
from core.forms.institutions import InstitutionForm
from core.models import Fact, Institution
from core.naming import UNITS_IN_ENGLISH, both
from core.operations.facts import OPTIONAL
from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.declaration import Detail, Extra
from core.registers.values import is_year, kind_of
from core.tabular.columns import Kind
from core.text import Text

DEFINITIONS = Path(__file__).with_name("definitions.toml")
ANYWHERE = "*"
UNIT = re.compile(r"（([^（）]+)）$")
# Units that labels end with, beside those of forms and rules.
LABEL_UNITS = {
    **UNITS_IN_ENGLISH,
    "人": "people",
    "月": "months",
    "件": "cases",
    "份": "policies",
    "元": "yuan",
    "万股": "10,000 shares",
    "工作日": "working days",
    "户": "enterprises",
}
NUMERIC = ("integer", "money", "percent", "rate")
TYPES: Mapping[str, Text] = {
    "text": Text("文字", "text"),
    "integer": Text("整数", "whole number"),
    "money": Text("金额", "amount"),
    "percent": Text("百分数", "percentage"),
    "rate": Text("数", "number"),
    "date": Text("日期", "date"),
    "datetime": Text("时间", "moment"),
    "bool": Text("是或否", "yes or no"),
    "list": Text("多个代码", "several codes"),
    "code": Text("代码", "code"),
    "record": Text("另一记录的编号", "code of another record"),
}
DECIMALS = {"integer": 0, "money": 2, "percent": 2}
UNITS = {"money": "万元", "percent": "%"}
COUNT = Text("个", "number")


INSTITUTIONS = ("institutions", Text("机构", "Institutions"))
FACTS = ("facts", Text("机构事项", "Facts of institutions"))
FACT_FIELDS = {"institution", "kind", "happened_on", *OPTIONAL, "recorded_at", "void_reason"}
Of = tuple[str, Text]  # key and title of what a field belongs to


def register_entries() -> Iterator[FieldEntry]:
    """Every field of every register. Raises KeyError for one without a definition."""
    yield from model_entries(INSTITUTIONS, Institution, InstitutionForm.Meta.fields)
    told = [field.name for field in Fact._meta.fields if field.name in FACT_FIELDS]
    yield from model_entries(FACTS, Fact, told)
    for register in (*DETAILS.values(), *REGISTERS.values()):
        of = (register.key, register.title)
        if isinstance(register, Detail):
            own = [name for name in InstitutionForm.Meta.fields if name != "kind"]
            yield from model_entries(of, Institution, own)
        yield from model_entries(of, register.model, register.filled)
        for part in getattr(register, "parts", ()):
            yield from model_entries(of, part.model, part.fields, part.key)
        for extra in register.extras:
            yield _of_extra(of, extra)


def model_entries(
    of: Of, model: type[Model], names: Iterable[str], part: str = ""
) -> Iterator[FieldEntry]:
    """Some fields of a model, defined under the key of what they belong to."""
    for name in names:
        yield _of_field(of, model._meta.get_field(name), part)


def _of_field(of: Of, field: Field, part: str) -> FieldEntry:
    codes = field.options if isinstance(field, ChoiceListField) else field.flatchoices
    kind = "code" if codes else kind_of(field)
    if isinstance(field, ChoiceListField):
        kind = "list"
    elif isinstance(field, ForeignKey):
        kind = "record"
    label = both(field.verbose_name)
    definition, source = meaning(of[0], f"{part}.{field.name}" if part else field.name)
    return _entry(
        of,
        part=part,
        name=field.name,
        label=label,
        kind=kind,
        unit=Text("年", "year") if is_year(field) else _unit(label, kind),
        required=not field.blank,
        computed=False,
        values=tuple((str(code), both(words)) for code, words in codes or ()),
        decimals=getattr(field, "decimal_places", None),
        definition=definition,
        source=source,
    )


def _of_extra(of: Of, extra: Extra) -> FieldEntry:
    definition, source = meaning(of[0], extra.name)
    labels = extra.labels or {}
    return _entry(
        of,
        part="",
        name=extra.name,
        label=extra.label,
        kind="code" if labels else extra.kind,
        unit=_unit(extra.label, extra.kind),
        required=False,
        computed=True,
        values=tuple((str(code), _words(words)) for code, words in labels.items()),
        decimals=None,
        definition=definition,
        source=source,
    )


def _words(words: Any) -> Text:
    return words if isinstance(words, Text) else both(words)


def _entry(of: Of, *, kind: Kind | str, decimals: int | None, **more: Any) -> FieldEntry:
    return FieldEntry(
        kind="register",
        of=of[0],
        of_title=of[1],
        type=TYPES[kind],
        decimals=decimals if decimals is not None else DECIMALS.get(kind),
        **more,
    )


def _unit(label: Text, kind: str) -> Text:
    """The unit that a number's label ends with, or that of its kind."""
    if kind not in NUMERIC:
        return NO_TEXT
    found = UNIT.search(label.zh)
    if found and found.group(1) in LABEL_UNITS:
        return Text(found.group(1), LABEL_UNITS[found.group(1)])
    chinese = UNITS.get(kind, "")
    return Text(chinese, LABEL_UNITS.get(chinese, chinese)) if chinese else COUNT


@cache
def _definitions() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))


def meaning(register: str, name: str) -> tuple[Text, Text]:
    """The definition and source of a register's field; KeyError where there is none."""
    known = _definitions()
    own = known.get(register, {})
    found = own[name] if name in own else known[ANYWHERE][name]
    source = Text(*known["sources"][found[2]]) if len(found) > 2 else OWN
    return Text(found[0], found[1]), source


def unused(entries: Iterable[FieldEntry]) -> list[str]:
    """Definitions of fields that are not among ``entries``, so that none stays behind."""
    there = {(each.of, f"{each.part}.{each.name}" if each.part else each.name) for each in entries}
    names = {name for _register, name in there}
    return [
        f"{register}.{name}"
        for register, found in _definitions().items()
        if register != "sources"
        for name in found
        if ((register, name) not in there if register != ANYWHERE else name not in names)
    ]
