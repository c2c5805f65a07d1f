"""What a tranche pays, and who may have it, by table and by law."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.naming import both
from core.rules.budgets import YearBudget, overspent
from listings.models.incentives import Topic
from listings.rules.incentives import BESIDE, WAY, Claim, Report, Terms, Tranche, criteria, led_by

NAMES = {topic.value: both(topic.label) for topic in Topic}
JUNE = datetime.date(2012, 6, 1)


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("tranche", "base", "due"),
    [
        (Tranche("listed", "fixed", Decimal(100)), None, "100"),
        (Tranche("listed", "fixed", Decimal(100), None, Decimal(80)), None, "80"),
        (Tranche("tutoring", "costs", None, Decimal(50)), "33.33", "16.67"),  # half up
        (Tranche("tutoring", "costs", None, Decimal(50), Decimal(10)), "33.33", "10"),
        (Tranche("tutoring", "local_tax", None, Decimal(50)), None, None),  # never guessed
        (Tranche("tutoring", "costs", None, Decimal(50)), "0", "0.00"),
    ],
)
def test_what_is_due(tranche, base, due) -> None:
    found = tranche.entitlement(None if base is None else Decimal(base))
    assert found == (None if due is None else Decimal(due))


MONEY = st.decimals("0", "100000", places=2)


@given(MONEY, st.decimals("0.01", "100", places=2), MONEY)
def test_a_share_is_never_above_its_base_or_cap(base, percent, cap) -> None:
    due = Tranche("tutoring", "costs", None, percent, cap).entitlement(base)
    assert Decimal(0) <= due <= min(base, cap)
    assert due == due.quantize(Decimal("0.01"))


def test_every_event_has_its_way() -> None:
    assert {*WAY, *BESIDE} == {topic.value for topic in Topic}
    assert led_by("tutoring") == ("intermediaries", "restructured", "tutoring")
    assert led_by("moved_in") == ("moved_in",)


def unmet(terms: Terms, *reports: Report, **values) -> list[str]:
    claim = {"topic": "tutoring", "applied_on": JUNE, "prefecture": 1, "county": None,
             "reports": reports, **values}  # fmt: skip
    found = criteria(terms, Claim(**claim), names=NAMES, exceptions={})
    return [each.code for each in found if not each.met]


TOLD = (
    Report("intermediaries", on("2011-12-05"), on("2011-12-06")),
    Report("restructured", on("2012-03-01"), on("2012-03-15")),
    Report("tutoring", on("2012-05-02"), on("2012-05-02")),
)
DUTY = Terms(on("2011-01-01"), duty=frozenset({"intermediaries", "restructured", "listed"}))


@pytest.mark.parametrize(
    ("terms", "reports", "values", "expected"),
    [
        (DUTY, TOLD, {}, []),
        (DUTY, TOLD[1:], {}, ["report.intermediaries"]),  # not reported: nothing is due
        (DUTY, TOLD[:2], {}, ["reached"]),
        (DUTY, TOLD, {"applied_on": on("2012-03-10")}, ["reached", "report.restructured"]),
        (Terms(on("2011-01-01")), TOLD[2:], {}, []),  # a policy that asks for no reports
        (Terms(on("2012-06-01")), TOLD, {}, ["in-force"]),
        (Terms(on("2011-01-01"), on("2012-05-01")), TOLD, {}, ["in-force"]),
        (Terms(on("2011-01-01"), repealed_on=on("2012-05-02")), TOLD, {}, ["in-force"]),
        (Terms(on("2011-01-01"), repealed_on=on("2012-05-03")), TOLD, {}, []),
        (Terms(on("2011-01-01"), prefecture=2), TOLD, {}, ["place"]),
        (Terms(on("2011-01-01"), prefecture=1, county=7), TOLD, {}, ["place"]),
        (DUTY, TOLD, {"stage": True}, ["reached"]),  # the batch was never entered
        (DUTY, TOLD, {"stage": True, "entered_on": on("2012-05-02")}, []),
    ],
)
def test_who_may_have_it(terms, reports, values, expected) -> None:
    assert unmet(terms, *reports, **values) == expected


@pytest.mark.parametrize(("days", "late"), [(9, True), (10, False), (None, False)])
def test_a_report_has_its_working_days(days, late) -> None:
    duty = Terms(on("2011-01-01"), duty=frozenset({"restructured"}), days=days)
    assert unmet(duty, *TOLD) == (["report.restructured"] if late else [])


@given(MONEY, MONEY)
def test_a_year_is_overspent_exactly_when_more_is_paid_than_voted(budget, paid) -> None:
    year = YearBudget(2012, budget, paid=paid)
    assert (overspent(year, name="演示", overridable=False) is not None) == (paid > budget)
    assert year.left == budget - paid


def test_without_a_budget_nothing_bounds_a_year() -> None:
    assert overspent(YearBudget(2012, None, paid=Decimal(9)), name="演示", overridable=True) is None
