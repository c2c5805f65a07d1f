"""One register under test, known to the house while the test lasts."""

import datetime
from importlib import import_module
from typing import Any

import pytest
from django.urls import clear_url_caches

from core.models import Licence
from core.registers import catalogue
from tests.registers.declared import LICENCES


@pytest.fixture
def register(settings, monkeypatch) -> Any:
    import_module("api.urls")  # with the real registers, whoever comes first
    settings.ROOT_URLCONF = "tests.registers.urls"
    clear_url_caches()
    monkeypatch.setitem(catalogue.REGISTERS, LICENCES.key, LICENCES)
    yield LICENCES
    clear_url_caches()


@pytest.fixture
def licence(bank) -> Licence:
    entry = Licence(
        code="LC00001",
        institution=bank,
        number="粤0001",
        issued_on=datetime.date(2010, 1, 1),
        valid_until=datetime.date(2015, 1, 1),
    )
    entry.save()
    return entry
