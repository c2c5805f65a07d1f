"""Fiscal support on a day: what was asked for, granted and paid, and whether it is due."""

import datetime
from dataclasses import dataclass
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
from core.models import Prefecture
from core.models.decisions import Decision
from core.queries.amounts import total_of
from core.queries.expiries import standing
from core.queries.limits import limits_of, near_of
from core.queries.rules import rules_on
from core.queries.validity import validity
from core.rules.budgets import Budget
from guarantees.models import SupportApplication, SupportPayment, SupportProgramme
from guarantees.models.support import EligibilityTest
from guarantees.rules import subsidy
from guarantees.rules.subsidy import Applicant, Eligibility, eligibility

BENCHMARK = "pboc.loan-rate-1y"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class SupportSums:
    """Applications and their money (万元) up to a day."""

    applications: int = 0
    approved: int = 0
    requested: Decimal = NOTHING
    granted: Decimal = NOTHING
    paid: Decimal = NOTHING

    def plus(self, other: "SupportSums") -> "SupportSums":
        return SupportSums(
            self.applications + other.applications,
            self.approved + other.approved,
            self.requested + other.requested,
            self.granted + other.granted,
            self.paid + other.paid,
        )


@dataclass(frozen=True, slots=True)
class SupportTotals:
    """Totals by programme (in the order of their validity) and by prefecture of the agency."""

    by_programme: tuple[tuple[SupportProgramme, SupportSums], ...]
    by_prefecture: tuple[tuple[Prefecture, SupportSums], ...]

    @property
    def whole(self) -> SupportSums:
        found = SupportSums()
        for _programme, sums in self.by_programme:
            found = found.plus(sums)
        return found


def support_totals(
    *,
    as_of: datetime.date,
    known_at: datetime.datetime | None = None,
    year: int | None = None,
) -> SupportTotals:
    """What was asked for, granted and paid up to ``as_of``. Three queries.

    ``year`` narrows to one business year. With ``known_at`` entries are those known then.
    """
    programmes = {
        each.pk: each for each in standing(SupportProgramme, known_at).filter(valid_from__lte=as_of)
    }
    applications = standing(SupportApplication, known_at).filter(applied_on__lte=as_of)
    if year is not None:
        applications = applications.filter(year=year)
    paid: dict[int, Decimal] = {}
    for each in standing(SupportPayment, known_at).filter(paid_on__lte=as_of):
        paid[each.application_id] = paid.get(each.application_id, NOTHING) + each.amount
    of_programme: dict[int, SupportSums] = dict.fromkeys(programmes, SupportSums())
    of_prefecture: dict[int, SupportSums] = {}
    places: dict[int, Prefecture] = {}
    for each in applications.select_related("institution__prefecture"):
        if each.programme_id not in programmes:
            continue
        place = each.institution.prefecture
        places[place.pk] = place
        sums = sums_of(each, paid.get(each.pk, NOTHING), as_of)
        of_programme[each.programme_id] = of_programme[each.programme_id].plus(sums)
        of_prefecture[place.pk] = of_prefecture.get(place.pk, SupportSums()).plus(sums)
    in_order = sorted(programmes.values(), key=lambda each: (each.valid_from, each.code))
    return SupportTotals(
        tuple((each, of_programme[each.pk]) for each in in_order),
        tuple(
            (place, of_prefecture[place.pk])
            for place in sorted(places.values(), key=lambda each: each.display_order)
        ),
    )


def sums_of(application: SupportApplication, paid: Decimal, as_of: datetime.date) -> SupportSums:
    """One application's part of a total; a decision counts from its day."""
    decided = application.decided_on is not None and application.decided_on <= as_of
    approved = decided and application.decision == Decision.APPROVED
    return SupportSums(
        applications=1,
        approved=int(approved),
        requested=application.requested or NOTHING,
        granted=application.granted if approved else NOTHING,
        paid=paid,
    )


