"""Reading what coverage is computed from: territory, banks with their facts, the goal."""

import datetime
from collections import defaultdict
from dataclasses import replace

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from core.models import County, Fact, Institution, Prefecture, RuleParameter
from core.models.institutions import InstitutionKind
from core.models.territory import CountyKind
from finance.rules.coverage import CountyPlace, Coverage, PrefecturePlace, Question, Territory
from finance.rules.coverage import coverage as compute
from finance.rules.pace import Goal, Reading
from finance.rules.presence import BankFact, BankLife

YEARS, BASELINE = "coverage.years-to-goal", "coverage.baseline"


def coverage(
    *,
    question: Question,
    goal: Goal | None = None,
    known_at: datetime.datetime | None = None,
) -> Coverage:
    """Return coverage as now known, or as it was known at ``known_at``.

    Four queries, one more with ``known_at``; ``goal_of`` is one beside them.
    """
    return compute(
        territory=territory(),
        banks=bank_lives(known_at=known_at),
        question=question,
        goal=goal,
    )


def territory() -> Territory:
    """Return the prefectures in display order and every county, past ones too. Two queries."""
    prefectures = tuple(
        PrefecturePlace(each.code, each.name, each.name_en, each.region)
        for each in Prefecture.objects.all()
    )
    counties = tuple(
        CountyPlace(
            code=each.code,
            name=each.name,
            prefecture=each.prefecture.code,
            counts=each.kind != CountyKind.DISTRICT,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            successor=each.successor_code,
        )
        for each in County.objects.select_related("prefecture")
    )
    return Territory(prefectures, counties)


def bank_lives(*, known_at: datetime.datetime | None = None) -> list[BankLife]:
    """Return every village bank with its facts, oldest first. Two queries, or three.

    With ``known_at`` facts recorded or voided later are left out or put back, and names and
    seats are those of that moment as far as the history reaches.
    """
    facts = _facts(known_at)
    banks = [
        BankLife(
            id=row["pk"],
            code=row["code"],
            name=row["name"],
            prefecture=row["prefecture__code"],
            county=row["county__code"] or "",
            facts=tuple(facts[row["pk"]]),
        )
        for row in Institution.objects.filter(kind=InstitutionKind.VILLAGE_BANK)
        .order_by("code")
        .values("pk", "code", "name", "prefecture__code", "county__code")
    ]
    if known_at is None:
        return banks
    past = _as_recorded(known_at)
    return [replace(bank, **past.get(bank.id, {})) for bank in banks]


def _facts(known_at: datetime.datetime | None) -> dict[int, list[BankFact]]:
    rows = (
        Fact.objects.in_force(as_of=datetime.date.max, known_at=known_at)
        .filter(institution__kind=InstitutionKind.VILLAGE_BANK)
        .order_by("happened_on", "pk")
        .annotate(
            place=Coalesce(F("prefecture__code"), F("county__prefecture__code"), Value("")),
            county_place=Coalesce(F("county__code"), Value("")),
        )
        .values_list(
            "institution_id",
            "pk",
            "kind",
            "happened_on",
            "document_number",
            "place",
            "county_place",
            "subject",
            "reason",
        )
    )
    found: dict[int, list[BankFact]] = defaultdict(list)
    for institution, *values in rows:
        found[institution].append(BankFact(*values))
    return found


def _as_recorded(known_at: datetime.datetime) -> dict[int, dict[str, str]]:
    """Return name and seat of each village bank as the registry had them at ``known_at``."""
    rows = (
        Institution.history.filter(kind=InstitutionKind.VILLAGE_BANK, history_date__lte=known_at)
        .order_by("history_date", "history_id")
        .values("id", "name", "prefecture__code", "county__code")
    )
    return {
        row["id"]: {
            "name": row["name"],
            "prefecture": row["prefecture__code"],
            "county": row["county__code"] or "",
        }
        for row in rows
    }


def goal_of(
    *, reading: Reading, as_of: datetime.date, known_at: datetime.datetime | None = None
) -> Goal | None:
    """Return the three-year goal from the dated rules; None where the office set none.

    A baseline of 0 means that none was entered: it is then taken from the registry. With
    ``known_at`` the values are those the rules had then.
    """
    rules = RuleParameter.history.as_of(known_at) if known_at else RuleParameter.objects.all()
    found = {}
    for rule in rules.filter(code__in=[YEARS, BASELINE]).order_by("valid_from"):
        if rule.code not in found or rule.valid_from <= as_of:
            found[rule.code] = rule
    if not found and known_at:  # the rules were loaded later than the moment asked for
        return goal_of(reading=reading, as_of=as_of)
    if YEARS not in found:
        return None
    years = found[YEARS]
    baseline = int(found[BASELINE].value) if BASELINE in found else 0
    return Goal(
        start=years.valid_from,
        years=int(years.value),
        reading=reading,
        baseline=baseline or None,
        source=f"{years.source}{years.article}",
    )
