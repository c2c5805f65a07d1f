"""What is odd about microloan companies on a day, each remark with its rule."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet

from core.models import Fact, Licence
from core.models.facts import DecidingLevel
from core.models.supervision import LicenceKind
from core.queries.delegations import authority_remarks
from core.queries.rules import remark_rules
from core.rules.delegations import MATTER_OF_FACT
from core.rules.remarks import Remark
from finance.models import MicroloanCompany
from finance.queries.holders import holdings_by_company
from finance.rules.microloan_companies import CompanyFacts, company_remarks

LICENCES = (LicenceKind.OPERATING, LicenceKind.BUSINESS)


def remarks_on(
    companies: QuerySet[MicroloanCompany], as_of: datetime.date
) -> Mapping[int, Sequence[Remark]]:
    """What is odd about each of ``companies`` (from ``microloan_companies_on``).

    Seven queries, however many companies: they, their holdings and licences, the rules, what
    prefectures decided, delegations and the calendar.
    """
    rows = list(companies)
    keys = [each.pk for each in rows]
    holdings = holdings_by_company(institutions=keys, as_of=as_of)
    licensed = _licensed(keys, as_of)
    rules = remark_rules("microloan.")
    authority = _authority(keys, as_of)
    found: dict[int, Sequence[Remark]] = {}
    for row in rows:
        facts = CompanyFacts(
            name=row.institution.name,
            legal_form=row.legal_form,
            prefecture=row.institution.prefecture.code,
            county=row.county_then_name,
            underdeveloped=row.underdeveloped,
            state=row.state,
            capital=row.capital_now,
            approved_on=row.approved_on,
            opened_on=row.opened_on,
            licence_until=row.licence_until,
            has_licence=row.pk in licensed,
            converted=row.converted_into_id is not None,
            holdings=holdings.get(row.pk, ()),
        )
        judged = company_remarks(facts, rules=rules, as_of=as_of)
        found[row.pk] = [*authority.get(row.pk, ()), *judged]
    return found


def decisions_of(keys: Collection[int], as_of: datetime.date) -> QuerySet[Fact]:
    """What prefectures decided about these companies by the day, oldest first. One query."""
    decided = Fact.objects.in_force(as_of=as_of).filter(
        institution__in=keys, kind__in=MATTER_OF_FACT, level=DecidingLevel.PREFECTURE
    )
    return decided.select_related("institution__prefecture", "delegation").order_by(
        "happened_on", "pk"
    )


def _authority(keys: Collection[int], as_of: datetime.date) -> dict[int, list[Remark]]:
    decisions = list(decisions_of(keys, as_of))
    remarks = authority_remarks(decisions=decisions, as_of=as_of)
    found: dict[int, list[Remark]] = defaultdict(list)
    for fact in decisions:
        found[fact.institution_id] += remarks[fact.pk]
    return found


def _licensed(keys: Collection[int], as_of: datetime.date) -> set[int]:
    """Companies with a licence that was issued by the day and not ended before it."""
    held = Licence.objects.standing().filter(
        Q(ended_on=None) | Q(ended_on__gt=as_of),
        institution__in=keys,
        kind__in=LICENCES,
        issued_on__lte=as_of,
    )
    return set(held.values_list("institution_id", flat=True))
