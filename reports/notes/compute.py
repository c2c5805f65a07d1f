"""The report on collective notes: parameters and its one computation."""

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Prefecture
from listings.queries.note_dues import Payable, payable
from listings.queries.note_judging import target_of
from listings.queries.note_on import NoteOn
from listings.queries.notes import notes_on
from listings.rules.note_findings import Finding
from listings.rules.note_life import STATE_WORDS
from listings.rules.notes import NOTE, Target, progress
from reports.forms import ParametersForm

NOTHING = Decimal(0)
DAYS = 180


@dataclass(frozen=True, slots=True)
class NoteParameters:
    as_of: datetime.date
    year: int
    within: int = DAYS
    prefecture: str = ""

    @property
    def until(self) -> datetime.date:
        """The last day of the payment calendar."""
        return self.as_of + datetime.timedelta(days=self.within)


class NoteForm(ParametersForm):
    """Date, year of the plan's target, days ahead, place."""

    year = forms.IntegerField(
        label=_("目标年度"), required=False, min_value=2000, max_value=2100,
        help_text=_("不填按截至日期的年度"),
    )  # fmt: skip
    within = forms.IntegerField(label=_("偿付日历天数"), initial=DAYS, min_value=0, max_value=3700)
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("year") is None and "as_of" in cleaned:
            cleaned["year"] = cleaned["as_of"].year
        return cleaned

    def parameters(self) -> NoteParameters:
        cleaned = self.cleaned_data
        return NoteParameters(
            cleaned["as_of"], cleaned["year"], cleaned["within"], cleaned["prefecture"]
        )


@dataclass(frozen=True, slots=True)
class YearOfIssues:
    """The tranches issued in a year, against what the plan asked for."""

    year: int
    issued: tuple[NoteOn, ...]
    target: Target | None

    @property
    def amount(self) -> Decimal:
        return sum((each.note.amount for each in self.issued), NOTHING)

    @property
    def standing(self) -> str:
        """``below``, ``met``, ``above``, or "" where nothing was asked for."""
        return progress(len(self.issued), self.target)


@dataclass(frozen=True, slots=True)
class NoteReport:
    """``notes`` are collective notes, ``others`` products of another kind, never counted."""

    parameters: NoteParameters
    notes: tuple[NoteOn, ...]
    others: tuple[NoteOn, ...]
    year: YearOfIssues
    years: tuple[YearOfIssues, ...]
    states: tuple[tuple[str, int], ...]
    payments: tuple[Payable, ...]
    findings: tuple[tuple[NoteOn, Finding], ...]

    @property
    def registered(self) -> list[NoteOn]:
        return [each for each in self.notes if each.registered]

    @property
    def preparing(self) -> list[NoteOn]:
        return [each for each in self.notes if each.in_preparation]

    @property
    def standing_notes(self) -> list[NoteOn]:
        """Notes with principal that is still owed."""
        return [each for each in self.notes if each.outstanding]

    @property
    def outstanding(self) -> Decimal:
        return sum((each.outstanding for each in self.notes), NOTHING)

    def due(self, *states: str) -> list[Payable]:
        """Payments in these states (``overdue``, ``coming``) on the day."""
        day = self.parameters.as_of
        return [each for each in self.payments if each.due.state(day) in states]


def counts(row: NoteOn) -> bool:
    """Whether an issued tranche counts for the plan: one issuer at least is of the library."""
    return any(each.enterprise_id for each in row.issuer_rows)


def compute(parameters: NoteParameters, known_at: datetime.datetime | None) -> NoteReport:
    """Read all notes once and put them in order; ten queries."""
    rows = notes_on(as_of=parameters.as_of, known_at=known_at)
    if parameters.prefecture:
        rows = [
            each for each in rows
            if each.prefecture and each.prefecture.code == parameters.prefecture
        ]  # fmt: skip
    notes = [each for each in rows if each.note.kind == NOTE]
    others = [each for each in rows if each.note.kind != NOTE]
    states = Counter(each.state for each in notes)
    target = None if parameters.prefecture else target_of(parameters.year)
    year = _year(parameters.year, notes, target)
    earlier = sorted({each.issued_on.year for each in notes if each.issued_on})
    return NoteReport(
        parameters=parameters,
        notes=tuple(notes),
        others=tuple(others),
        year=year,
        years=tuple(
            year if number == parameters.year else _year(number, notes, None)
            for number in sorted({*earlier, parameters.year})
        ),
        states=tuple((state, states[state]) for state in STATE_WORDS if states[state]),
        payments=tuple(payable(rows, until=parameters.until)),
        findings=tuple((row, each) for row in rows for each in row.findings),
    )


def _year(number: int, notes: list[NoteOn], target: Target | None) -> YearOfIssues:
    issued = [
        each for each in notes if each.issued_on and each.issued_on.year == number and counts(each)
    ]
    return YearOfIssues(number, tuple(issued), target)
