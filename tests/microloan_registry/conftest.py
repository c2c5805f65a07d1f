"""The cast: a microloan company, its county, a delegation; a platform and an event with results."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from core.models import County, Delegation, Institution
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    MicroloanCompany,
    PlatformResult,
    Shareholder,
)
from tests.factories import CountyFactory, InstitutionFactory

DAY = datetime.date(2012, 6, 30)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def county(shaoguan) -> County:
    """始兴县, underdeveloped from 2010 to 2012."""
    return CountyFactory(
        prefecture=shaoguan,
        underdeveloped=True,
        underdeveloped_from=day("2010-01-01"),
        underdeveloped_to=day("2012-12-31"),
    )


@pytest.fixture
def new_company(shaoguan, county) -> Callable[..., MicroloanCompany]:
    """``new_company("ML01")`` is a company of 始兴县 with a capital of 5000 万元."""

    def make(code: str = "ML01", **values: Any) -> MicroloanCompany:
        institution = InstitutionFactory(
            code=code,
            kind="microloan_company",
            name=f"始兴县演示{code}小额贷款有限责任公司",
            prefecture=values.pop("prefecture", shaoguan),
            county=values.pop("county", county),
        )
        company = MicroloanCompany(institution=institution, **{"capital": Decimal(5000), **values})
        company.save()
        return company

    return make


@pytest.fixture
def company(new_company) -> MicroloanCompany:
    return new_company()


@pytest.fixture
def village_bank(shaoguan, county) -> Institution:
    return InstitutionFactory(
        code="VB01",
        kind="village_bank",
        name="始兴演示村镇银行股份有限公司",
        prefecture=shaoguan,
        county=county,
    )


@pytest.fixture
def delegation(shaoguan) -> Delegation:
    """Shaoguan may decide on establishments and capital from May 2012 for a year."""
    return Delegation.objects.create(
        code="DL-1",
        prefecture=shaoguan,
        matters=["establishment", "capital"],
        document_number="粤金〔2012〕30号",
        valid_from=day("2012-05-01"),
        valid_to=day("2013-04-30"),
    )


@pytest.fixture
def hold() -> Callable[..., Shareholder]:
    """``hold(company, "甲公司", 30)`` is a main sponsor's holding since 2011."""
    numbers = iter(range(1, 1000))

    def make(company: MicroloanCompany, name: str, stake: Any, **values: Any) -> Shareholder:
        return Shareholder.objects.create(
            **{
                "code": f"SH-{next(numbers)}",
                "institution": company.institution,
                "name": name,
                "stake": Decimal(stake),
                "role": "main_sponsor",
                "held_from": day("2011-01-01"),
                **values,
            }
        )

    return make


@pytest.fixture
def platform(shaoguan) -> CooperationPlatform:
    found = CooperationPlatform(code="CP01", name="演示园区平台", prefecture=shaoguan,
                                established_on=day("2011-12-01"))  # fmt: skip
    found.save()
    return found


@pytest.fixture
def result(platform):
    def keep(code: str, year: int, span: str, amount: str, **values: Any) -> PlatformResult:
        found = PlatformResult(code=code, platform=platform, year=year, span=span, served=60,
                               financed=25, amount=Decimal(amount), **values)  # fmt: skip
        found.save()
        return found

    return keep


@pytest.fixture
def event(shaoguan) -> FinancingEvent:
    found = FinancingEvent(
        code="FE01", name="演示对接会", prefecture=shaoguan, held_on=day("2012-06-15"),
        enterprises=120, enterprises_signed=35, amount_signed=Decimal(42000),
    )  # fmt: skip
    found.save()
    return found


@pytest.fixture
def drawn(event):
    def keep(code: str, on: str, amount: str, **values: Any) -> EventDrawing:
        found = EventDrawing(code=code, event=event, as_of=day(on), amount=Decimal(amount),
                             **values)  # fmt: skip
        found.save()
        return found

    return keep


@pytest.fixture
def client(client_of, shaoguan_clerk):
    return client_of(shaoguan_clerk)
