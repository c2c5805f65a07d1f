"""An agency of Shaoguan, its bank, a scheme of four, and the rating scale."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from core.models import Institution
from guarantees.models import (
    CompensationCase,
    CreditRating,
    GuaranteeAgency,
    LossShareScheme,
    RatingGrade,
    SchemeParticipant,
)
from guarantees.operations.reference import load_rating_scale
from tests.factories import InstitutionFactory, fact


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def agency(shaoguan) -> Institution:
    found = InstitutionFactory(
        code="GA01", kind="guarantee_agency", name="演示韶关融资担保有限公司", prefecture=shaoguan
    )
    fact(found, "opened", "2010-10-01")
    GuaranteeAgency(institution=found, capital=Decimal("10000")).save(force_insert=True)
    return found


@pytest.fixture
def other_agency(guangzhou) -> Institution:
    found = InstitutionFactory(
        code="GA02", kind="guarantee_agency", name="演示广州融资担保有限公司", prefecture=guangzhou
    )
    fact(found, "opened", "2010-10-01")
    GuaranteeAgency(institution=found).save(force_insert=True)
    return found


@pytest.fixture
def scale(db) -> dict[str, RatingGrade]:
    load_rating_scale()
    return {grade.code: grade for grade in RatingGrade.objects.all()}


@pytest.fixture
def rated(scale) -> Any:
    def rate(agency: Institution, grade: str, on: str, until: str | None = None) -> CreditRating:
        entry = CreditRating(
            code=f"CR{CreditRating.objects.count():05d}x",
            institution=agency,
            rating_agency_name="演示评级",
            grade=scale[grade],
            rated_on=day(on),
            valid_until=until and day(until),
        )
        entry.save()
        return entry

    return rate


@pytest.fixture
def four(db) -> LossShareScheme:
    scheme = LossShareScheme(code="LS01", name="四三二一", valid_from=day("2012-01-01"))
    scheme.save()
    shares = (("guarantor", "40"), ("reguarantor", "30"), ("bank", "20"), ("government", "10"))
    for order, (party, share) in enumerate(shares, start=1):
        SchemeParticipant(parent=scheme, order=order, party=party, share=Decimal(share)).save()
    return scheme


@pytest.fixture
def case(agency, bank, four) -> CompensationCase:
    entry = CompensationCase(
        code="CC01", institution=agency, bank=bank, scheme=four, borrower="演示食品厂",
        loan_amount=Decimal("2000000"), guaranteed_amount=Decimal("1500000"),
        defaulted_on=day("2012-02-01"),
    )  # fmt: skip
    entry.save()
    return entry
