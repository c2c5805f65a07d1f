"""Making the whole demonstration."""

import datetime
from random import Random

import numpy as np
from django.db import transaction
from django.utils import timezone

from core.models import Institution, User
from listings.models import Enterprise, EnterpriseChange
from reports.demo.agencies import AGENCIES, CAST_AGENCY
from reports.demo.enterprises import make_enterprises
from reports.demo.filing import Progress, RuleBook
from reports.demo.green_channel import make_green_channel
from reports.demo.incentives import make_incentives
from reports.demo.institutions import DemoBank, bank_facts, make_banks, make_village_banks
from reports.demo.item_filing import ItemFiler, ItemSeries, begins, file_items
from reports.demo.item_incidents import not_yet, returned, returned_once, slips, submitted
from reports.demo.item_stories import Bounds, tell_agency, tell_company
from reports.demo.keeping import Desk, Firm
from reports.demo.loan_filing import DemoFiler, file_loans
from reports.demo.microloan_companies import CAST_COMPANY
from reports.demo.months import Month, last_months
from reports.demo.notes import make_notes
from reports.demo.other_finance import make_other_finance
from reports.demo.people import PASSWORD, clerk_of_the_province, make_cast, people_of
from reports.demo.plan import make_plan
from reports.demo.registries import Registries, make_registries
from reports.demo.telling import tell
from reports.operations.publishing import publish

__all__ = ["PASSWORD", "seed"]
ENTERPRISES = 150  # in the library of those on their way to a listing
ITEM_MONTHS = 14  # a year, and the two months that are still open
# Who does not simply file: periods back from the newest, institution.
COMPANY_STORIES = {
    (0, CAST_COMPANY): not_yet, (0, "DEMO-MC-20"): not_yet, (0, "DEMO-MC-04"): submitted,
    (0, "DEMO-MC-10"): submitted, (0, "DEMO-MC-15"): submitted, (0, "DEMO-MC-08"): returned,
    (0, "DEMO-MC-22"): slips, (0, "DEMO-MC-34"): submitted, (1, "DEMO-MC-12"): returned_once,
}  # fmt: skip
AGENCY_STORIES = {
    (0, CAST_AGENCY): not_yet, (0, "DEMO-GA-17"): not_yet, (0, "DEMO-GA-05"): submitted,
    (0, "DEMO-GA-10"): submitted, (0, "DEMO-GA-08"): returned, (0, "DEMO-GA-21"): slips,
    (1, "DEMO-GA-14"): returned_once,
}  # fmt: skip
HALF_YEAR_STORIES = {
    (0, "DEMO-GA-18"): not_yet, (0, "DEMO-GA-09"): submitted, (0, "DEMO-GA-16"): returned,
}  # fmt: skip


def seed(*, seed: int, banks: int, months: int, now: datetime.datetime, progress: Progress) -> str:
    """Make institutions, people and ``months`` months of returns; return a line about it.

    Nothing is done if there are demo institutions already.
    """
    if Institution.objects.filter(code__startswith="DEMO-").exists():
        return "The demo data is there already; nothing was changed."
    with transaction.atomic():
        clerk = clerk_of_the_province()
        desk = Desk(clerk, now, seed, since=now - datetime.timedelta(days=31 * (months + 2)))
        found = _make_banks(desk, banks)
        registries = make_registries(desk)
        make_cast()
        _make_listings(desk)
        make_plan(desk)
    today = timezone.localdate(now)
    calendar = last_months(months, today)
    rules = RuleBook()
    filers = [
        DemoFiler(
            bank,
            people_of(bank.institution, clerk),
            rules=rules,
            seed=seed + place,
            months=months + 12,
        )
        for place, bank in enumerate(found)
    ]
    loans = file_loans(filers, calendar, clerk=clerk, now=now, progress=progress)
    items = _file_items(
        registries, calendar[-ITEM_MONTHS:], seed=seed, clerk=clerk, now=now, progress=progress
    )
    for as_of in ("2012-06-30", "2015-04-28"):
        publish(code="coverage", asked={"as_of": as_of}, actor=clerk, now=now)
    tell(now)
    number = len(filers) + sum(each.is_open for each in _firms(registries))
    return f"{number} institutions filed {loans + items} returns over {months} months."


def _firms(registries: Registries) -> list[Firm]:
    return [*registries.companies, *registries.agencies]


def _make_banks(desk: Desk, number: int) -> list[DemoBank]:
    """Make banks and village banks with their facts; return those that file."""
    rng = np.random.default_rng(desk.seed)
    found = make_banks(number=number, rng=rng)
    facts = [fact for bank in found for fact in bank_facts(bank)]
    village, more = make_village_banks(number=26, rng=rng, now=desk.now)
    desk.keep_facts([*facts, *more])
    return [*found, *village]


def _make_listings(desk: Desk) -> None:
    """Make enterprises in all batches, then what is done for them."""
    make_enterprises(number=ENTERPRISES, rng=Random(desk.seed), now=desk.now)
    for make in (make_green_channel, make_incentives, make_notes, make_other_finance):
        make(actor=desk.actor, now=desk.now)
    first = Enterprise.objects.order_by("code").first()
    desk.act(EnterpriseChange(enterprise=first, happened_on=desk.ago(90), new_board="sme"))


def _file_items(
    registries: Registries,
    calendar: list[Month],
    *,
    seed: int,
    clerk: User,
    now: datetime.datetime,
    progress: Progress,
) -> int:
    """File the forms of microloan companies and of guarantee agencies."""
    bounds = Bounds.on(calendar[-1].ends_on)
    states = {f"DEMO-GA-{place:02d}": row[3] for place, row in enumerate(AGENCIES, start=1)}

    def filer(firm: Firm, place: int) -> ItemFiler:
        code = firm.institution.code
        told = (
            tell_agency(firm, seed=seed + place, state=states[code])
            if code in states
            else tell_company(firm, seed=seed + place, bounds=bounds)
        )
        people = people_of(firm.institution, clerk)
        return ItemFiler(firm, told, people, begins(firm, calendar[0]))

    with transaction.atomic():
        companies, agencies = (
            [filer(firm, place) for place, firm in enumerate(firms) if firm.opened]
            for firms in (registries.companies, registries.agencies)
        )
    series = {
        code: ItemSeries(code, stories, clerk, now)
        for code, stories in (
            ("microloan", COMPANY_STORIES),
            ("guarantee", AGENCY_STORIES),
            ("guarantee-half-year", HALF_YEAR_STORIES),
        )
    }
    filed = file_items(companies, calendar, monthly=series["microloan"], progress=progress)
    return filed + file_items(
        agencies, calendar, monthly=series["guarantee"],
        half_yearly=series["guarantee-half-year"], progress=progress,
    )  # fmt: skip
