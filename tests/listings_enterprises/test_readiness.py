"""Thresholds of the intended board against an enterprise's own figures, with the headroom."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.operations.reference import load_rules
from core.rules.limits import Limit
from core.text import Text
from listings.models import EnterpriseYear
from listings.queries.readiness import readiness_of
from listings.rules.readiness import MEASURES, Verdict, Year, readiness
from tests.listings_enterprises.conftest import day

D = Decimal
GOOD = {
    "revenue": D(12000), "net_profit": D(1500), "recurring_profit": D(1400),
    "net_assets": D(9000), "intangibles": D(900), "operating_cash": D(1800),
    "share_capital": D(3000), "capital_after_issue": D(4000), "undistributed": D(500),
}  # fmt: skip


def three(**last) -> list[Year]:
    years = [Year(2009, **GOOD), Year(2010, **GOOD), Year(2011, **(GOOD | last))]
    return years


@pytest.fixture
def judged(db):
    load_rules()

    def judge(board, years, on="2012-06-30"):
        rows = [EnterpriseYear(year=y.year, **{n: getattr(y, n) for n in GOOD}) for y in years]
        return readiness_of(board, rows, as_of=day(on))

    return judge


def verdicts(found) -> dict[str, str]:
    return {each.requirement.key: each.verdict.value for each in found.requirements}


def test_a_sound_enterprise_is_ready_for_the_main_and_sme_boards(judged) -> None:
    for board in ("sme", "sse_main", "szse_main"):
        assert judged(board, three()).verdict == Verdict.MET


@pytest.mark.parametrize(
    ("change", "requirement", "criterion", "room"),
    [
        ({"net_profit": D(-1)}, "profit", "profit-each", D(-1)),
        ({"recurring_profit": D(100)}, "profit", "profit-sum", D(-100)),  # the lower profit counts
        ({"share_capital": D("2999.99")}, "capital", "capital", D("-0.01")),
        ({"intangibles": D("1800.01")}, "intangibles", "intangibles", D("-0.01")),
        ({"undistributed": D("-0.01")}, "no-loss", "no-loss", D("-0.01")),
    ],
)
def test_a_missed_criterion_says_by_how_much(judged, change, requirement, criterion, room) -> None:
    found = judged("sme", three(**change))
    assert verdicts(found)[requirement] == "missed"
    assert found.verdict == Verdict.MISSED
    met = next(each for each in found.requirements if each.requirement.key == requirement)
    (judgement,) = [j for way in met.judgements for j in way if j.limit.code.endswith(criterion)]
    assert judgement.room == room


def test_more_than_three_thousand_is_not_three_thousand(judged) -> None:
    """“超过” excludes the number itself."""
    years = [Year(each, **(GOOD | {"recurring_profit": D(1000)})) for each in (2009, 2010, 2011)]
    assert verdicts(judged("sme", years))["profit"] == "missed"
    years[0] = Year(2009, **(GOOD | {"recurring_profit": D("1000.01")}))
    assert verdicts(judged("sme", years))["profit"] == "met"


def test_cash_or_revenue_is_enough(judged) -> None:
    little_cash = [Year(each, **(GOOD | {"operating_cash": D(10)})) for each in (2009, 2010, 2011)]
    assert verdicts(judged("sme", little_cash))["cash"] == "met"
    neither = [Year(each, **(GOOD | {"operating_cash": D(10), "revenue": D(100)}))
               for each in (2009, 2010, 2011)]  # fmt: skip
    assert verdicts(judged("sme", neither))["cash"] == "missed"


def growing(*revenue_and_profit) -> list[Year]:
    return [
        Year(2009 + place, **(GOOD | {"revenue": D(revenue), "net_profit": D(profit),
                                      "recurring_profit": D(profit)}))
        for place, (revenue, profit) in enumerate(revenue_and_profit)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "verdict"),
    [
        (growing((9000, 100), (9000, 450), (9000, 550)), "met"),  # 1000 in two years, growing
        (growing((9000, 100), (9000, 600), (9000, 600)), "missed"),  # it does not grow
        (growing((3000, -9), (3900, -5), (5070, 500)), "met"),  # the second way: 30 % a year
        (growing((3000, -9), (3900, -5), (5069, 500)), "missed"),
        (growing((3000, -9), (4000, -5), (5600, 499)), "missed"),
    ],
)
def test_chinext_has_two_ways(judged, years, verdict) -> None:
    assert verdicts(judged("chinext", years))["profit"] == verdict


def test_too_few_years_cannot_be_judged_but_a_missed_one_is_missed(judged) -> None:
    assert judged("sme", three()[1:]).verdict == Verdict.UNKNOWN
    found = judged("sme", three(share_capital=D(10))[1:])
    assert (verdicts(found)["profit"], found.verdict) == ("unknown", Verdict.MISSED)


def test_a_gap_in_the_years_breaks_the_run(judged) -> None:
    years = [Year(2008, **GOOD), *three()[1:]]
    assert judged("sme", years).years == (2010, 2011)


def test_thresholds_are_those_of_the_day(judged) -> None:
    assert judged("chinext", three(), on="2009-04-30").known is False  # before the board's order
    assert judged("chinext", three(), on="2014-05-14").known is False  # no later ones on record
    assert judged("hk", three()).known is False
    assert judged("", three()).known is False


def limits(value):
    return {
        f"readiness.{name}": Limit(f"readiness.{name}", Text(name, name), D(value), "万元", "ge",
                                   "x")
        for name in MEASURES
    }  # fmt: skip


@given(st.integers(-5000, 50000), st.integers(0, 5000))
def test_a_higher_threshold_never_makes_readier(value, more) -> None:
    low = verdicts(readiness("sme", three(), limits(value)))
    high = verdicts(readiness("sme", three(), limits(value + more)))
    assert all(low[key] == "met" for key in low if high[key] == "met")


def test_only_whole_years_by_the_day_count(new_enterprise, province_clerk) -> None:
    from listings.queries.sizes import years_of

    enterprise = new_enterprise()
    for year in (2009, 2010, 2011, 2012):
        EnterpriseYear(code=f"EY{year}", enterprise=enterprise, year=year, revenue=D(1)).save()
    assert [each.year for each in years_of(enterprise, as_of=day("2012-12-30"))] == [
        2009, 2010, 2011]  # fmt: skip
    last = years_of(enterprise, as_of=datetime.date(2012, 12, 31))
    assert [each.year for each in last] == [2010, 2011, 2012]
