"""The watch list: every institution's figures against the limits in force, by their room."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import PermissionRefused
from core.figures.reading import EVERYWHERE, PlaceFilter
from core.models import Institution, Period, Prefecture
from core.models.territory import Region
from core.naming import label
from core.queries.institutions import names_known
from core.queries.periods import period_called
from core.queries.rules import rules_on
from core.rules.limits import Judgement, Standing, by_room, judge
from core.text import Text
from finance.queries import microloan_figures
from guarantees.queries import figures as guarantee_figures
from reports.forms import ParametersForm
from reports.items.filing import documents, filed
from reports.items.places import Ground, ground
from reports.loans.completeness import MissingInstitution, accepted_then
from reports.loans.periods import history, whole
from reports.watch.limits import GUARANTEE, MICROLOAN, Bounded, cells_of, limit_of
from returns.models import Return

NEAR = Decimal(10)  # where the office set no line of its own


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of institution that is watched: its form, its figures, and what bounds them."""

    form: str
    reader: Any  # the app's queries of figures
    bounds: tuple[Bounded, ...]
    parameter: str  # names its period
    title: Text


KINDS: Mapping[str, Kind] = {
    "microloan_company": Kind(
        form=microloan_figures.FORM,
        reader=microloan_figures,
        bounds=MICROLOAN,
        parameter="microloan_period",
        title=Text("小额贷款公司", "Microloan companies"),
    ),
    "guarantee_agency": Kind(
        form=guarantee_figures.FORM,
        reader=guarantee_figures,
        bounds=GUARANTEE,
        parameter="guarantee_period",
        title=Text("融资性担保机构", "Guarantee agencies"),
    ),
}


@dataclass(frozen=True, slots=True)
class WatchParameters:
    """What is asked. ``periods`` are the months judged, by kind; a kind without is not judged."""

    as_of: datetime.date
    periods: Mapping[str, Period]
    kind: str = ""
    show: str = "watch"
    where: PlaceFilter = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Watched:
    """One figure of one institution against its limit; ``before`` is last month's room in %."""

    institution: Institution
    period: Period
    record: Return
    bounded: Bounded
    judgement: Judgement
    before: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """How the share of the limit that is left moved since last month, in points."""
        if self.judgement.share is None or self.before is None:
            return None
        return self.judgement.share - self.before

    @property
    def code(self) -> str:
        """``GA01/guarantee.leverage-max``."""
        return f"{self.institution.code}/{self.judgement.limit.code}"


@dataclass(frozen=True, slots=True)
class WatchList:
    """``watched`` is in the order of the room; ``counts`` are of all figures judged.

    ``missing`` have not filed the month, so that nothing of theirs is judged; ``names`` are
    those that institutions had at the moment asked about.
    """

    parameters: WatchParameters
    land: Ground
    watched: tuple[Watched, ...]
    counts: Mapping[str, int]
    missing: tuple[MissingInstitution, ...]
    names: Mapping[int, str]


class WatchForm(ParametersForm):
    """Date, kind of institution, place, and whether those free are shown too.

    The months judged follow from the date; they are kept in what was asked, so that the same
    question gets the same answer later.
    """

    kind = forms.ChoiceField(
        label=_("机构类别"),
        required=False,
        choices=[
            ("", _("全部")),
            *((name, label(kind.title)) for name, kind in KINDS.items()),
        ],
    )
    show = forms.ChoiceField(
        label=_("范围"),
        initial="watch",
        choices=[("watch", _("突破与临近")), ("all", _("全部指标"))],
    )
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    region = forms.ChoiceField(
        label=_("区域"), required=False, choices=[("", _("全部")), *Region.choices]
    )
    microloan_period = forms.RegexField(
        label=_("小额贷款报告期"), regex=r"^\d{4}-\d{2}$", required=False,
        widget=forms.HiddenInput, error_messages={"invalid": _("报告期的样式为 2012-06。")},
    )  # fmt: skip
    guarantee_period = forms.RegexField(
        label=_("担保报告期"), regex=r"^\d{4}-\d{2}$", required=False,
        widget=forms.HiddenInput, error_messages={"invalid": _("报告期的样式为 2012-06。")},
    )  # fmt: skip

    def clean_prefecture(self) -> str:
        code = self.cleaned_data["prefecture"]
        if code and not Prefecture.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有代码为“%(code)s”的地市。") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.periods: dict[str, Period] = {}
        if not self.errors:
            for name, kind in KINDS.items():
                if cleaned["kind"] in ("", name):
                    self._find(name, kind, cleaned.get(kind.parameter, ""))
        return cleaned

    def _find(self, name: str, kind: Kind, asked: str) -> None:
        """The month asked for, else the latest whole one by the date."""
        if asked:
            found = period_called(form=kind.form, code=asked)
            if found is None:
                self.add_error(kind.parameter, _("没有这个报告期。"))
        else:
            found = whole(history(self.cleaned_data["as_of"], kind.form))
        if found is not None:
            self.periods[name] = found

    def parameters(self) -> WatchParameters:
        cleaned = self.cleaned_data
        return WatchParameters(
            as_of=cleaned["as_of"],
            periods=self.periods,
            kind=cleaned["kind"],
            show=cleaned["show"],
            where=PlaceFilter(prefecture=cleaned["prefecture"], region=cleaned["region"]),
        )

    def canonical(self) -> dict[str, str]:
        months = {KINDS[name].parameter: each.code for name, each in self.periods.items()}
        return {**super().canonical(), **months}


