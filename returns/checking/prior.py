"""The accepted figures of earlier periods that a return is compared with."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.models import Institution, Period
from returns.checking.context import Prior
from returns.forms.declaration import Form
from returns.forms.storing import storing
from returns.models import Return, ReturnState

DAY = timedelta(days=1)


def load_prior(
    *,
    form: Form,
    institution: Institution,
    period: Period,
    codes: Mapping[str, tuple[str, ...]],
) -> Prior:
    """Return the period just before, last December and the same period last year, if accepted.

    Just before is the one that ended the day before this began: nothing rolls over a gap.
    """
    of_form = Period.objects.filter(
        form=period.form, kind=period.kind, year__in=(period.year, period.year - 1)
    )
    ended = {each.ends_on: each for each in of_form}
    last_year = (each for each in ended.values() if each.year == period.year - 1)
    wanted = {
        "previous": ended.get(period.starts_on - DAY),
        "december": ended.get(date(period.year - 1, 12, 31)),
        "last_year": next((each for each in last_year if each.number == period.number), None),
    }
    documents = accepted_documents(
        institution, sorted({each.pk for each in wanted.values() if each})
    )
    figures = storing(form.code).prior(documents=sorted(documents.values()), codes=codes)
    found = {
        name: figures[documents[each.pk]] if each and each.pk in documents else None
        for name, each in wanted.items()
    }
    return Prior(**found, previous_in_same_year=(period.starts_on - DAY).year == period.year)


def accepted_documents(institution: Institution, periods: list[int]) -> dict[int, int]:
    """Return the document in force by period id."""
    return dict(
        Return.objects.filter(
            institution=institution, period__in=periods, state=ReturnState.ACCEPTED
        ).values_list("period_id", "document_id")
    )
