"""From policy to payment: what is refused, with its code, and what follows."""

from decimal import Decimal

import pytest

from core.errors import DomainError, PermissionRefused, StateConflict
from core.models import JournalEntry
from core.registers.saving import void_entry
from listings.models import IncentiveAward, IncentivePayment, PolicyTranche, Stage
from listings.operations.reference import load_stages
from listings.queries.incentives import budgets_of, policy_rows
from listings.registers.incentives import AWARDS, POLICIES
from tests.filing import NOW
from tests.listings_incentives.conftest import day


def code_of(refused) -> str:
    return refused.value.code


def test_a_policy_pays_and_its_budget_falls(loyal, awarded, paid, policy, province_clerk) -> None:
    award = awarded(granted="30")
    paid(award, "20")
    (year,) = budgets_of(policy)
    assert (year.budget, year.granted, year.paid, year.left) == (60, 30, 20, 40)
    (before,) = budgets_of(policy, as_of=day("2012-07-31"))
    assert (before.paid, before.left) == (0, 60)
    row = policy_rows(user=province_clerk, as_of=day("2012-12-31")).get()
    assert (row.budget_now, row.left_now, row.paid_sum) == (60, 40, 20)


def test_an_enterprise_that_did_not_report_loses_its_award(reported, awarded) -> None:
    reported("restructured", "2012-03-01")
    with pytest.raises(DomainError) as refused:
        awarded(granted="30")
    assert code_of(refused) == "not-eligible"
    assert "聘请中介机构" in refused.value.message.zh
    assert not IncentiveAward.objects.exists()


def test_a_report_that_came_too_late_counts_as_none(reported, awarded) -> None:
    reported("intermediaries", "2011-12-05", told="2011-12-30")
    reported("restructured", "2012-03-01")
    with pytest.raises(DomainError) as refused:
        awarded(granted="30")
    assert "2011-12-19" in refused.value.message.zh


def test_a_policy_that_asks_for_no_reports_pays_without(reported, record, policy, awarded) -> None:
    record("incentive-policies", entry=policy, duty=[], duty_days=None)
    reported("restructured", "2012-03-01")
    assert awarded(granted="30").pk


def test_what_waits_for_a_decision_may_lack_its_reports(awarded, province_clerk) -> None:
    award = awarded()
    remarks = AWARDS.remarks(award, day("2012-06-01"))
    assert {each.code for each in remarks} == {
        "incentive.reached", "incentive.report.intermediaries", "incentive.report.restructured"
    }  # fmt: skip


def test_entering_a_batch_earns_the_tranche_of_the_batch(
    loyal, record, awarded, enterprise, policy
) -> None:
    load_stages()
    tranche = PolicyTranche.objects.get(parent=policy, topic="tutoring")
    tranche.stage = Stage.objects.get(code="TUTOR")
    tranche.save()
    award = {"topic": "tutoring", "base": Decimal(80), "granted": "40"}
    with pytest.raises(DomainError) as refused:
        awarded(**award)
    assert code_of(refused) == "not-eligible"
    record("stage-events", enterprise=enterprise, kind="enter", stage=tranche.stage,
           happened_on="2012-05-02", reason="演示")  # fmt: skip
    assert awarded(**award).granted == 40


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"granted": "30.01"}, "more-than-entitled", "granted"),
        ({"topic": "issued", "granted": "30"}, "invalid-record", "topic"),
        ({"granted": "0"}, "invalid-record", ""),
        ({"granted": "30", "decided_on": "2012-05-01"}, "invalid-record", ""),
    ],
)
def test_a_grant_that_does_not_fit_names_its_field(loyal, awarded, values, code, field) -> None:
    values = dict(values)
    decided = values.pop("decided_on", None)
    given = {"topic": values.pop("topic", "restructured"), **values}
    if decided:
        given |= {"decision": "approved", "decided_on": decided, "granted": None}
    with pytest.raises(DomainError) as refused:
        awarded(**given)
    assert code_of(refused) == code
    assert not field or field in refused.value.fields


def test_a_share_needs_its_base(loyal, reported, awarded) -> None:
    reported("tutoring", "2012-05-02")
    with pytest.raises(DomainError) as refused:
        awarded("tutoring", granted="10")
    assert (code_of(refused), list(refused.value.fields)) == ("base-needed", ["base"])
    assert awarded("tutoring", granted="50", base=Decimal(200)).granted == 50


def test_an_enterprise_elsewhere_has_no_claim(loyal, reported, awarded, other_enterprise) -> None:
    reported("intermediaries", "2011-12-05", enterprise=other_enterprise)
    reported("restructured", "2012-03-01", enterprise=other_enterprise)
    with pytest.raises(DomainError) as refused:
        awarded(granted="30", enterprise=other_enterprise)
    assert code_of(refused) == "not-eligible"


def test_nobody_is_awarded_twice(loyal, awarded) -> None:
    awarded(granted="30")
    with pytest.raises(DomainError) as refused:
        awarded()
    assert code_of(refused) == "invalid-record"


