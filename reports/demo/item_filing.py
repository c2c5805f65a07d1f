"""Months of invented returns of item forms: microloan companies and guarantee agencies."""

import datetime
import json
from dataclasses import dataclass, field

from django.db import transaction

from core.models import Institution, Period, User
from reports.demo.filing import People, Progress, RuleBook, keep_accepted
from reports.demo.item_incidents import Stories
from reports.demo.item_stories import Told
from reports.demo.keeping import Firm
from reports.demo.months import Month
from returns.checking.context import Context, Prior, PriorTable
from returns.checking.load import code_names
from returns.forms import form as form_of
from returns.forms.storing import storing
from returns.intake.examine import Examination, examine_in
from returns.models import Return
from returns.operations import close_period, open_period

OPEN_PERIODS = 2  # the newest months stay open; earlier ones are closed
WARMED_UP = 18  # months that a book runs before the first one filed
Tables = dict[str, list[dict[str, object]]]


@dataclass
class ItemFiler:
    """One institution, its book, and since when that runs."""

    firm: Firm
    told: Told
    people: People
    begins: Month

    @property
    def institution(self) -> Institution:
        return self.firm.institution

    def month(self, month: Month, way: float) -> Tables:
        """The tables of the next month; ``way`` goes from 0 at the first filed to 1."""
        book = self.told.book
        for name, (start, end) in self.told.moves.items():
            setattr(book, name, start + (end - start) * way)
        if self.firm.raised:
            day, before = self.firm.raised
            book.capital = self.firm.capital if month.ends_on >= day else before
        return book.month(month.number)


@dataclass
class ItemSeries:
    """A form, filed period after period; ``stories`` say who does not simply file it."""

    code: str
    stories: Stories
    clerk: User
    now: datetime.datetime
    filed: int = 0
    last: dict[int, Examination] = field(default_factory=dict)  # by institution: just before
    rules: RuleBook = field(default_factory=RuleBook)

    def __post_init__(self) -> None:
        self.form = form_of(self.code)
        self.names = code_names(self.form)
        self.codes = {name: tuple(words) for name, words in self.names.items()}

    def open(self, year: int, number: int) -> Period:
        return open_period(actor=self.clerk, form=self.code, year=year, number=number, now=self.now)

    def file(self, filer: ItemFiler, period: Period, tables: Tables, *, age: int) -> None:
        """File one return; ``age`` counts the periods back from the newest, which is 0."""
        who = filer.institution
        at = min(_filed_at(period, who), self.now)
        data = payload(self, who, period, tables)
        found = self.examine(who, period, data)
        story = self.stories.get((age, who.code))
        if story is None:
            keep_accepted(
                who, period, data=data, channel="api", found=found, people=filer.people, at=at
            )
            accepted = True
        else:
            record = story(who, period, data, filer.people, at)
            accepted = record is not None and record.state == "accepted"
        self.filed += story is None or record is not None
        self.last.pop(who.pk, None)
        if accepted:
            self.last[who.pk] = found

    def examine(self, who: Institution, period: Period, data: bytes) -> Examination:
        """Read and check with the period before at hand, without asking the database."""
        home = who.prefecture.code
        context = Context(
            form=self.code,
            institution=who.code,
            institution_name=who.name,
            institution_kind=who.kind,
            period=period.code,
            month=period.ends_on.month,
            ends_on=period.ends_on,
            codes=self.codes,
            names=self.names,
            rules=self.rules.on(period.ends_on, who),
            prior=Prior(self._before(who), previous_in_same_year=period.starts_on.month != 1),
            home_prefecture=home,
            active_prefectures=frozenset({home}),
        )
        return examine_in(
            form=self.form, data=data, filename="x.json", channel="api", context=context
        )

    def _before(self, who: Institution) -> dict[str, PriorTable] | None:
        found = self.last.get(who.pk)
        if found is None:
            return None
        return {name: PriorTable(data.keys, data.columns) for name, data in found.tables.items()}

    def settle(self) -> None:
        """Bring the summaries up to all that is accepted, once for many returns."""
        accepted = Return.objects.filter(state="accepted", period__form=self.code)
        rows = accepted.values_list("document_id", "period_id", "institution_id")
        storing(self.code).rebuild(list(rows), False)


def _filed_at(period: Period, who: Institution) -> datetime.datetime:
    """The first days after the period; now and then somebody is late."""
    at = Month(period.ends_on.year, period.ends_on.month).filed_at
    late = (int(who.code[-2:]) + period.number) % 17 == 3
    return at + datetime.timedelta(days=9 if late else 0)


def payload(series: ItemSeries, who: Institution, period: Period, tables: Tables) -> bytes:
    """The return as a machine would send it."""
    body = {
        "form": series.code,
        "version": series.form.version,
        "institution": who.code,
        "period": period.code,
        "tables": tables,
    }
    return json.dumps(body, ensure_ascii=False).encode()


def begins(firm: Firm, first: Month) -> Month:
    """The first month of a book: the opening, or long enough before the first one filed."""
    warm = first.before(WARMED_UP)
    return max(warm, Month(firm.opened.year, firm.opened.month)) if firm.opened else warm


def file_items(
    filers: list[ItemFiler],
    calendar: list[Month],
    *,
    monthly: ItemSeries,
    half_yearly: ItemSeries | None = None,
    progress: Progress,
) -> int:
    """File every month, and every half-year that ended among them; return how many returns."""
    for month in (calendar[0].before(back) for back in range(WARMED_UP, 0, -1)):
        for filer in filers:
            if filer.begins <= month:
                filer.month(month, 0.0)
    ends = [each for each in calendar if half_yearly and each.number in (6, 12)]
    for place, month in enumerate(calendar):
        way = place / max(1, len(calendar) - 1)
        tables = _one_month(filers, month, way, monthly, age=len(calendar) - 1 - place)
        if month in ends:
            age = len(ends) - 1 - ends.index(month)
            _one_half(filers, month, half_yearly, due=tables, age=age)
        progress(place + 1, len(calendar))
    for series in (monthly, half_yearly):
        if series is not None:
            series.settle()
    return monthly.filed + (half_yearly.filed if half_yearly else 0)


def _one_month(
    filers: list[ItemFiler], month: Month, way: float, series: ItemSeries, *, age: int
) -> set[int]:
    """Let everybody file a month; return who had to."""
    period = series.open(month.year, month.number)
    duties = set(period.obligations.values_list("institution_id", flat=True))
    with transaction.atomic():
        for filer in filers:
            if filer.begins <= month and filer.institution.pk in duties:
                series.file(filer, period, filer.month(month, way), age=age)
    if age >= OPEN_PERIODS:
        close_period(actor=series.clerk, period=period, now=series.now)
    return duties


def _one_half(
    filers: list[ItemFiler], month: Month, series: ItemSeries, *, due: set[int], age: int
) -> None:
    """Let everybody file the half-year that ends with ``month``; the newest stays open."""
    period = series.open(month.year, month.number // 6)
    with transaction.atomic():
        for filer in filers:
            if filer.begins <= month and filer.institution.pk in due:
                series.file(filer, period, filer.told.book.half_year(), age=age)
    if age:
        close_period(actor=series.clerk, period=period, now=series.now)
