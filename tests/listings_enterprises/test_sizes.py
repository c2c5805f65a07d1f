"""Size by the standard of 2011: the least of what the indicators give, with the row shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.models import EnterpriseYear
from listings.queries.sizes import standards, with_size
from listings.rules.sizes import CLASSES, INDICATORS, size_of
from tests.listings_enterprises.conftest import day

ON = day("2012-06-30")
# 行业代码: the row of the standard, then what is judged with its bounds (小、中、大).
TABLE = [
    ("A", "农、林、牧、渔业", {"revenue": (50, 500, 20000)}),
    ("01", "农、林、牧、渔业", {"revenue": (50, 500, 20000)}),
    ("B", "工业", {"headcount": (20, 300, 1000), "revenue": (300, 2000, 40000)}),
    ("3911", "工业", {"headcount": (20, 300, 1000), "revenue": (300, 2000, 40000)}),
    ("D44", "工业", {"headcount": (20, 300, 1000), "revenue": (300, 2000, 40000)}),
    ("47", "建筑业", {"revenue": (300, 6000, 80000), "assets": (300, 5000, 80000)}),
    ("51", "批发业", {"headcount": (5, 20, 200), "revenue": (1000, 5000, 40000)}),
    ("52", "零售业", {"headcount": (10, 50, 300), "revenue": (100, 500, 20000)}),
    ("54", "交通运输业", {"headcount": (20, 300, 1000), "revenue": (200, 3000, 30000)}),
    ("58", "交通运输业", {"headcount": (20, 300, 1000), "revenue": (200, 3000, 30000)}),
    ("59", "仓储业", {"headcount": (20, 100, 200), "revenue": (100, 1000, 30000)}),
    ("60", "邮政业", {"headcount": (20, 300, 1000), "revenue": (100, 2000, 30000)}),
    ("61", "住宿业", {"headcount": (10, 100, 300), "revenue": (100, 2000, 10000)}),
    ("62", "餐饮业", {"headcount": (10, 100, 300), "revenue": (100, 2000, 10000)}),
    ("63", "信息传输业", {"headcount": (10, 100, 2000), "revenue": (100, 1000, 100000)}),
    ("64", "信息传输业", {"headcount": (10, 100, 2000), "revenue": (100, 1000, 100000)}),
    ("65", "软件和信息技术服务业", {"headcount": (10, 100, 300), "revenue": (50, 1000, 10000)}),
    ("7010", "房地产开发经营", {"revenue": (100, 1000, 200000), "assets": (2000, 5000, 10000)}),
    ("7020", "物业管理", {"headcount": (100, 300, 1000), "revenue": (500, 1000, 5000)}),
    ("71", "租赁和商务服务业", {"headcount": (10, 100, 300), "assets": (100, 8000, 120000)}),
    ("72", "租赁和商务服务业", {"headcount": (10, 100, 300), "assets": (100, 8000, 120000)}),
    ("7030", "其他未列明行业", {"headcount": (10, 100, 300)}),
    ("M", "其他未列明行业", {"headcount": (10, 100, 300)}),
    ("84", "其他未列明行业", {"headcount": (10, 100, 300)}),
    ("R", "其他未列明行业", {"headcount": (10, 100, 300)}),
]
NOT_COVERED = ["J", "66", "53", "82", "83", "S", "96"]
TOO_COARSE = ["F", "G", "H", "I", "K", "70", "Q", "701"]


def classify(code, **values):
    return size_of(standards(), code=code, values=values, on=ON)


@pytest.mark.parametrize(("code", "industry", "bounds"), TABLE)
def test_each_bound_belongs_to_the_class_above_it(code, industry, bounds) -> None:
    largest = {name: Decimal(large) for name, (_small, _medium, large) in bounds.items()}
    assert classify(code, **largest).row.industry.zh == industry
    assert classify(code, **largest).size == "L"
    for name, limits in bounds.items():
        for rank, bound in enumerate(limits, start=1):
            at, below = {**largest, name: Decimal(bound)}, Decimal(bound) - Decimal("0.01")
            assert classify(code, **at).size == CLASSES[rank]
            assert classify(code, **{**at, name: below}).size == CLASSES[rank - 1]


def test_the_standard_has_sixteen_rows_with_its_source() -> None:
    (standard,) = standards()
    assert len(standard.rows) == 16
    assert standard.source.zh == "工信部联企业〔2011〕300号"


@pytest.mark.parametrize("code", NOT_COVERED)
def test_finance_railways_schools_and_hospitals_are_not_covered(code) -> None:
    found = classify(code, headcount=500, revenue=Decimal(1), assets=Decimal(1))
    assert found.size == "na"


@pytest.mark.parametrize("code", TOO_COARSE)
def test_a_code_that_two_rows_could_claim_settles_nothing(code) -> None:
    found = classify(code, headcount=500, revenue=Decimal(1), assets=Decimal(1))
    assert (found.size, found.row) == ("unknown", None)
    assert code in found.why.zh


@pytest.mark.parametrize("code", ["", "999", "Z", "C51", "甲"])
def test_without_a_sound_code_there_is_no_size(code) -> None:
    assert classify(code, headcount=500).size == "unknown"


def test_before_july_2011_there_was_no_micro_enterprise() -> None:
    found = size_of(standards(), code="39", values={"headcount": 5}, on=day("2011-06-17"))
    assert found.size == "unknown"
    assert "2011" in found.why.zh


def test_one_indicator_below_small_settles_it_and_a_missing_one_does_not() -> None:
    assert classify("39", headcount=5).size == "X"
    found = classify("39", headcount=5000)
    assert (found.size, found.why.zh) == ("unknown", "缺少营业收入（万元）。")


amounts = st.none() | st.decimals(0, 500000, places=2)
people = st.none() | st.integers(0, 5000)


@given(st.sampled_from([code for code, *_ in TABLE]), people, amounts, amounts)
def test_the_size_is_the_least_of_the_indicators(code, headcount, revenue, assets) -> None:
    values = {"headcount": headcount, "revenue": revenue, "assets": assets}
    found = classify(code, **values)
    alone = [each.size for each in found.measured]
    assert all(
        (values[each.bounds.indicator] is None) == (each.size == "") for each in found.measured
    )
    if "" not in alone:
        assert found.size == min(alone, key=CLASSES.index)
    else:
        assert found.size == ("X" if "X" in alone else "unknown")


@given(st.sampled_from([code for code, *_ in TABLE]), st.integers(0, 3000),
       st.decimals(0, 300000, places=2), st.sampled_from(sorted(INDICATORS)),
       st.decimals(0, 100000, places=2))  # fmt: skip
def test_growing_never_makes_smaller(code, headcount, amount, name, more) -> None:
    values = {"headcount": headcount, "revenue": amount, "assets": amount}
    before = classify(code, **values).size
    after = classify(code, **{**values, name: values[name] + more}).size
    assert CLASSES.index(after) >= CLASSES.index(before)


def test_the_database_finds_the_same_sizes(new_enterprise) -> None:
    """The list's sizes come from an expression made of the same data: they must agree."""
    figures = [(None, None, None), (5, None, None), (15, 60, 150), (25, 350, 2500),
               (99, 999, 4999), (100, 1000, 5000), (300, 2000, 8000), (999, 39999, 119999),
               (2000, 200000, 200000)]  # fmt: skip
    codes = [*(code for code, *_ in TABLE), *NOT_COVERED, *TOO_COARSE, ""]
    for number, code in enumerate(codes):
        enterprise = new_enterprise(f"演示第{number}企业", industry=code)
        for place, (headcount, revenue, assets) in enumerate(figures):
            row = EnterpriseYear(code=f"EY{number}-{place}", enterprise=enterprise)
            row.year, row.headcount = 2000 + place, headcount
            row.revenue = None if revenue is None else Decimal(revenue)
            row.assets = None if assets is None else Decimal(assets)
            row.save()
    told = with_size(EnterpriseYear.objects.select_related("enterprise"), ON)
    for row in told:
        values = {"headcount": row.headcount, "revenue": row.revenue, "assets": row.assets}
        plain = size_of(standards(), code=row.enterprise.industry, values=values, on=ON)
        assert row.size == plain.size, (row.enterprise.industry, values)
    assert len({row.size for row in told}) == 6
