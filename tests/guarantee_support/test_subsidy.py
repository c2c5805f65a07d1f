"""The subsidy of 财企〔2012〕97号, criterion by criterion, at and beside each limit."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queries.limits import limits_of
from core.queries.rules import rules_on
from core.rules.limits import Limit
from core.text import Text
from guarantees.queries.support import eligibility_of
from guarantees.rules import subsidy
from guarantees.rules.subsidy import Applicant, Verdict, eligibility, years_between
from tests.guarantee_support.conftest import day

VALUES = {
    subsidy.YEARS: ("2", "年", "ge"),
    subsidy.SME_SHARE: ("70", "%", "ge"),
    subsidy.SME_AMOUNT: ("100000", "万元", "ge"),
    subsidy.MULTIPLE: ("3.5", "倍", "ge"),
    subsidy.COMPENSATION: ("2", "%", "lt"),
    subsidy.PREMIUM: ("50", "%", "le"),
}
LIMITS = {
    code: Limit(code, Text(code, code), Decimal(value), unit, sign, "财企〔2012〕97号")
    for code, (value, unit, sign) in VALUES.items()
}
SOUND = Applicant(
    applied_on=day("2012-06-10"),
    licensed_on=day("2010-06-10"),
    new_business=Decimal("35000"),
    new_sme_business=Decimal("24500"),
    opening_net_assets=Decimal("9000"),
    closing_net_assets=Decimal("11000"),
    compensated=Decimal("199.99"),
    released=Decimal("10000"),
    premium_rate=Decimal("3.28"),
    benchmark=Decimal("6.56"),
)


def verdict_of(key: str, **changes) -> Verdict:
    found = eligibility(replace(SOUND, **changes), limits=LIMITS)
    return next(each.verdict for each in found.criteria if each.key == key)


def test_who_meets_every_criterion_at_its_limit_may_have_it() -> None:
    found = eligibility(SOUND, limits=LIMITS)
    assert found.verdict is Verdict.MET
    assert not found.failed
    multiple = next(each for each in found.criteria if each.key == "multiple").judgements[0]
    assert multiple.shown == Decimal("3.50")
    assert multiple.room == 0


@pytest.mark.parametrize(
    ("key", "changes", "verdict"),
    [
        ("licensed", {"licensed_on": day("2010-06-11")}, "not_met"),
        ("licensed", {"licensed_on": None}, "unknown"),
        ("small-firms", {"new_sme_business": Decimal("24499.99")}, "not_met"),
        ("small-firms", {"new_sme_business": None}, "unknown"),
        ("small-firms", {"new_business": None}, "unknown"),
        ("small-firms", {"new_business": Decimal(0), "new_sme_business": Decimal(0)}, "unknown"),
        ("multiple", {"new_business": Decimal("34999.99")}, "not_met"),
        ("multiple", {"closing_net_assets": Decimal("-9000")}, "unknown"),
        ("multiple", {"closing_net_assets": Decimal("-9001")}, "not_met"),
        ("multiple", {"closing_net_assets": None}, "unknown"),
        ("compensation", {"compensated": Decimal("200")}, "not_met"),
        ("compensation", {"compensated": Decimal(0)}, "met"),
        ("compensation", {"released": Decimal(0)}, "unknown"),
        ("premium", {"premium_rate": Decimal("3.29")}, "not_met"),
        ("premium", {"benchmark": None}, "unknown"),
    ],
)
def test_each_criterion_is_judged_beside_its_limit(key, changes, verdict) -> None:
    assert verdict_of(key, **changes) == verdict


def test_one_criterion_not_met_decides_and_one_unknown_leaves_it_open() -> None:
    def whole(**changes) -> Verdict:
        return eligibility(replace(SOUND, **changes), limits=LIMITS).verdict

    assert whole(benchmark=None) is Verdict.UNKNOWN
    assert whole(benchmark=None, compensated=Decimal(200)) is Verdict.NOT_MET


def test_a_great_amount_for_small_firms_makes_up_for_a_small_share() -> None:
    large = {"new_business": Decimal("200000"), "new_sme_business": Decimal("100000")}
    assert verdict_of("small-firms", **large) is Verdict.MET
    less = large | {"new_sme_business": Decimal("99999.99")}
    assert verdict_of("small-firms", **less) is Verdict.NOT_MET


def test_without_a_rule_in_force_nothing_is_judged() -> None:
    found = eligibility(SOUND, limits={})
    assert {each.verdict for each in found.criteria} == {Verdict.UNKNOWN}
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2010-06-10", "2012-06-09", "1.99"),
        ("2010-06-10", "2012-06-10", "2.00"),
        ("2008-02-29", "2010-02-28", "1.99"),
        ("2008-02-29", "2010-03-01", "2.00"),
        ("2012-06-10", "2012-06-10", "0.00"),
        ("2012-06-11", "2012-06-10", "0"),
    ],
)
def test_years_are_whole_on_their_anniversary(first, last, years) -> None:
    assert years_between(day(first), day(last)) == Decimal(years)


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1)),
)
def test_a_day_more_never_makes_fewer_years(first, last) -> None:
    assert years_between(first, last) <= years_between(first, last + datetime.timedelta(days=1))


@given(
    st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2),
    st.decimals(-(10**5), 10**5, places=2), st.decimals(-(10**5), 10**5, places=2),
)  # fmt: skip
def test_the_room_of_a_criterion_says_whether_it_is_met(business, sme, first, last) -> None:
    applicant = replace(
        SOUND, new_business=business, new_sme_business=sme,
        opening_net_assets=first, closing_net_assets=last,
    )  # fmt: skip
    for criterion in eligibility(applicant, limits=LIMITS).criteria:
        rooms = [each.room for each in criterion.judgements if each.room is not None]
        if criterion.verdict is Verdict.MET:
            assert max(rooms) >= 0
        if criterion.verdict is Verdict.NOT_MET and rooms:
            assert max(rooms) <= 0


def test_the_rules_of_the_province_are_dated_and_cite_their_source(rules) -> None:
    assert not limits_of(rules_on(day("2012-05-24")), subsidy.ALL)
    found = limits_of(rules_on(day("2012-05-25")), subsidy.ALL)
    assert set(found) == set(subsidy.ALL)
    for code, limit in found.items():
        value, unit, sign = VALUES[code]
        assert (limit.value, limit.unit, limit.comparator) == (Decimal(value), unit, sign)
        assert limit.source == "财企〔2012〕97号"
        assert limit.law


def test_an_application_is_judged_by_the_rules_of_its_day(rules, applied, programme) -> None:
    found = eligibility_of(applied())
    assert found.verdict is Verdict.MET
    premium = next(each for each in found.criteria if each.key == "premium").judgements[0]
    assert premium.measured.denominator == Decimal("6.56")  # of the end of 2011
    early = eligibility_of(applied(year=2010, applied_on="2012-05-24"))
    assert early.verdict is Verdict.UNKNOWN


def test_a_programme_without_a_test_judges_nobody(applied, programme) -> None:
    programme.test = "none"
    programme.save()
    assert eligibility_of(applied()) is None


def test_a_grant_against_the_test_is_remarked_with_its_rule(
    rules, applied, client_of, province_clerk
) -> None:
    application = applied("60", compensated=Decimal("400"))
    page = client_of(province_clerk).get(f"/support-applications/{application.code}/")
    text = page.content.decode()
    assert "已批准，但下列条件不符合或无法判定：代偿率" in text
    assert "财企〔2012〕97号" in text
    assert "缺少数据的条件不作推定" in text
    assert "400.00 ÷ 20,000.00 = 2.00%" in text
    assert "2.50 ÷ 6.56 = 38.11%" in text
    assert "0.78 个百分点" in text


def test_a_year_takes_no_separator(applied, client_of, province_clerk) -> None:
    application = applied()
    client = client_of(province_clerk)
    for address in (f"/support-applications/{application.code}/", "/support-applications/"):
        page = client.get(address).content.decode()
        assert "2011" in page
        assert "2,011" not in page
