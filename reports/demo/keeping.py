"""How the demonstration keeps registry records: as the office's operations do, many at a time.

What an operation would refuse is refused here too: a record goes through the checks of its
register, and every one has its history. What has consequences (cases, funds, support) goes
through the operation itself.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db.models import ForeignKey
from django.utils import timezone

from core import pinyin
from core.fact_kinds import FACT_FORMS
from core.models import County, Fact, Institution, Prefecture, User
from core.models.entries import Entry
from core.operations.changes import note_all
from core.operations.facts import record_fact
from core.registers.catalogue import REGISTERS
from core.registers.declaration import Register
from core.registers.forms import part_errors, part_formset
from core.registers.saving import next_code, save_entry
from core.rules import document_numbers

REASON = "演示数据"
NOTE = "演示数据：本机构为虚构"
DAY = datetime.timedelta(days=1)
SURNAMES = "陈林黄梁何郑谢罗邓冯区黎潘叶苏卢"
GIVEN = ("一禾", "知远", "思齐", "予安", "明川", "若谷", "清和", "望舒", "景行", "书白")


class DemoRefused(ValueError):
    """The demonstration tried to keep what an operation would refuse."""


@dataclass
class Firm:
    """An institution of the demonstration: its capital (万元), life, and story.

    ``raised`` is the day on which its capital grew, with what it was before.
    """

    institution: Institution
    capital: int
    opened: datetime.date | None
    story: str = ""
    left: datetime.date | None = None
    raised: tuple[datetime.date, int] | None = None

    @property
    def is_open(self) -> bool:
        return self.opened is not None and self.left is None


@dataclass
class Desk:
    """The clerk who keeps everything, the day, and chance that repeats itself.

    ``since`` is when the office began to keep facts: those before were recorded then.
    """

    actor: User
    now: datetime.datetime
    seed: int
    since: datetime.datetime
    facts: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.today = timezone.localdate(self.now)
        self.prefectures = {each.code: each for each in Prefecture.objects.all()}
        self.counties = {each.code: each for each in County.objects.select_related("prefecture")}

    def ago(self, days: int) -> datetime.date:
        """The day so many days before today; negative lies ahead."""
        return self.today - days * DAY

    def person(self) -> str:
        return f"演示{self.rng.choice(SURNAMES)}{self.rng.choice(GIVEN)}"

    def document(self, office: str, on: datetime.date) -> str:
        """The number of an invented official document."""
        return f"演示{office}〔{on.year}〕{self.rng.randint(3, 180)}号"

    def place(self, code: str) -> tuple[Prefecture, County | None]:
        """The prefecture and, if the code is a county's, the county."""
        county = self.counties.get(code)
        return (county.prefecture, county) if county else (self.prefectures[code], None)

    def institution(self, code: str, kind: str, name: str, place: str) -> Institution:
        """An institution that is yet to be kept."""
        prefecture, county = self.place(place)
        return Institution(
            code=code,
            kind=kind,
            name=name,
            pinyin=pinyin.full(name),
            pinyin_initials=pinyin.initials(name),
            prefecture=prefecture,
            county=county,
            address=f"{(county or prefecture).name}演示路{self.rng.randint(1, 200)}号",
            note=NOTE,
        )

    def keep(self, rows: Sequence[Any]) -> None:
        """Keep records of one model with their history, numbered where the clerk gave no code.

        Raises DemoRefused for what the register's own check would refuse.
        """
        if not rows:
            return
        model = type(rows[0])
        register = register_of(model)
        if issubclass(model, Entry):
            _number(model, register, rows)
        for row in rows:
            _check(register, row)
        found = model._default_manager.all()
        found.history_kept = True
        found.bulk_create(rows, batch_size=500)
        model.history.bulk_history_create(
            rows,
            batch_size=500,
            default_user=self.actor,
            default_change_reason=REASON,
            default_date=self.now,
        )

    def act(self, entry: Any, **parts: Sequence[dict[str, Any]]) -> Any:
        """Save one entry by its operation; ``parts`` are the rows of its parts by name."""
        register = register_of(type(entry))
        entry._history_date = self.now
        formsets = [
            (part, part_formset(part, actor=self.actor, record=entry, rows=parts[part.key]))
            for part in register.parts
        ]
        for _part, formset in formsets:
            if not formset.is_valid():
                raise DemoRefused(f"{entry!r}: {part_errors(formset)}")
        return save_entry(
            register, entry, actor=self.actor, now=self.now, parts=formsets, reason=REASON
        )

    def happened(
        self, institution: Institution, kind: str, on: datetime.date, **columns: Any
    ) -> None:
        """Note a plain fact, to be kept together with all others."""
        form = FACT_FORMS[kind]
        if form.seats:
            columns = {
                "prefecture": institution.prefecture,
                "county": institution.county,
                **columns,
            }
        if on > self.today or any(columns.get(name) in (None, "") for name in form.needs):
            raise DemoRefused(f"{institution} {kind} {on} {columns}")
        fact = Fact(institution=institution, kind=kind, happened_on=on, **columns)
        self.facts.append(fact)

    def keep_facts(self, more: Sequence[Fact] = ()) -> None:
        """Keep the facts noted, and more; each was recorded the day after it happened."""
        noon = datetime.time(12)
        for fact in (found := [*self.facts, *more]):
            after = timezone.make_aware(datetime.datetime.combine(fact.happened_on + DAY, noon))
            fact.recorded_at = min(max(after, self.since), self.now)
            fact.recorded_by = self.actor
        note_all(Fact.objects.bulk_create(found, batch_size=500), "fact.record")
        self.facts = []

    def record(
        self, institution: Institution, kind: str, on: datetime.date, **columns: Any
    ) -> Fact:
        """Record a fact by the office's operation."""
        fact = Fact(institution=institution, kind=kind, happened_on=on, **columns)
        return record_fact(fact, actor=self.actor, now=self.now)


def register_of(model: type) -> Register | None:
    """The register that keeps a model's entries; None for institutions and their details."""
    return next((each for each in REGISTERS.values() if each.model is model), None)


def _number(model: type, register: Register | None, rows: Sequence[Any]) -> None:
    first = int(next_code(register)[len(model.CODE_PREFIX) :]) if register else 1
    for place, row in enumerate(rows):
        row.code = row.code or f"{model.CODE_PREFIX}{first + place:05d}"


def _check(register: Register | None, row: Any) -> None:
    problems = dict(register.check(row)) if register and register.check else {}
    doubt = document_numbers.doubt(getattr(row, "document_number", ""))
    if problems or doubt:
        raise DemoRefused(f"{row!r}: {problems or doubt}")
    keys = [each.name for each in row._meta.fields if isinstance(each, ForeignKey)]
    row.clean_fields(exclude=keys)  # the database asks for the keys
