"""A policy of Shaoguan, an enterprise that reports, and what it was awarded in 2012."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from core.registers import catalogue
from core.registers.forms import part_formset
from core.registers.saving import save_entry
from listings.models import Enterprise, IncentivePolicy, PolicyBudget, PolicyTranche
from tests.filing import NOW


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def enterprise(shaoguan) -> Enterprise:
    found = Enterprise(code="EN01", name="演示韶关科技有限公司", prefecture=shaoguan)
    found.save()
    return found


@pytest.fixture
def other_enterprise(guangzhou) -> Enterprise:
    found = Enterprise(code="EN02", name="演示广州科技有限公司", prefecture=guangzhou)
    found.save()
    return found


@pytest.fixture
def record(province_clerk) -> Any:
    """``record("incentive-awards", policy=…, …)`` saves as the province's clerk does.

    Lists of dictionaries are rows of the entry's parts, as the API would send them.
    """

    def save(key: str, *, entry: Any = None, actor: Any = None, now: Any = NOW, **values: Any):
        register = catalogue.REGISTERS[key]
        actor = actor or province_clerk
        changed = entry if entry is not None else register.model()
        parts = []
        for part in register.parts:
            rows = values.pop(part.key, None)
            if rows is not None:
                parts.append((part, part_formset(part, actor=actor, record=changed, rows=rows)))
        for name, value in values.items():
            field = register.model._meta.get_field(name)
            dated = field.get_internal_type() == "DateField" and isinstance(value, str)
            setattr(changed, name, day(value) if dated else value)
        for _part, formset in parts:
            assert formset.is_valid(), formset.errors
        return save_entry(
            register,
            changed,
            actor=actor,
            now=now,
            parts=parts,
            expected_version=changed.version if changed.pk else None,
        )

    return save


@pytest.fixture
def policy(shaoguan) -> IncentivePolicy:
    """30 for restructuring, half the costs up to 50 at the tutoring, 100 at the listing."""
    found = IncentivePolicy(
        code="IP01", name="演示韶关市鼓励企业上市办法", level="prefecture", prefecture=shaoguan,
        document_number="韶府〔2011〕20号", valid_from=day("2011-01-01"),
        valid_to=day("2015-12-31"), duty=["intermediaries", "restructured"], duty_days=10,
    )  # fmt: skip
    found.save()
    tranches = [
        ("restructured", "fixed", Decimal(30), None, None),
        ("tutoring", "costs", None, Decimal(50), Decimal(50)),
        ("listed", "fixed", Decimal(100), None, None),
    ]
    for topic, basis, amount, percent, cap in tranches:
        PolicyTranche(
            parent=found, topic=topic, basis=basis, amount=amount, percent=percent, cap=cap
        ).save()
    PolicyBudget(parent=found, year=2012, amount=Decimal(60)).save()
    return found


@pytest.fixture
def reported(rules, record, enterprise) -> Any:
    """``reported("restructured", "2012-03-01")`` was told to the office within days."""

    def report(topic: str, on: str, *, told: str = "", **values: Any):
        given = {"enterprise": enterprise, **values}
        return record("event-reports", topic=topic, happened_on=on, reported_on=told or on, **given)

    return report


@pytest.fixture
def awarded(record, enterprise, policy) -> Any:
    """``awarded("restructured", granted="30")`` is an award, approved where a grant is given."""

    def award(topic: str = "restructured", granted: str | None = None, **values: Any):
        given = {
            "enterprise": enterprise, "policy": policy, "topic": topic,
            "applied_on": "2012-06-01", **values,
        }  # fmt: skip
        if granted is not None:
            given |= {"decision": "approved", "decided_on": "2012-07-01",
                      "granted": Decimal(granted)}  # fmt: skip
        return record("incentive-awards", **given)

    return award


@pytest.fixture
def loyal(reported) -> None:
    """The enterprise reported in time all that the policy asks for before the restructuring."""
    reported("intermediaries", "2011-12-05")
    reported("restructured", "2012-03-01")


@pytest.fixture
def paid(record) -> Any:
    """``paid(award, "30")`` is a payment of August 2012."""

    def pay(award: Any, amount: str, on: str = "2012-08-20", **values: Any):
        return record(
            "incentive-payments", award=award, paid_on=on, amount=Decimal(amount), **values
        )

    return pay
