"""Figures are read by place or by company, as they are now or as they were once known."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.figures.reading import PlaceFilter
from core.models import Institution, Period
from finance.operations.microloan import TABLES
from finance.queries.microloan_figures import (
    figures_by_institution,
    filed_cells,
    sums_by,
)
from reports.loans.completeness import accepted_documents
from returns.forms.storing import storing
from returns.models import Return
from tests.filing import NOW
from tests.microloan.conftest import Tables, june_of, set_cell, without

LATER = NOW + datetime.timedelta(days=3)


@pytest.fixture
def june(opened, companies) -> Period:
    return opened(2012, 6)


@pytest.fixture
def filed(accept, companies, june) -> dict[str, tuple[Return, Tables]]:
    """What each company had accepted for June, by its code."""
    found = {}
    for seed, company in enumerate(companies):
        tables = june_of(seed, capital=5000 + 1000 * seed)
        found[company.code] = (accept(company, june, tables), tables)
    return found


def cell(tables: Tables, table: str, item: str, measure: str) -> Decimal:
    rows = {next(iter(row.values())): row for row in tables[table]}
    return Decimal(str(rows[item][measure]))


def total(filed: Any, *codes: str) -> Decimal:
    return sum(cell(filed[code][1], "balances", "total", "balance") for code in codes)


def now_known(period: Period, at: datetime.datetime = LATER) -> frozenset[int]:
    return accepted_documents([period], known_at=at).ids


def test_sums_are_those_of_the_companies_of_a_place(filed, june) -> None:
    everywhere = sums_by(periods=[june])[june.pk, ""]
    assert everywhere.companies == 4
    assert everywhere.balance() == total(filed, "ML01", "ML02", "ML03", "ML04")
    here = sums_by(periods=[june], dimension="prefecture")
    assert here[june.pk, "440200"].balance() == total(filed, "ML01", "ML02")
    assert here[june.pk, "440200"].companies == 2
    regions = sums_by(periods=[june], dimension="region")
    assert regions[june.pk, "delta"].balance() == total(filed, "ML03", "ML04")
    for table in TABLES:
        for measure in table.measures:
            for row in filed["ML03"][1][table.name]:
                item = next(iter(row.values()))
                found = here[june.pk, "440100"].cell(table.name, item, measure)
                assert found == Decimal(str(row[measure])), (table.name, item, measure)


def test_a_place_and_shenzhen_can_be_left_out(filed, june) -> None:
    def balance(**where: Any) -> Decimal | None:
        found = sums_by(periods=[june], where=PlaceFilter(**where))
        return found[june.pk, ""].balance()

    assert balance(include_shenzhen=False) == total(filed, "ML01", "ML02", "ML03")
    assert balance(region="delta", include_shenzhen=False) == total(filed, "ML03")
    assert balance(prefecture="440300") == total(filed, "ML04")


def test_what_was_known_then_is_read_from_the_documents_that_counted_then(
    filed, june, accept, company
) -> None:
    corrected = june_of(99, capital=5000)
    accept(company, june, corrected, now=LATER)
    now = sums_by(periods=[june], dimension="prefecture")[june.pk, "440200"]
    once = sums_by(
        periods=[june], dimension="prefecture", known=now_known(june, NOW)
    )[june.pk, "440200"]  # fmt: skip
    again = sums_by(periods=[june], dimension="prefecture", known=now_known(june))
    assert once.balance() == total(filed, "ML01", "ML02")
    assert now.balance() == total(filed, "ML02") + cell(corrected, "balances", "total", "balance")
    assert again[june.pk, "440200"] == now


def test_each_company_is_read_by_itself_with_its_own_ratios(filed, june, companies) -> None:
    found = figures_by_institution(known=now_known(june))
    assert {key[1] for key in found} == {company.pk for company in companies}
    mine = found[june.pk, companies[2].pk]
    tables = filed["ML03"][1]
    assert mine.borrowing_ratio.numerator == cell(tables, "amounts", "bank_borrowings", "amount")
    assert mine.indicator("highest_rate") == cell(tables, "indicators", "highest_rate", "value")


def test_a_figure_leads_to_the_rows_it_was_filed_in(filed, june, companies) -> None:
    found = filed_cells(known=now_known(june), cell=("balances", "agricultural", "balance"))
    assert sum(each.value for each in found) == sums_by(periods=[june])[june.pk, ""].balance(
        "agricultural"
    )
    assert [each.value for each in found] == sorted((e.value for e in found), reverse=True)
    mine = next(each for each in found if each.institution_id == companies[0].pk)
    record, tables = filed["ML01"]
    assert mine.document_id == record.document_id
    assert tables["balances"][mine.row - 1]["balance_item"] == "agricultural"
    number = filed_cells(known=now_known(june), cell=("indicators", "employees", "value"))
    assert len(number) == 4


def test_a_row_left_empty_counts_as_nothing(accept, company, opened) -> None:
    june = opened(2012, 6)
    tables = without(june_of(1), "amounts", "other_funds")
    accept(company, june, tables)
    assert sums_by(periods=[june])[june.pk, ""].amount("other_funds") == 0
    assert sums_by(periods=[june], where=PlaceFilter(region="east")) == {}


def test_summaries_always_equal_the_accepted_lines(filed, june, accept, company) -> None:
    changed = set_cell(june_of(0, capital=5000), "amounts", "taxes", amount="-3.00")
    record = accept(company, june, changed, now=LATER)
    accepted = list(
        Return.objects.filter(state="accepted").values_list(
            "document_id", "period_id", "institution_id"
        )
    )
    keeps = storing("microloan")
    assert keeps.rebuild(accepted, True) == []
    table = TABLES[0]
    table.summary.objects.filter(item="total").update(balance=1)
    assert keeps.rebuild(accepted, True)
    keeps.rebuild(accepted, False)
    assert keeps.rebuild(accepted, True) == []
    keeps.post(june, company, record.document, None)
    assert sums_by(periods=[june])[june.pk, ""].companies == 3


@pytest.mark.parametrize("read", ["sums", "known", "each"])
def test_reading_costs_as_many_queries_as_the_form_has_tables(
    read: str, accept: Callable[..., Return], opened: Any, companies: list[Institution]
) -> None:
    june, may = opened(2012, 6), opened(2012, 5)
    costs = []
    for company in companies[:2]:
        accept(company, june, june_of(1))
        accept(company, may, june_of(2))
        known = now_known(june) | now_known(may)
        with CaptureQueriesContext(connection) as queries:
            if read == "each":
                figures_by_institution(known=known)
            else:
                sums_by(
                    periods=[june, may],
                    dimension="prefecture",
                    known=known if read == "known" else None,
                )
        costs.append(len(queries))
    assert costs == [len(TABLES), len(TABLES)]
