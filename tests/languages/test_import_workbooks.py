"""Import templates and exports for editing speak their reader's language, and are read back."""

import datetime
import io

import openpyxl
import pytest
from django.db.models import CharField, ForeignKey, TextField
from django.urls import reverse
from django.utils import translation

from core.fields import ChoiceListField
from core.models import Delegation
from core.operations.imports import ImportColumn
from core.registers import catalogue
from core.registers.imports import import_kind
from core.text import Text
from tests.languages.test_pages import CHINESE

pytestmark = pytest.mark.django_db
REGISTERS = {**catalogue.DETAILS, **catalogue.REGISTERS}


def sheet(client, address: str, language: str) -> list[tuple]:
    client.cookies["django_language"] = language
    content = client.get(address).getvalue()
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def is_free_text(model, key: str) -> bool:
    """Whether a column holds names, numbers of documents and the like: data in any language."""
    names = {each.name for each in model._meta.get_fields()}
    if key not in names:  # the institution's own columns stand beside those of its detail
        return key in ("name", "county")
    field = model._meta.get_field(key)
    plain = isinstance(field, CharField | TextField) and not field.choices
    return plain and not isinstance(field, ChoiceListField | ForeignKey)


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_an_english_template_is_english(key, province_clerk, client_of) -> None:
    register = REGISTERS[key]
    address = reverse(register.url_name("import-template"))
    headings, example, *more = sheet(client_of(province_clerk), address, "en")
    assert more == []
    assert [each for each in headings if CHINESE.search(each)] == []
    columns = import_kind(register).columns
    left = [
        column.key
        for column, cell in zip(columns, example, strict=True)
        if CHINESE.search(cell or "") and not is_free_text(register.model, column.key)
    ]
    assert left == []


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_every_example_is_read_back_alike_in_both_languages(key, shaoguan) -> None:
    for column in import_kind(REGISTERS[key]).columns:
        if isinstance(column.example, Text):
            assert column.read(column.example.zh) == column.read(column.example.en) != ""


def test_an_export_for_editing_has_the_readers_words(shaoguan, province_clerk, client_of) -> None:
    Delegation(
        code="DL00001", prefecture=shaoguan, matters=["establishment", "capital"],
        document_number="粤金〔2012〕30号", valid_from=datetime.date(2012, 5, 1),
    ).save()  # fmt: skip
    client, address = client_of(province_clerk), reverse("core:delegations-data")
    _headings, english = sheet(client, address, "en")
    _headings, chinese = sheet(client, address, "zh-hans")
    assert {"Establishment, Capital increase", "yes"} <= set(english)
    assert {"设立、增资", "是"} <= set(chinese)
    columns = import_kind(REGISTERS["delegations"]).columns
    for language in ("zh-hans", "en"):  # a file made in one language is read in the other
        with translation.override(language):
            assert read(columns, english) == read(columns, chinese)


def read(columns: tuple[ImportColumn, ...], cells: tuple) -> list:
    return [column.read(cell or "") for column, cell in zip(columns, cells, strict=True)]
