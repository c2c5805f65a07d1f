"""What must hold whenever an incentive policy, an award or a payment changes.

Each is asked after an entry was saved or voided, in the same transaction, over what then
stands. The policy is locked first, so that two clerks cannot each spend the last of a budget.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from core.errors import DomainError, StateConflict
from core.models import User
from core.models.decisions import Decision
from core.naming import both
from core.operations import journal
from core.rules.budgets import YearBudget, overspent, payments_problem
from core.text import Text
from listings.models import (
    IncentiveAward,
    IncentivePayment,
    IncentivePolicy,
    PolicyBudget,
    PolicyTranche,
)
from listings.models.incentives import Basis, Topic
from listings.queries.incentives import (
    budgets_of,
    criteria_of,
    payments_of,
    rule_of,
    tranche_of,
)
from listings.queries.places import place_on
from listings.rules.incentives import failed


def _locked(policy_id: int) -> IncentivePolicy:
    return IncentivePolicy.objects.select_for_update(of=("self",), no_key=True).get(pk=policy_id)


def _refuse(code: str, problem: Text | None, field: str) -> None:
    if problem is not None:
        raise DomainError(code, problem, fields={field: problem})


def policy_problems(policy: IncentivePolicy) -> dict[str, Text]:
    """A city's policy has its city, a county's its county, a higher one neither."""
    if policy.level == "county" and policy.county_id is None:
        return {"county": Text("县级政策请选择县（市、区）。", "Choose the policy's county.")}
    if policy.level == "prefecture" and policy.prefecture_id is None:
        return {"prefecture": Text("市级政策请选择地市。", "Choose the policy's prefecture.")}
    if policy.level == "prefecture" and policy.county_id is not None:
        return {"county": Text("市级政策不填县（市、区）。", "A city's policy has no county.")}
    if policy.level in ("nation", "province") and policy.prefecture_id is not None:
        return {
            "prefecture": Text(
                "中央和省级政策不填地市。", "A policy of nation or province has no prefecture."
            )
        }
    if policy.duty_days is not None and not policy.duty:
        return {
            "duty": Text(
                "填了报告时限的，请勾选须报告的事项。", "Choose what must be reported in that time."
            )
        }
    return {}


def one_tranche_an_event(policy: IncentivePolicy, rows: Sequence[PolicyTranche]) -> dict[str, Text]:
    """Each event is paid for once."""
    for topic, number in Counter(each.topic for each in rows).items():
        if number > 1:
            name = both(Topic(topic).label)
            words = Text(
                f"“{name.zh}”有 {number} 行，每个事项只填一行。",
                f"“{name.en}” stands in {number} rows; give each event one.",
            )
            return {"tranches": words}
    return {}


def one_budget_a_year(policy: IncentivePolicy, rows: Sequence[PolicyBudget]) -> dict[str, Text]:
    """Each year has one budget."""
    for year, number in Counter(each.year for each in rows).items():
        if number > 1:
            words = Text(
                f"{year} 年有 {number} 行，每年只填一行。",
                f"{year} stands in {number} rows; give each year one.",
            )
            return {"budgets": words}
    return {}


def keep_budgets(policy: IncentivePolicy, *, actor: User, now: datetime.datetime) -> None:
    """A year's budget is never below what was paid from it without a reason to exceed it.

    A policy with awards is not voided. Raises DomainError "budget-overrun", StateConflict
    "policy-has-awards".
    """
    held = _locked(policy.pk)
    if policy.voided_at is not None and policy.awards.standing().exists():
        raise StateConflict(
            "policy-has-awards",
            Text(
                "该政策已有奖励申请，不能作废；停止执行的请填废止日期。",
                "The policy has awards and cannot be voided; if it ended, give the day of repeal.",
            ),
        )
    for year in budgets_of(held, excused=False):
        _refuse("budget-overrun", overspent(year, name=held.name, overridable=False), "budgets")


def prepared_award(award: IncentiveAward) -> dict[str, Text]:
    """Fill in where the enterprise was; say what does not fit the policy."""
    if award.enterprise_id is None or award.applied_on is None or award.policy_id is None:
        return {}  # the fields' own check says so
    award.prefecture_id, _county = place_on(award.enterprise, award.applied_on)
    if tranche_of(award) is not None:
        return {}
    tranches = PolicyTranche.objects.filter(parent=award.policy_id)
    names = [both(Topic(each.topic).label) for each in tranches]
    return {
        "topic": Text(
            f"“{award.policy.name}”不奖励该事项；可选：{'、'.join(n.zh for n in names) or '无'}。",
            f"“{award.policy.name}” does not pay for this; it pays for: "
            f"{', '.join(n.en for n in names) or 'nothing'}.",
        )
    }


def keep_award(award: IncentiveAward, *, actor: User, now: datetime.datetime) -> None:
    """What is granted is due under the policy, and covers what was paid, from its day on.

    Raises DomainError "not-eligible", "base-needed", "more-than-entitled", "overpaid" or
    "paid-before-decision".
    """
    _locked(award.policy_id)
    if award.voided_at is None and award.decision == Decision.APPROVED:
        _check_entitlement(award)
    _check_payments(award, "granted")


def _check_entitlement(award: IncentiveAward) -> None:
    tranche = tranche_of(award)
    unmet = failed(criteria_of(award, tranche))
    if unmet:
        words = Text(
            f"不能批准：{'；'.join(f'{each.title.zh}——{each.found.zh}' for each in unmet)}。",
            "It cannot be granted: "
            f"{'; '.join(f'{each.title.en} - {each.found.en}' for each in unmet)}.",
        )
        _refuse("not-eligible", words, "decision")
    due = rule_of(tranche).entitlement(award.base)
    if due is None:
        what = both(Basis(tranche.basis).label)
        words = Text(f"按“{what.zh}”奖励，请填写计算基数。", f"Paid as “{what.en}”: give the base.")
        _refuse("base-needed", words, "base")
    if award.granted > due:
        words = Text(
            f"按政策应奖励 {due} 万元，批准 {award.granted} 万元，多出 {award.granted - due} 万元；"
            "请改正批准金额或计算基数。",
            f"{due} is due under the policy and {award.granted} would be granted, "
            f"{award.granted - due} too much (10,000 yuan); mend the grant or the base.",
        )
        _refuse("more-than-entitled", words, "granted")


def _check_payments(award: IncentiveAward, field: str) -> None:
    standing = award.voided_at is None and award.decision == Decision.APPROVED
    problem = payments_problem(
        payments_of(award),
        granted=award.granted if standing else None,
        decided_on=award.decided_on if standing else None,
    )
    if problem is not None:
        code, words = problem
        dated = "paid_on" if field == "amount" else "decided_on"
        _refuse(code, words, dated if code == "paid-before-decision" else field)


def prepared_payment(payment: IncentivePayment) -> dict[str, Text]:
    """A payment is charged to the year in which it was made, unless another is given."""
    if payment.year is None and payment.paid_on is not None:
        payment.year = payment.paid_on.year
    return {}


def keep_incentive_payment(
    payment: IncentivePayment, *, actor: User, now: datetime.datetime
) -> None:
    """Payments stay within the year's budget and the grant, and follow the decision.

    Where the policy allows it a reasoned payment may exceed the budget; the journal keeps by
    how much. Raises DomainError "budget-overrun", and as ``keep_award`` does.
    """
    policy = _locked(payment.award.policy_id)
    award = IncentiveAward.objects.get(pk=payment.award_id)  # as it stands now that others wait
    if payment.voided_at is None:
        _check_budget(payment, policy, actor=actor, now=now)
    _check_payments(award, "amount")


def _check_budget(
    payment: IncentivePayment, policy: IncentivePolicy, *, actor: User, now: datetime.datetime
) -> None:
    years = {each.year: each for each in budgets_of(policy)}
    year = years.get(payment.year, YearBudget(payment.year, None))
    problem = overspent(year, name=policy.name, overridable=policy.may_exceed)
    if problem is None:
        return
    if not (policy.may_exceed and payment.beyond_budget.strip()):
        _refuse("budget-overrun", problem, "amount")
    journal.record(
        actor=actor,
        action="incentive.beyond-budget",
        target=payment,
        now=now,
        detail={
            "policy": policy.code,
            "year": payment.year,
            "amount": payment.amount,
            "beyond": -(year.left or Decimal(0)),
            "reason": payment.beyond_budget,
        },
    )
