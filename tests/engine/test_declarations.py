"""The declarations are whole: every check has a code of its own, words, and a test."""

import re
from pathlib import Path
from typing import Any

from returns.checking.words import all_checks
from returns.forms.documentation import dictionary, markdown
from returns.forms.schema import payload_schema
from tests.engine.around import FORM

HERE = Path(__file__).parent


def test_codes_are_stable_and_unique() -> None:
    codes = [check.code for check in all_checks(FORM)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"(ST-1|SL-[2-4]|SY-5)\d\d", code) for code in codes)


def test_words_exist_in_both_languages_with_the_same_placeholders() -> None:
    for check in all_checks(FORM):
        for text in (check.title, check.message, check.cure, check.source):
            assert text.zh, check.code
            assert text.en, check.code
            assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en))


def test_tier_is_the_first_digit() -> None:
    for check in all_checks(FORM):
        assert int(check.code[3]) == check.tier


def test_every_check_is_tried() -> None:
    tried = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_check_*.py"))
    tried += (HERE / "test_workbook.py").read_text(encoding="utf-8")
    assert [check.code for check in all_checks(FORM) if check.code not in tried] == ["ST-123"]


def test_the_documentation_in_the_repository_is_current(settings: Any) -> None:
    path = Path(settings.BASE_DIR) / "docs" / "forms.md"
    assert path.read_text(encoding="utf-8") == markdown()


def test_the_data_dictionary_holds_every_column_and_check() -> None:
    entry = dictionary(FORM)
    assert [column.name for column in entry.tables[0].columns] == list(FORM.lines.columns)
    assert [check.code for check in entry.checks] == [each.code for each in all_checks(FORM)]


def test_the_schema_names_every_column_and_known_code() -> None:
    schema = payload_schema(FORM, {"prefecture": ["440100"]})
    lines = schema["properties"]["tables"]["properties"]["lines"]["items"]["properties"]
    assert list(lines) == list(FORM.lines.columns)
    assert lines["prefecture"]["enum"] == ["440100"]
    assert lines["size"]["enum"] == list("LMSXIO")
    assert lines["interest"]["example"] == "0.0000"
    assert lines["borrowers"]["type"] == "integer"
