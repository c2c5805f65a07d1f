"""Months of invented loan returns, filed the way banks file: every figure from a document."""

import datetime
from dataclasses import replace

from django.db import transaction

from core.models import Institution, Period, User
from finance.operations.loans import rebuild_summaries
from reports.demo import incidents
from reports.demo.figures import Book, as_csv, make_book, month_of, totals_of
from reports.demo.filing import People, Progress, RuleBook, file_openly, keep_accepted
from reports.demo.institutions import CAST_BANK, CAST_VILLAGE_BANK, DemoBank
from reports.demo.months import Month
from returns.checking.context import Context
from returns.checking.load import load_context
from returns.forms import form as form_of
from returns.intake.examine import examine_in
from returns.models import Return
from returns.operations import close_period, open_period

FORM = "sme-loans"
OPEN_PERIODS = 2  # the newest months stay open; earlier ones are closed
# Village banks with a story of their own: in the newest month, and in the month before.
WARNED, SLIPPED, REVISED = "DEMO-VB-03", "DEMO-VB-07", "DEMO-VB-09"
NOT_YET = (CAST_BANK, CAST_VILLAGE_BANK, "DEMO-B10")  # have not filed the newest month
# What became of the newest month's returns, by position among those that filed.
NEWEST = {1: "submitted", 4: "submitted", 7: "submitted", 8: "returned"}


class DemoFiler:
    """One bank's book and how far it is; files month after month.

    ``rules`` are shared by all, since they are read once a month.
    """

    def __init__(
        self, bank: DemoBank, people: People, *, rules: RuleBook, seed: int, months: int
    ) -> None:
        self.institution, self.people, self.rules = bank.institution, people, rules
        self.book: Book = make_book(
            seed=seed,
            prefectures=bank.prefectures,
            lines_each=bank.lines_each,
            size=bank.size,
            months=months,
        )
        self.granted = self.book.balances[0] * 0
        self.december = 0
        self.context: Context | None = None

    def document(self, month: int, number: int) -> bytes:
        """The CSV of one month; ``number`` is the month of the year."""
        if number == 1:
            self.granted = self.granted * 0
            self.december = month - 1
        lines = month_of(self.book, month, self.december, self.granted)
        self.granted = lines["granted_year"]
        totals = totals_of(self.book, lines, month, self.december)
        return as_csv(form_of(FORM), self.book.keys, lines, totals)

    def accept(self, period: Period, data: bytes, at: datetime.datetime) -> Return:
        form = form_of(FORM)
        if self.context is None:
            self.context = load_context(
                form=form, institution=self.institution, period=period, now=at
            )
        context = replace(
            self.context,
            period=period.code,
            month=period.ends_on.month,
            ends_on=period.ends_on,
            rules=self.rules.on(period.ends_on, self.institution),
        )
        found = examine_in(form=form, data=data, filename="x.csv", channel="csv", context=context)
        return keep_accepted(
            self.institution, period, data=data, channel="csv", found=found,
            people=self.people, at=at,
        )  # fmt: skip


def file_loans(
    filers: list[DemoFiler],
    calendar: list[Month],
    *,
    clerk: User,
    now: datetime.datetime,
    progress: Progress,
) -> int:
    """File every month of every bank that must; return how many returns were filed."""
    lead = calendar[0].number - 1  # months of the first year before the first one filed
    filed, done, total = 0, 0, len(calendar) * len(filers)
    for place, month in enumerate(calendar):
        period = open_period(actor=clerk, form=FORM, year=month.year, number=month.number, now=now)
        duties = set(period.obligations.values_list("institution_id", flat=True))
        newest = place == len(calendar) - 1
        with transaction.atomic():
            for order, filer in enumerate(filers):
                done += 1
                data = filer.document(lead + place + 1, month.number)
                if filer.institution.pk in duties:
                    filed += _one(filer, period, data, month.filed_at, now, order, newest)
        progress(done, total)
        if place == len(calendar) - 2:
            _settle()
            _revise(filers, period, now)
        if place < len(calendar) - OPEN_PERIODS:
            close_period(actor=clerk, period=period, now=now)
    _settle()
    return filed


def _settle() -> None:
    """Bring the summaries up to all that is accepted, once for many returns."""
    accepted = Return.objects.filter(state="accepted", period__form=FORM)
    rebuild_summaries(
        accepted=list(accepted.values_list("document_id", "period_id", "institution_id"))
    )


def _revise(filers: list[DemoFiler], period: Period, now: datetime.datetime) -> None:
    """One village bank corrects the month before the newest."""
    for filer in filers:
        if filer.institution.code == REVISED:
            incidents.revise(filer.institution, period, filer.people, now)


def _one(
    filer: DemoFiler,
    period: Period,
    data: bytes,
    at: datetime.datetime,
    now: datetime.datetime,
    order: int,
    newest: bool,
) -> int:
    """File one return; in the newest month the cast and one more bank have not filed yet."""
    institution: Institution = filer.institution
    if newest and institution.code in NOT_YET:
        return 0
    if newest and institution.code in (WARNED, SLIPPED):
        warned = institution.code == WARNED
        act = incidents.file_with_warning if warned else incidents.file_with_slips
        act(institution, period, data, filer.people, now)
        return 1
    if newest and order in NEWEST:
        file_openly(institution, period, data=data, channel="csv", people=filer.people,
                    at=min(at, now), outcome=NEWEST[order])  # fmt: skip
        return 1
    late = datetime.timedelta(days=6 if order % 11 == 5 and period.number % 4 == 0 else 0)
    filer.accept(period, data, min(at + late, now))
    return 1
