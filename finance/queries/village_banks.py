"""Village banks as they stood on a date: stage, sponsor, stake, capital, what holds them up."""

import datetime
from collections import defaultdict

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from core.models import Fact, User
from core.queries.rules import rule_versions
from finance.models import VillageBank
from finance.rules.pipeline import RANK
from finance.rules.village_banks import KEPT_BY_LAPSE, STANDING, Remark, Rule, remarks

LONG_AGO = datetime.date(1900, 1, 1)


def village_banks_on(*, user: User, as_of: datetime.date) -> QuerySet[VillageBank]:
    """Village banks that ``user`` sees, with ``stage``, ``opened_on``, ``blocked``,
    ``capital_now``, ``stake_now`` and ``sponsor`` as of the day. One query.
    """
    facts = Fact.objects.in_force(as_of=as_of).filter(institution=OuterRef("pk"))

    def last(column: str, **conditions: object) -> Subquery:
        rows = facts.filter(**conditions).order_by("-happened_on", "-pk")
        return Subquery(rows.values(column)[:1])

    ended = last("happened_on", kind="abandoned")
    lapsed = last("happened_on", kind="preparation_lapsed")
    held = last("kind", kind__in=("blocked", "unblocked"))
    rows = VillageBank.objects.visible_to(user).select_related(
        "institution__prefecture", "institution__county", "main_sponsor"
    )
    rows = rows.annotate(
        standing=last("kind", kind__in=STANDING),
        ended_on=Coalesce(ended, Value(LONG_AGO), output_field=DateField()),
        lapsed_on=Coalesce(lapsed, Value(LONG_AGO), output_field=DateField()),
        opened_on=Subquery(
            facts.filter(kind="opened").order_by("happened_on", "pk").values("happened_on")[:1]
        ),
        held=held,
        held_reason=last("reason", kind="blocked"),
        capital_now=Coalesce(last("capital", capital__isnull=False), F("capital")),
        stake_now=Coalesce(last("stake", stake__isnull=False), F("sponsor_stake")),
        sponsor=Coalesce("main_sponsor__name", "main_sponsor_name"),
    ).annotate(rank=_rank(facts))
    return rows.annotate(
        stage=_stage(),
        blocked=Case(
            When(Q(held="blocked") & Q(standing=None), then=F("held_reason")),
            default=Value(""),
            output_field=CharField(),
        ),
    )


def _rank(facts: QuerySet[Fact]) -> Subquery:
    """How far the bank came on its way, after what was given up or lapsed."""
    way = facts.filter(kind__in=RANK, happened_on__gt=OuterRef("ended_on")).filter(
        Q(kind__in=KEPT_BY_LAPSE) | Q(happened_on__gt=OuterRef("lapsed_on"))
    )
    place = Case(
        *(When(kind=kind, then=Value(rank)) for kind, rank in RANK.items()),
        output_field=IntegerField(),
    )
    return Subquery(
        way.order_by().values("institution").annotate(rank=Max(place)).values("rank")[:1]
    )


def _stage() -> Case:
    return Case(
        When(standing="resumed", then=Value("opened")),
        When(standing__isnull=False, then=F("standing")),
        *(When(rank=rank, then=Value(kind)) for kind, rank in RANK.items()),
        When(ended_on__gt=LONG_AGO, then=Value("abandoned")),
        default=Value("none"),
        output_field=CharField(),
    )


def remarks_on(*, banks: QuerySet[VillageBank], as_of: datetime.date) -> dict[int, list[Remark]]:
    """What is odd about each of ``banks`` (from ``village_banks_on``). Three queries."""
    rules = {
        code: [
            Rule(each.value, each.source, each.certainty != "L", each.valid_from, each.valid_to)
            for each in versions
        ]
        for code, versions in rule_versions("village-bank.").items()
    }
    rows = list(banks)
    facts: dict[int, list[Fact]] = defaultdict(list)
    in_force = Fact.objects.in_force(as_of=as_of)
    for fact in in_force.filter(institution__in=[row.pk for row in rows]):
        facts[fact.institution_id].append(fact)
    return {
        row.pk: remarks(
            name=row.institution.name,
            facts=facts[row.pk],
            capital=row.capital_now,
            capital_level=row.capital_level,
            stake=row.stake_now,
            rules=rules,
            as_of=as_of,
        )
        for row in rows
    }
