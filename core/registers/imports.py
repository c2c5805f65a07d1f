"""A register's workbook: the form's fields as columns, a row as the form's data."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import BooleanField, DateField, Field, ForeignKey, IntegerField

from core.fields import ChoiceListField, ScaledField
from core.models import Institution, User
from core.naming import both, here
from core.operations.imports import (
    COLUMNS,
    ImportColumn,
    ImportKind,
    RowOutcome,
    Save,
    choice_cell,
    county_cell,
    prefecture_cell,
    save_row,
)
from core.registers.declaration import Detail, Part, Register
from core.registers.forms import (
    default_values,
    form_class,
    form_values,
    part_formset,
    refuse,
)
from core.registers.saving import save_detail, save_entry
from core.registers.values import in_words
from core.text import Text

BETWEEN_ROWS, BETWEEN_VALUES = "；", "|"
CODE = Text("编号", "Code")
YES_WORD, NO_WORD = Text("是", "yes"), Text("否", "no")
YES = {YES_WORD.zh: "true", "yes": "true", "true": "true", "1": "true", "y": "true", "√": "true"}
NO = {NO_WORD.zh: "", "no": "", "false": "", "0": "", "n": "", "×": ""}


def import_kind(register: Register | Detail) -> ImportKind:
    """What the import of a register reads and how it saves a row."""
    columns = tuple(_column(register, name) for name in register.filled)
    if isinstance(register, Detail):
        own = tuple(each for each in COLUMNS if each.key != "kind")
        return ImportKind(register.key, register.title, (*own, *columns), _detail_writer(register))
    code = ImportColumn("code", CODE, str, example=str(register.examples.get("code", "")))
    parts = tuple(_part_column(part) for part in register.parts)
    return ImportKind(
        register.key,
        register.title,
        (code, *columns, *parts),
        _writer(register),
        permission=register.import_action,
    )


def _column(register: Register | Detail, name: str) -> ImportColumn:
    field = register.model._meta.get_field(name)
    required = not field.blank and not field.has_default() and not isinstance(field, BooleanField)
    return ImportColumn(
        name,
        both(field.verbose_name),
        cell_reader(field),
        required,
        example_of(field, register.examples.get(name, "")),
    )


def example_of(field: Field, given: str | Text) -> str | Text:
    """An example as the cell's reader knows it: the words of choices in both languages.

    ``given`` is a choice's label, several labels of a list, 是 or 否, or plain data.
    """
    if not given or isinstance(given, Text):
        return given
    if isinstance(field, ChoiceListField):
        return _listed(field, cell_reader(field)(given))
    if field.choices:
        return both(dict(field.flatchoices)[cell_reader(field)(given)])
    if isinstance(field, BooleanField):
        return YES_WORD if yes_cell(given) else NO_WORD
    return given


def _listed(field: ChoiceListField, codes: Iterable[str]) -> Text:
    words = [both(dict(field.options)[code]) for code in codes]
    return Text("、".join(each.zh for each in words), ", ".join(each.en for each in words))


def cell_reader(field: Field) -> Callable[[str], Any]:
    """How a cell becomes the form's value; ValueError carries what is wrong and the cure."""
    if isinstance(field, ForeignKey):
        return _key_cell(field)
    if isinstance(field, ChoiceListField):
        return _list_cell(field)
    if field.choices:
        return choice_cell(field.choices)
    if isinstance(field, BooleanField):
        return yes_cell
    if isinstance(field, DateField):
        return day_cell
    if isinstance(field, ScaledField | IntegerField):
        return number_cell
    return str


def _key_cell(field: ForeignKey) -> Callable[[str], str]:
    """Reads what a key points at by its code, or by a name that only one has."""
    model = field.related_model
    special = {"core.Prefecture": prefecture_cell, "core.County": county_cell}
    found_by = special.get(model._meta.label)

    def read(text: str) -> str:
        if not text:
            return ""
        if found_by is not None:
            return found_by(text).code
        if model._default_manager.filter(code=text).exists():
            return text
        names = {each.name for each in model._meta.get_fields()}
        same = model._default_manager.filter(name=text)[:2] if "name" in names else ()
        if len(same) == 1:
            return same[0].code
        what = both(model._meta.verbose_name)
        raise ValueError(
            Text(
                f"找不到{what.zh}“{text}”，请填其编号。",
                f"There is no {what.en} “{text}”; give its code.",
            )
        )

    return read


