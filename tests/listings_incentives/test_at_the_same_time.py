"""Two clerks at once never spend the last of a budget twice; nor close a case twice."""

from decimal import Decimal

import pytest

from core.errors import DomainError
from core.models import Department
from core.operations.journal import verify
from listings.models import CaseEvent, GreenChannelCase, IncentivePayment
from listings.queries.incentives import budgets_of
from tests.workflow.test_at_the_same_time import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_payments_of_the_last_budget(
    loyal, reported, awarded, record, policy, province_clerk, shaoguan_clerk
) -> None:
    reported("tutoring", "2012-05-02")
    awards = awarded(granted="30"), awarded("tutoring", granted="50", base=Decimal(200))

    def pay(award, amount, clerk):
        return lambda: record(
            "incentive-payments", award=award, paid_on="2012-08-20", amount=Decimal(amount),
            actor=clerk,
        )  # fmt: skip

    answers = together(pay(awards[0], "30", province_clerk), pay(awards[1], "40", shaoguan_clerk))
    refused = [each for each in answers if isinstance(each, DomainError)]
    assert [each.code for each in refused] == ["budget-overrun"]
    assert IncentivePayment.objects.count() == 1
    assert budgets_of(policy)[0].left >= 0


def test_two_payments_of_one_award(loyal, awarded, record, province_clerk, shaoguan_clerk) -> None:
    award = awarded(granted="30")

    def pay(clerk):
        return lambda: record(
            "incentive-payments", award=award, paid_on="2012-08-20", amount=Decimal(20),
            actor=clerk,
        )  # fmt: skip

    answers = together(pay(province_clerk), pay(shaoguan_clerk))
    assert [e.code for e in answers if isinstance(e, DomainError)] == ["overpaid"]
    assert IncentivePayment.objects.get().amount == 20


def test_a_case_is_closed_once(
    rules, record, enterprise, shaoguan, province_clerk, shaoguan_clerk
) -> None:
    office = Department(code="DP01", name="韶关市国土资源局", prefecture=shaoguan)
    office.save()
    case = record(
        "green-channel-cases", enterprise=enterprise, department=office, issue="property",
        subject="补办房产证", opened_on="2012-05-07", promised_days=5,
    )  # fmt: skip

    def close(clerk):
        return lambda: record(
            "green-channel-events", case=GreenChannelCase.objects.get(pk=case.pk), act="close",
            happened_on="2012-05-10", result="solved", actor=clerk,
        )  # fmt: skip

    answers = together(close(province_clerk), close(shaoguan_clerk))
    assert [e.code for e in answers if isinstance(e, DomainError)] == ["green-channel-state"]
    assert CaseEvent.objects.count() == 1
    assert verify() is None
