"""One word for one thing: menu, page, form and refusal call a register and its entries alike."""

import pytest
from django.utils import translation

from core.naming import both
from core.navigation import MENU
from core.registers import catalogue

REGISTERS = {**catalogue.DETAILS, **catalogue.REGISTERS}
MENU_LABELS = {name: label for _group, entries in MENU for label, name, _icon, _act in entries}


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_an_entry_has_one_english_name(key: str) -> None:
    register = REGISTERS[key]
    assert both(register.model._meta.verbose_name).en.lower() == register.one.en


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_menu_and_page_are_headed_alike(key: str) -> None:
    register = REGISTERS[key]
    label = MENU_LABELS.get(register.url_name())
    if label is not None:
        with translation.override("en"):
            assert str(label) == register.title.en
