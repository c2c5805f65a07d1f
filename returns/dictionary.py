"""The data dictionary: every field of every form and register, for page, files and interface."""

import json
from collections.abc import Iterable, Iterator
from functools import cache

from django.http import HttpResponse

from core.dictionary import COLUMNS, FieldEntry, row
from core.naming import UNITS_IN_ENGLISH
from core.registers.dictionary import model_entries, register_entries
from core.tabular import stream_csv
from core.text import Text
from finance.forms import VillageBankForm
from finance.models import VillageBank
from returns.forms import FORMS
from returns.forms.declaration import MEASURE_KIND_LABELS, Dimension, Form, Measure, Table

VILLAGE_BANKS = ("village-banks", Text("村镇银行", "Village banks"))
CODE = Text("代码", "code")
NO_TEXT = Text("", "")


@cache
def entries() -> tuple[FieldEntry, ...]:
    """All fields: the forms' first, then the registers'."""
    forms = [each for form in FORMS.values() for each in _of_form(form)]
    banks = model_entries(VILLAGE_BANKS, VillageBank, VillageBankForm.Meta.fields)
    return (*forms, *banks, *register_entries())


def chosen(*, kind: str = "", of: str = "", words: str = "") -> list[FieldEntry]:
    """The entries of a kind, of a form or register, or with these words in them."""
    wanted = words.casefold()
    return [
        each
        for each in entries()
        if kind in ("", each.kind) and of in ("", each.of) and wanted in _searched(each)
    ]


def _searched(each: FieldEntry) -> str:
    texts = (each.of_title, each.label, each.definition, each.source)
    found = (each.of, each.part, each.name, *(f"{text.zh} {text.en}" for text in texts))
    return " ".join(found).casefold()


def _of_form(form: Form) -> Iterator[FieldEntry]:
    for table in form.tables:
        for each in table.columns.values():
            yield _of_column(form, table, each)


def _of_column(form: Form, table: Table, each: Dimension | Measure) -> FieldEntry:
    measured = isinstance(each, Measure)
    return FieldEntry(
        kind="form",
        of=form.code,
        of_title=form.title,
        part=table.name,
        name=each.name,
        label=each.label,
        type=MEASURE_KIND_LABELS[each.kind] if measured else CODE,
        unit=unit_of(each) if measured else NO_TEXT,
        decimals=each.scale if measured else None,
        required=not measured,
        computed=False,
        values=() if measured else tuple(each.codes.items()),
        definition=each.help,
        source=form.source,
    )


def unit_of(measure: Measure) -> Text:
    """A measure's unit in both languages."""
    return Text(str(measure.unit), UNITS_IN_ENGLISH.get(str(measure.unit), str(measure.unit)))


FILES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def dictionary_file(wanted: str, found: Iterable[FieldEntry], language: str) -> HttpResponse:
    """Entries as a file to keep: both languages in every line."""
    rows = [row(each) for each in found]
    if wanted == "csv":
        data = b"".join(stream_csv(COLUMNS, rows, language))
    else:
        named = [dict(zip([each.key for each in COLUMNS], line, strict=True)) for line in rows]
        data = json.dumps(named, ensure_ascii=False, indent=1).encode()
    disposition = f'attachment; filename="data-dictionary.{wanted}"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(data, content_type=FILES[wanted], headers=headers)