@pytest.fixture
def two_awards(loyal, reported, awarded):
    """30 and 50, together more than the budget of 60."""
    reported("tutoring", "2012-05-02")
    return awarded(granted="30"), awarded("tutoring", granted="50", base=Decimal(200))


def test_a_payment_beyond_the_budget_is_refused_with_its_cure(two_awards, paid, policy) -> None:
    first, second = two_awards
    paid(first, "30")
    with pytest.raises(DomainError) as refused:
        paid(second, "30.01", beyond_budget="市政府同意")  # a reason the policy does not ask for
    assert code_of(refused) == "budget-overrun"
    assert "amount" in refused.value.fields
    words = refused.value.message
    assert all(each in words.zh for each in (policy.name, "2012", "60", "60.01", "0.01"))
    assert "理由" not in words.zh
    assert IncentivePayment.objects.count() == 1
    assert paid(second, "30").pk


def test_where_the_policy_allows_it_a_reason_lets_it_pass(
    two_awards, paid, record, policy, province_clerk
) -> None:
    record("incentive-policies", entry=policy, may_exceed=True)
    first, second = two_awards
    paid(first, "30")
    with pytest.raises(DomainError) as refused:
        paid(second, "50")
    assert "理由" in refused.value.message.zh
    paid(second, "50", beyond_budget="市政府常务会议纪要〔2012〕9号同意")
    entry = JournalEntry.objects.get(action="incentive.beyond-budget")
    assert entry.detail["beyond"] == "20.00"
    remarks = POLICIES.remarks(policy, day("2012-12-31"))
    assert {each.code for each in remarks} == {"incentive.granted-beyond", "incentive.paid-beyond"}


def test_the_year_charged_bounds_a_payment(two_awards, paid, record, policy) -> None:
    first, _second = two_awards
    with pytest.raises(DomainError) as refused:
        paid(first, "10", on="2012-12-31", year=2013)  # no budget was voted for 2013
    assert code_of(refused) == "budget-overrun"
    record("incentive-policies", entry=policy,
           budgets=[{"year": 2012, "amount": "60"}, {"year": 2013, "amount": "10"}])  # fmt: skip
    assert paid(first, "10", on="2012-12-31", year=2013).year == 2013
    assert paid(first, "10", on="2012-12-31").year == 2012


def test_a_policy_without_budgets_bounds_nothing(two_awards, paid, record, policy) -> None:
    record("incentive-policies", entry=policy, budgets=[])
    assert paid(two_awards[1], "50").pk
    assert budgets_of(policy)[0].left is None


def test_a_budget_is_not_cut_below_what_was_paid(two_awards, paid, record, policy) -> None:
    paid(two_awards[0], "30")
    with pytest.raises(DomainError) as refused:
        record("incentive-policies", entry=policy, budgets=[{"year": 2012, "amount": "29.99"}])
    assert (code_of(refused), list(refused.value.fields)) == ("budget-overrun", ["budgets"])
    assert budgets_of(policy)[0].budget == 60


def test_payments_keep_within_the_grant_and_follow_it(two_awards, paid) -> None:
    first, _second = two_awards
    with pytest.raises(DomainError) as refused:
        paid(first, "30.01")
    assert code_of(refused) == "overpaid"
    with pytest.raises(DomainError) as refused:
        paid(first, "10", on="2012-06-30")
    assert code_of(refused) == "paid-before-decision"


def test_what_was_paid_on_is_not_voided(two_awards, paid, policy, province_clerk) -> None:
    paid(two_awards[0], "10")
    for register, entry in ((AWARDS, two_awards[0]), (POLICIES, policy)):
        with pytest.raises((DomainError, StateConflict)):
            void_entry(register, code=entry.code, actor=province_clerk, reason="误", now=NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": "county"}, "county"),
        ({"level": "province"}, "prefecture"),
        ({"duty": [], "duty_days": 5}, "duty"),
        ({"valid_to": "2010-12-31"}, ""),
        ({"repealed_by": "韶府〔2013〕1号"}, ""),
        ({"tranches": []}, "tranches"),
        ({"tranches": [{"topic": "listed", "basis": "fixed", "amount": "1"}] * 2}, "tranches"),
        ({"budgets": [{"year": 2012, "amount": "60"}] * 2}, "budgets"),
    ],
)
def test_a_policy_that_does_not_fit_names_its_field(record, policy, values, field) -> None:
    with pytest.raises(DomainError) as refused:
        record("incentive-policies", entry=policy, **values)
    assert not field or field in refused.value.fields


def test_a_prefecture_keeps_its_own(loyal, awarded, shaoguan_clerk, other_enterprise, policy):
    assert awarded(granted="30", actor=shaoguan_clerk).pk
    with pytest.raises(PermissionRefused):
        awarded(enterprise=other_enterprise, actor=shaoguan_clerk)
