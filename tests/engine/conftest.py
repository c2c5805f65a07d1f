"""The cast of the engine's tests: one city bank, one village bank, two periods."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from core.models import Institution, Period, Prefecture
from core.models.rules import RuleParameter

NOW = datetime.datetime(2012, 7, 3, 9, 0, tzinfo=datetime.UTC)
PREFECTURES = (
    ("440100", "广州市", "Guangzhou", "delta"),
    ("440300", "深圳市", "Shenzhen", "delta"),
    ("440200", "韶关市", "Shaoguan", "north"),
    ("441600", "河源市", "Heyuan", "north"),
)


def load_rules() -> None:
    """Load the form's dated rules as they are shipped."""
    path = Path(settings.BASE_DIR) / "core/reference/rules/sme_loans.json"
    for row in json.loads(path.read_text(encoding="utf-8")):
        RuleParameter(**row).save()


@pytest.fixture
def prefectures(db: None) -> dict[str, Prefecture]:
    return {
        code: Prefecture.objects.create(
            code=code, name=name, name_en=name_en, region=region, display_order=order,
            pinyin_initials="",
        )
        for order, (code, name, name_en, region) in enumerate(PREFECTURES, start=1)
    }  # fmt: skip


@pytest.fixture
def rules(db: None) -> None:
    load_rules()


@pytest.fixture
def bank(prefectures: dict[str, Prefecture], rules: None) -> Institution:
    return Institution.objects.create(
        code="B001", kind="city_bank", name="珠江城市银行", prefecture=prefectures["440100"]
    )


@pytest.fixture
def month(db: None) -> Callable[[int, int], Period]:
    """Return a function that gives the monthly period of a year."""

    def make(year: int, number: int) -> Period:
        start = datetime.date(year, number, 1)
        following = datetime.date(year + number // 12, number % 12 + 1, 1)
        return Period.objects.get_or_create(
            form="sme-loans",
            kind="month",
            year=year,
            number=number,
            defaults={
                "starts_on": start,
                "ends_on": following - datetime.timedelta(days=1),
                "opens_on": following,
                "due_on": following + datetime.timedelta(days=7),
            },
        )[0]

    return make


@pytest.fixture
def june(month: Callable[[int, int], Period]) -> Period:
    return month(2012, 6)


@pytest.fixture
def preparer(bank: Institution) -> Any:
    return get_user_model().objects.create(
        username="preparer", display_name="陈填报", role="preparer", institution=bank
    )
