"""What must hold whenever support, a fund, contributions or a pilot's figures change.

Each is asked after an entry was saved or voided, in the same transaction, over what then
stands; a refusal leaves nothing behind. What the sums hang on is locked first, so that two
clerks cannot each spend the last of a budget.
"""

import datetime

from django.db.models import Model

from core.errors import DomainError
from core.models import Institution, User
from core.models.decisions import Decision
from core.rules.budgets import overrun, payments_problem
from core.text import Text
from guarantees.models import (
    Contribution,
    FundEntry,
    GuaranteeFund,
    InsurancePilot,
    PilotFigure,
    SupportApplication,
    SupportPayment,
    SupportProgramme,
)
from guarantees.queries.fund import moves_of
from guarantees.queries.reguarantee import contributed
from guarantees.queries.support import budget_of, paid_on
from guarantees.rules.contributions import first_contradiction
from guarantees.rules.fund import first_overdraft
from guarantees.rules.pilots import recovered_too_early


def _locked(model: type[Model], pk: int) -> Model:
    """The row, for this transaction alone; what two clerks add below it does not deadlock."""
    return model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _refuse(code: str, problem: Text | None, field: str) -> None:
    if problem is not None:
        raise DomainError(code, problem, fields={field: problem})


def keep_within_budget(programme: SupportProgramme, *, actor: User, now: datetime.datetime) -> None:
    """A budget is never below what was granted. Raises DomainError "budget-overrun"."""
    held = _locked(SupportProgramme, programme.pk)
    _refuse("budget-overrun", overrun(budget_of(held), name=held.name), "budget")


def keep_grant(application: SupportApplication, *, actor: User, now: datetime.datetime) -> None:
    """Grants stay within the budget, and cover what was paid, from their day on.

    Raises DomainError "budget-overrun", "overpaid" or "paid-before-decision".
    """
    programme = _locked(SupportProgramme, application.programme_id)
    _refuse("budget-overrun", overrun(budget_of(programme), name=programme.name), "granted")
    _check_payments(application, "granted")


def keep_payment(payment: SupportPayment, *, actor: User, now: datetime.datetime) -> None:
    """Payments stay within the grant, and follow it. Raises as ``keep_grant`` does."""
    application = _locked(SupportApplication, payment.application_id)
    _check_payments(application, "amount")


def _check_payments(application: SupportApplication, field: str) -> None:
    standing = application.voided_at is None and application.decision == Decision.APPROVED
    problem = payments_problem(
        paid_on(application),
        granted=application.granted if standing else None,
        decided_on=application.decided_on if standing else None,
    )
    if problem is not None:
        code, words = problem
        dated = "paid_on" if field == "amount" else "decided_on"
        _refuse(code, words, dated if code == "paid-before-decision" else field)


def keep_balance(entry: FundEntry, *, actor: User, now: datetime.datetime) -> None:
    """A fund never ends a day below nothing. Raises DomainError "fund-overdrawn"."""
    fund = _locked(GuaranteeFund, entry.fund_id)
    found = first_overdraft(moves_of(FundEntry.objects.standing().filter(fund=fund)))
    if found is None:
        return
    day, balance = found
    problem = Text(
        f"{day} 日终“{fund.name}”余额将为 {balance} 万元；运用不能超过已到位的来源，"
        "请核对金额与日期。",
        f"“{fund.name}” would end {day} with {balance} (10,000 yuan); uses cannot exceed the "
        "sources paid in. Check amount and date.",
    )
    _refuse("fund-overdrawn", problem, "paid")


def keep_holdings(entry: Contribution, *, actor: User, now: datetime.datetime) -> None:
    """Nobody holds less than nothing, or paid in beyond the subscription, on any day.

    Raises DomainError "contributions-contradict".
    """
    company = _locked(Institution, entry.institution_id)
    entries = Contribution.objects.standing().filter(institution=company)
    _refuse("contributions-contradict", first_contradiction(contributed(entries)), "paid_in")


def keep_recoveries(figure: PilotFigure, *, actor: User, now: datetime.datetime) -> None:
    """A pilot never recovers more than it paid. Raises DomainError "recovered-too-much"."""
    pilot = _locked(InsurancePilot, figure.pilot_id)
    rows = PilotFigure.objects.standing().filter(pilot=pilot).order_by("period_end")
    periods = list(rows.values_list("period_end", "paid", "recovered"))
    _refuse("recovered-too-much", recovered_too_early(periods), "recovered")
