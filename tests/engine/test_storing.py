"""Figures are stored as typed, and the summaries always equal the accepted lines."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Institution, Period
from core.models.documents import SourceDocument
from finance.models import (
    LoanInstitutionSummary,
    LoanLine,
    LoanSummary,
    LoanTotal,
    LoanTotalSummary,
)
from finance.models.measures import LINE_MEASURES, TOTAL_MEASURES
from finance.operations.loans import (
    discard_figures,
    post_difference,
    rebuild_summaries,
    store_figures,
)
from returns.checking.load import load_context
from returns.forms import form
from returns.intake.examine import examine_in
from tests.engine.conftest import NOW
from tests.engine.figures import LINE, line, payload, total

FORM = form("sme-loans")
Store = Callable[..., SourceDocument]


def test_declared_measures_are_the_stored_ones() -> None:
    assert tuple(m.name for m in FORM.table("lines").measures) == LINE_MEASURES
    assert tuple(m.name for m in FORM.table("totals").measures) == TOTAL_MEASURES
    for table, model in (("lines", LoanLine), ("totals", LoanTotal)):
        for measure in FORM.table(table).measures:
            assert getattr(model._meta.get_field(measure.name), "scale", 0) == measure.scale


@pytest.fixture
def store(bank: Institution, june: Period, preparer: Any) -> Store:
    """Return a function that examines and stores a payload, and gives its document."""
    count = iter(range(1000))

    def make(lines: list[Any], totals: list[Any], **who: Any) -> SourceDocument:
        institution, period = who.get("institution", bank), who.get("period", june)
        context = load_context(form=FORM, institution=institution, period=period, now=NOW)
        body = payload(lines, totals, institution=institution.code, period=period.code)
        found = examine_in(
            form=FORM, data=json.dumps(body).encode(), filename="", channel="api", context=context
        )
        document = SourceDocument.objects.create(
            sha256=f"{next(count):064}", filename="a.json", content_type="application/json",
            size=1, channel="api", institution=institution, received_at=NOW,
            received_from=preparer,
        )  # fmt: skip
        assert store_figures(
            document=document, institution=institution, period=period, tables=found.tables
        ) == len(lines)
        return document

    return make


def test_lines_are_stored_as_typed(store: Store, bank: Institution, june: Period) -> None:
    document = store([line(), line(size="X", industry="K")], [total(all_loans="5000.05")])
    stored = LoanLine.objects.get(document=document, row=1)
    for name, value in LINE.items():
        assert str(getattr(stored, name)) == str(value)
    assert (stored.size, stored.industry, stored.prefecture.code) == ("S", "C", "440100")
    assert (stored.period, stored.institution) == (june, bank)
    assert str(LoanTotal.objects.get(document=document).all_loans) == "5000.05"


def test_a_discarded_draft_leaves_nothing(store: Store) -> None:
    document, kept = store([line()], [total()]), store([line()], [total()])
    discard_figures(document)
    assert [each.document for each in LoanLine.objects.all()] == [kept]
    assert [each.document for each in LoanTotal.objects.all()] == [kept]


def summaries() -> list[list[tuple[Any, ...]]]:
    return [
        sorted(tuple(row.values())[1:] for row in model.objects.values())
        for model in (LoanSummary, LoanInstitutionSummary, LoanTotalSummary)
    ]


def test_posting_by_differences_equals_rebuilding(
    store: Store, bank: Institution, june: Period, prefectures: dict[str, Any]
) -> None:
    other = Institution.objects.create(
        code="B002", kind="city_bank", name="第二银行", prefecture=prefectures["440300"]
    )
    first = store([line(), line(size="L"), line("440300")], [total(), total("440300")])
    second = store([line(balance="50.00"), line(industry="A")], [total()])
    theirs = store([line()], [total()], institution=other)
    post_difference(period=june, institution=bank, old_document=None, new_document=first)
    post_difference(period=june, institution=other, old_document=None, new_document=theirs)
    both = LoanSummary.objects.get(size="S", industry="C", prefecture__code="440100")
    assert (str(both.balance), both.borrowers, both.lines) == ("200.00", 24, 2)
    post_difference(period=june, institution=bank, old_document=first, new_document=second)
    posted = summaries()
    accepted = [(each.pk, june.pk, each.institution_id) for each in (second, theirs)]
    assert rebuild_summaries(accepted=accepted, verify=True) == []
    assert not LoanSummary.objects.filter(prefecture__code="440300").exists()
    rebuild_summaries(accepted=accepted)
    assert summaries() == posted


def test_withdrawing_the_last_document_empties_the_summaries(
    store: Store, bank: Institution, june: Period
) -> None:
    document = store([line()], [total()])
    post_difference(period=june, institution=bank, old_document=None, new_document=document)
    post_difference(period=june, institution=bank, old_document=document, new_document=None)
    assert summaries() == [[], [], []]


def test_a_wrong_summary_is_named_and_mended(store: Store, bank: Institution, june: Period) -> None:
    document = store([line()], [total()])
    post_difference(period=june, institution=bank, old_document=None, new_document=document)
    LoanSummary.objects.update(npl=1)
    accepted = [(document.pk, june.pk, bank.pk)]
    assert rebuild_summaries(accepted=accepted, verify=True)
    assert str(LoanSummary.objects.get().npl) == "1.00"
    assert rebuild_summaries(accepted=accepted)
    assert rebuild_summaries(accepted=accepted, verify=True) == []


def test_posting_costs_the_same_number_of_queries_whatever_was_stored(
    store: Store, bank: Institution, june: Period
) -> None:
    numbers = []
    for lines in ([line()], [line(industry=each) for each in "ABCDEFGH"]):
        document = store(lines, [total()])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            post_difference(period=june, institution=bank, old_document=None, new_document=document)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 6
