"""Incentive policies on a day: eligibility, budgets, what was decided and paid."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.fields import MoneyField
from core.models.decisions import Decision
from core.naming import both
from core.queries.amounts import total_of
from core.queries.calendar import work_exceptions
from core.queries.validity import validity
from core.rules.budgets import YearBudget
from listings.models import (
    EventKind,
    EventReport,
    IncentiveAward,
    IncentivePayment,
    IncentivePolicy,
    PolicyBudget,
    PolicyTranche,
    StageEvent,
)
from listings.models.incentives import Topic
from listings.queries.places import place_on
from listings.rules.incentives import Claim, Criterion, Report, Terms, Tranche, criteria

NOTHING = Decimal(0)


def tranche_of(award: IncentiveAward) -> PolicyTranche | None:
    """What the policy pays for the award's event. One query."""
    return PolicyTranche.objects.filter(parent=award.policy_id, topic=award.topic).first()


def terms_of(policy: IncentivePolicy) -> Terms:
    """A policy as the rules read it."""
    return Terms(
        valid_from=policy.valid_from,
        valid_to=policy.valid_to,
        repealed_on=policy.repealed_on,
        prefecture=policy.prefecture_id,
        county=policy.county_id,
        duty=frozenset(policy.duty or ()),
        days=policy.duty_days,
    )


def rule_of(tranche: PolicyTranche) -> Tranche:
    """A tranche as the rules read it."""
    return Tranche(tranche.topic, tranche.basis, tranche.amount, tranche.percent, tranche.cap)


def criteria_of(award: IncentiveAward, tranche: PolicyTranche) -> list[Criterion]:
    """Every condition of the policy on an award, as of its application. Four queries."""
    reports = EventReport.objects.standing().filter(enterprise=award.enterprise_id)
    prefecture, county = place_on(award.enterprise, award.applied_on)
    claim = Claim(
        topic=award.topic,
        applied_on=award.applied_on,
        prefecture=prefecture,
        county=county,
        reports=[
            Report(*row) for row in reports.values_list("topic", "happened_on", "reported_on")
        ],
        stage=tranche.stage_id is not None,
        entered_on=_entered(award, tranche) if tranche.stage_id else None,
    )
    return criteria(
        terms_of(award.policy),
        claim,
        names={topic.value: both(topic.label) for topic in Topic},
        exceptions=work_exceptions(),
    )


def _entered(award: IncentiveAward, tranche: PolicyTranche) -> datetime.date | None:
    """When the enterprise first entered the tranche's batch, by the day of the application."""
    entries = StageEvent.objects.known().filter(
        enterprise=award.enterprise_id,
        kind__in=[EventKind.ENTER, EventKind.LIST],
        happened_on__lte=award.applied_on,
    )
    own = entries.filter(stage=tranche.stage_id) | entries.filter(province_stage=tranche.stage_id)
    return own.order_by("happened_on").values_list("happened_on", flat=True).first()


def payments_of(award: IncentiveAward) -> list[tuple[datetime.date, Decimal]]:
    """When and what was paid on an award, the first first. One query."""
    rows = IncentivePayment.objects.standing().filter(award=award)
    return list(rows.order_by("paid_on", "pk").values_list("paid_on", "amount"))


def budgets_of(
    policy: IncentivePolicy, *, as_of: datetime.date | None = None, excused: bool = True
) -> list[YearBudget]:
    """A policy's years with what was granted and paid in them by the day. Three queries.

    A year without a budget has none left, unless the policy keeps no budgets at all. Without
    ``excused`` payments that were let beyond the budget for a reason are left out.
    """
    day = as_of or datetime.date.max
    voted = dict(PolicyBudget.objects.filter(parent=policy).values_list("year", "amount"))
    granted: dict[int, Decimal] = {}
    awards = IncentiveAward.objects.standing().filter(
        policy=policy, decision=Decision.APPROVED, decided_on__lte=day
    )
    for decided_on, amount in awards.values_list("decided_on", "granted"):
        granted[decided_on.year] = granted.get(decided_on.year, NOTHING) + amount
    paid: dict[int, Decimal] = {}
    payments = IncentivePayment.objects.standing().filter(
        award__policy=policy, award__voided_at=None, paid_on__lte=day
    )
    if not excused:
        payments = payments.filter(beyond_budget="")
    for year, amount in payments.values_list("year", "amount"):
        paid[year] = paid.get(year, NOTHING) + amount
    return [
        YearBudget(
            year,
            voted.get(year, NOTHING if voted else None),
            granted.get(year, NOTHING),
            paid.get(year, NOTHING),
        )
        for year in sorted({*voted, *granted, *paid})
    ]


def policy_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[IncentivePolicy]:
    """Policies that ``user`` sees, for the list and the API. One query.

    Each has ``state`` (a key of VALIDITY), ``applied`` (applications), ``granted_sum`` and
    ``paid_sum`` of all time, and of the day's year ``budget_now`` (null without one) and
    ``left_now`` (万元).
    """
    day = as_of or timezone.localdate()
    awards = (
        IncentiveAward.objects.standing()
        .filter(policy=OuterRef("pk"), applied_on__lte=day)
        .order_by()
    )
    granted = awards.filter(decision=Decision.APPROVED, decided_on__lte=day)
    payments = (
        IncentivePayment.objects.standing()
        .filter(award__policy=OuterRef("pk"), award__voided_at=None, paid_on__lte=day)
        .order_by()
    )
    paid = payments.values("award__policy").annotate(total=Sum("amount")).values("total")
    now = payments.filter(year=day.year).values("award__policy")
    voted = PolicyBudget.objects.filter(parent=OuterRef("pk"), year=day.year).order_by()
    voted = voted.values("parent").annotate(total=Sum("amount")).values("total")
    number = awards.values("policy").annotate(number=Count("pk")).values("number")
    return (
        IncentivePolicy.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            state=validity(day, first="valid_from", last="valid_to", gone="repealed_on"),
            applied=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
            granted_sum=total_of(
                granted.values("policy").annotate(total=Sum("granted")).values("total")
            ),
            paid_sum=total_of(paid),
            budget_now=Subquery(voted, output_field=MoneyField()),
            paid_now=total_of(now.annotate(total=Sum("amount")).values("total")),
        )
        .annotate(
            left_now=ExpressionWrapper(F("budget_now") - F("paid_now"), output_field=MoneyField())
        )
    )


def award_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[IncentiveAward]:
    """Awards that ``user`` sees, each with ``paid_sum`` (万元) on the day. One query."""
    day = as_of or timezone.localdate()
    payments = (
        IncentivePayment.objects.standing()
        .filter(award=OuterRef("pk"), paid_on__lte=day)
        .order_by()
        .values("award")
    )
    return (
        IncentiveAward.objects.visible_to(user)
        .select_related("enterprise__prefecture", "prefecture", "policy", "file")
        .annotate(paid_sum=total_of(payments.annotate(total=Sum("amount")).values("total")))
    )