def _list_cell(field: ChoiceListField) -> Callable[[str], list[str]]:
    one = choice_cell(field.options)
    return lambda text: [
        one(each.strip()) for each in re.split(r"[、,，;；]", text) if each.strip()
    ]


def yes_cell(text: str) -> str:
    found = YES.get(text.lower(), NO.get(text.lower()))
    if found is None and text:
        raise ValueError(Text(f"“{text}”应为 是 或 否。", f"“{text}” must be yes or no."))
    return found or ""


def day_cell(text: str) -> str:
    """Reads 2012-06-30, 2012/6/30, 2012.6.30 and 2012年6月30日."""
    if not text:
        return ""
    numbers = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        return datetime.date(*map(int, numbers.groups())).isoformat() if numbers else _no_day(text)
    except ValueError as error:
        if error.args and isinstance(error.args[0], Text):
            raise
        _no_day(text)
        raise


def _no_day(text: str) -> str:
    raise ValueError(
        Text(f"“{text}”不是日期，请写成 2012-06-30。", f"“{text}” is no date; write 2012-06-30.")
    )


def number_cell(text: str) -> str:
    """Reads a plain number, with separators or a percent sign if it likes."""
    bare = text.replace(",", "").replace("，", "").rstrip("%％")
    try:
        if bare and not Decimal(bare).is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(
            Text(f"“{text}”不是可用的数字。", f"“{text}” is no usable number; give plain digits.")
        ) from None
    return bare


def _part_column(part: Part) -> ImportColumn:
    labels = [both(part.model._meta.get_field(name).verbose_name) for name in part.fields]
    shape = BETWEEN_VALUES.join(label.zh for label in labels)
    english = BETWEEN_VALUES.join(label.en for label in labels)
    label = Text(f"{part.title.zh}（{shape}）", f"{part.title.en} ({english})")
    readers = [cell_reader(part.model._meta.get_field(name)) for name in part.fields]

    def read(text: str) -> list[dict[str, Any]]:
        rows = []
        for each in re.split(r"[；;\n]", text):
            values = [value.strip() for value in re.split(r"[|｜]", each)]
            if not any(values):
                continue
            if len(values) > len(readers):
                raise ValueError(
                    Text(
                        f"“{each}”多于 {len(readers)} 项，应为 {shape}。",
                        f"“{each}” has more than {len(readers)} values: {english}.",
                    )
                )
            values += [""] * (len(readers) - len(values))
            cells = zip(part.fields, readers, values, strict=True)
            rows.append({name: reader(value) for name, reader, value in cells})
        return rows

    return ImportColumn(part.key, label, read, example="")


def _writer(register: Register) -> Callable[[User, datetime.datetime, str], Save]:
    """Save a row through the register's own form and operation."""

    def writer(actor: User, now: datetime.datetime, reason: str) -> Save:
        form_type = form_class(register)

        def save(values: Mapping[str, Any], row: RowOutcome) -> None:
            code = values.get("code", "")
            entry = register.model.objects.visible_to(actor).filter(code=code).first()
            new = entry is None
            entry = entry or register.model(code=code)
            before = default_values(register) if new else form_values(entry, register.filled)
            words = {} if new else _words(register, entry)
            data = {**before, **values, "code": code, "confirmed": "on"}
            form = form_type(data, instance=entry, actor=actor, register=register)
            parts = [
                (part, part_formset(part, actor=actor, record=entry, rows=values[part.key]))
                for part in register.parts
                if part.key in values
            ]
            refuse(form, [formset for _part, formset in parts])
            row.changes += _changes(register, words, form.instance)
            for part, formset in parts:
                if formset.has_changed():
                    row.changes.append((str(here(part.title)), "", f"{len(formset.forms)}"))
            row.name = str(form.instance)
            if not new and not row.changes:
                return
            row.outcome = "new" if new else "changed"
            save_entry(
                register,
                form.instance,
                actor=actor,
                now=now,
                parts=parts,
                expected_version=None if new else entry.version,
                reason=reason,
                confirmed=True,  # the dry run showed the rows, and somebody confirmed it
            )
            row.code = row.code or form.instance.code

        return save

    return writer


