"""Deals of enterprises of Shaoguan and Guangzhou."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from core.registers import catalogue
from core.registers.saving import save_entry
from listings.models import Enterprise
from tests.filing import NOW


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def enterprise(shaoguan) -> Any:
    """``enterprise("甲")`` is an enterprise of the library, in Shaoguan unless said otherwise."""

    def build(name: str, prefecture: Any = None) -> Enterprise:
        place = prefecture or shaoguan
        entry = Enterprise(
            code=f"EN{Enterprise.objects.count() + 1:05d}",
            name=f"演示{name}股份有限公司",
            prefecture=place,
            first_prefecture=place,
        )
        entry.save()
        return entry

    return build


@pytest.fixture
def dealt(province_clerk) -> Any:
    """``dealt("equity-investments", "2012-06-20", "3000", enterprise=甲)`` registers a deal."""
    own = {
        "project-finances": {"project": "演示技改项目"},
        "exchange-deals": {"exchange": "演示产权交易所"},
    }

    def save(key: str, on: str, amount: str | None, *, actor: Any = None, **values: Any) -> Any:
        register = catalogue.REGISTERS[key]
        given: dict[str, Any] = {**own.get(key, {})}
        if key == "securities-services":
            given["firm"] = "演示证券公司"
        else:
            given["partner_name"] = "演示投资"
        entry = register.model(
            happened_on=day(on), amount=amount and Decimal(amount), **{**given, **values}
        )
        return save_entry(register, entry, actor=actor or province_clerk, now=NOW)

    return save
