"""Workbooks handed out on English pages are English, and are read back all the same."""

import io

import openpyxl
import pytest

from tests.languages.test_pages import CHINESE, stored_texts

pytestmark = pytest.mark.django_db
ENGLISH = {"django_language": "en"}


def words_of(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    return {" ".join(value.split()) for value in cells if isinstance(value, str)}


def test_an_english_workbook_names_codes_units_and_checks_in_english(
    june, preparer, client_of
) -> None:
    client = client_of(preparer)
    client.cookies.load(ENGLISH)
    words = words_of(client.get(f"/returns/period/{june.pk}/workbook/").content)
    names = stored_texts()
    left = {word for word in words if CHINESE.search(word)}
    assert {word for word in left if not any(name in word for name in names)} == set()
    assert "S Small enterprises" in words
    assert "10,000 yuan" in words
    assert "2012-06" in words


def test_an_exported_board_is_headed_in_english(june, province_clerk, client_of) -> None:
    client = client_of(province_clerk)
    client.cookies.load(ENGLISH)
    words = words_of(client.get("/returns/board/?year=2012&format=xlsx").getvalue())
    assert {"Code", "Institution", "2012-06"} <= words
