"""An agency, a re-guarantee company, a pilot, a fund and a programme of Shaoguan."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from core.models import Institution
from core.registers import catalogue
from core.registers.saving import save_entry
from guarantees.models import (
    GuaranteeAgency,
    GuaranteeFund,
    InsurancePilot,
    PilotParticipant,
    ReguaranteeCompany,
    SupportProgramme,
)
from tests.factories import InstitutionFactory, fact
from tests.filing import NOW


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@pytest.fixture
def agency(shaoguan) -> Institution:
    found = InstitutionFactory(
        code="GA01", kind="guarantee_agency", name="演示韶关融资担保有限公司", prefecture=shaoguan
    )
    fact(found, "opened", "2009-10-01")
    GuaranteeAgency(institution=found, capital=Decimal("10000")).save(force_insert=True)
    return found


@pytest.fixture
def other_agency(guangzhou) -> Institution:
    found = InstitutionFactory(
        code="GA02", kind="guarantee_agency", name="演示广州融资担保有限公司", prefecture=guangzhou
    )
    GuaranteeAgency(institution=found).save(force_insert=True)
    return found


@pytest.fixture
def company(shaoguan) -> Institution:
    found = InstitutionFactory(
        code="RG01", kind="reguarantee_company", name="演示韶关再担保有限公司", prefecture=shaoguan
    )
    fact(found, "opened", "2012-03-01")
    detail = ReguaranteeCompany(
        institution=found, promoter="韶关市人民政府", capital=Decimal("30000"), modes=["joint"]
    )
    detail.save(force_insert=True)
    return found


@pytest.fixture
def insurer(shaoguan) -> Institution:
    return InstitutionFactory(
        code="IN01", kind="insurer", name="演示财产保险韶关分公司", prefecture=shaoguan
    )


@pytest.fixture
def pilot(shaoguan, insurer, bank) -> InsurancePilot:
    entry = InsurancePilot(
        code="IP01", name="韶关保证保险试点", prefecture=shaoguan, started_on=day("2012-01-01"),
        document_number="韶府办〔2011〕88号", fund_size=Decimal("500"),
        stop_overdue_rate=Decimal("10"), stop_loss_ratio=Decimal("150"),
    )  # fmt: skip
    entry.save()
    PilotParticipant(parent=entry, order=1, role="insurer", institution=insurer).save()
    PilotParticipant(parent=entry, order=2, role="bank", institution=bank).save()
    return entry


@pytest.fixture
def fund(db) -> GuaranteeFund:
    entry = GuaranteeFund(
        code="GF01", name="演示信用担保基金", founded=True, founded_on=day("2012-02-01")
    )
    entry.save()
    return entry


@pytest.fixture
def programme(db) -> SupportProgramme:
    entry = SupportProgramme(
        code="PG01", name="演示担保补助", level="nation", valid_from=day("2012-05-25"),
        document_number="财企〔2012〕97号", budget=Decimal("100"), test="subsidy_2012",
    )  # fmt: skip
    entry.save()
    return entry


@pytest.fixture
def record(province_clerk) -> Any:
    """``record("fund-entries", fund=fund, …)`` saves an entry as the province's clerk does."""

    def save(key: str, *, entry: Any = None, actor: Any = None, **values: Any) -> Any:
        register = catalogue.REGISTERS[key]
        changed = entry if entry is not None else register.model()
        for name, value in values.items():
            field = register.model._meta.get_field(name)
            dated = field.get_internal_type() == "DateField" and isinstance(value, str)
            setattr(changed, name, day(value) if dated else value)
        return save_entry(
            register,
            changed,
            actor=actor or province_clerk,
            now=NOW,
            expected_version=changed.version if changed.pk else None,
        )

    return save


APPLICATION = {
    "year": 2011,
    "applied_on": "2012-06-10",
    "requested": Decimal("80"),
    "licensed_on": "2010-03-01",
    "new_business": Decimal("42000"),
    "new_sme_business": Decimal("33600"),
    "opening_net_assets": Decimal("9500"),
    "closing_net_assets": Decimal("10500"),
    "compensated": Decimal("300"),
    "released": Decimal("20000"),
    "premium_rate": Decimal("2.50"),
}


@pytest.fixture
def applied(record, agency, programme) -> Any:
    """``applied(granted="60")`` is an application, approved where a grant is given."""

    def apply(granted: str | None = None, **values: Any) -> Any:
        given = {"institution": agency, "programme": programme, **APPLICATION, **values}
        if granted is not None:
            given |= {"decision": "approved", "decided_on": "2012-08-01",
                      "granted": Decimal(granted)}  # fmt: skip
        return record("support-applications", **given)

    return apply


@pytest.fixture
def reported(record, pilot) -> Any:
    """``reported("2012-03-31", paid="10")`` is a pilot's period."""

    def report(end: str, **values: Any) -> Any:
        money = {
            "premium": "100", "insured_loans": "4000", "balance": "4000", "overdue": "0",
            "paid": "0", "recovered": "0", "fiscal_compensation": "0",
        }  # fmt: skip
        counts = {"policies": 50, "borrowers": 50, "claims": 0}
        for name in counts:
            counts[name] = values.pop(name, counts[name])
        own = values.pop("pilot", pilot)
        amounts = {name: Decimal(value) for name, value in {**money, **values}.items()}
        return record("pilot-figures", pilot=own, period_end=end, **counts, **amounts)

    return report