def _words(register: Register | Detail, record: Any) -> dict[str, str]:
    fields = {name: record._meta.get_field(name) for name in register.filled}
    return {name: in_words(field, getattr(record, name)) for name, field in fields.items()}


def _changes(
    register: Register | Detail, before: Mapping[str, str], record: Any
) -> Iterable[tuple[str, str, str]]:
    """What a row changes, in words: label, before, after."""
    for name, after in _words(register, record).items():
        old = before.get(name, "—")
        if old != after:
            label = str(record._meta.get_field(name).verbose_name)
            yield label, "" if old == "—" else old, after


def _detail_writer(register: Detail) -> Callable[[User, datetime.datetime, str], Save]:
    """Save a row as an institution, then its detail."""

    def writer(actor: User, now: datetime.datetime, reason: str) -> Save:
        form_type = form_class(register)

        def save(values: Mapping[str, Any], row: RowOutcome) -> None:
            institution = save_row(
                {**values, "kind": register.kind}, row, actor=actor, now=now, reason=reason
            )
            found = register.model.objects.filter(pk=institution.pk).first()
            detail = found or register.model(institution=institution)
            words = _words(register, detail) if found else {}
            given = {name: values[name] for name in register.filled if name in values}
            data = {**form_values(detail, register.filled), **given}
            form = form_type(data, instance=detail, actor=actor, register=register)
            refuse(form)
            changed = list(_changes(register, words, form.instance)) if given or found else []
            row.changes += changed
            if found is None or changed:
                row.outcome = row.outcome if row.outcome != "unchanged" else "changed"
                expected = found.version if found else None
                save_detail(form.instance, actor=actor, reason=reason, expected=expected)

        return save

    return writer


def rows_to_edit(register: Register | Detail, *, actor: Any) -> Iterable[tuple[Any, ...]]:
    """The register as its own import would read it: what is there, to be edited and sent back."""
    if isinstance(register, Detail):
        kind = import_kind(register)
        own = [each.key for each in COLUMNS if each.key != "kind"]
        for detail in register.model.objects.visible_to(actor).select_related("institution"):
            yield tuple(
                _institution_cell(detail.institution, column.key)
                if column.key in own
                else cell(detail, column.key)
                for column in kind.columns
            )
        return
    rows = register.model.objects.visible_to(actor).standing().order_by("code")
    keys = [name for name in register.filled if register.model._meta.get_field(name).is_relation]
    parts = {part.key: _part_cells(part) for part in register.parts}
    for entry in rows.select_related(*keys):
        cells = [cell(entry, name) for name in register.filled]
        yield (entry.code, *cells, *(found.get(entry.pk, "") for found in parts.values()))


def _institution_cell(institution: Institution, key: str) -> Any:
    value = getattr(institution, key)
    return str(value) if value is not None else ""


def cell(record: Any, name: str) -> Any:
    """A field as its own reader takes it back, in the language of the page."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return value.code
    if isinstance(field, ChoiceListField):
        return here(_listed(field, value))
    if isinstance(value, bool):
        return here(YES_WORD if value else NO_WORD)
    if field.choices:
        return here(both(dict(field.flatchoices)[value]))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _part_cells(part: Part) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    keys = [name for name in part.fields if part.model._meta.get_field(name).is_relation]
    rows = part.model._default_manager.order_by("pk").select_related(*keys)
    for row in rows:
        texts = BETWEEN_VALUES.join(str(cell(row, name)) for name in part.fields)
        found.setdefault(getattr(row, f"{part.parent}_id"), []).append(texts)
    return {key: BETWEEN_ROWS.join(texts) for key, texts in found.items()}