def narrowed(parameters: WatchParameters, user: Any) -> WatchParameters:
    """Narrow to what ``user`` may see: each figure is one institution's own.

    Raises PermissionRefused for another prefecture than their own.
    """
    own, asked = user.prefecture.code, parameters.where
    if asked.prefecture not in ("", own):
        raise PermissionRefused()
    return replace(parameters, where=PlaceFilter(prefecture=own, region=asked.region))


def compute(parameters: WatchParameters, known_at: datetime.datetime | None) -> WatchList:
    """Judge the month of each kind; a constant number of queries."""
    found = [
        each
        for name, period in parameters.periods.items()
        for each in _judged(KINDS[name], period, parameters.where, known_at)
    ]
    counts = {state.value: 0 for state in Standing}
    for each in found:
        counts[each.judgement.standing.value] += 1
    shown = found
    if parameters.show == "watch":
        shown = [e for e in found if e.judgement.standing in (Standing.BROKEN, Standing.NEAR)]
    return WatchList(
        parameters=parameters,
        land=ground(),
        watched=tuple(_least_room_first(shown)),
        counts=counts,
        missing=tuple(
            each
            for period in parameters.periods.values()
            for each in filed(period, where=parameters.where, known_at=known_at).missing
        ),
        names=names_known(institutions=[e.institution.pk for e in shown], known_at=known_at),
    )


def _judged(
    kind: Kind, period: Period, where: PlaceFilter, known_at: datetime.datetime | None
) -> Iterable[Watched]:
    """Every bounded figure of those who filed the period, with its room of the month before."""
    months = [period, *_month_before(period)]
    returns = [
        each
        for each in documents(months, known_at=known_at).values()
        if where.includes(each.institution.prefecture)
    ]
    return _of_returns(kind, months, returns, known_at)


def headroom_of(institution: Institution, *, as_of: datetime.date) -> list[Watched]:
    """Every bounded figure of one institution's newest accepted month, least room first.

    ``as_of`` is the day by which the month ended. Empty for a kind that is not watched or that
    has filed nothing. Six queries: months, returns, rules, and one a table of figures.
    """
    kind = KINDS.get(institution.kind)
    if kind is None:
        return []
    counted = accepted_then(None)
    newest = Return.objects.filter(
        counted, institution=institution, period__form=kind.form, period__ends_on__lte=as_of
    ).order_by("-period__ends_on")
    record = newest.select_related("period").first()
    if record is None:
        return []
    months = [record.period, *_month_before(record.period)]
    returns = Return.objects.filter(counted, institution=institution, period__in=months)
    found = list(
        _of_returns(kind, months, returns.select_related("institution__prefecture", "period"), None)
    )
    return _least_room_first(found)


def _least_room_first(found: list[Watched]) -> list[Watched]:
    order = {id(each): place for place, each in enumerate(by_room(e.judgement for e in found))}
    return sorted(found, key=lambda each: order[id(each.judgement)])


def _of_returns(
    kind: Kind,
    months: list[Period],
    returns: Iterable[Return],
    known_at: datetime.datetime | None,
) -> Iterable[Watched]:
    """Judge the returns of the first month, beside those of the second, the month before."""
    period, returns = months[0], list(returns)
    figures = kind.reader.figures_by_institution(
        known={each.document_id for each in returns}, cells=cells_of(kind.bounds)
    )
    rules = rules_on(period.ends_on, known_at=known_at)
    line = rules.get("limits.near")
    near = line.value if line else NEAR
    for record in sorted(returns, key=lambda each: each.institution.code):
        now = figures.get((period.pk, record.institution_id))
        if record.period_id != period.pk or now is None:
            continue
        before = figures.get((months[-1].pk, record.institution_id)) if months[1:] else None
        place = record.institution.prefecture.code
        for bounded in kind.bounds:
            limit = limit_of(bounded, rules, form=kind.form, prefecture=place)
            if limit is None:
                continue
            earlier = judge(limit, bounded.measured(before), near=near) if before else None
            yield Watched(
                institution=record.institution,
                period=period,
                record=record,
                bounded=bounded,
                judgement=judge(limit, bounded.measured(now), near=near),
                before=earlier.share if earlier else None,
            )


def _month_before(period: Period) -> list[Period]:
    """The month right before, if there is one: a trend skips none."""
    year, number = (period.year, period.number - 1) if period.number > 1 else (period.year - 1, 12)
    return list(Period.objects.filter(form=period.form, year=year, number=number))
