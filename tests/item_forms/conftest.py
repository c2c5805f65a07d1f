"""A microloan company and a guarantee agency of Shaoguan, with their people and periods."""

import datetime
import json
from typing import Any

import pytest

from core.models import Institution, Period
from core.models.users import Role
from core.operations.reference import load_rules
from returns.models import Obligation
from returns.operations import open_period
from tests.factories import InstitutionFactory, UserFactory, fact
from tests.filing import NOW


@pytest.fixture
def item_rules(db) -> None:
    load_rules()


@pytest.fixture
def company(shaoguan) -> Institution:
    found = InstitutionFactory(
        code="MC01", kind="microloan_company", name="演示始兴小额贷款有限公司", prefecture=shaoguan
    )
    fact(found, "opened", "2010-01-01")
    return found


@pytest.fixture
def agency(shaoguan) -> Institution:
    found = InstitutionFactory(
        code="GA01", kind="guarantee_agency", name="演示韶关融资担保有限公司", prefecture=shaoguan
    )
    fact(found, "opened", "2010-01-01")
    return found


@pytest.fixture
def people() -> Any:
    def of(institution: Institution) -> tuple[Any, Any]:
        return (
            UserFactory(role=Role.PREPARER, institution=institution),
            UserFactory(role=Role.SIGNATORY, institution=institution),
        )

    return of


@pytest.fixture
def opened(item_rules, province_clerk) -> Any:
    def of(form: str, year: int, number: int) -> Period:
        return open_period(actor=province_clerk, form=form, year=year, number=number, now=NOW)

    return of


def payload(form: str, institution: Institution, period: Period, tables: Any) -> bytes:
    body = {
        "form": form,
        "version": "2012.1",
        "institution": institution.code,
        "period": period.code,
        "tables": tables,
    }
    return json.dumps(body).encode()


def obliged(institution: Institution, period: Period) -> bool:
    return Obligation.objects.filter(institution=institution, period=period).exists()


DAY = datetime.date(2012, 6, 30)