def budget_of(programme: SupportProgramme, *, as_of: datetime.date | None = None) -> Budget:
    """A programme's budget and what of it was granted and paid; of all time by default."""
    day = as_of or datetime.date.max
    granted = SupportApplication.objects.standing().filter(
        programme=programme, decision=Decision.APPROVED, decided_on__lte=day
    )
    paid = SupportPayment.objects.standing().filter(
        application__programme=programme, application__voided_at=None, paid_on__lte=day
    )
    return Budget(
        programme.budget,
        sum(granted.values_list("granted", flat=True), NOTHING),
        sum(paid.values_list("amount", flat=True), NOTHING),
    )


def paid_on(application: SupportApplication) -> list[tuple[datetime.date, Decimal]]:
    """When and what was paid on an application, the first first. One query."""
    rows = SupportPayment.objects.standing().filter(application=application)
    return list(rows.order_by("paid_on", "pk").values_list("paid_on", "amount"))


def eligibility_of(application: SupportApplication) -> Eligibility | None:
    """The programme's test on the application's figures; None where it has none. Two queries.

    The limits are those of the day of the application; the benchmark rate is that of the end
    of the business year, or of that day if the year was not over.
    """
    if application.programme.test != EligibilityTest.SUBSIDY_2012:
        return None
    rules = rules_on(application.applied_on)
    limits = limits_of(rules, subsidy.ALL)
    year_end = datetime.date(application.year, 12, 31)
    benchmark = rules_on(min(year_end, application.applied_on)).get(BENCHMARK)
    applicant = Applicant(
        applied_on=application.applied_on,
        licensed_on=application.licensed_on,
        new_business=application.new_business,
        new_sme_business=application.new_sme_business,
        opening_net_assets=application.opening_net_assets,
        closing_net_assets=application.closing_net_assets,
        compensated=application.compensated,
        released=application.released,
        premium_rate=application.premium_rate,
        benchmark=benchmark.value if benchmark else None,
    )
    return eligibility(applicant, limits=limits, near=near_of(rules))


def programme_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[SupportProgramme]:
    """Programmes that ``user`` sees, for the list and the API. One query.

    Each has ``state`` (a key of VALIDITY), ``applied`` (applications), ``granted_sum``,
    ``paid_sum`` and ``budget_left`` (万元; null without a budget).
    """
    day = as_of or timezone.localdate()
    applications = (
        SupportApplication.objects.standing()
        .filter(programme=OuterRef("pk"), applied_on__lte=day)
        .order_by()
    )
    granted = applications.filter(decision=Decision.APPROVED, decided_on__lte=day)
    payments = (
        SupportPayment.objects.standing()
        .filter(
            application__programme=OuterRef("pk"), application__voided_at=None, paid_on__lte=day
        )
        .order_by()
        .values("application__programme")
    )
    number = applications.values("programme").annotate(number=Count("pk")).values("number")
    return (
        SupportProgramme.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(
            state=validity(day, first="valid_from", last="valid_to"),
            applied=Coalesce(Subquery(number), Value(0), output_field=IntegerField()),
            granted_sum=total_of(
                granted.values("programme").annotate(total=Sum("granted")).values("total")
            ),
            paid_sum=total_of(payments.annotate(total=Sum("amount")).values("total")),
        )
        .annotate(
            budget_left=ExpressionWrapper(F("budget") - F("granted_sum"), output_field=MoneyField())
        )
    )


def application_rows(
    *, user: Any, as_of: datetime.date | None = None
) -> QuerySet[SupportApplication]:
    """Applications that ``user`` sees, each with ``paid_sum`` (万元) on the day. One query."""
    day = as_of or timezone.localdate()
    payments = (
        SupportPayment.objects.standing()
        .filter(application=OuterRef("pk"), paid_on__lte=day)
        .order_by()
        .values("application")
    )
    return (
        SupportApplication.objects.visible_to(user)
        .select_related("institution__prefecture", "programme", "file")
        .annotate(paid_sum=total_of(payments.annotate(total=Sum("amount")).values("total")))
    )
