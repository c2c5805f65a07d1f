"""What the registries know on a day, read once for all targets that are computed from them."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from core.models import Delegation, Institution
from core.queries.expiries import standing
from finance.queries.coverage import coverage
from finance.queries.founders import sponsors_in_underdeveloped
from finance.queries.services import services_on
from finance.rules.coverage import Question
from finance.rules.services import Services
from guarantees.models import CooperationAgreement
from guarantees.queries.credit_information import platform_participants_on
from guarantees.queries.fund import fund_balance_on
from guarantees.queries.pilots import pilots_on
from guarantees.queries.ratings import ratings_on
from guarantees.queries.reguarantee import reguarantee_on
from guarantees.rules.ratings import RatingState
from listings.models import IncentivePolicy, StageSpan
from listings.queries.green_channel import cases_on
from listings.queries.notes import notes_on
from listings.queries.other_finance import deals_on
from listings.rules.clock import CaseState
from plan.models import Milestone, PlanEvent

SUMMARIES = ("S06", "S11")  # the half year's and the year's
OPEN = "opened"
VALID_RATINGS = (RatingState.CURRENT, RatingState.EXPIRING)
PROVINCE = ""  # where what belongs to no prefecture is counted
Counted = Counter[str]  # how many, by prefecture code


@dataclass(frozen=True)
class Registries:
    """The registries as they stood at the end of ``as_of``, as known at ``known_at``.

    What is counted over time counts from ``since``. Each property is read when first asked.
    """

    as_of: datetime.date
    since: datetime.date
    known_at: datetime.datetime | None = None

    @cached_property
    def services(self) -> Services:
        return services_on(as_of=self.as_of, since=self.since, known_at=self.known_at)

    @cached_property
    def events(self) -> list[PlanEvent]:
        """The plan's events held from ``since`` to ``as_of``, oldest first. One query."""
        rows = standing(PlanEvent, self.known_at).filter(
            held_on__gte=self.since, held_on__lte=self.as_of
        )
        return list(rows.select_related("place", "county").order_by("held_on", "pk"))

    def village_banks(self) -> Counted:
        """Prefectures in which a village bank is open (finance.rules.coverage)."""
        question = Question(self.as_of, divisions_on=self.as_of)
        found = coverage(question=question, known_at=self.known_at)
        return Counter(each.code for each in found.prefectures if each.covered)

    def collective_notes(self) -> Counted:
        """Tranches issued from ``since`` on."""
        found = notes_on(as_of=self.as_of, known_at=self.known_at, judge=False)
        return Counter(
            each.note.prefecture.code if each.note.prefecture else PROVINCE
            for each in found
            if each.issued_on and self.since <= each.issued_on
        )

    def service_points(self) -> Counted:
        return Counter(each.prefecture for each in self.services.points)

    def platforms(self) -> Counted:
        return Counter(each.prefecture for each in self.services.platforms)

    def financing_events(self) -> Counted:
        return Counter(each.prefecture for each in self.services.events)

    def delegations(self) -> Counted:
        """Prefectures with a delegation in force."""
        rows = self._in_force(standing(Delegation, self.known_at), "valid_from", "valid_to")
        return Counter(set(rows.values_list("prefecture__code", flat=True)))

    def underdeveloped_microloan(self) -> Counted:
        found = sponsors_in_underdeveloped(as_of=self.as_of, known_at=self.known_at)
        return Counter(each.prefecture for each in found.companies)

    def securities_services(self) -> Counted:
        return self._deals(wanted=True)

    def other_finance(self) -> Counted:
        return self._deals(wanted=False)

    @cached_property
    def deals(self) -> list[Any]:
        return deals_on(as_of=self.as_of, known_at=self.known_at)

    def _deals(self, *, wanted: bool) -> Counted:
        return Counter(
            each.prefecture
            for each in self.deals
            if each.on >= self.since and (each.kind == "securities") == wanted
        )

    def insurance_pilots(self) -> Counted:
        return Counter(
            each.pilot.prefecture.code if each.pilot.prefecture else PROVINCE
            for each in pilots_on(as_of=self.as_of, known_at=self.known_at)
            if each.running
        )

    def pipeline(self) -> Counted:
        """Enterprises that stand in a batch on the day."""
        rows = StageSpan.objects.on(self.as_of, self.known_at)
        return Counter(rows.values_list("prefecture__code", flat=True))

    def green_channel(self) -> Counted:
        """Cases closed from ``since`` on."""
        return Counter(
            each.prefecture
            for each in cases_on(as_of=self.as_of, known_at=self.known_at)
            if each.clock.state is CaseState.CLOSED and each.closed_on >= self.since
        )

    def incentive_policies(self) -> Counted:
        """Prefectures with a policy of their own in force."""
        rows = standing(IncentivePolicy, self.known_at).filter(
            Q(repealed_on=None) | Q(repealed_on__gt=self.as_of), prefecture__isnull=False
        )
        rows = self._in_force(rows, "valid_from", "valid_to")
        return Counter(set(rows.values_list("prefecture__code", flat=True)))

    def shared_agreements(self) -> Counted:
        """Agreements of a bank and an agency under a loss-sharing scheme, in force."""
        rows = standing(CooperationAgreement, self.known_at).filter(
            Q(ended_on=None) | Q(ended_on__gt=self.as_of), scheme__isnull=False
        )
        rows = self._in_force(rows, "signed_on", "valid_until")
        return Counter(rows.values_list("institution__prefecture__code", flat=True))

    def reguarantee(self) -> Counted:
        found = reguarantee_on(as_of=self.as_of, known_at=self.known_at)
        return Counter(each.prefecture.code for each in found if each.state == OPEN)

    def rated_agencies(self) -> Counted:
        found = ratings_on(as_of=self.as_of, known_at=self.known_at)
        valid = [key for key, each in found.items() if each.state in VALID_RATINGS]
        rows = Institution.objects.filter(pk__in=valid)
        return Counter(rows.values_list("prefecture__code", flat=True))

    def guarantee_funds(self) -> Counted:
        return Counter(
            each.prefecture.code if each.prefecture else PROVINCE
            for each in fund_balance_on(as_of=self.as_of, known_at=self.known_at)
            if each.founded
        )

    def credit_platform(self) -> Counted:
        found = platform_participants_on(as_of=self.as_of, known_at=self.known_at)
        return Counter({PROVINCE: sum(found.values())})

    def events_of(self, *kinds: str) -> Counted:
        """Events of these kinds, by where they were held."""
        return Counter(_place(each) for each in self.events if each.kind in kinds)

    def cities_toured(self) -> Counted:
        """Prefectures in which the tour stopped."""
        return Counter({_place(each) for each in self.events if each.kind == "tour_city"} - {""})

    def places_with_an_event(self) -> Counted:
        """Prefectures and counties that held at least one service event of their own.

        An event of a county counts for the county, one without a county for its prefecture.
        """
        held = {(_place(each), _county(each)) for each in self.events if each.kind == "local"}
        return Counter(place for place, _county_code in held if place)

    def summaries_sent(self) -> Counted:
        """Milestones of summing up for the provincial leadership that were done."""
        rows = standing(Milestone, self.known_at).filter(
            key__in=SUMMARIES, done_on__gte=self.since, done_on__lte=self.as_of
        )
        return Counter({PROVINCE: rows.count()})

    def _in_force(self, rows: Any, first: str, last: str) -> Any:
        ended = Q(**{last: None}) | Q(**{f"{last}__gte": self.as_of})
        return rows.filter(ended, **{f"{first}__lte": self.as_of})


def _place(event: PlanEvent) -> str:
    return event.place.code if event.place else PROVINCE


def _county(event: PlanEvent) -> str:
    return event.county.code if event.county else ""


def total(counted: Counted, prefectures: Iterable[str] | None = None) -> int:
    """How many in all, or in some prefectures."""
    if prefectures is None:
        return sum(counted.values())
    return sum(counted[code] for code in prefectures)
