"""What prefectures decided in the province's place, and on what authority."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from core.models import Delegation, Fact, User
from core.models.facts import DecidingLevel
from core.models.institutions import InstitutionKind
from core.permissions import scope_filter
from core.queries.calendar import work_exceptions
from core.rules.delegations import MATTER_OF_FACT, Decision, Power, delegation_remarks
from core.rules.remarks import Remark


def decisions_of_prefectures(*, user: User, as_of: datetime.date) -> QuerySet[Fact]:
    """What prefectures decided about microloan companies by the day, as ``user`` sees it."""
    scope = scope_filter(
        user,
        "institution.view",
        institution="institution_id",
        prefecture="institution__prefecture_id",
    )
    return (
        Fact.objects.in_force(as_of=as_of)
        .filter(
            scope,
            institution__kind=InstitutionKind.MICROLOAN_COMPANY,
            kind__in=MATTER_OF_FACT,
            level=DecidingLevel.PREFECTURE,
        )
        .select_related("institution__prefecture", "delegation__prefecture")
    )


def authority_remarks(
    *, decisions: Iterable[Fact], as_of: datetime.date
) -> Mapping[int, list[Remark]]:
    """What is wrong with the authority of each decision on the day: key of the fact → remarks.

    ``decisions`` have their institution and its prefecture at hand. Two queries.
    """
    powers = powers_of_prefectures()
    calendar = work_exceptions()
    return {
        fact.pk: delegation_remarks(decision_of(fact), powers, as_of=as_of, calendar=calendar)
        for fact in decisions
    }


def powers_of_prefectures() -> list[Power]:
    """Every delegation that stands, whenever it is valid. One query."""
    return [
        Power(
            id=each.pk,
            number=each.document_number,
            prefecture=each.prefecture.code,
            matters=tuple(each.matters),
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            capital_ceiling=each.capital_ceiling,
            needs_filing=each.needs_filing,
            filing_days=each.filing_days,
        )
        for each in Delegation.objects.standing().select_related("prefecture")
    ]


def decision_of(fact: Fact) -> Decision:
    """A fact as far as its authority is judged: by the city of its institution."""
    return Decision(
        kind=fact.kind,
        on=fact.happened_on,
        level=fact.level,
        prefecture=fact.institution.prefecture.code,
        capital=fact.capital,
        delegation=fact.delegation_id,
        filed_on=fact.filed_on,
    )
