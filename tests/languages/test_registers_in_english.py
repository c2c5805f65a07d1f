"""Every page of every register, in English: no Chinese but what is stored as data."""

import pytest
from django.urls import reverse

from core.operations.reference import load_rules, load_territory
from core.registers import catalogue
from guarantees.operations.reference import load_rating_scale
from tests.languages.everything import Everything
from tests.languages.reading import Page
from tests.languages.test_pages import leftovers_of, stored_pattern

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(province_clerk) -> dict[str, str]:
    load_territory()
    load_rules()
    load_rating_scale()
    return Everything(province_clerk).make()


def pages_of(key: str, code: str) -> list[str]:
    """A register's pages; what is only added has no page to edit it."""
    register = {**catalogue.DETAILS, **catalogue.REGISTERS}[key]
    pages = [reverse(register.url_name(what)) for what in ("", "new", "import")]
    one = ["record"]
    if not getattr(register, "fixed", False):
        one.append("edit")
    if key in catalogue.REGISTERS:
        one.append("void")
    return pages + [reverse(register.url_name(what), args=[code]) for what in one]


def test_registers_speak_english(everything, province_clerk, client_of) -> None:
    client = client_of(province_clerk)
    client.cookies["django_language"] = "en"
    stored = stored_pattern()
    found: dict[str, str] = {}
    for key, code in everything.items():
        for address in pages_of(key, code):
            response = client.get(address)
            assert response.status_code == 200, address
            words = set(Page(response.content.decode()).words)
            found |= dict.fromkeys(leftovers_of(words, stored), address)
    assert found == {}
