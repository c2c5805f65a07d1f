"""What is odd about a company and its holders: by the rules of the day and of the place."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queries.rules import remark_rules
from finance.rules.holders import Holding, groups_of, holder_remarks, sum_of
from finance.rules.microloan_companies import CompanyFacts, company_remarks
from tests.microloan_registry.conftest import DAY, day

SOUND = (
    Holding(1, "甲公司", "main_sponsor", Decimal(30)),
    Holding(2, "乙公司", "main_sponsor", Decimal(15)),
    Holding(3, "丙公司", "participant", Decimal(20)),
    Holding(4, "丁公司", "participant", Decimal(20)),
    Holding(5, "戊某", "participant", Decimal(15)),
)
COMPANY = CompanyFacts(
    name="始兴县演示小额贷款有限责任公司",
    legal_form="llc",
    prefecture="440200",
    county="始兴县",
    underdeveloped=False,
    state="open",
    capital=Decimal(3000),
    approved_on=day("2011-03-01"),
    opened_on=day("2011-04-01"),
    licence_until=day("2014-03-01"),
    holdings=SOUND,
)


@pytest.fixture
def odd(rules):
    def codes(on: datetime.date = DAY, **changes) -> list[str]:
        found = company_remarks(
            replace(COMPANY, **changes), rules=remark_rules("microloan."), as_of=on
        )
        return [each.code.removeprefix("microloan.") for each in found]

    return codes


@pytest.fixture
def told(rules):
    def remark(code: str, on: datetime.date = DAY, **changes):
        company = replace(COMPANY, **changes)
        found = company_remarks(company, rules=remark_rules("microloan."), as_of=on)
        return next(each for each in found if each.code == f"microloan.{code}")

    return remark


def test_a_sound_company_has_no_remark(odd) -> None:
    assert odd() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"capital": Decimal("2999.99")}, ["capital-min"]),
        ({"capital": Decimal(1500), "underdeveloped": True}, []),
        ({"capital": Decimal("1499.99"), "underdeveloped": True}, ["capital-min"]),
        ({"capital": Decimal(50000)}, []),
        ({"capital": Decimal("50000.01")}, ["capital-max"]),
        ({"capital": None}, []),
        ({"holdings": ()}, ["no-holders"]),
        ({"holdings": (), "state": "preparing"}, []),
        ({"has_licence": False, "licence_until": None}, ["no-licence"]),
        ({"licence_until": day("2012-06-29")}, ["licence-lapsed"]),
        ({"licence_until": DAY}, []),
        ({"name": "始兴县演示小额贷款股份有限公司"}, ["name"]),
        ({"name": "始兴县演示小额贷款有限公司"}, []),
        ({"county": ""}, ["no-county"]),
        ({"county": "", "prefecture": "441900"}, []),
        ({"state": "exited", "holdings": (), "capital": Decimal(1)}, []),
        ({"state": "converted"}, []),
        ({"state": "converted", "converted": False}, ["converted-into-nothing"]),
    ],
)
def test_what_is_odd_about_a_company(odd, changes, found) -> None:
    assert odd(**changes) == found


def test_the_maximum_rose_in_february_2012(odd) -> None:
    large = {"capital": Decimal(30000)}
    assert "capital-max" in odd(day("2012-01-31"), **large)
    assert "capital-max" not in odd(day("2012-02-01"), **large)


def test_a_joint_stock_company_has_minima_and_names_of_its_own(odd) -> None:
    form = {"legal_form": "jsc", "name": "始兴县演示小额贷款股份有限公司"}
    assert odd(**form, capital=Decimal(4999)) == ["capital-min"]
    assert odd(**form, capital=Decimal(5000)) == []


def test_the_law_is_cited_before_the_provinces_own_parameter(told) -> None:
    by_province = told("capital-min", capital=Decimal(600))
    assert "3000" in by_province.message.zh
    assert "本省参数（可配置）" in by_province.rule.zh
    by_law = told("capital-min", capital=Decimal(499))
    assert "500 万元" in by_law.message.zh
    assert by_law.rule == "银监发〔2008〕23号"


def test_shenzhen_is_judged_by_its_own_rules(odd, told) -> None:
    there = {"prefecture": "440300", "county": "", "capital": Decimal(5000)}
    sponsor = Holding(
        1, "甲公司", "main_sponsor", Decimal(30), net_assets=Decimal(5001),
        debt_ratio=Decimal(70), profits=(Decimal(500),) * 3,
    )  # fmt: skip
    others = [Holding(n, f"丙{n}", "participant", Decimal(10)) for n in range(2, 9)]
    assert odd(**there, holdings=(sponsor, *others)) == []
    assert told("capital-min", **there | {"capital": Decimal(4999)}).rule.startswith("深圳")
    weak = replace(
        sponsor,
        stake=Decimal(29),
        net_assets=Decimal(5000),
        debt_ratio=Decimal("70.01"),
        profits=(Decimal(500), Decimal(500), Decimal(499)),
    )
    small = Holding(9, "小股东", "participant", Decimal(1))
    assert odd(**there, holdings=(weak, *others, small)) == [
        "main-sponsor-stake-min",
        "holder-stake-min",
        "sponsor-net-assets",
        "sponsor-debt-ratio",
        "sponsor-profit",
    ]
    unknown = replace(sponsor, net_assets=None, debt_ratio=None, profits=(None, Decimal(1)))
    assert odd(**there, holdings=(unknown, *others)) == []


def with_stakes(*stakes: tuple[str, str, str]) -> tuple[Holding, ...]:
    return tuple(
        Holding(number, name, role, Decimal(stake))
        for number, (name, role, stake) in enumerate(stakes)
    )


@pytest.mark.parametrize(
    ("stakes", "found"),
    [
        ([("甲", "main_sponsor", "30.01"), ("乙", "participant", "19.99")],
         ["stakes-sum", "main-sponsor-stake-max"]),
        ([("甲", "main_sponsor", "30"), ("乙", "main_sponsor", "15.01"),
          ("丙", "participant", "20"), ("丁", "participant", "20"),
          ("戊", "participant", "14.99")], ["main-sponsors-stake-max"]),
        ([("甲", "main_sponsor", "30"), ("丙", "participant", "20.01"),
          ("丁", "participant", "20"), ("戊", "participant", "20"),
          ("己", "participant", "9.99")], ["holder-stake-max"]),
        ([("甲", "main_sponsor", "30"), ("丙", "participant", "20"),
          ("丁", "participant", "20"), ("戊", "participant", "20"),
          ("己", "participant", "9.01"), ("庚", "participant", "0.99")], ["holder-stake-min"]),
    ],
)  # fmt: skip
def test_stakes_are_judged_by_the_provinces_rules_of_2012(odd, stakes, found) -> None:
    assert odd(holdings=with_stakes(*stakes)) == found


def test_related_holders_count_together(told) -> None:
    related = (*SOUND[:3], replace(SOUND[3], related=3), SOUND[4])
    remark = told("holder-stake-max", holdings=related)
    assert "丙公司、丁公司" in remark.message.zh
    assert "40%" in remark.message.zh


def test_before_2012_one_holder_had_a_tenth_at_most_and_from_2017_sponsors_are_free(odd) -> None:
    assert odd(day("2011-06-30")) == ["holder-stake-max"] * 5
    whole = with_stakes(("甲", "main_sponsor", "80"), ("乙", "participant", "20"))
    assert odd(day("2017-01-01"), holdings=whole, licence_until=None) == []


def test_a_limited_company_has_fifty_holders_at_most(odd) -> None:
    def spread(number: int) -> tuple[Holding, ...]:
        rest = [Holding(n, f"股东{n}", "participant", Decimal(1)) for n in range(1, number)]
        first = Holding(0, "甲", "main_sponsor", Decimal(100 - len(rest)))
        return (first, *rest)

    assert "holders-max" not in odd(day("2017-06-30"), holdings=spread(50))
    assert "holders-max" in odd(day("2017-06-30"), holdings=spread(51))


def holding(key: int, sponsors: bool, cents: int, related: int | None) -> Holding:
    role = "main_sponsor" if sponsors else "participant"
    return Holding(key, f"股东{key}", role, Decimal(cents) / 100, related)


ONE = st.tuples(st.booleans(), st.integers(0, 10_000), st.none() | st.integers(0, 8))
HOLDINGS = st.lists(ONE, max_size=7).map(
    lambda rows: [holding(key, *row) for key, row in enumerate(rows)]
)


@given(holdings=HOLDINGS)
def test_every_holding_is_in_one_group_and_related_ones_are_in_the_same(holdings) -> None:
    groups = groups_of(holdings)
    assert sorted(each.key for group in groups for each in group) == sorted(
        each.key for each in holdings
    )
    place = {each.key: number for number, group in enumerate(groups) for each in group}
    for each in holdings:
        if each.related in place:
            assert place[each.key] == place[each.related]
    assert sum_of(each for group in groups for each in group) == sum_of(holdings)


@given(holdings=HOLDINGS)
def test_without_rules_only_the_sum_is_odd(holdings) -> None:
    found = holder_remarks(holdings, legal_form="llc", prefecture="440200", rules={}, as_of=DAY)
    wrong = sum_of(holdings) != 100
    assert [each.code for each in found] == ["microloan.stakes-sum"] * wrong
