"""Limits are the dated rules in force at the month's end, where the company sits."""

import datetime
from itertools import pairwise
from typing import Any

import pytest

from core.models import RuleParameter
from core.models.rules import Certainty
from core.operations.reference import load_rules
from returns.checking.load import load_context
from returns.checking.words import describe
from returns.forms import form as form_of
from returns.intake.examine import examine_in
from tests.factories import PeriodFactory
from tests.filing import NOW
from tests.microloan.conftest import june_of, make_company, payload, set_cell

FORM = form_of("microloan")


@pytest.fixture
def judged(db, shaoguan, shenzhen) -> Any:
    """``judged(tables, 2012, 6, shenzhen=True)``: the limits a return breaks, by code."""
    load_rules()
    homes = {False: make_company("ML01", shaoguan), True: make_company("ML02", shenzhen)}

    def find(tables: Any, year: int, number: int, *, shenzhen: bool = False) -> dict[str, Any]:
        company = homes[shenzhen]
        period = PeriodFactory(form="microloan", year=year, number=number)
        context = load_context(form=FORM, institution=company, period=period, now=NOW)
        found = examine_in(
            form=FORM, data=payload(company, period, tables), filename="x.json", channel="api",
            context=context,
        )  # fmt: skip
        assert not found.error_count
        return {each.check_code: each for each in found.findings if each.check_code >= "MC-5"}

    return find


def test_a_company_within_every_limit_hears_nothing(judged) -> None:
    assert not judged(june_of(1), 2012, 6)


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ({"borrowing": 0.6}, "MC-501"),
        ({"banks": 3}, "MC-502"),
        ({"single": 0.06}, "MC-503"),
        ({"rate": 21.0}, "MC-505"),
        ({"rate": 9.0}, "MC-506"),
        ({"provision": 0.9}, "MC-507"),
    ],
)
def test_each_limit_is_a_warning_with_its_figure_and_what_is_allowed(judged, shares, code) -> None:
    found = judged(june_of(1, **shares), 2012, 6)
    assert set(found) == {code}
    assert found[code].severity == "warning"
    message = describe(found[code], FORM).message
    for name in ("figure", "limit", "edge", "over"):
        assert found[code].parameters[name]["zh"] in message.zh
        assert found[code].parameters[name]["en"] in message.en
    assert message.en.replace("×", "").isascii()


def test_borrowings_above_half_of_net_capital_are_told_to_the_cent(judged) -> None:
    tables = june_of(1)
    cells = {row["amount_item"]: row["amount"] for row in tables["amounts"]}
    assert cells["net_capital"] == "8000.00"
    for item, amount in (("liabilities", "4100.00"), ("bank_borrowings", "4000.01"),
                         ("total_assets", "12100.00")):  # fmt: skip
        tables = set_cell(tables, "amounts", item, amount=amount)
    said = judged(tables, 2012, 6)["MC-501"].parameters
    assert tuple(said[name]["zh"] for name in ("figure", "limit", "edge", "over")) == (
        "50.00%", "50%", "4,000.00万元", "0.01万元"
    )  # fmt: skip
    exactly = set_cell(tables, "amounts", "bank_borrowings", amount="4000.00")
    assert "MC-501" not in judged(exactly, 2012, 6)


@pytest.mark.parametrize(
    ("year", "number", "ceiling", "floor"),
    [(2012, 5, "26.24%", "5.904%"), (2012, 6, "25.24%", "5.679%"), (2012, 7, "24%", "5.4%"),
     (2013, 7, "24%", None), (2020, 8, "15.4%", None)],
)  # fmt: skip
def test_rates_are_judged_by_the_benchmark_in_force(judged, year, number, ceiling, floor) -> None:
    found = judged(june_of(1, rate=8.0), year, number)
    assert found["MC-506"].parameters["limit"]["zh"] == floor if floor else "MC-506" not in found
    too_high = judged(june_of(1, rate=30.0), year, number)
    assert too_high["MC-505"].parameters["limit"]["zh"] == ceiling


def test_shenzhen_has_a_limit_of_its_own(judged) -> None:
    large = june_of(1, capital=30000, single=0.04)
    assert "MC-504" not in judged(large, 2012, 6)
    assert judged(large, 2012, 6, shenzhen=True)["MC-504"].parameters["limit"]["zh"] == "500万元"


def test_since_2020_borrowers_and_borrowings_are_measured_against_net_assets(judged) -> None:
    tables = june_of(1, rate=8.0, single=0.08, borrowing=0.9)
    assert {"MC-501", "MC-503"} <= set(judged(tables, 2020, 6))
    assert not judged(tables, 2021, 6)
    more = june_of(1, rate=8.0, single=0.13, borrowing=1.2)
    assert {"MC-511", "MC-513", "MC-514"} == set(judged(more, 2021, 6))


def test_a_rule_changed_by_the_office_is_obeyed(judged) -> None:
    tables = june_of(1, borrowing=0.6)
    rule = RuleParameter.objects.get(code="microloan.borrowing-ratio-max")
    rule.value = 70
    rule.save()
    assert "MC-501" not in judged(tables, 2012, 6)


def test_rules_of_one_code_follow_each_other_without_gap_or_overlap(db) -> None:
    load_rules()
    by_code: dict[tuple[str, str], list[RuleParameter]] = {}
    rows = RuleParameter.objects.filter(code__in=codes_of_the_form()).order_by("valid_from")
    for rule in rows:
        by_code.setdefault((rule.code, rule.scope), []).append(rule)
    day = datetime.timedelta(days=1)
    for rules in by_code.values():
        for one, following in pairwise(rules):
            assert one.valid_to + day == following.valid_from, one
        assert rules[-1].valid_to is None or rules[-1].valid_to >= datetime.date(2013, 7, 19)
    assert {code for code, _ in by_code} == codes_of_the_form()


def codes_of_the_form() -> set[str]:
    return {rule for check in FORM.checks for rule in check.parameters} | {"microloan.tolerance"}


def test_what_the_office_made_up_is_never_shown_as_law(db) -> None:
    load_rules()
    for rule in RuleParameter.objects.filter(code__startswith="microloan."):
        assert (rule.source == "本省参数") == (rule.certainty == Certainty.LOW), rule
