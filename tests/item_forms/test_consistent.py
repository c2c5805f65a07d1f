"""Consistent books pass every check, month after month; each identity is noticed when broken."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from core.text import Text
from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.microloan_figures import MicroloanBook
from returns.checking.context import Context, Prior, PriorTable
from returns.forms import form as form_of
from returns.intake.examine import examine_in
from tests.item_forms.conftest import payload

RULES = {
    "microloan.tolerance": "0.01", "guarantee.tolerance": "0.01",
    "microloan.borrowing-ratio-max": "50", "microloan.lending-banks-max": "2",
    "microloan.single-borrower-max": "5", "microloan.rate-multiple-max": "4",
    "microloan.rate-multiple-min": "0.9", "pboc.loan-rate-1y": "6.31",
    "microloan.provision-min": "100", "guarantee.leverage-max": "10",
    "guarantee.single-party-max": "10", "guarantee.affiliates-max": "15",
    "guarantee.bond-party-max": "30", "guarantee.other-investment-max": "20",
    "guarantee.unearned-premium-min": "50", "guarantee.compensation-reserve-min": "1",
}  # fmt: skip
LIMITED = {name: Decimal(value) for name, value in RULES.items()}


class Someone:
    code = "X1"


class SomePeriod:
    def __init__(self, month: int) -> None:
        self.code = f"2012-{month:02d}"


def around(form: str, month: int = 6, prior: Prior | None = None) -> Context:
    declared = form_of(form)
    codes = {d.name: tuple(d.codes) for table in declared.tables for d in table.dimensions}
    names: dict[str, Any] = {
        d.name: dict(d.codes) for table in declared.tables for d in table.dimensions
    }
    return Context(
        form=form,
        institution="X1",
        institution_name="演示机构",
        institution_kind=declared.filers[0],
        period=f"2012-{month:02d}",
        month=month,
        ends_on=datetime.date(2012, month, 28),
        codes=codes,
        names=names,
        rules=LIMITED,
        prior=prior or Prior(),
        home_prefecture="440200",
    )


def examined(form: str, tables: Any, context: Context) -> Any:
    data = payload(form, Someone, SomePeriod(context.month), tables)
    return examine_in(form=form_of(form), data=data, filename="x.json", channel="api",
                      context=context)  # fmt: skip


def as_prior(found: Any) -> dict[str, PriorTable]:
    return {name: PriorTable(data.keys, data.columns) for name, data in found.tables.items()}


def codes(found: Any) -> set[str]:
    return {each.check_code for each in found.findings}


BOOKS = {
    "microloan": lambda seed: MicroloanBook(seed=seed, capital=5000 + seed % 9 * 1000),
    "guarantee": lambda seed: GuaranteeBook(seed=seed, capital=10000 + seed % 7 * 2000),
}


@pytest.mark.parametrize("form", BOOKS)
@examples(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_consistent_books_have_no_error_over_fifteen_months(form, seed) -> None:
    book, prior = BOOKS[form](seed), None
    for number in range(10, 25):
        month = number % 12 + 1
        before = Prior(previous=prior, previous_in_same_year=month != 1) if prior else Prior()
        found = examined(form, book.month(month), around(form, month, before))
        wrong = [(each.check_code, each.key, each.value, each.expected)
                 for each in found.findings if each.severity == "error"]  # fmt: skip
        assert not wrong
        prior = as_prior(found)


def test_a_half_year_of_consistent_books_has_no_error() -> None:
    book = BOOKS["guarantee"](3)
    for month in range(1, 7):
        book.month(month)
    found = examined("guarantee-half-year", book.half_year(), around("guarantee-half-year"))
    assert not codes(found)


def changed(tables: Any, table: str, item: str, measure: str, value: Any) -> Any:
    rows = [dict(row) for row in tables[table]]
    for row in rows:
        if item in row.values():
            row[measure] = value
    return {**tables, table: rows}


@pytest.mark.parametrize(
    ("form", "table", "item", "measure", "code"),
    [
        ("microloan", "balances", "unsecured", "balance", "MC-201"),
        ("microloan", "balances", "unsecured", "number", "MC-201"),
        ("microloan", "balances", "agricultural", "balance", "MC-202"),
        ("microloan", "balances", "up_to_200k", "balance", "MC-203"),
        ("microloan", "balances", "up_to_3_months", "balance", "MC-204"),
        ("microloan", "balances", "normal", "balance", "MC-205"),
        ("microloan", "balances", "farmers", "balance", "MC-207"),
        ("microloan", "balances", "group_guaranteed", "balance", "MC-208"),
        ("microloan", "balances", "industrial_enterprises", "balance", "MC-209"),
        ("microloan", "balances", "sole_traders", "number", "MC-209"),
        ("microloan", "flows", "companies", "granted", "MC-214"),
        ("microloan", "flows", "unsecured", "collected_year", "MC-215"),
        ("microloan", "flows", "agricultural", "granted_year", "MC-216"),
        ("microloan", "flows", "up_to_200k", "granted", "MC-217"),
        ("microloan", "flows", "total", "granted", "MC-218"),
        ("microloan", "amounts", "equity", "amount", "MC-220"),
        ("microloan", "amounts", "largest_borrower", "amount", "MC-221"),
        ("microloan", "indicators", "lowest_rate", "value", "MC-213"),
        ("microloan", "amounts", "bank_borrowings", "amount", "MC-501"),
        ("microloan", "indicators", "lending_banks", "value", "MC-502"),
        ("microloan", "indicators", "highest_rate", "value", "MC-505"),
        ("guarantee", "business", "loans", "closing", "GA-201"),
        ("guarantee", "compensation", "sme", "closing", "GA-202"),
        ("guarantee", "compensation", "sme", "year_start", "GA-203"),
        ("guarantee", "business", "loans", "new", "GA-204"),
        ("guarantee", "business", "bonds", "new_year", "GA-208"),
        ("guarantee", "business", "bids", "opening", "GA-209"),
        ("guarantee", "business", "reguarantee", "new_year", "GA-210"),
        ("guarantee", "business", "sme", "liability", "GA-211"),
        ("guarantee", "amounts", "state_capital", "amount", "GA-215"),
        ("guarantee", "amounts", "liabilities", "amount", "GA-216"),
        ("guarantee", "amounts", "largest_party", "amount", "GA-217"),
        ("guarantee", "business", "trade", "liability", "GA-223"),
        ("guarantee", "amounts", "largest_with_affiliates", "amount", "GA-503"),
        ("guarantee", "amounts", "largest_bond_party", "amount", "GA-504"),
        ("guarantee", "amounts", "other_investments", "amount", "GA-505"),
        ("guarantee", "amounts", "premium_income", "amount", "GA-506"),
        ("guarantee", "amounts", "parent_subsidiary", "amount", "GA-508"),
    ],
)
def test_each_identity_and_limit_is_noticed(form, table, item, measure, code) -> None:
    tables = BOOKS[form](7).month(6)
    assert code not in codes(examined(form, tables, around(form)))
    whole = measure in ("number", "parties", "cases")
    value = 900000 if whole else "9000000.00"
    found = examined(form, changed(tables, table, item, measure, value), around(form))
    assert code in codes(found)


def test_a_leverage_above_ten_is_told_with_figure_limit_and_excess() -> None:
    tables = BOOKS["guarantee"](7).month(6)
    net = next(Decimal(r["amount"]) for r in tables["amounts"] if r["amount_item"] == "net_assets")
    too_much = changed(tables, "business", "financing", "liability", f"{net * 10 + 1:.2f}")
    found = examined("guarantee", too_much, around("guarantee"))
    leverage = next(each for each in found.findings if each.check_code == "GA-501")
    assert leverage.severity == "warning"
    assert leverage.parameters["figure"]["zh"] == "10.00倍"
    assert leverage.parameters["limit"]["zh"] == "10倍"
    assert leverage.parameters["over"]["zh"] == "1.00万元"
    exactly = changed(tables, "business", "financing", "liability", f"{net * 10:.2f}")
    assert "GA-501" not in codes(examined("guarantee", exactly, around("guarantee")))


@pytest.mark.parametrize(
    ("form", "table", "item", "measure", "code"),
    [
        ("microloan", "flows", "total", "granted_year", "MC-401"),
        ("microloan", "amounts", "granted_since_opening", "amount", "MC-403"),
        ("guarantee", "business", "loans", "opening", "GA-401"),
        ("guarantee", "compensation", "total", "opening", "GA-402"),
        ("guarantee", "business", "loans", "new_year", "GA-403"),
        ("guarantee", "compensation", "total", "compensated_year", "GA-405"),
    ],
)
def test_what_does_not_go_on_from_last_month_is_noticed(form, table, item, measure, code) -> None:
    book = BOOKS[form](7)
    prior = as_prior(examined(form, book.month(5), around(form, 5)))
    context = around(form, 6, Prior(previous=prior, previous_in_same_year=True))
    tables = book.month(6)
    assert code not in codes(examined(form, tables, context))
    found = examined(form, changed(tables, table, item, measure, "77777.00"), context)
    assert code in codes(found)


def test_the_balance_rolls_forward_from_last_month() -> None:
    book = BOOKS["microloan"](7)
    prior = as_prior(examined("microloan", book.month(5), around("microloan", 5)))
    context = around("microloan", 6, Prior(previous=prior, previous_in_same_year=True))
    found = examined(
        "microloan", changed(book.month(6), "amounts", "written_off", "amount", "5.00"), context
    )
    assert "MC-206" in codes(found)


def test_without_its_rules_no_limit_is_judged() -> None:
    tables = BOOKS["guarantee"](7).month(6)
    free = replace(around("guarantee"), rules={})
    much = changed(tables, "amounts", "largest_bond_party", "amount", "9000000.00")
    assert not {code for code in codes(examined("guarantee", much, free)) if code > "GA-5"} - {
        "GA-508"
    }


def test_items_have_words_in_both_languages() -> None:
    for form in ("microloan", "guarantee", "guarantee-half-year"):
        for table in form_of(form).tables:
            assert table.fixed
            assert all(isinstance(each, Text) and each.en for each in table.item.codes.values())
