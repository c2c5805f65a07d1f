"""The data dictionary: each field with unit, definition and source, alike in page, files, API."""

import csv
import io
import json
from typing import Any

import pytest
from django.urls import reverse

from api.registers import resource_of
from core.dictionary import COLUMNS
from core.registers.catalogue import DETAILS, REGISTERS
from core.registers.dictionary import unused
from returns.dictionary import chosen, entries
from returns.forms import FORMS

NUMERIC = {"金额", "百分数", "数", "整数"}
# What every entry has beside its own fields; docs/api.md tells of them.
COMMON = {
    "id",
    "code",
    "region",
    "file_sha256",
    "voided_at",
    "void_reason",
    "updated_at",
    "version",
    "institution_version",
}


@pytest.mark.parametrize("of", sorted({each.of for each in entries()}))
def test_every_field_has_a_definition_a_source_and_a_unit(of) -> None:
    for each in chosen(of=of):
        for text in (each.label, each.type, each.definition, each.source):
            assert text.zh, each
            assert text.en, each
        assert each.definition.zh != each.label.zh, each
        assert each.definition.en.casefold() != each.label.en.casefold(), each
        if each.type.zh in NUMERIC:
            assert each.unit.zh, each
            assert each.unit.en, each
            assert each.decimals is not None or each.type.zh == "数", each


def test_every_form_and_register_is_there_whole() -> None:
    found = {(each.of, each.part, each.name) for each in entries()}
    assert len(found) == len(entries())
    for form in FORMS.values():
        for table in form.tables:
            assert {(form.code, table.name, name) for name in table.columns} <= found
    for key, register in {**REGISTERS, **DETAILS}.items():
        told = {name for of, part, name in found if of == key and not part}
        assert told >= set(register.filled)
        known = told | COMMON | {"institution", "prefecture", "kind"}
        for each in resource_of(register).fields:
            assert each.name in known or each.name.removesuffix("_name") in known, (key, each.name)


def test_no_definition_stays_behind() -> None:
    assert unused(entries()) == []


def test_page_files_and_interface_tell_the_same(client_of, caller, preparer, leader) -> None:
    client, address = client_of(preparer), reverse("returns:dictionary")
    asked = {"of": "shareholders"}
    page = client.get(address, asked).content.decode()
    lines = list(
        csv.reader(
            io.StringIO(client.get(address, {**asked, "format": "csv"}).content.decode("utf-8-sig"))
        )
    )
    named = json.loads(client.get(address, {**asked, "format": "json"}).content)
    told = caller(leader).get("/dictionary/", **asked).json()
    assert len(lines) - 1 == len(named) == told["count"] == len(chosen(of="shareholders")) > 20
    names = [each.key for each in COLUMNS]
    for line, one, answer in zip(lines[1:], named, told["results"], strict=True):
        assert line[names.index("name")] == one["name"] == answer["name"]
        assert one["definition"] == answer["definition"]["zh"]
        assert one["unit_en"] == answer["unit"]["en"]
        assert one["definition"] in page
    given = caller(leader).get("/dictionary/", format="csv", **asked)
    assert given["Content-Type"].startswith("text/csv")
    assert given.content.decode("utf-8-sig").count("\n") == len(lines)


def test_words_find_fields_in_either_language(caller, leader) -> None:
    def names(**asked: Any) -> set[str]:
        found = caller(leader).get("/dictionary/", **asked).json()["results"]
        return {f"{each['of']}.{each['name']}" for each in found}

    assert "shareholders.stake" in names(q="持股占全部股本")
    assert "shareholders.stake" in names(q="share of all capital")
    assert names(kind="form", q="持股占全部股本") == set()


@pytest.mark.parametrize("asked", [{"of": "nothing"}, {"kind": "x"}, {"format": "xml"}, {"x": "1"}])
def test_what_is_not_there_is_refused(caller, leader, asked) -> None:
    assert caller(leader).get("/dictionary/", **asked).status_code == 422
