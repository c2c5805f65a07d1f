"""What the form refuses or asks about, one slip at a time."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from finance.rules import microloan_items as items
from reports.demo.microloan_figures import MicroloanBook
from returns.checking.check import Severity
from returns.checking.context import Context, Prior
from returns.forms import form as form_of
from tests.item_forms.test_consistent import LIMITED, around, as_prior, examined
from tests.microloan.conftest import Tables, june_of, set_cell, without

FORM = form_of("microloan")
LIMITED["microloan.unit-slip"] = Decimal(10000)
LIMITED["microloan.change-max"] = Decimal(50)


def told(tables: Tables, context: Context | None = None) -> dict[str, Any]:
    found = examined("microloan", tables, context or around("microloan"))
    return {each.check_code: each for each in found.findings}


def test_every_item_belongs_to_one_of_the_breakdowns_that_are_checked() -> None:
    grouped = {"total", "group_guaranteed", *items.METHODS, *items.USES, *items.SIZES, *items.TERMS,
               *items.CLASSES, *items.AGRICULTURE, *items.COMMERCE}  # fmt: skip
    assert set(items.BALANCES) == grouped
    assert set(items.FLOWS) == {"total", *items.CUSTOMERS, *items.METHODS, *items.USES,
                                *items.SIZES}  # fmt: skip


def test_check_codes_are_unique_and_speak_both_languages() -> None:
    codes = [check.code for check in FORM.checks]
    assert len(codes) == len(set(codes))
    for check in FORM.checks:
        assert all((text.zh and text.en) for text in (check.title, check.message, check.cure))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("balances", "sole_traders", {"balance": "99999999.00"}), "MC-209"),
        (("balances", "pledged", {"number": 0}), "MC-210"),
        (("balances", "pledged", {"balance": "0.00"}), "MC-211"),
        (("indicators", "employees", {"value": "12.5"}), "MC-212"),
        (("amounts", "paid_in_capital", {"amount": "-1.00"}), "MC-222"),
        (("amounts", "largest_group", {"amount": "0.01"}), "MC-223"),
        (("amounts", "liabilities", {"amount": "0.00"}), "MC-224"),
        (("indicators", "new_loan_interest", {"value": "0"}), "MC-228"),
        (("indicators", "highest_rate", {"value": "9.9"}), "MC-228"),
        (("indicators", "borrowers", {"value": "100000"}), "MC-229"),
    ],
)
def test_what_cannot_be_is_an_error_at_its_cell(change, code) -> None:
    tables = june_of(7)
    assert not {each.check_code for each in told(tables).values() if each.severity == "error"}
    table, item, values = change
    found = told(set_cell(tables, table, item, **values))
    assert found[code].severity == Severity.ERROR
    assert (found[code].table, found[code].column) == (table, next(iter(values)))


@pytest.mark.parametrize("item", ["net_profit", "equity", "net_capital", "other_income"])
def test_a_loss_may_be_negative(item) -> None:
    assert "MC-222" not in told(set_cell(june_of(7), "amounts", item, amount="-5.00"))


@pytest.mark.parametrize(
    ("table", "item"),
    [("amounts", "paid_in_capital"), ("amounts", "net_capital"), ("balances", "total"),
     ("flows", "total")],
)  # fmt: skip
def test_rows_that_everybody_fills_in_cannot_be_left_out(table, item) -> None:
    found = told(without(june_of(7), table, item))
    assert found["MC-225"].key == item


def test_the_same_item_twice_is_told_with_the_row_it_repeats() -> None:
    tables = june_of(7)
    twice = {**tables, "amounts": [*tables["amounts"], tables["amounts"][3]]}
    found = told(twice)["MC-303"]
    assert (found.row, found.parameters["first"]) == (len(tables["amounts"]) + 1, "4")


def test_a_month_without_new_loans_needs_no_rates() -> None:
    tables = june_of(3)
    for item in ("highest_rate", "lowest_rate", "new_loan_interest"):
        tables = without(tables, "indicators", item)
    assert "MC-230" in told(tables)
    for row in tables["flows"]:
        tables = set_cell(tables, "flows", row["flow_item"], granted="0.00")
    assert not {"MC-228", "MC-230", "MC-506"} & set(told(tables))


@examples(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    capital=st.integers(1500, 50_000),
    written_off=st.sampled_from((0.0, 0.004)),
)
def test_a_careful_company_hears_nothing_at_all_for_a_year(seed, capital, written_off) -> None:
    book = MicroloanBook(seed=seed, capital=capital, written_off=written_off)
    prior = None
    for number in range(6, 18):
        month = (number - 1) % 12 + 1
        before = Prior(previous=prior, previous_in_same_year=month != 1) if prior else Prior()
        found = examined("microloan", book.month(month), around("microloan", month, before))
        assert not [(each.check_code, each.key, each.parameters) for each in found.findings]
        prior = as_prior(found)


def in_june(seed: int = 7) -> tuple[Tables, Context]:
    """A sound June, and its context with May."""
    book = MicroloanBook(seed=seed, capital=8000)
    prior = as_prior(examined("microloan", book.month(5), around("microloan", 5)))
    context = around("microloan", 6, Prior(previous=prior, previous_in_same_year=True))
    return book.month(6), context


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("amounts", "written_off", {"amount": "5.00"}), "MC-206"),
        (("amounts", "collected_since_opening", {"amount": "1.00"}), "MC-404"),
        (("indicators", "loans_granted_since_opening", {"value": "1"}), "MC-407"),
        (("amounts", "total_assets", {"amount": "1.10"}), "MC-410"),
        (("balances", "total", {"balance": "99999999.00"}), "MC-409"),
        (("amounts", "total_assets", {"amount": "99999.00"}), "MC-406"),
    ],
)
def test_what_does_not_follow_from_may_is_told(change, code) -> None:
    tables, context = in_june()
    assert code not in told(tables, context)
    table, item, values = change
    found = told(set_cell(tables, table, item, **values), context)
    assert code in found
    if code in ("MC-409", "MC-410"):  # told once: as another unit, not as a large change too
        assert not {"MC-405", "MC-406"} & set(found)


def test_what_was_written_off_leaves_the_balance() -> None:
    book = MicroloanBook(seed=5, capital=8000, written_off=0.01)
    prior = as_prior(examined("microloan", book.month(5), around("microloan", 5)))
    context = around("microloan", 6, Prior(previous=prior, previous_in_same_year=True))
    june = book.month(6)
    assert "MC-206" not in told(june, context)
    assert "MC-206" in told(set_cell(june, "amounts", "written_off", amount="0.00"), context)


def test_the_year_begins_anew_in_january() -> None:
    book = MicroloanBook(seed=2, capital=8000)
    prior = as_prior(examined("microloan", book.month(12), around("microloan", 12)))
    context = around("microloan", 1, Prior(previous=prior, previous_in_same_year=False))
    january = book.month(1)
    assert "MC-401" not in told(january, context)
    assert "MC-401" in told(set_cell(january, "flows", "total", granted_year="99999.00"), context)


def test_loans_without_any_movement_ask_for_a_word() -> None:
    tables = june_of(7)
    for row in [row["flow_item"] for row in tables["flows"]]:
        tables = set_cell(tables, "flows", row, granted="0", collected="0")
    for item in ("highest_rate", "lowest_rate", "new_loan_interest"):
        tables = set_cell(tables, "indicators", item, value="0")
    found = told(tables)
    assert found["MC-408"].severity == Severity.WARNING
    assert "MC-228" not in found
