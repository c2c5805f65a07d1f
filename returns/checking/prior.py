"""The accepted figures of earlier periods that a return is compared with."""

from collections.abc import Mapping
from datetime import date

from core.models import Institution, Period
from returns.checking.context import Prior, PriorTable
from returns.forms.declaration import Form
from returns.forms.storing import storing
from returns.models import Return, ReturnState


def load_prior(
    *,
    form: Form,
    institution: Institution,
    period: Period,
    codes: Mapping[str, tuple[str, ...]],
) -> Prior:
    """Return previous period, last December and the same period last year, where accepted."""
    previous = (period.year, period.number - 1) if period.number > 1 else None
    periods = {
        (each.year, each.number): each
        for each in Period.objects.filter(
            form=period.form, kind=period.kind, year__in=(period.year, period.year - 1)
        )
    }
    final = max((number for year, number in periods if year == period.year - 1), default=0)
    previous = previous or (period.year - 1, final)
    wanted = {
        "previous": previous,
        "december": (period.year - 1, final),
        "last_year": (period.year - 1, period.number),
    }
    documents = accepted_documents(
        institution, [periods[key].pk for key in set(wanted.values()) if key in periods]
    )
    figures = storing(form.code).prior(documents=sorted(documents.values()), codes=codes)
    found: dict[str, Mapping[str, PriorTable] | None] = {}
    for name, key in wanted.items():
        document = documents.get(periods[key].pk) if key in periods else None
        found[name] = figures.get(document) if document else None
    december_is_last = _ends_year(periods.get((period.year - 1, final)))
    return Prior(
        previous=found["previous"],
        december=found["december"] if december_is_last else None,
        last_year=found["last_year"],
        previous_in_same_year=previous[0] == period.year,
    )


def _ends_year(period: Period | None) -> bool:
    return period is not None and period.ends_on == date(period.year, 12, 31)


def accepted_documents(institution: Institution, periods: list[int]) -> dict[int, int]:
    """Return the document in force by period id."""
    return dict(
        Return.objects.filter(
            institution=institution, period__in=periods, state=ReturnState.ACCEPTED
        ).values_list("period_id", "document_id")
    )
