"""The demonstration, made once for all tests of this folder."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from core.operations.reference import load_calendar, load_rules, load_territory
from finance.operations.reference import load_goals
from guarantees.operations.reference import load_rating_scale
from listings.operations.reference import load_stages
from plan.operations.reference import load_plan
from reports.demo.seed import seed

NOW = datetime.datetime(2013, 3, 20, 2, tzinfo=datetime.UTC)


def seeded() -> str:
    return seed(seed=7, banks=11, months=14, now=NOW, progress=lambda done, total: None)


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """Make the demonstration in a transaction of its own; yield where its files are."""
    folder = tmp_path_factory.mktemp("demo")
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    own = override_settings(MEDIA_ROOT=folder, **quick)
    with django_db_blocker.unblock(), transaction.atomic(), own:
        load_territory()
        load_rules()
        load_goals()
        load_rating_scale()
        load_stages()
        load_plan()
        load_calendar(last_year=2013)
        seeded()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(made, db, settings) -> None:
    settings.MEDIA_ROOT = made
